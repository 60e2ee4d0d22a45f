"""Disputes: how long they took by provider, which are open, and a chart of the ages of open ones."""

from __future__ import annotations

from xlkpi.core.day import short_date
from xlkpi.finance.check_result import FinanceCheck
from xlkpi.finance.dispute_ages import AGES, DisputeAges, OpenDispute, ProviderDisputes
from xlkpi.sheets.finance.names_and_columns import DISPUTES
from xlkpi.writing.workbook import Cell, CellRun, Column, ColumnChart, ColumnSeries, PageSetup, Sheet, Table, Value
from xlkpi.writing.workbook.palette import AREAS

PROVIDER_COLUMNS = (
    Column("provider_id", 14, "code"),
    Column("provider", 38, "text"),
    Column("disputes of the period", 12, "whole"),
    Column("days to dispute", 12, "days"),
    Column("days to resolution", 12, "days"),
    Column("days to payment", 12, "days"),
    Column("open on the last day", 12, "whole"),
    *(Column(name, 12, "whole") for name, _ in AGES),
)
OPEN_COLUMNS = (
    Column("provider_id", 14, "code"),
    Column("provider", 30, "text"),
    Column("invoice_no", 12, "line"),
    Column("received", 12, "day"),
    Column("disputed", 12, "day"),
    Column("days open", 12, "whole"),
    Column("line", 12, "whole"),
    Column("reason", 12, "text"),
)
FIRST_AGE, LAST_AGE = 8, 12
CHART_SIZE, CHART_HEIGHT = (620, 300), 232.0
"""In pixels; and the points of the one row that contains it, which no page break can cut."""
WIDTHS = tuple(column.width for column in PROVIDER_COLUMNS)
NOTE = (
    "Means, in days: from receipt to dispute and to payment, from dispute to resolution. Open: neither resolved nor "
    "paid by the last day."
)


def plan_disputes(check: FinanceCheck) -> Sheet:
    """Plan the disputes by provider from A1, the open ones below them, and a chart of their ages."""
    disputes, last_day = check.disputes, short_date(check.span.end)
    rows = [_provider_values(provider, check.names.get(provider.provider_id, "")) for provider in disputes.providers]
    rows.append(_total_values(disputes))
    last = len(rows) + 1
    chart_row = last + 3
    heading = chart_row + 2
    cells = (
        Cell(last + 1, 1, NOTE, "note"),
        Cell(heading, 1, f"Disputes open on {last_day}, the oldest first", "heading"),
    )
    return Sheet(
        DISPUTES,
        (Table("KPI_Clock", PROVIDER_COLUMNS, rows), _open_table(check, heading + 1)),
        cells,
        (_chart(disputes, last_day, last, chart_row),),
        widths=WIDTHS,
        heights=((chart_row, CHART_HEIGHT),),
        freeze=(0, 2),
        paper=PageSetup(repeat=(heading, heading + 1)),
    )


def _provider_values(provider: ProviderDisputes, name: str) -> list[Value]:
    days = (provider.to_dispute, provider.to_resolution, provider.to_payment)
    return [provider.provider_id, name, provider.disputes, *days, provider.open, *provider.ages]


def _total_values(disputes: DisputeAges) -> list[Value]:
    return ["All", "", disputes.dispute_count, None, None, None, disputes.open_count, *disputes.total_ages]


def _open_table(check: FinanceCheck, row: int) -> Table:
    places = check.ledger.places
    rows = [
        _open_values(dispute, check.names.get(dispute.provider_id, ""), places.label(dispute.line))
        for dispute in check.disputes.open
    ]
    return Table("KPI_OpenDisputes", OPEN_COLUMNS, rows, row=row, empty="No dispute is open.", empty_at=1)


def _open_values(dispute: OpenDispute, name: str, line: int | str) -> list[Value]:
    return [
        dispute.provider_id,
        name,
        dispute.invoice_no,
        dispute.received,
        dispute.disputed,
        dispute.days,
        line,
        dispute.reason,
    ]


def _chart(disputes: DisputeAges, last_day: str, last: int, row: int) -> ColumnChart:
    counts = "; ".join(f"{name}: {count}" for (name, _), count in zip(AGES, disputes.total_ages, strict=True))
    return ColumnChart(
        f"How many disputes are open on {last_day}, by days open",
        f"Columns by age of the dispute. {counts}.",
        CellRun((1, FIRST_AGE), (1, LAST_AGE)),
        (ColumnSeries("Open disputes", CellRun((last, FIRST_AGE), (last, LAST_AGE)), *AREAS[0]),),
        at=(row, 1),
        size=CHART_SIZE,
        legend=False,
    )
