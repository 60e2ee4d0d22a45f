"""Prompt payment of the blank ledger, live, with its charts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from xlkpi.core.day import MONTHS
from xlkpi.finance.prompt_payment import NO_TYPE, TYPES, TargetResult
from xlkpi.sheets.finance import formulas as f
from xlkpi.sheets.finance.disputes import CHART_HEIGHT
from xlkpi.sheets.finance.prompt_payment import PAID_COLUMNS
from xlkpi.sheets.ledger_template.invoice_check import summed
from xlkpi.sheets.ledger_template.names_and_columns import (
    LAST_PROVIDER,
    PAYMENT,
    PROVIDERS,
    TERMS,
    invoices,
    provider,
    providers,
)
from xlkpi.writing.workbook import (
    BarChart,
    BarSeries,
    Cell,
    CellRun,
    ChartLine,
    Column,
    Formula,
    LineChart,
    PageSetup,
    Sheet,
    Table,
    Value,
)
from xlkpi.writing.workbook.palette import AREAS, LINES

SHOWN_MONTHS = 6
NAMES = ",".join(f'"{name}"' for name in MONTHS)
SUMS = ("counted", "paid", "in time", "measured")
APART = ("measured", "in time")
"""Of disputed invoices only these two."""
CHART_ROW, BY_PROVIDER_ROW = 26, 29


def plan_prompt_payment(start: date, check: str) -> Sheet:
    """Plan the tables as a whole, by type, by month and by provider of the sheet ``check``."""
    types, months = 9, 18  # the header rows
    whole = _table("Paid_All", "what", [("As a whole", *_whole())], 5)
    first, last = BY_PROVIDER_ROW + 1, BY_PROVIDER_ROW + PROVIDERS
    by_type = _table("Paid_Types", "type", [(name, *_type(name, check, first, last)) for name in TYPES], types)
    by_month = _table("Paid_Months", "month", [_month(number, start) for number in range(SHOWN_MONTHS)], months)
    provider_rows = [_provider(check, row) for row in range(2, LAST_PROVIDER + 1)]
    by_provider = _table("Paid_Providers", "provider_id", provider_rows, BY_PROVIDER_ROW)
    tables = (whole, by_type, by_month, by_provider)
    cells = (
        Cell(1, 1, "Prompt payment", "title"),
        Cell(2, 1, "Invoices received in the period. In time: paid within the days set on Start, from receipt. Unpaid: "
             "for longer than that, on the last day. Disputed invoices are included in the figures and also shown "
             "separately.", "note"),
        *(Cell(table.row - 1, 1, name, "heading")
          for table, name in zip(tables, ("As a whole", "By type", "By month of receipt", "By provider"), strict=True)),
    )  # fmt: skip
    words = tuple(f"H{table.row + 1}:H{table.row + len(table.rows)}" for table in tables)
    heights = ((1, 28.0), *((table.row, 32.0) for table in tables), (CHART_ROW, CHART_HEIGHT))
    paper = PageSetup(repeat=(BY_PROVIDER_ROW - 1, BY_PROVIDER_ROW))
    widths = (24.0, *(column.width for column in PAID_COLUMNS[2:]))
    charts = _charts(types, months)
    return Sheet(PAYMENT, tables, cells, charts, widths=widths, heights=heights, paper=paper, live_words=words)


def _charts(types: int, months: int) -> tuple[BarChart | LineChart, ...]:
    bars = BarChart(
        "Invoices paid in time, and later or unpaid, by type of provider",
        "Stacked bars: invoices paid in time, invoices paid later or unpaid.",
        header=types,
        last=types + len(TYPES),
        col=1,
        series=(BarSeries(4, *AREAS[0]), BarSeries(5, *AREAS[1])),
        at=(CHART_ROW, 1),
        size=(560, 270),
    )
    first, last = months + 1, months + SHOWN_MONTHS
    lines = LineChart(
        "Share of invoices paid in time, by month of receipt",
        "Two lines: the share paid in time, and the target.",
        CellRun((first, 1), (last, 1)),
        (
            ChartLine("in time", CellRun((first, 6), (last, 6)), *LINES[0]),
            ChartLine("target", CellRun((first, 7), (last, 7)), *LINES[1]),
        ),
        at=(CHART_ROW, 7),
        size=(560, 270),
    )
    return bars, lines


def _table(name: str, label: str, rows: Sequence[Sequence[Value]], row: int) -> Table:
    columns = (Column(label, 24, "code"), *PAID_COLUMNS[2:])
    live = [
        [*cells[:4], *_shares(number, cells[4]), *cells[5:], _undisputed_share(number)]
        for number, cells in enumerate(rows, start=row + 1)
    ]
    return Table(f"KPI_{name}", columns, live, row=row)


def _shares(row: int, measured: Value) -> list[Value]:
    """Later or unpaid (E), share, target, against target, from those measured and those in time (D)."""
    met, missed, none = TargetResult.MET.value, TargetResult.NOT_MET.value, TargetResult.NO_CASES.value
    known = f'$B{row}=""'
    against = f'IF(D{row}+E{row}=0,"{none}",IF(D{row}>={TERMS.target}*(D{row}+E{row})-0.000001,"{met}","{missed}"))'
    text = measured.text if isinstance(measured, Formula) else ""
    by_provider = row > BY_PROVIDER_ROW
    return [
        Formula(f'IF({known},"",{text}-D{row})', "" if by_provider else 0),
        Formula(f'IF({known},"",{f.divide_counts(f"D{row}", f"(D{row}+E{row})")})', ""),
        Formula(f'IF({known},"",{TERMS.target})', "" if by_provider else 0.9),
        Formula(f'IF({known},"",{against})', "" if by_provider else none),
    ]


def _undisputed_share(row: int) -> Formula:
    return Formula(f'IF(N(D{row})+N(E{row})-N(I{row})<=0,"",(D{row}-J{row})/(D{row}+E{row}-I{row}))', "")


def _whole() -> list[Value]:
    disputed = invoices("disputed")
    sums = [f"SUM({invoices(mark)})" for mark in SUMS]
    sums += [f"SUMPRODUCT({disputed}*{invoices(mark)})" for mark in APART]
    return [Formula(text, 0) for text in sums]


def _provider(check: str, row: int) -> list[Value]:
    provider_id = provider(check, "provider_id", row)
    disputed = f"({invoices('provider_id')}={provider_id})*{invoices('disputed')}"
    sums = [summed(mark, provider_id) for mark in SUMS]
    sums += [f"SUMPRODUCT({disputed}*{invoices(mark)})" for mark in APART]
    return [Formula(f'IF({provider_id}="","",{text})', "") for text in (f'{provider_id}&""', *sums)]


def _type(name: str, check: str, first: int, last: int) -> list[Value]:
    """Sums over the providers of a type, from the table of providers below; the rest is the last type."""
    received, paid, in_time, later, *disputed = (_type_sum(name, check, column, first, last) for column in "BCDEIJ")
    return [Formula(text, 0) for text in (received, paid, in_time, f"{later}+{in_time}", *disputed)]


def _type_sum(name: str, check: str, column: str, first: int, last: int) -> str:
    values, kinds = f"${column}${first}:${column}${last}", providers(check, "type")
    if name == NO_TYPE:
        known = ",".join(f'SUMIF({kinds},"{kind}",{values})' for kind in TYPES[:-1])
        return f"SUM({values})-SUM({known})"
    return f'SUMIF({kinds},"{name}",{values})'


def _month(number: int, start: date) -> list[Value]:
    begins = f"DATE(YEAR({TERMS.start}),MONTH({TERMS.start})+{number},1)"
    ends = f"DATE(YEAR({TERMS.start}),MONTH({TERMS.start})+{number + 1},1)"
    day, disputed = invoices("received_date"), invoices("disputed")
    inside = f"({day}>={begins})*({day}<{ends})"
    sums = [f"SUMPRODUCT({inside}*{invoices(mark)})" for mark in SUMS]
    sums += [f"SUMPRODUCT({inside}*{disputed}*{invoices(mark)})" for mark in APART]
    year, month = divmod(start.year * 12 + start.month - 1 + number, 12)
    label = f'CHOOSE(MONTH({begins}),{NAMES})&" "&YEAR({begins})'
    return [Formula(label, f"{MONTHS[month]} {year}"), *(Formula(text, 0) for text in sums)]
