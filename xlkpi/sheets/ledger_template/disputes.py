"""Disputes of the blank ledger, live: all providers, then each, and a chart of the ages of open disputes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from xlkpi.finance.dispute_ages import AGES
from xlkpi.ooxml.addresses import column_letters
from xlkpi.sheets.finance.disputes import CHART_SIZE, FIRST_AGE, LAST_AGE, PROVIDER_COLUMNS
from xlkpi.sheets.ledger_template.invoice_check import summed
from xlkpi.sheets.ledger_template.names_and_columns import DISPUTES, PROVIDERS, invoices, provider
from xlkpi.writing.workbook import REPEAT_HEADER, CellRun, ColumnChart, ColumnSeries, Formula, Sheet, Table, Value
from xlkpi.writing.workbook.palette import AREAS


def plan_disputes(check: str) -> Sheet:
    """Plan all providers in the first row, then each of the sheet ``check``, with a chart of the ages to the right."""
    rows: list[list[Value]] = [["All", "", *_live_values("", 2)]]
    for row in range(3, PROVIDERS + 3):
        provider_id = provider(check, "provider_id", row - 1)
        names = (provider(check, name, row - 1) for name in ("provider_id", "provider"))
        cells: list[Value] = [Formula(f'IF({provider_id}="","",{name}&"")', "") for name in names]
        cells += [Formula(f'IF({provider_id}="","",{live.text})', "") for live in _live_values(provider_id, row)]
        rows.append(cells)
    table = Table("KPI_Clock", PROVIDER_COLUMNS, rows)
    paper = replace(REPEAT_HEADER, a3=True)
    return Sheet(DISPUTES, (table,), charts=(_chart(),), freeze=(2, 2), paper=paper)


def _chart() -> ColumnChart:
    return ColumnChart(
        "How many disputes are open, by days open",
        "Columns: how many disputes are open on the last day, by days since the dispute.",
        CellRun((1, FIRST_AGE), (1, LAST_AGE)),
        (ColumnSeries("Open disputes", CellRun((2, FIRST_AGE), (2, LAST_AGE)), *AREAS[0]),),
        at=(2, LAST_AGE + 2),
        size=CHART_SIZE,
        legend=False,
    )


def _live_values(provider_id: str, row: int) -> Iterator[Formula]:
    """Disputes, mean days, open, ages; of one provider, or of all where none is named."""
    own = f"{invoices('provider_id')},{provider_id}," if provider_id else ""
    yield Formula(summed("disputed", provider_id) if provider_id else f"SUM({invoices('disputed')})", 0)
    for days in ("days to dispute", "days to resolution", "days to payment"):
        mean = f"AVERAGEIFS({invoices(days)},{own}{invoices('disputed')},1)"
        yield Formula(f'IFERROR({mean},"")', "")
    yield Formula(f"SUM({column_letters(FIRST_AGE)}{row}:{column_letters(LAST_AGE)}{row})", 0)
    low, open_days = 0, invoices("days open")
    for _, most in AGES:
        limits = f'{open_days},">={low}"' + (f',{open_days},"<={most}"' if most is not None else "")
        yield Formula(f"COUNTIFS({own}{limits})", 0)
        low = (most or 0) + 1
