"""The columns of a register looked at whole: the order of its dates, and the signs in the values of contracts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from xlkpi.council.lists.day_columns import DayDecisions, judge_day_columns
from xlkpi.council.lists.faults import CellFault, Fault, row_fault
from xlkpi.council.lists.number_columns import NumberStyle, count_forms, judge_numbers, settle_number
from xlkpi.council.lists.reader import ListedRow
from xlkpi.findings import Code, Severity, shorten

DAYS = ("contract_start", "contract_end", "extended_to", "review_date")
VALUE = "contract_value"
YEARS_OF_CONTRACTS = 12
"""Years from the middle one within which the days of contracts are likely."""

RegisterCells = tuple[ListedRow, dict[str, str]]
"""A row and its filled cells by column."""

_READ = {
    Code.LIST_MONTH_FIRST: "with the month first, as other dates of the register show",
    Code.LIST_YEAR_FIRST: "with the year first, in two digits, as the dates of the register show",
    Code.LIST_DAYS_UTC: "as the day in the United Kingdom, because its time is of another zone",
    Code.LIST_DAYS_EVENING: "as the day after: all summer times of the register are 23:00, as our midnight is in UTC",
    Code.LIST_COMMA: "with a comma before the pence, as the column shows",
    Code.LIST_POINT_THOUSANDS: "with the point between thousands",
    Code.LIST_POINT_DECIMALS: "with the point before the pence",
}
_LEFT_OUT = {
    Code.LIST_DAY_ORDER: "could have the day or the month first, as the register has both",
    Code.LIST_DAYS_SWAPPED: "may have day and month swapped, as later days of the column are text",
    Code.LIST_YEAR_ORDER: "could have the year first or last",
}
_WRITE_DAYS, _WRITE_POUNDS = (
    "Write dates as day/month/year, with four digits of the year.",
    "Write pounds in digits only.",
)


@dataclass
class RegisterColumns:
    """What was decided of the columns, and the first row that each decision is about."""

    days: Mapping[str, DayDecisions]
    values: NumberStyle
    _first: dict[tuple[str, str], tuple[ListedRow, str]] = field(default_factory=dict)
    _counts: Counter[tuple[str, str]] = field(default_factory=Counter)

    def settle(self, cells: Mapping[str, str], listed: ListedRow) -> dict[str, str]:
        """Give the cells of a row with the texts decided for whole columns; a day that could be two is left out."""
        settled = {column: str(text) for column, text in cells.items()}  # a workbook's number is a text from here on
        for column, decisions in self.days.items():
            decided = decisions.get(cells.get(column, ""))
            if decided and decided.code is None and decided.instead:
                settled[column] = decided.instead
            elif decided and decided.code in _READ:
                settled[column] = decided.instead
                self._count(column, _READ[decided.code], listed, cells[column])
            elif decided and decided.code in _LEFT_OUT:
                del settled[column]
                self._count(column, _LEFT_OUT[decided.code], listed, cells[column])
        number = settle_number(cells.get(VALUE, ""), self.values)
        if number.is_unsure:
            del settled[VALUE]
            self._count(
                VALUE, "has two readings, as the column has points and commas before pence", listed, cells[VALUE]
            )
        elif number.code:
            settled[VALUE] = number.text
            self._count(VALUE, _READ[number.code], listed, cells[VALUE])
        return settled

    def _count(self, column: str, words: str, listed: ListedRow, text: str) -> None:
        self._counts[column, words] += 1
        self._first.setdefault((column, words), (listed, text))

    def faults(self) -> Iterator[Fault]:
        """Give one fault per column and decision, at the first cell that it is about."""
        for (column, words), (listed, text) in self._first.items():
            how = f"is read {words}" if words in _READ.values() else f"{words}, and is left out"
            more = self._counts[column, words] - 1
            others = f", like {more} more" if more else ""
            remedy = _WRITE_POUNDS if column == VALUE else _WRITE_DAYS
            reason = f"says “{shorten(text)}”, which {how}{others}. {remedy}"
            cell = CellFault(column, listed.cell(column), reason)
            yield row_fault(listed.row, cell, Severity.QUERY, listed.sheet)


def judge_columns(rows: Sequence[RegisterCells]) -> RegisterColumns:
    """Judge the columns of days and of contract values from all rows."""
    texts = {column: Counter(cells[column] for _, cells in rows if column in cells) for column in DAYS}
    filled = {column: counts for column, counts in texts.items() if counts}
    days = judge_day_columns(filled, near=YEARS_OF_CONTRACTS, may_be_far=True)
    values = judge_numbers(count_forms(cells[VALUE] for _, cells in rows if VALUE in cells))
    return RegisterColumns(days, values)
