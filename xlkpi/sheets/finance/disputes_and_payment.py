"""Disputes and Prompt payment: tables with their charts."""

from __future__ import annotations

from collections.abc import Sequence

from xlkpi.core.day import short_date
from xlkpi.finance.dispute_ages import AGES, ProviderDisputes
from xlkpi.finance.prompt_payment import PaymentCounts
from xlkpi.finance.result import FinanceCheck
from xlkpi.sheets.finance.names_and_columns import DISPUTES, PAYMENT
from xlkpi.writing.workbook import (
    BarChart,
    BarSeries,
    Cell,
    CellRun,
    ChartLine,
    Column,
    ColumnChart,
    ColumnSeries,
    LineChart,
    PageSetup,
    Sheet,
    Table,
    Value,
)
from xlkpi.writing.workbook.palette import AREAS, LINES

CLOCK_COLUMNS = (
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
PAID_COLUMNS = (
    Column("", 16, "code"),
    Column("name", 30, "line"),
    Column("received", 11, "whole"),
    Column("paid", 11, "whole"),
    Column("in time", 11, "whole"),
    Column("later", 11, "whole"),
    Column("share in time", 11, "share"),
    Column("target", 11, "share"),
    Column("against target", 13, "word"),
    Column("disputed: paid", 11, "whole"),
    Column("disputed: in time", 11, "whole"),
    Column("undisputed: share in time", 13, "share"),
)
CHART_SIZE, CHART_HEIGHT = (620, 300), 232.0
"""In pixels; and the points of the one row that holds it, which no page break can cut."""
WIDTHS = tuple(one.width for one in CLOCK_COLUMNS)


def disputes_sheet(check: FinanceCheck) -> Sheet:
    """The dispute clock by provider from A1, the open disputes below it, and a chart of their ages."""
    clock = check.clock
    rows = [_clock_values(one, check.names.get(one.provider_id, "")) for one in clock.clocks]
    total = [sum(one.ages[place] for one in clock.clocks) for place in range(len(AGES))]
    rows.append(["All", "", sum(one.disputes for one in clock.clocks), None, None, None, clock.open_count, *total])
    clocks = Table("KPI_Clock", CLOCK_COLUMNS, rows)
    last = len(rows) + 1
    chart_row = last + 3
    heading = chart_row + 2
    opened = Table(
        "KPI_OpenDisputes",
        OPEN_COLUMNS,
        [
            [
                one.provider_id, check.names.get(one.provider_id, ""), one.invoice_no,
                one.received, one.disputed, one.days, one.line, one.reason,
            ]
            for one in clock.open
        ],
        row=heading + 1,
        empty="No dispute is open.",
        empty_at=1,
    )  # fmt: skip
    cells = (
        Cell(last + 1, 1, "Means, in days: from receipt to dispute and to payment, from dispute to resolution. Open: "
             "neither resolved nor paid by the last day.", "note"),
        Cell(heading, 1, f"Disputes open on {short_date(check.span.end)}, the oldest first", "heading"),
    )  # fmt: skip
    told = "; ".join(f"{name}: {count}" for (name, _), count in zip(AGES, total, strict=True))
    names, counts = CellRun((1, 8), (1, 12)), CellRun((last, 8), (last, 12))
    chart = ColumnChart(
        f"How many disputes are open on {short_date(check.span.end)}, by days open",
        f"Columns by age of the dispute. {told}.",
        names,
        (ColumnSeries("Open disputes", counts, *AREAS[0]),),
        at=(chart_row, 1),
        size=CHART_SIZE,
        legend=False,
    )
    return Sheet(
        DISPUTES,
        (clocks, opened),
        cells,
        (chart,),
        widths=WIDTHS,
        heights=((chart_row, CHART_HEIGHT),),
        freeze=(0, 2),
        paper=PageSetup(repeat=(heading, heading + 1)),
    )


def _clock_values(one: ProviderDisputes, name: str) -> list[Value]:
    days = (one.to_dispute, one.to_resolution, one.to_payment)
    return [one.provider_id, name, one.disputes, *days, one.open, *one.ages]


def payment_sheet(check: FinanceCheck) -> Sheet:
    """As a whole, by type and by month with charts, and by provider; disputed invoices shown apart."""
    payment = check.payment
    tables: list[Table] = []
    cells = [
        Cell(1, 1, f"Paid within {payment.days} days of receipt", "title"),
        Cell(2, 1, f"Invoices received {short_date(check.span.start)} to {short_date(check.span.end)}. KCC's target: "
             f"{payment.target}% of paid invoices. Disputed invoices are in the figures and shown apart.", "note"),
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
    widths = tuple(one.width for one in PAID_COLUMNS)
    paper = PageSetup(repeat=(row, row + 1))
    return Sheet(PAYMENT, tuple(tables), tuple(cells), charts, widths=widths, heights=heights, paper=paper)


def _paid_table(check: FinanceCheck, name: str, parts: Sequence[PaymentCounts], row: int) -> Table:
    by_provider = name == "By provider"
    first, second = ("provider_id", "provider") if by_provider else ("what", "which")
    columns = (Column(first, 16, "code"), Column(second, 30, "text"), *PAID_COLUMNS[2:])
    rows = []
    for one in parts:
        label = (one.name, check.names.get(one.name, "")) if by_provider else (name, one.name)
        rows.append([*label, *_paid_values(one, check.payment.target)])
    return Table(f"KPI_Paid{len(name)}", columns, rows, row=row, empty="No invoice.", empty_at=1)


def _paid_values(one: PaymentCounts, target: int) -> list[Value]:
    return [
        one.received,
        one.paid,
        one.within,
        one.paid - one.within,
        one.share,
        target / 100,
        one.against(target).value,
        one.disputed_paid,
        one.disputed_within,
        one.undisputed_share,
    ]


def _charts(check: FinanceCheck, types: Table, months: Table, row: int) -> tuple[BarChart | LineChart, ...]:
    if not (types.rows and months.rows):
        return ()
    days = check.payment.days
    told = "; ".join(f"{one.name}: {one.within} in time, {one.paid - one.within} later" for one in check.payment.types)
    bars = BarChart(
        f"Invoices paid within {days} days, and later, by type of provider",
        f"Stacked bars. {told}.",
        header=types.row,
        last=types.row + len(types.rows),
        col=2,
        series=(BarSeries(5, *AREAS[0]), BarSeries(6, *AREAS[1])),
        at=(row, 1),
        size=CHART_SIZE,
    )
    first, last = months.row + 1, months.row + len(months.rows)
    by_month = "; ".join(f"{one.name}: {float(one.share):.0%}" for one in check.payment.months if one.share is not None)
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
