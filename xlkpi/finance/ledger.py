"""Reading the ledger: every row through the model, and every row accounted for."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

from xlkpi.council.finance_settings import LEDGER_SETTINGS, FinanceSettings
from xlkpi.council.lists.columns import ListHeader
from xlkpi.council.lists.faults import CellFault
from xlkpi.council.lists.finance_columns import LEDGER
from xlkpi.council.lists.finding_collector import MOST_OF_A_KIND, THE_ROW, FindingCollector
from xlkpi.council.lists.reader import ListedRow, open_list, validate_row
from xlkpi.council.lists.rows import file_digest
from xlkpi.finance.classify_invoices import InvoiceKind, RepeatedRow, classify_rows
from xlkpi.finance.invoice import InvoiceRow
from xlkpi.finance.ledger_columns import DAYS, LedgerColumns, judge_columns
from xlkpi.finance.line_findings import add_classified, add_due_dates, add_out_of_order
from xlkpi.finance.providers import ProviderDirectory
from xlkpi.findings import Code, Finding, shorten
from xlkpi.ooxml.addresses import column_letters

if TYPE_CHECKING:
    import pandas as pd

Progress = Callable[[int], None]
STEP = 50_000


@dataclass(frozen=True)
class SetAside:
    """A row that is not used: its line, the provider and invoice it names, and why."""

    line: int
    provider: str
    invoice_no: str
    why: str


@dataclass(frozen=True)
class Ledger:
    """A ledger as read. ``invoices`` has a row per invoice, credit note or invoice sent again, in the list's order.

    Its columns: line (the first), provider_id, invoice_no, the six days as ordinals (0 for none), amount (pence, NaN
    for none), dispute_reason, lines (how many), kind. ``set_aside`` lists the rows not used, at most 5,000 of a kind;
    ``rows_set_aside`` counts all. Always: rows_read = rows_used + rows_set_aside. Blank rows are ignored.
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
    has_due_dates: bool = True

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
    read: int = 0
    blank: int = 0
    left_out: int = 0
    aside: list[SetAside] = field(default_factory=list)
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

    def set_aside(self, line: int, cells: Mapping[str, str], why: str) -> None:
        """Set a row aside."""
        self.left_out += 1
        if self.left_out <= MOST_OF_A_KIND:
            provider, number = (cells.get(name, "")[:80] for name in ("provider_id", "invoice_no"))
            self.aside.append(SetAside(line, provider, number, why))


def read_ledger(
    path: Path, directory: ProviderDirectory, settings: FinanceSettings, progress: Progress | None = None
) -> Ledger:
    """Read a ledger, CSV or .xlsx, one row per invoice (interfaces, Invoice ledger extract).

    A row that cannot be used is set aside with a finding that names its line; the others are not affected.
    ``progress`` is called with how many rows are read. Raises UnreadableFile where the file is not a list, LedgerError
    where it lacks a column that counting needs.
    """
    opened = open_list(path, LEDGER, settings.columns)
    ledger = _LedgerBuilder(FindingCollector(path.name, opened.places))
    columns, rows = judge_columns(opened, lambda: open_list(path, LEDGER, settings.columns), settings, ledger.findings)
    for place, text in columns.header.unread():
        ledger.findings.add(Code.LIST_COLUMN, {"column": column_letters(place + 1), "found": shorten(text)})
    ledger.findings.add_header(columns.header)
    for listed in rows:
        _take(ledger, listed, columns, directory)
        if progress and ledger.read % STEP == 0:
            progress(ledger.read)
    ledger.findings.add_remarks(opened.remarks)
    return _build(path, ledger, columns.header, settings)


def _take(ledger: _LedgerBuilder, listed: ListedRow, columns: LedgerColumns, directory: ProviderDirectory) -> None:
    if listed.is_blank:
        ledger.blank += 1
        return
    ledger.read += 1
    line, cells = listed.line, listed.header.filled(listed.cells)
    if listed.fault:
        _refuse(ledger, line, cells, (listed.fault,))
        return
    why = columns.settle(cells, listed)
    if why:
        ledger.set_aside(line, cells, why)
        return
    is_credit = columns.take_type(cells, listed)
    invoice, faults = validate_row(InvoiceRow, cells, listed.header, listed.row)
    if [fault.column for fault in faults] == ["amount"]:
        is_credit = columns.drop_amount(cells, listed) or is_credit
        invoice, faults = validate_row(InvoiceRow, cells, listed.header, listed.row)
    if invoice is None:
        _refuse(ledger, line, cells, faults)
        return
    match = directory.match(invoice.provider_id)
    if not match.provider_id:
        _refuse_unknown(ledger, line, cells, invoice.provider_id, match.near)
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


def _refuse_unknown(ledger: _LedgerBuilder, line: int, cells: Mapping[str, str], text: str, near: str) -> None:
    facts = {"line": line, "found": text, "settings": LEDGER_SETTINGS, **({"near": near} if near else {})}
    ledger.findings.add(Code.LEDGER_PROVIDER, facts)
    hint = f" It looks like {near}." if near else ""
    ledger.set_aside(line, cells, f"“{text}” is not a known provider.{hint}")


def _build(path: Path, ledger: _LedgerBuilder, header: ListHeader, settings: FinanceSettings) -> Ledger:
    import numpy as np  # noqa: PLC0415 - only this command pays for numpy and pandas
    import pandas as pd  # noqa: PLC0415 - as above

    days = np.array(ledger.days, dtype="int32").reshape(-1, len(DAYS))
    frame = pd.DataFrame(
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
    add_out_of_order(ledger.findings, frame)
    rows = classify_rows(frame)
    add_classified(ledger.findings, rows)
    add_due_dates(ledger.findings, frame, header, is_confirmed="due_date" in settings.columns)
    duplicates = [repeat for repeat in rows.repeated if not repeat.resent][:MOST_OF_A_KIND]
    aside = [*ledger.aside, *map(_duplicate, duplicates)]
    return Ledger(
        path.name,
        file_digest(path),
        ledger.read,
        ledger.left_out + len(rows.repeats),
        ledger.blank,
        rows.invoices,
        rows.repeats,
        tuple(sorted(aside, key=lambda row: row.line)),
        ledger.findings.all(),
        "due_date" in header.at,
    )


def _duplicate(repeat: RepeatedRow) -> SetAside:
    why = f"Repeats line {repeat.first_line}."
    return SetAside(repeat.line, repeat.provider_id, repeat.invoice_no, why)
