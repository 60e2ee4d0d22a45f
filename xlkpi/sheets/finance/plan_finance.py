"""A finance check as the plan of a workbook."""

from __future__ import annotations

from xlkpi.finance.check_result import FinanceCheck
from xlkpi.sheets.finance.cross_check import plan_cross_check
from xlkpi.sheets.finance.differences import plan_differences
from xlkpi.sheets.finance.disputes import plan_disputes
from xlkpi.sheets.finance.findings import plan_findings
from xlkpi.sheets.finance.invoice_check import plan_invoice_check
from xlkpi.sheets.finance.invoices import can_be_live, find_invoice_cells, plan_invoices
from xlkpi.sheets.finance.overview import TERMS, plan_overview
from xlkpi.sheets.finance.prompt_payment import plan_prompt_payment
from xlkpi.sheets.finance.set_aside import plan_set_aside
from xlkpi.sheets.outturn_values import needs_units
from xlkpi.writing.workbook import WorkbookPlan


def plan_finance(check: FinanceCheck) -> WorkbookPlan:
    """Plan the sheets in order. The document is dated on the last day that the invoice indicator counts.

    If the ledger is short enough, the workbook contains its invoices and every figure of its check is a formula
    over them; otherwise the figures are values, and Overview says so.
    """
    live, words = can_be_live(check), check.indicator.words
    sheets = [
        plan_overview(check, live=live),
        plan_invoice_check(words, check, find_invoice_cells(check), TERMS)
        if live
        else plan_invoice_check(words, check),
        plan_differences(check),
        plan_disputes(check),
        plan_prompt_payment(check),
        plan_cross_check(check.cross),
        plan_findings(check),
        plan_set_aside(check),
    ]
    if live:
        sheets.append(plan_invoices(check))
    with_units = needs_units(line.indicator for line in check.cross.lines) if check.cross else False
    return WorkbookPlan(
        f"Finance check {check.period}", check.span.end, tuple(sheets), words.council, with_units=with_units
    )
