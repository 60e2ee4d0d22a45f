"""The check of the invoice indicator: every provider by return and by ledger, side by side."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from xlkpi.core.contract_texts import NO_INVOICE_INDICATOR
from xlkpi.core.contract_words import ContractWords
from xlkpi.core.vocabulary import Reading
from xlkpi.ooxml.addresses import column_letters
from xlkpi.sheets.finance import formulas as f
from xlkpi.sheets.finance.agreed_columns import AGREED_COLUMNS, agreed_values
from xlkpi.sheets.finance.names_and_columns import InvoiceCells, PaymentTerms, name_invoice_table
from xlkpi.writing.workbook import REPEAT_HEADER, Column, Formula, PlainValue, Sheet, Table, Value

if TYPE_CHECKING:  # a master without a ledger has this sheet too, and should not wait for what a ledger needs
    from xlkpi.finance.check_result import FinanceCheck, InvoiceComparison

CHECK_COLUMNS = (
    Column("provider_id", 11, "code"),
    Column("provider", 24, "text"),
    Column("period", 11, "line"),
    Column("x return", 9, "whole"),
    Column("y return", 9, "whole"),
    Column("x ledger", 9, "whole"),
    Column("y ledger", 9, "whole"),
    Column("x difference", 11, "gap"),
    Column("y difference", 11, "gap"),
    Column("late", 8, "whole"),
    Column("late or disputed", 10, "whole"),
    Column("undisputed", 12, "share"),
    Column("on time and undisputed", 12, "share"),
    Column("RAG return", 12, "word"),
    Column("RAG return as written", 12, "word"),
    Column("RAG ledger", 12, "word"),
    Column("RAG ledger as written", 12, "word"),
    Column("RAG on time and undisputed", 12, "word"),
    Column("class", 26, "word"),
    Column("reasons", 26, "text"),
    Column("reading", 11, "line"),
    *AGREED_COLUMNS,
    Column("file", 36, "line"),
    Column("cells", 14, "centre"),
)
NO_LEDGER = "Not known: no ledger was given (--ledger)."
HEADERS = [column.header for column in CHECK_COLUMNS]
WORDS = ("RAG return", "RAG return as written", "RAG ledger", "RAG ledger as written", "RAG on time and undisputed")


def at(header: str, row: int) -> str:
    """Write the address of a column's cell in a row of the sheet."""
    return f"{column_letters(HEADERS.index(header) + 1)}{row}"


def plan_invoice_check(
    words: ContractWords,
    check: FinanceCheck | None,
    invoices: InvoiceCells | None = None,
    terms: PaymentTerms | None = None,
) -> Sheet:
    """Plan one row per provider, from A1: live formulas where the cells of the invoices are given, otherwise values.

    What a provider returned is unchanged; the figures that officers agreed, which are in force, are beside it, and are
    printed where there are any. None: no ledger, or a contract without such an indicator.
    """
    rows: list[list[Value]] = []
    for number, line in enumerate(check.lines if check else (), start=2):
        values = _values(line, str(check.period) if check else "")
        live = _formulas(line, number, invoices, terms) if invoices and terms else {}
        rows.append([Formula(live[name], values[name]) if name in live else values[name] for name in HEADERS])
    none = NO_LEDGER if words.invoice_indicator else NO_INVOICE_INDICATOR
    empty = "No provider." if check else none
    table = Table(name_invoice_table(words), CHECK_COLUMNS, rows, empty=empty, empty_at=1)
    last = max(2, len(rows) + 1)
    live_words = tuple(f"{at(name, 2)}:{at(name, last)}" for name in (*WORDS, "class"))
    printed = HEADERS.index("RAG in force" if check and any(line.agreed for line in check.lines) else "reading") + 1
    paper = replace(REPEAT_HEADER, columns=printed, a3=True)
    return Sheet(
        words.say("invoice sheet"), (table,), freeze=(1, 2), paper=paper, live_words=live_words if invoices else ()
    )


def _values(line: InvoiceComparison, period: str) -> dict[str, PlainValue]:
    counts = line.ledger
    agreed = agreed_values(line.indicator.read(line.reading), line.agreed, line.by_return().state.value)
    return {
        "provider_id": line.provider_id,
        "provider": line.provider,
        "period": period,
        "x return": line.returned.x,
        "y return": line.returned.y,
        "x ledger": counts.disputed,
        "y ledger": counts.submitted,
        "x difference": line.x_difference,
        "y difference": line.y_difference,
        "late": counts.late,
        "late or disputed": counts.late_or_disputed,
        "undisputed": line.undisputed,
        "on time and undisputed": line.on_time_and_undisputed,
        "RAG return": line.by_return(Reading.EFFECTIVE).state.value,
        "RAG return as written": line.by_return(Reading.AS_WRITTEN).state.value,
        "RAG ledger": line.by_ledger(Reading.EFFECTIVE).state.value,
        "RAG ledger as written": line.by_ledger(Reading.AS_WRITTEN).state.value,
        "RAG on time and undisputed": line.in_own_words().state.value,
        "class": line.agreement.value,
        "reasons": ", ".join(reason.value for reason in line.explanation.reasons),
        "reading": line.reading.value,
        **{column.header: value for column, value in zip(AGREED_COLUMNS, agreed, strict=True)},
        "file": line.file,
        "cells": f"{line.x_cell}, {line.y_cell}" if line.x_cell else "",
    }


def _formulas(line: InvoiceComparison, row: int, invoices: InvoiceCells, terms: PaymentTerms) -> dict[str, str]:
    def cell(header: str) -> str:
        return at(header, row)

    provider = f"${cell('provider_id')}"
    return {
        "x ledger": f.count_invoices("disputed", provider, invoices, terms),
        "y ledger": f.count_invoices("submitted", provider, invoices, terms),
        "late": f.count_invoices("late", provider, invoices, terms),
        "late or disputed": f.count_invoices("late_or_disputed", provider, invoices, terms),
        **f.compare_counts(cell, line.indicator, line.reading, terms.tolerance),
    }
