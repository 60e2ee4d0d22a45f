"""The invoice indicator in the blank ledger: providers and returned figures are typed in, the ledger's side is live."""

from __future__ import annotations

from dataclasses import replace

from xlkpi.core.indicator import Indicator
from xlkpi.core.vocabulary import Reading
from xlkpi.finance.prompt_payment import TYPES
from xlkpi.ooxml.addresses import column_letters
from xlkpi.sheets.finance import formulas as f
from xlkpi.sheets.finance.names_and_columns import name_invoice_table
from xlkpi.sheets.ledger_template.names_and_columns import (
    CHECK_HEADERS,
    LAST_PROVIDER,
    PROVIDERS,
    TERMS,
    invoices,
)
from xlkpi.writing.workbook import REPEAT_HEADER, Column, EntryRule, Formula, Sheet, Table, Value

LOOKS = {
    "provider_id": (12, "input"),
    "provider": (24, "input"),
    "type": (19, "input"),
    "x return": (9, "input whole"),
    "y return": (9, "input whole"),
    "x difference": (11, "gap"),
    "y difference": (11, "gap"),
    "undisputed": (12, "share"),
    "on time and undisputed": (13, "share"),
    "class": (26, "word"),
    "agreed x": (9, "input whole"),
    "agreed y": (9, "input whole"),
    "agreed by": (16, "input"),
    "agreed on": (12, "input day"),
    "why agreed": (22, "input"),
}


def plan_invoice_check(indicator: Indicator, check: str) -> Sheet:
    """Plan sixty empty rows. The returned figures stay as typed; agreed figures have columns of their own."""
    columns = tuple(Column(name, *_look(name)) for name in CHECK_HEADERS)
    rows: list[list[Value]] = []
    for row in range(2, PROVIDERS + 2):
        live = _formulas(indicator, row)
        rows.append([Formula(f'IF(${_at("provider_id", row)}="","",{live[name]})', "") if name in live else None
                     for name in CHECK_HEADERS])  # fmt: skip
    words = [name for name in CHECK_HEADERS if name.startswith("RAG") or name == "class"]
    kinds = EntryRule(_column("type"), "Type of provider", f"One of: {', '.join(TYPES[:-1])}.", words=TYPES[:-1])
    whole = tuple(
        EntryRule(_column(name), "A count", f"{name}: a whole number of 0 or more.", whole=True)
        for name in ("x return", "y return", "agreed x", "agreed y")
    )
    return Sheet(
        check,
        (Table(name_invoice_table(indicator.words), columns, rows),),
        freeze=(1, 2),
        paper=replace(REPEAT_HEADER, a3=True),
        live_words=tuple(_column(name) for name in words),
        rules=(kinds, *whole),
    )


def _look(name: str) -> tuple[float, str]:
    return LOOKS.get(name, (11.5, "word") if name.startswith("RAG") else (9, "whole"))


def _at(name: str, row: int) -> str:
    return f"{column_letters(CHECK_HEADERS.index(name) + 1)}{row}"


def _column(name: str) -> str:
    return f"{_at(name, 2)}:{_at(name, LAST_PROVIDER)}"


def summed(mark: str, provider: str) -> str:
    """Write a formula that counts a provider's rows with a mark."""
    return f"SUMPRODUCT(({invoices('provider_id')}={provider})*{invoices(mark)})"


def _formulas(indicator: Indicator, row: int) -> dict[str, str]:
    def at(name: str) -> str:
        return _at(name, row)

    provider = f"${at('provider_id')}"
    return {
        "x ledger": summed("disputed", provider),
        "y ledger": summed("counted", provider),
        "late": summed("late", provider),
        "late or disputed": summed("late or disputed", provider),
        **f.compare_counts(at, indicator, Reading.EFFECTIVE, TERMS.tolerance),
    }
