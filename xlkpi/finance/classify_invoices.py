"""What the rows of a ledger are: invoices on one or more lines, credit notes, invoices sent again, repeated rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

from xlkpi.finance.invoice import iterate_rows
from xlkpi.finance.join_lines import join_lines
from xlkpi.finance.tie_lines import TIED_DAYS, tie_lines

if TYPE_CHECKING:
    import pandas as pd

    from xlkpi.finance.tie_lines import Numbers, Ties


class InvoiceKind(Enum):
    """What a row of the ledger counts as."""

    INVOICE = "invoice"
    CREDIT_NOTE = "credit note"
    RESENT = "resubmitted invoice"
    DUPLICATE = "duplicate"


@dataclass(frozen=True)
class RepeatedRow:
    """A line that repeats another one in every cell, or the first line of an invoice sent again."""

    line: int
    first_line: int
    provider_id: str
    invoice_no: str
    resent: bool


@dataclass(frozen=True)
class SharedNumber:
    """A number of one provider on two invoices, with the first line of each.

    ``same_sum``: both have the same sum within six months of each other, and only the turn of a year is between them.
    """

    line: int
    first_line: int
    provider_id: str
    invoice_no: str
    same_sum: bool


@dataclass(frozen=True)
class ClassifiedRows:
    """The rows of a ledger as invoices.

    ``invoices`` has one row per invoice, credit note or invoice sent again, with a column ``kind`` and the number of
    its ``lines``; ``repeats`` are the rows that are set aside, because they are the same as another one.
    """

    invoices: pd.DataFrame
    repeats: pd.DataFrame
    repeated: tuple[RepeatedRow, ...]
    shared: tuple[SharedNumber, ...]


COMPARED = [
    "key", "received_date", "amount", "invoice_date", "due_date", "disputed_date", "dispute_reason", "resolved_date",
    "paid_date",
]  # fmt: skip
NAMED = ["line", "provider_id", "invoice_no", "received_date"]


def classify_rows(frame: pd.DataFrame) -> ClassifiedRows:
    """Join the lines of each invoice, and recognise credit notes, invoices sent again and repeated rows.

    ``credit`` marks credit notes. Lines of one provider and number (in any case) are looked at together, credit notes
    apart from invoices: tie_lines says what belongs together, join_lines what an invoice on several lines shows.
    """
    import pandas as pd  # noqa: PLC0415 - only this command pays for numpy and pandas

    keys = _number_keys(frame)
    again = keys.duplicated(keep=False).to_numpy()
    alone = frame[~again].assign(lines=1, again=False)
    if not again.any():
        repeats = alone[:0].drop(columns="again")
        return ClassifiedRows(_with_kinds(alone), repeats.assign(kind=_as_kinds([])), (), ())
    rows = frame.assign(key=keys)[again]
    twice = rows.duplicated(COMPARED).to_numpy()
    lines = rows[~twice].reset_index(drop=True)
    ties = tie_lines(lines)
    joined = join_lines(lines, ties)[alone.columns]
    repeats = rows[twice].drop(columns="key").assign(lines=1)
    repeated = (*_repeated_rows(rows, twice), *_sent_again(lines, ties))
    return ClassifiedRows(
        _with_kinds(pd.concat([alone, joined])),
        repeats.assign(kind=_as_kinds([InvoiceKind.DUPLICATE.value] * len(repeats))).reset_index(drop=True),
        tuple(sorted(repeated, key=lambda repeat: repeat.line)),
        tuple(_shared_numbers(lines, ties)),
    )


def _with_kinds(invoices: pd.DataFrame) -> pd.DataFrame:
    """Invoices, credit notes and invoices sent again in the order of the ledger, each with its kind."""
    import numpy as np  # noqa: PLC0415 - as in classify_rows

    kinds = [InvoiceKind.RESENT.value, InvoiceKind.CREDIT_NOTE.value]
    kind = np.select([invoices["again"], invoices["credit"]], kinds, InvoiceKind.INVOICE.value)
    invoices = invoices.drop(columns="again").assign(kind=_as_kinds(kind))
    return invoices.sort_values("line", kind="stable").reset_index(drop=True)


def _number_keys(frame: pd.DataFrame) -> pd.Series[int]:
    """Number each provider's invoice numbers, those of credit notes apart."""
    import pandas as pd  # noqa: PLC0415 - as in classify_rows

    number = pd.factorize(frame["invoice_no"].str.casefold())[0].astype("int64")
    provider = frame["provider_id"].cat.codes.to_numpy().astype("int64")
    keys = (number * (provider.max(initial=0) + 1) + provider) * 2 + frame["credit"].to_numpy()
    return pd.Series(keys, index=frame.index)


def _as_kinds(kinds: Any) -> pd.Categorical:
    import pandas as pd  # noqa: PLC0415 - as in classify_rows

    return pd.Categorical(kinds, categories=[kind.value for kind in InvoiceKind])


def _repeated_rows(rows: pd.DataFrame, twice: Numbers) -> Iterator[RepeatedRow]:
    """Each row that is the same as an earlier one."""
    if not twice.any():
        return
    first = rows.groupby(COMPARED, dropna=False, observed=True)["line"].transform("first")
    for row in iterate_rows(rows.assign(first=first)[twice]):
        yield RepeatedRow(int(row.line), int(row.first), str(row.provider_id), str(row.invoice_no), resent=False)


def _sent_again(lines: pd.DataFrame, ties: Ties) -> Iterator[RepeatedRow]:
    """The first line of each invoice that is sent again."""
    if not ties.again.any():
        return
    ordered = lines.assign(invoice=ties.invoice, delivery=ties.delivery, again=ties.again)
    ordered = ordered.sort_values(["received_date", "line"], kind="stable")
    first = ordered.groupby("invoice")["line"].transform("first")
    for row in iterate_rows(ordered.assign(first=first)[ordered["again"]].drop_duplicates("delivery")):
        yield RepeatedRow(int(row.line), int(row.first), str(row.provider_id), str(row.invoice_no), resent=True)


def _shared_numbers(lines: pd.DataFrame, ties: Ties) -> Iterator[SharedNumber]:
    """Each invoice whose number an earlier invoice of the provider has."""
    own = lines[~ties.again & ~lines["credit"]].assign(invoice=ties.invoice[~ties.again & ~lines["credit"]])
    if own.empty:
        return
    own = own.sort_values(["key", "received_date", "line"], kind="stable")
    parts = own.groupby("invoice", sort=False)
    invoices = parts[["key", *NAMED]].first().assign(sum=parts["amount"].sum(min_count=1))
    before = invoices.shift()
    same_sum = (invoices["sum"] == before["sum"]) & (invoices["received_date"].diff() <= TIED_DAYS)
    shared = invoices["key"] == before["key"]
    listed = invoices.assign(first=before["line"], same_sum=same_sum)[shared]
    for row in iterate_rows(listed):
        yield SharedNumber(int(row.line), int(row.first), str(row.provider_id), str(row.invoice_no), bool(row.same_sum))
