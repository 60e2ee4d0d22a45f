"""Ledgers and registers made by hand for the field tests: rows as they are exported, and what is read of them."""

from __future__ import annotations

from datetime import date

import openpyxl

from xlkpi.core.lot import Provider
from xlkpi.council.finance_settings import FinanceSettings
from xlkpi.finance.ledger import read_ledger
from xlkpi.finance.providers import ProviderDirectory

HEADER = (
    "provider_id,invoice_no,invoice_date,due_date,received_date,amount,"
    "disputed_date,dispute_reason,resolved_date,paid_date"
)
COLUMNS = HEADER.split(",")
DATES = "01/05/2026,10/05/2026,03/05/2026,100.00,,,,14/05/2026"
NUMBERED = (
    Provider("P001", "Willow Tree CIC", "SME", ("1a",), supplier_numbers=("104523", "104988")),
    Provider("P002", "Oast House Ltd", "large", ("1a",)),
)


def invoice(number, provider="P001"):
    """A row of a CSV: an invoice paid on time."""
    return f"{provider},INV-{number},{DATES}"


def invoice_cells(number, month, provider="P001"):
    """The same as cells of a workbook, in another month."""
    days = [date(2026, month, day) for day in (1, 10, 3, 14)]
    return [provider, f"INV-{number}", *days[:3], 100.0, None, None, None, days[3]]


def text_file(folder, *lines, name="ledger.csv", encoding="utf-8", ending="\r\n"):
    """A file of these lines."""
    path = folder / name
    path.write_bytes(ending.join((*lines, "")).encode(encoding))
    return path


def workbook(path, **sheets):
    """A workbook of these sheets, by name, each a list of rows."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def read(path, register=NUMBERED, also=None):
    """The ledger as read beside a register."""
    return read_ledger(path, ProviderDirectory(register, {}, also), FinanceSettings())


def numbers(ledger):
    """The invoice numbers that are used, in order."""
    return list(ledger.invoices["invoice_no"])


def messages_of(ledger, severity):
    """The messages of this severity."""
    return [finding.message for finding in ledger.findings if finding.severity.value == severity]
