"""Prompt payment: as a whole, by type, by month and by provider, with two charts."""

from __future__ import annotations

from collections.abc import Sequence

from xlkpi.core.day import short_date
from xlkpi.finance.check_result import FinanceCheck
from xlkpi.finance.prompt_payment import PaymentCounts
from xlkpi.performance.wording import format_percent
from xlkpi.sheets.finance.disputes import CHART_HEIGHT, CHART_SIZE
from xlkpi.sheets.finance.names_and_columns import PAYMENT
from xlkpi.writing.workbook import (
    BarChart,
    BarSeries,
    Cell,
    CellRun,
    ChartLine,
    Column,
    LineChart,
    PageSetup,
    Sheet,
    Table,
    Value,
)
from xlkpi.writing.workbook.palette import AREAS, LINES

PAID_COLUMNS = (
    Column("", 16, "code"),
    Column("name", 30, "line"),
    Column("received", 11, "whole"),
    Column("paid", 11, "whole"),
    Column("in time", 11, "whole"),
    Column("later or unpaid", 11, "whole"),
    Column("share in time", 11, "share"),
    Column("target", 11, "share"),
    Column("against target", 13, "word"),
    Column("disputed: measured", 11, "whole"),
    Column("disputed: in time", 11, "whole"),
    Column("undisputed: share in time", 13, "share"),
)


def plan_prompt_payment(check: FinanceCheck) -> Sheet:
    """Plan the tables as a whole, by type, by month and by provider; disputed invoices are shown separately."""
    payment = check.payment
    tables: list[Table] = []
    cells = [
        Cell(1, 1, f"Paid within {payment.days} days of receipt", "title"),
        Cell(2, 1, f"Invoices received {short_date(check.span.start)} to {short_date(check.span.end)}. "
             f"{check.indicator.words.council_begins}'s target: "
             f"{payment.target}%, of those paid and of those unpaid for more than {payment.days} days on the last day. "
             "Disputed invoices are included in the figures and also shown separately.", "note"),
    ]  # fmt: skip
    row = 4
    for name, parts in (("As a whole", (payment.whole,)), ("By type", payment.types), ("By month", payment.months)):
        tables.append(_paid_table(check, name, parts, row + 1))
        cells.append(Cell(row, 1, name, "heading"))
        row += max(1, len(parts)) + 4
    charts = _charts(check, tables[1], tables[2], row)
    chart_row, row = row, row + 2
    cells.append(Cell(row, 1, "By provider", "heading"))
    tables.append(_paid_table(check, "By provider", payment.providers, row + 1))
    heights = ((1, 28.0), *((table.row, 32.0) for table in tables), (chart_row, CHART_HEIGHT))
    widths = tuple(column.width for column in PAID_COLUMNS)
    paper = PageSetup(repeat=(row, row + 1))
    return Sheet(PAYMENT, tuple(tables), tuple(cells), charts, widths=widths, heights=heights, paper=paper)


def _paid_table(check: FinanceCheck, name: str, parts: Sequence[PaymentCounts], row: int) -> Table:
    by_provider = name == "By provider"
    first, second = ("provider_id", "provider") if by_provider else ("what", "which")
    columns = (Column(first, 16, "code"), Column(second, 30, "text"), *PAID_COLUMNS[2:])
    rows = []
    for counts in parts:
        label = (counts.name, check.names.get(counts.name, "")) if by_provider else (name, counts.name)
        rows.append([*label, *_paid_values(counts, check.payment.target)])
    return Table(f"KPI_Paid{len(name)}", columns, rows, row=row, empty="No invoice.", empty_at=1)


def _paid_values(counts: PaymentCounts, target: int) -> list[Value]:
    return [
        counts.received,
        counts.paid,
        counts.within,
        counts.late,
        counts.share,
        target / 100,
        counts.against(target).value,
        counts.disputed_measured,
        counts.disputed_within,
        counts.undisputed_share,
    ]


def _charts(check: FinanceCheck, types: Table, months: Table, row: int) -> tuple[BarChart | LineChart, ...]:
    if not (types.rows and months.rows):
        return ()
    days = check.payment.days
    by_type = "; ".join(
        f"{kind.name}: {kind.within} in time, {kind.late} later or unpaid" for kind in check.payment.types
    )
    bars = BarChart(
        f"Invoices paid within {days} days, and later or unpaid, by type of provider",
        f"Stacked bars. {by_type}.",
        header=types.row,
        last=types.row + len(types.rows),
        col=2,
        series=(BarSeries(5, *AREAS[0]), BarSeries(6, *AREAS[1])),
        at=(row, 1),
        size=CHART_SIZE,
    )
    first, last = months.row + 1, months.row + len(months.rows)
    shares = [(month.name, month.share) for month in check.payment.months]
    by_month = "; ".join(f"{name}: {format_percent(share)}" for name, share in shares if share is not None)
    lines = LineChart(
        "Share of invoices paid in time, by month of receipt",
        f"Two lines, the share and the target of {check.payment.target}%. {by_month}.",
        CellRun((first, 2), (last, 2)),
        (
            ChartLine("in time", CellRun((first, 7), (last, 7)), *LINES[0]),
            ChartLine("target", CellRun((first, 8), (last, 8)), *LINES[1]),
        ),
        at=(row, 7),
        size=CHART_SIZE,
    )
    return bars, lines
