"""One row of the ledger: its model, what its dates show, and how to go through a table of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BaseModel, ConfigDict, PlainValidator

from xlkpi.council.lists.faults import rejection
from xlkpi.council.lists.parse_values import (
    NO_DAY,
    ParseCache,
    read_amount,
    read_day,
    read_reason,
    read_text,
    required,
)

if TYPE_CHECKING:
    import pandas as pd

_day = ParseCache(read_day)
_provider = ParseCache(read_text)
_NO_NUMBER = frozenset((
    "-", "–", "n/a", "na", "n/k", "nk", "none", "nil", "null", "?", "??", "tbc", "tba", "unknown",
    "missing", "blank", "various",
))  # fmt: skip
"""Written where a number is not known. A letter alone is not among them: it may be the number of an invoice."""
_some_number = required("Enter the number of the invoice.")


def _number(text: str) -> str:
    tidy = _some_number(text)
    if tidy.casefold() in _NO_NUMBER:
        raise rejection(f"says “{tidy}”, which is not the number of an invoice. Enter its number.")
    return tidy


def _required_day(text: str) -> int:
    day = _day(text)
    if day == NO_DAY:
        raise rejection("is empty. Enter the day the invoice was received.")
    return day


Day = Annotated[int, PlainValidator(_day)]


class InvoiceRow(BaseModel):
    """A row of the ledger, cell by cell: days as ordinals (0 for none), the amount in pence (NaN for none).

    Every row of every ledger passes through this model: a plain reading for each cell and nothing else, so that a
    million rows take seconds. A row that it refuses is set aside with the reason.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    provider_id: Annotated[str, PlainValidator(_provider)] = ""
    supplier_number: Annotated[str, PlainValidator(_provider)] = ""
    provider: Annotated[str, PlainValidator(_provider)] = ""
    invoice_no: Annotated[str, PlainValidator(_number)]
    invoice_date: Day = NO_DAY
    due_date: Day = NO_DAY
    received_date: Annotated[int, PlainValidator(_required_day)]
    amount: Annotated[float, PlainValidator(ParseCache(read_amount))] = float("nan")
    disputed_date: Day = NO_DAY
    dispute_reason: Annotated[str, PlainValidator(ParseCache(read_reason))] = ""
    resolved_date: Day = NO_DAY
    paid_date: Day = NO_DAY

    @property
    def undated_dispute(self) -> bool:
        """Whether a reason for a dispute was written and no date of it."""
        return bool(self.dispute_reason) and not self.disputed_date


ORDERED = (
    ("received_date", "invoice_date"),
    ("disputed_date", "received_date"),
    ("resolved_date", "disputed_date"),
    ("paid_date", "received_date"),
)
"""Of each pair the first can't be earlier than the second."""


def iterate_rows(frame: pd.DataFrame) -> Iterator[Any]:
    """Go through a table of invoices: its rows as named tuples, with their place as ``Index``.

    pandas cannot say what its rows contain, so their type is Any, here and nowhere else.
    """
    return iter(frame.itertuples())
