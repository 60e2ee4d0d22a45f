"""What each row is: an invoice, a credit note, an invoice sent again, or a repeat of another row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

from xlkpi.finance.invoice import iterate_rows

if TYPE_CHECKING:
    import pandas as pd


class InvoiceKind(Enum):
    """What a row of the ledger counts as."""

    INVOICE = "invoice"
    CREDIT_NOTE = "credit note"
    RESENT = "resubmitted invoice"
    DUPLICATE = "duplicate"


@dataclass(frozen=True)
class RepeatedRow:
    """A row whose provider and invoice number occurred before: sent again on another day, or the same row twice.

    ``differs`` names a column in which a repeated row is not the same; empty where it is.
    """

    line: int
    first_line: int
    provider_id: str
    invoice_no: str
    resent: bool
    differs: str


COMPARED = ("amount", "invoice_date", "due_date", "disputed_date", "dispute_reason", "resolved_date", "paid_date")


def classify_rows(frame: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame, list[RepeatedRow]]:
    """Return the used rows with a column ``kind``, the repeated rows that are set aside, and the repeats.

    A negative amount is a credit note. Of rows with the same provider and invoice number (in any case), both credit
    notes or both not, the one received first counts, the first of a day in the order of the ledger. Another received
    on another day is an invoice sent again: known, and not counted. One received on the same day is a repeat: set
    aside.
    """
    import numpy as np  # noqa: PLC0415 - only this command pays for numpy and pandas
    import pandas as pd  # noqa: PLC0415 - as above

    credit = (frame["amount"] < 0).to_numpy()
    key = pd.DataFrame(
        {
            "provider": frame["provider_id"].cat.codes.to_numpy(),
            "number": pd.factorize(frame["invoice_no"].str.casefold())[0],
            "credit": credit,
        }
    )
    kind = np.where(credit, InvoiceKind.CREDIT_NOTE.value, InvoiceKind.INVOICE.value).astype(object)
    again = key.duplicated(keep=False).to_numpy()
    aside = np.zeros(len(frame), dtype=bool)
    repeats = []
    if again.any():
        rows = frame[again].assign(group=key[again].groupby(["provider", "number", "credit"]).ngroup())
        for place, repeat in _repeats(rows.sort_values(["group", "received_date", "line"], kind="stable")):
            if repeat.resent:
                kind[place] = InvoiceKind.RESENT.value
            else:
                aside[place] = True
            repeats.append(repeat)
    used = frame.assign(kind=pd.Categorical(kind, categories=[kind_of_row.value for kind_of_row in InvoiceKind]))
    used.loc[aside, "kind"] = InvoiceKind.DUPLICATE.value
    repeats.sort(key=lambda repeat: repeat.line)
    return used[~aside].reset_index(drop=True), used[aside].reset_index(drop=True), repeats


def _repeats(rows: pd.DataFrame) -> Iterator[tuple[int, RepeatedRow]]:
    """Every row that isn't the first of its group, with its place; rows come by group, day and line."""
    first: Any = None
    of_day: dict[int, Any] = {}
    for row in iterate_rows(rows):
        if first is None or row.group != first.group:
            first, of_day = row, {row.received_date: row}
            continue
        before = of_day.setdefault(row.received_date, row)
        resent = before is row
        if resent and row.amount < 0:
            continue  # two credit notes of one number on two days are two credit notes
        against = first if resent else before
        differs = "" if resent else _first_difference(row, before)
        yield (
            row.Index,
            RepeatedRow(int(row.line), int(against.line), str(row.provider_id), str(row.invoice_no), resent, differs),
        )


def _first_difference(row: Any, other: Any) -> str:
    for name in COMPARED:
        mine, theirs = getattr(row, name), getattr(other, name)
        if mine != theirs and not (mine != mine and theirs != theirs):  # noqa: PLR0124 - NaN alone differs from itself
            return name
    return ""
