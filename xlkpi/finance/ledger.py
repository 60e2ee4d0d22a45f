"""Reading the ledger: every row through the model, and every row accounted for."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from xlkpi.council.finance_settings import LEDGER_SETTINGS, FinanceSettings
from xlkpi.council.lists.faults import CellFault
from xlkpi.council.lists.finance_columns import LEDGER
from xlkpi.council.lists.finding_collector import MOST_OF_A_KIND, THE_ROW, FindingCollector
from xlkpi.council.lists.parse_values import ordinal_text
from xlkpi.council.lists.reader import ListedRow, open_list, validate_row
from xlkpi.council.lists.rows import file_digest
from xlkpi.finance.classify_invoices import InvoiceKind, RepeatedRow, classify_rows
from xlkpi.finance.invoice import InvoiceRow
from xlkpi.finance.line_findings import add_classified
from xlkpi.finance.providers import ProviderDirectory
from xlkpi.findings import Code, Finding, shorten
from xlkpi.ooxml.addresses import column_letters

if TYPE_CHECKING:
    import pandas as pd

Progress = Callable[[int], None]
STEP = 50_000
DAYS = ("invoice_date", "due_date", "received_date", "disputed_date", "resolved_date", "paid_date")


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

    @property
    def rows_used(self) -> int:
        """Count the rows that were understood as a line of an invoice or of a credit note."""
        return self.rows_read - self.rows_set_aside

    @property
    def invoice_count(self) -> int:
        """Count the invoices, however many lines each is on."""
        return int((self.invoices["kind"] == InvoiceKind.INVOICE.value).sum())


@dataclass
class _LedgerBuilder:
    """What has been read so far, column by column, so that a million rows fit into memory."""

    findings: FindingCollector
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

    def add(self, line: int, provider_id: str, row: InvoiceRow) -> None:
        """Add a row's cells to the columns."""
        self.lines.append(line)
        self.providers.append(provider_id)
        self.numbers.append(row.invoice_no)
        self.reasons.append(row.dispute_reason)
        self.amounts.append(row.amount)
        for name in DAYS:
            self.days[name].append(getattr(row, name))

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
    for place, text in opened.header.unread():
        ledger.findings.add(Code.LIST_COLUMN, {"column": column_letters(place + 1), "found": shorten(text)})
    ledger.findings.add_header(opened.header)
    for listed in opened:
        _take(ledger, listed, directory)
        if progress and ledger.read % STEP == 0:
            progress(ledger.read)
    ledger.findings.add_remarks(opened.remarks)
    return _build(path, ledger)


def _take(ledger: _LedgerBuilder, listed: ListedRow, directory: ProviderDirectory) -> None:
    if listed.is_blank:
        ledger.blank += 1
        return
    ledger.read += 1
    line, cells = listed.line, listed.header.filled(listed.cells)
    if listed.fault:
        _refuse(ledger, line, cells, (listed.fault,))
        return
    invoice, faults = validate_row(InvoiceRow, cells, listed.header, listed.row)
    if invoice is None:
        _refuse(ledger, line, cells, faults)
        return
    match = directory.match(invoice.provider_id)
    if not match.provider_id:
        _refuse_unknown(ledger, line, cells, invoice.provider_id, match.near)
        return
    ledger.add(line, match.provider_id, invoice)
    disputed_or_paid = invoice.disputed_date or invoice.paid_date or invoice.dispute_reason
    if disputed_or_paid or invoice.invoice_date > invoice.received_date:
        _check_order(ledger, line, invoice)


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


def _check_order(ledger: _LedgerBuilder, line: int, row: InvoiceRow) -> None:
    """Find dates that cannot have followed each other, and a dispute without a date."""
    if row.undated_dispute:
        ledger.findings.add(Code.LEDGER_UNDATED, {"line": line})
    for later, second, earlier, first in row.out_of_order():
        days = {"found": ordinal_text(second), "due": ordinal_text(first)}
        ledger.findings.add(Code.LEDGER_DATES, {"line": line, "column": later, "other": earlier, **days})


def _build(path: Path, ledger: _LedgerBuilder) -> Ledger:
    import numpy as np  # noqa: PLC0415 - only this command pays for numpy and pandas
    import pandas as pd  # noqa: PLC0415 - as above

    frame = pd.DataFrame(
        {
            "line": np.frombuffer(ledger.lines, dtype="int64") if ledger.lines else np.zeros(0, "int64"),
            "provider_id": pd.Categorical(ledger.providers),
            "invoice_no": pd.Series(ledger.numbers, dtype=object),
            **{name: np.array(days, dtype="int32") for name, days in ledger.days.items()},
            "amount": np.array(ledger.amounts, dtype="float64"),
            "dispute_reason": pd.Series(ledger.reasons, dtype=object),
        }
    )
    rows = classify_rows(frame.assign(credit=frame["amount"] < 0))
    add_classified(ledger.findings, rows)
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
    )


def _duplicate(repeat: RepeatedRow) -> SetAside:
    why = f"Repeats line {repeat.first_line}."
    return SetAside(repeat.line, repeat.provider_id, repeat.invoice_no, why)
