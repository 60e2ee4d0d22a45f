"""Reading the ledger: every row through the model, and every row accounted for."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

from xlkpi.council.finance_settings import FinanceSettings
from xlkpi.council.lists.columns import ListHeader
from xlkpi.council.lists.faults import CellFault
from xlkpi.council.lists.finance_columns import LEDGER, PROVIDER_COLUMNS
from xlkpi.council.lists.finding_collector import MOST_OF_A_KIND, THE_ROW, FindingCollector
from xlkpi.council.lists.places import ListPlaces
from xlkpi.council.lists.reader import LineTally, ListedRow
from xlkpi.council.lists.several_files import FilesOfList, ListFile
from xlkpi.council.lists.validate_row import validate_row
from xlkpi.finance.classify_invoices import InvoiceKind, classify_rows
from xlkpi.finance.invoice import InvoiceRow
from xlkpi.finance.ledger_columns import DAYS, LedgerColumns, judge_columns
from xlkpi.finance.line_findings import add_classified, add_due_dates, add_out_of_order, add_signs
from xlkpi.finance.numbers_alike import add_numbers_alike
from xlkpi.finance.providers import ProviderDirectory, read_named_provider
from xlkpi.finance.rows_of_totals import kind_of_total
from xlkpi.finance.rows_set_aside import SetAside, duplicate_row, unknown_supplier_row
from xlkpi.finance.suppliers import UnknownSuppliers
from xlkpi.findings import Code, Finding

if TYPE_CHECKING:
    import pandas as pd

Progress = Callable[[int], None]
STEP = 50_000


@dataclass(frozen=True)
class Ledger:
    """A ledger as read. ``invoices`` has a row per invoice, credit note or invoice sent again, in the list's order.

    Its columns: line (the first), provider_id, invoice_no, the six days as ordinals (0 for none), amount (pence, NaN
    for none), dispute_reason, lines (how many), kind. ``set_aside`` lists the rows not used, at most 5,000 of a kind;
    ``rows_set_aside`` counts all. Always: rows_read = rows_used + rows_set_aside. Lines are numbered through all files
    and sheets (``places``).
    """

    files: tuple[ListFile, ...]
    places: ListPlaces
    tally: LineTally
    rows_read: int
    rows_set_aside: int
    invoices: pd.DataFrame
    repeats: pd.DataFrame
    set_aside: tuple[SetAside, ...]
    findings: tuple[Finding, ...]
    has_due_dates: bool = True

    @property
    def file(self) -> str:
        """Give the names of its files."""
        return ", ".join(dict.fromkeys(file.name for file in self.files))

    @property
    def rows_used(self) -> int:
        """Count the rows that were understood as a line of an invoice or of a credit note."""
        return self.rows_read - self.rows_set_aside

    @property
    def invoice_count(self) -> int:
        """Count the invoices, however many lines each is on."""
        return int((self.invoices["kind"] == InvoiceKind.INVOICE.value).sum())


days_of = attrgetter(*DAYS)


@dataclass
class _LedgerBuilder:
    """What has been read so far, column by column, so that a million rows fit into memory."""

    findings: FindingCollector
    headers: list[ListHeader] = field(default_factory=list)
    suppliers: UnknownSuppliers = field(default_factory=UnknownSuppliers)
    read: int = 0
    left_out: int = 0
    aside: list[SetAside] = field(default_factory=list)
    totals: dict[Code, tuple[int, int]] = field(default_factory=dict)
    """How many rows of totals there are of each kind, and the first line."""
    lines: array[int] = field(default_factory=lambda: array("q"))
    days: array[int] = field(default_factory=lambda: array("i"))
    """Of each row its six days, in the order of DAYS."""
    amounts: array[float] = field(default_factory=lambda: array("d"))
    credits: array[int] = field(default_factory=lambda: array("b"))
    providers: list[str] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)

    def add(self, line: int, provider_id: str, row: InvoiceRow, *, is_credit: bool) -> None:
        """Add a row's cells to the columns; a negative amount is a credit note, whatever its type."""
        self.credits.append(is_credit or row.amount < 0)
        self.lines.append(line)
        self.providers.append(provider_id)
        self.numbers.append(row.invoice_no)
        self.reasons.append(row.dispute_reason)
        self.amounts.append(row.amount)
        self.days.extend(days_of(row))

    def add_total(self, line: int, cells: Mapping[str, str], code: Code) -> None:
        """Set a row of totals aside; of each kind there is one finding."""
        number, first = self.totals.get(code, (0, line))
        self.totals[code] = (number + 1, first)
        self.set_aside(line, cells, "It is a total, not an invoice.")

    def set_aside(self, line: int, cells: Mapping[str, str], why: str) -> None:
        """Set a row aside."""
        self.left_out += 1
        if len(self.aside) < MOST_OF_A_KIND:
            provider = next((cells[column] for column in PROVIDER_COLUMNS if column in cells), "")
            self.aside.append(SetAside(line, provider[:80], cells.get("invoice_no", "")[:80], why))


