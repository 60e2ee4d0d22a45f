"""Reading the ledger: every row through the model, and every row accounted for."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from xlkpi.council.finance_settings import LEDGER_SETTINGS, FinanceSettings
from xlkpi.council.lists.columns import LEDGER, Header
from xlkpi.council.lists.finding_collector import MOST_OF_A_KIND, Told
from xlkpi.council.lists.parse_values import shown_day
from xlkpi.council.lists.reader import is_blank_row, open_list
from xlkpi.council.lists.stream import digest_of
from xlkpi.finance.classify_invoices import RepeatedRow, classify_rows
from xlkpi.finance.invoice import InvoiceRow
from xlkpi.finance.providers import Directory
from xlkpi.findings import Code, Finding
from xlkpi.ooxml.addresses import column_letters

if TYPE_CHECKING:
    import pandas as pd

Progress = Callable[[int], None]
STEP = 50_000
DAYS = ("invoice_date", "due_date", "received_date", "disputed_date", "resolved_date", "paid_date")


@dataclass(frozen=True)
class SetAside:
    """A row that is not used: its line, whose and which invoice it says it is, and why."""

    line: int
    provider: str
    invoice_no: str
    why: str


@dataclass(frozen=True)
class Ledger:
    """A ledger as read. ``invoices`` has a row for each used row of the list, in its order.

    Its columns: line, provider_id, invoice_no, the six days as ordinals (0 for none), amount (pence, NaN for none),
    dispute_reason, kind. ``set_aside`` lists the rows not used, at most 5,000 of a kind; ``rows_set_aside`` counts
    all. Always: rows_read = rows_used + rows_set_aside. Blank rows are no rows.
    """

    file: str
    sha256: str
    rows_read: int
    rows_set_aside: int
    blank: int
    invoices: pd.DataFrame
    repeats: pd.DataFrame
    set_aside: tuple[SetAside, ...]
    findings: tuple[Finding, ...]

    @property
    def rows_used(self) -> int:
        """Rows that were understood and stand for an invoice, a credit note or an invoice sent again."""
        return len(self.invoices)


@dataclass
class _Book:
    """What has been read so far, column by column, so that a million rows fit."""

    told: Told
    read: int = 0
    blank: int = 0
    left_out: int = 0
    aside: list[SetAside] = field(default_factory=list)
    lines: array[int] = field(default_factory=lambda: array("q"))
    days: dict[str, array[int]] = field(default_factory=lambda: {name: array("i") for name in DAYS})
    amounts: array[float] = field(default_factory=lambda: array("d"))
    providers: list[str] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)

    def keep(self, line: int, provider_id: str, row: InvoiceRow) -> None:
        """Keep a row's cells."""
        self.lines.append(line)
        self.providers.append(provider_id)
        self.numbers.append(row.invoice_no)
        self.reasons.append(row.dispute_reason)
        self.amounts.append(row.amount)
        for name in DAYS:
            self.days[name].append(getattr(row, name))

    def leave_out(self, line: int, cells: Mapping[str, str], why: str) -> None:
        """Set a row aside."""
        self.left_out += 1
        if self.left_out <= MOST_OF_A_KIND:
            provider, number = (cells.get(name, "")[:80] for name in ("provider_id", "invoice_no"))
            self.aside.append(SetAside(line, provider, number, why))


def read_ledger(
    path: Path, directory: Directory, settings: FinanceSettings, progress: Progress | None = None
) -> Ledger:
    """Read a ledger, CSV or .xlsx, one row an invoice (interfaces, Invoice ledger extract).

    A row that cannot be used is set aside with a finding that names its line; the others are not affected.
    ``progress`` is told how many rows are read. Raises UnreadableFile where the file is no list, LedgerError where it
    lacks a column that counting needs.
    """
    header, body = open_list(path, LEDGER, settings.columns)
    book = _Book(Told(path.name))
    for place, text in header.unknown:
        book.told.add(Code.LIST_COLUMN, {"column": column_letters(place + 1), "found": text})
    for line, record in body:
        _take(book, line, record, header, directory)
        if progress and book.read % STEP == 0:
            progress(book.read)
    return _ledger(path, book)


