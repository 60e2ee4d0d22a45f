"""The long lists: invoices, those that make a difference, rows set aside, findings."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from xlkpi.council.lists.parse_values import day_from_ordinal
from xlkpi.finance.agreement import Agreement
from xlkpi.finance.frames import each
from xlkpi.finance.result import FinanceCheck, S2Comparison
from xlkpi.sheets.finance.names_and_columns import DIFFERENCES, FINDINGS, INVOICES, SET_ASIDE, InvoiceCells, ranges
from xlkpi.writing.workbook import REPEAT_HEADER, Column, Sheet, Table, Value

if TYPE_CHECKING:
    import pandas as pd

MOST_INVOICES = 60_000
MOST_WORK = 3_000_000
"""Invoices times providers: beyond it recalculating the formulas would keep people waiting."""
MOST_DIFFERENCES = 20_000

INVOICE_COLUMNS = (
    Column("line", 8, "whole"),
    Column("provider_id", 12, "code"),
    Column("invoice_no", 18, "line"),
    Column("counts as", 18, "line"),
    Column("invoice_date", 13, "day"),
    Column("due_date", 12, "day"),
    Column("received_date", 13, "day"),
    Column("amount", 12, "money"),
    Column("disputed_date", 13, "day"),
    Column("dispute_reason", 30, "line"),
    Column("resolved_date", 13, "day"),
    Column("paid_date", 12, "day"),
)
DIFFERENCE_COLUMNS = (
    Column("provider_id", 11, "code"),
    Column("provider", 24, "text"),
    Column("class", 26, "word"),
    Column("reason", 18, "text"),
    Column("explains", 10, "line"),
    Column("what it is", 28, "text"),
    *INVOICE_COLUMNS[:1],
    *INVOICE_COLUMNS[2:3],
    *INVOICE_COLUMNS[4:],
)
FINDING_COLUMNS = (
    Column("severity", 11, "word"),
    Column("provider_id", 12, "code"),
    Column("provider", 28, "text"),
    Column("indicator", 11, "code"),
    Column("message", 90, "text"),
    Column("code", 20, "line"),
    Column("list or file", 32, "text"),
    Column("cell", 10, "centre"),
)
ASIDE_COLUMNS = (
    Column("line", 9, "whole"),
    Column("provider", 26, "line"),
    Column("invoice_no", 20, "line"),
    Column("why", 110, "text"),
)


def fits(check: FinanceCheck) -> bool:
    """Whether the workbook can carry the invoices, and formulas over them that recalculate quickly."""
    count = len(check.marked)
    return count <= MOST_INVOICES and count * len(check.lines) <= MOST_WORK


def invoice_cells(check: FinanceCheck) -> InvoiceCells:
    """Where the columns of the sheet of invoices stand, for formulas."""
    last = max(2, len(check.marked) + 1)
    return InvoiceCells(
        last, **ranges(INVOICES, 2, last, provider=2, kind=4, due=6, received=7, disputed=9, resolved=11, paid=12)
    )


def invoices_sheet(check: FinanceCheck) -> Sheet:
    """Every used row of the ledger as read, in its order."""
    rows = [
        [int(row.line), str(row.provider_id), row.invoice_no, str(row.kind), *_dates(row)] for row in each(check.marked)
    ]
    table = Table("KPI_Invoices", INVOICE_COLUMNS, rows, empty="No invoice.", empty_at=2)
    return Sheet(INVOICES, (table,), freeze=(1, 3), paper=REPEAT_HEADER)


def _dates(row: Any) -> list[Value]:
    return [
        day_from_ordinal(row.invoice_date),
        day_from_ordinal(row.due_date),
        day_from_ordinal(row.received_date),
        None if math.isnan(row.amount) else row.amount / 100,
        day_from_ordinal(row.disputed_date),
        str(row.dispute_reason),
        day_from_ordinal(row.resolved_date),
        day_from_ordinal(row.paid_date),
    ]


def differences_sheet(check: FinanceCheck) -> Sheet:
    """For each provider who doesn't agree: the invoices that explain it, that might, and the ledger's disputed ones."""
    wanted = [(line, *one) for line in check.lines for one in _groups(line, check.marked)]
    wanted = wanted[:MOST_DIFFERENCES]
    lines = {number for *_, number in wanted}
    rows_of: dict[int, Any] = {}
    for frame in (check.marked, check.ledger.repeats):
        rows_of |= {int(row.line): row for row in each(frame[frame["line"].isin(lines)])}
    rows = []
    for line, reason, explains, what, number in wanted:
        row = rows_of[number]
        whose = (line.provider_id, line.provider, line.agreement.value)
        rows.append([*whose, reason, explains, what, number, row.invoice_no, *_dates(row)])
    table = Table("KPI_Differences", DIFFERENCE_COLUMNS, rows, empty="Nobody differs.", empty_at=1)
    return Sheet(DIFFERENCES, (table,), freeze=(1, 2), paper=replace(REPEAT_HEADER, a3=True))


def _groups(line: S2Comparison, marked: pd.DataFrame) -> Iterator[tuple[str, str, str, int]]:
    if line.agreement in (Agreement.AGREED, Agreement.NO_RETURN):
        return
    explaining = line.explanation.parts
    for one in line.candidates:
        word = "yes" if one in explaining else "possible" if not explaining else "no"
        yield from ((one.reason.value, word, one.told, number) for number in one.lines)
    if line.by_x and not explaining:
        mine = marked[
            (marked["provider_id"] == line.provider_id) & (marked["counted"] == 1) & (marked["disputed"] == 1)
        ]
        yield from (("", "possible", "disputed in the ledger", int(number)) for number in mine["line"])


def aside_sheet(check: FinanceCheck) -> Sheet:
    """Every row of the ledger that is not used, with its line and why."""
    rows: list[list[Value]] = [[one.line, one.provider, one.invoice_no, one.why] for one in check.ledger.set_aside]
    more = check.ledger.rows_set_aside - len(rows)
    if more > 0:
        rows.append([None, "", "", f"… and {more:,} more rows. Mend the cause of those above and run again."])
    table = Table("KPI_SetAside", ASIDE_COLUMNS, rows, empty="Every row is used.", empty_at=3)
    return Sheet(SET_ASIDE, (table,), freeze=(1, 1), paper=REPEAT_HEADER)


def findings_sheet(check: FinanceCheck) -> Sheet:
    """Every finding, the gravest first, each kind in the order of the sheets and lines."""
    ordered = sorted(check.findings, key=lambda found: found.finding.severity.rank)
    rows = [
        [
            one.finding.severity.value, one.provider_id, one.provider, one.finding.indicator or "",
            one.finding.message, one.finding.code.name, one.file, one.finding.cell,
        ]
        for one in ordered
    ]  # fmt: skip
    table = Table("KPI_FinanceFindings", FINDING_COLUMNS, rows, empty="Nothing to fix, nothing to explain.", empty_at=4)
    paper = replace(REPEAT_HEADER, columns=5)  # up to the message
    return Sheet(FINDINGS, (table,), freeze=(1, 1), paper=paper)