def read_ledger(
    paths: Path | Sequence[Path],
    directory: ProviderDirectory,
    settings: FinanceSettings,
    progress: Progress | None = None,
) -> Ledger:
    """Read a ledger, CSV or .xlsx, one row per invoice (interfaces, Invoice ledger extract), in one file or several.

    A row that cannot be used is set aside with a finding that names its line; the others are not affected.
    ``progress`` is called with how many rows are read. Raises UnreadableFile where a file is not a list, LedgerError
    where it lacks a column that counting needs.
    """
    files = FilesOfList(paths, LEDGER, settings.columns)
    ledger = _LedgerBuilder(FindingCollector(files.name, files.places, directory.settings))
    for opened in files.each(ledger.findings):
        columns, rows = judge_columns(opened, settings, ledger.findings)
        ledger.findings.add_header(columns.header, unread=True)
        ledger.headers.append(columns.header)
        for listed in rows:
            _take(ledger, listed, columns, directory)
            if progress and ledger.read % STEP == 0:
                progress(ledger.read)
    for code, (number, line) in ledger.totals.items():
        ledger.findings.add(code, {"line": line, "number": f"{number:,}"})
    ledger.suppliers.report(ledger.findings, all_compared=not directory.is_exhausted)
    return _build(files, ledger, settings)


def _take(ledger: _LedgerBuilder, listed: ListedRow, columns: LedgerColumns, directory: ProviderDirectory) -> None:
    if listed.is_blank:
        return
    ledger.read += 1
    line, cells = listed.line, listed.header.filled(listed.cells)
    if listed.fault:
        _refuse(ledger, line, cells, (listed.fault,))
        return
    total = kind_of_total(cells)
    if total is not None:
        ledger.add_total(line, cells, total)
        return
    named = read_named_provider(cells)
    match = directory.match(*named) if named else None
    if named and match and not match.provider_id:  # before its other cells: whatever is wrong in them is not ours
        ledger.left_out += 1
        ledger.suppliers.add(line, named, match)
        return
    why = columns.settle(cells, listed)
    if why:
        ledger.set_aside(line, cells, why)
        return
    is_credit = columns.take_type(cells, listed)
    is_credit = columns.settle_amount(cells, listed) or is_credit
    invoice, faults = validate_row(InvoiceRow, cells, listed.header, listed.row)
    if [fault.column for fault in faults] == ["amount"]:
        is_credit = columns.drop_amount(cells, listed) or is_credit
        invoice, faults = validate_row(InvoiceRow, cells, listed.header, listed.row)
    if not any(column in cells for column in PROVIDER_COLUMNS):
        column = next(column for column in PROVIDER_COLUMNS if column in listed.header.at)
        faults = (CellFault(column, listed.cell(column), "is empty. Enter it."), *faults)
    if invoice is None or match is None:
        _refuse(ledger, line, cells, faults)
        return
    ledger.add(line, match.provider_id, invoice, is_credit=is_credit)
    if invoice.undated_dispute and columns.has_dispute_days:
        ledger.findings.add(Code.LEDGER_UNDATED, {"line": line})


def _refuse(ledger: _LedgerBuilder, line: int, cells: Mapping[str, str], faults: Iterable[CellFault]) -> None:
    """Set a row aside: one finding per fault."""
    reasons = []
    for fault in faults:
        ledger.findings.add_row(line, fault)
        reasons.append(f"{fault.column or THE_ROW} {fault.reason}")
    ledger.set_aside(line, cells, " ".join(reasons))


def _rows_of(ledger: _LedgerBuilder) -> pd.DataFrame:
    import numpy as np  # noqa: PLC0415 - only this command pays for numpy and pandas
    import pandas as pd  # noqa: PLC0415 - as above

    days = np.array(ledger.days, dtype="int32").reshape(-1, len(DAYS))
    return pd.DataFrame(
        {
            "line": np.frombuffer(ledger.lines, dtype="int64") if ledger.lines else np.zeros(0, "int64"),
            "provider_id": pd.Categorical(ledger.providers),
            "invoice_no": pd.Series(ledger.numbers, dtype=object),
            **{name: days[:, place] for place, name in enumerate(DAYS)},
            "amount": np.array(ledger.amounts, dtype="float64"),
            "dispute_reason": pd.Series(ledger.reasons, dtype=object),
            "credit": np.array(ledger.credits, dtype=bool),
        }
    )


def _build(files: FilesOfList, ledger: _LedgerBuilder, settings: FinanceSettings) -> Ledger:
    frame = _rows_of(ledger)
    add_out_of_order(ledger.findings, frame)
    add_signs(ledger.findings, frame)
    rows = classify_rows(frame)
    add_classified(ledger.findings, rows)
    add_numbers_alike(ledger.findings, rows.invoices)
    header = next((each for each in ledger.headers if "due_date" not in each.at), ledger.headers[0])
    add_due_dates(ledger.findings, frame, header, is_confirmed="due_date" in settings.columns)
    duplicates = [repeat for repeat in rows.repeated if not repeat.resent][:MOST_OF_A_KIND]
    aside = [
        *ledger.aside,
        *(duplicate_row(repeat, files.places) for repeat in duplicates),
        *map(unknown_supplier_row, ledger.suppliers.gravest(MOST_OF_A_KIND)),
    ]
    return Ledger(
        files.files,
        files.places,
        files.tally,
        ledger.read,
        ledger.left_out + len(rows.repeats),
        rows.invoices,
        rows.repeats,
        tuple(sorted(aside, key=lambda row: row.line)),
        ledger.findings.all(),
        "due_date" in header.at,
    )
