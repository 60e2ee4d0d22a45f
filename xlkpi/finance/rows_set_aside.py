"""The rows of a ledger that are not used, as the finance workbook lists them."""

from __future__ import annotations

from dataclasses import dataclass

from xlkpi.council.lists.places import ListPlaces
from xlkpi.finance.classify_invoices import RepeatedRow
from xlkpi.finance.suppliers import UnknownSupplier


@dataclass(frozen=True)
class SetAside:
    """A row that is not used: its line, the provider and invoice it names, and why.

    The rows of a supplier that is not known are listed once, with the first line and their number in ``rows``.
    """

    line: int
    provider: str
    invoice_no: str
    why: str
    rows: int = 1


def duplicate_row(repeat: RepeatedRow, places: ListPlaces) -> SetAside:
    """List a row that repeats another one."""
    why = f"Repeats line {places.beside(repeat.line, repeat.first_line)}."
    return SetAside(repeat.line, repeat.provider_id, repeat.invoice_no, why)


def unknown_supplier_row(supplier: UnknownSupplier) -> SetAside:
    """List the rows of a supplier that is not known, as one."""
    rows = f" Rows: {supplier.rows:,}." if supplier.rows > 1 else ""
    return SetAside(supplier.line, supplier.text[:80], "", supplier.why + rows, supplier.rows)
