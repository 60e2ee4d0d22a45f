"""The addresses in a finance workbook that formulas refer to."""

from __future__ import annotations

from dataclasses import dataclass

from xlkpi.core.contract_words import ContractWords
from xlkpi.core.indicator import slug_of
from xlkpi.ooxml.addresses import column_letters, quoted_sheet

OVERVIEW, DIFFERENCES, DISPUTES, PAYMENT = "Overview", "Differences", "Disputes", "Prompt payment"
CROSS, FINDINGS, SET_ASIDE, INVOICES = "Cross-check", "Findings", "Set aside", "Invoices"


TABLES = "KPI_"
"""How the names of our tables begin."""


def name_invoice_table(words: ContractWords) -> str:
    """Name the table of the invoice indicator after its code; a plain name where the contract has none."""
    slug = slug_of(words.invoice_indicator) if words.invoice_indicator else "Invoices"
    return slug if slug.startswith(TABLES) else f"{TABLES}{slug}"


@dataclass(frozen=True)
class PaymentTerms:
    """The cells that all formulas depend on."""

    start: str
    end: str
    tolerance: str
    days: str
    target: str


@dataclass(frozen=True)
class InvoiceCells:
    """The columns of a sheet of invoices as ranges, from the row below its header to ``last``."""

    last: int
    provider: str
    kind: str
    due: str
    received: str
    disputed: str
    resolved: str
    paid: str


def ranges(sheet: str, first: int, last: int, **columns: int) -> dict[str, str]:
    """Write absolute ranges of whole columns of a table by name: ``'Invoices'!$B$2:$B$900``."""
    return {
        name: f"{quoted_sheet(sheet)}!${column_letters(number)}${first}:${column_letters(number)}${last}"
        for name, number in columns.items()
    }


def fixed(sheet: str, row: int, col: int) -> str:
    """Write an absolute reference to a cell of another sheet."""
    return f"{quoted_sheet(sheet)}!${column_letters(col)}${row}"