def _take(book: _Book, line: int, record: list[str], header: Header, directory: Directory) -> None:
    if is_blank_row(record):
        book.blank += 1
        return
    book.read += 1
    width = len(record)
    cells = {name: record[place] for name, place in header.at.items() if place < width and record[place]}
    if width > header.width and any(record[header.width :]):
        says = "has more cells than the header has columns. Put text that holds a comma in quotation marks."
        _refuse(book, line, cells, [("the row", says)], header)
        return
    try:
        row = InvoiceRow.model_validate(cells)
    except ValidationError as problem:
        _refuse(book, line, cells, _faults(problem), header)
        return
    whose = directory.whose(row.provider_id)
    if not whose.provider_id:
        _unknown(book, line, cells, row.provider_id, whose.near)
        return
    book.keep(line, whose.provider_id, row)
    if row.disputed_date or row.paid_date or row.dispute_reason or row.invoice_date > row.received_date:
        _look_at_order(book, line, row)


def _faults(problem: ValidationError) -> list[tuple[str, str]]:
    out = []
    for error in problem.errors(include_url=False):
        says = "is empty. Enter it." if error["type"] == "missing" else error["msg"]
        out.append((str(error["loc"][0]), says))
    return out


def _refuse(
    book: _Book, line: int, cells: Mapping[str, str], faults: Iterable[tuple[str, str]], header: Header
) -> None:
    """Set a row aside: one finding a fault."""
    said = []
    for column, says in faults:
        place = header.at.get(column)
        cell = f"{column_letters(place + 1)}{line}" if place is not None else ""
        facts = {"line": line, "column": column, "remedy": says, **({"at": cell} if cell else {})}
        book.told.add(Code.LIST_ROW, facts, cell=cell)
        said.append(f"{column} {says}")
    book.leave_out(line, cells, " ".join(said))


def _unknown(book: _Book, line: int, cells: Mapping[str, str], found: str, near: str) -> None:
    facts = {"line": line, "found": found, "settings": LEDGER_SETTINGS, **({"near": near} if near else {})}
    book.told.add(Code.LEDGER_PROVIDER, facts)
    hint = f" It looks like {near}." if near else ""
    book.leave_out(line, cells, f"“{found}” is not a known provider.{hint}")


def _look_at_order(book: _Book, line: int, row: InvoiceRow) -> None:
    if row.undated_dispute:
        book.told.add(Code.LEDGER_UNDATED, {"line": line})
    for later, second, earlier, first in row.out_of_order():
        days = {"found": shown_day(second), "due": shown_day(first)}
        book.told.add(Code.LEDGER_DATES, {"line": line, "column": later, "other": earlier, **days})


def _ledger(path: Path, book: _Book) -> Ledger:
    import numpy as np  # noqa: PLC0415 - only this command pays for numpy and pandas
    import pandas as pd  # noqa: PLC0415 - as above

    frame = pd.DataFrame(
        {
            "line": np.frombuffer(book.lines, dtype="int64") if book.lines else np.zeros(0, "int64"),
            "provider_id": pd.Categorical(book.providers),
            "invoice_no": pd.Series(book.numbers, dtype=object),
            **{name: np.array(days, dtype="int32") for name, days in book.days.items()},
            "amount": np.array(book.amounts, dtype="float64"),
            "dispute_reason": pd.Categorical(book.reasons),
        }
    )
    used, repeats, told_of = classify_rows(frame)
    for repeat in told_of:
        _tell_repeat(book, repeat)
    repeated = [one for one in told_of if not one.resent][:MOST_OF_A_KIND]
    aside = [*book.aside, *(SetAside(one.line, one.provider_id, one.invoice_no, _why(one)) for one in repeated)]
    return Ledger(
        path.name,
        digest_of(path),
        book.read,
        book.read - len(used),
        book.blank,
        used,
        repeats,
        tuple(sorted(aside, key=lambda one: one.line)),
        book.told.all(),
    )


def _tell_repeat(book: _Book, one: RepeatedRow) -> None:
    facts = {"line": one.line, "other": one.first_line, "invoice": one.invoice_no, "provider_id": one.provider_id}
    if one.resent:
        book.told.add(Code.LEDGER_RESENT, facts)
    elif one.differs:
        book.told.add(Code.LEDGER_AMENDED, {**facts, "column": one.differs})
    else:
        book.told.add(Code.LEDGER_DUPLICATE, facts)


def _why(one: RepeatedRow) -> str:
    return f"Repeats line {one.first_line}" + (f", but for {one.differs}." if one.differs else ".")
