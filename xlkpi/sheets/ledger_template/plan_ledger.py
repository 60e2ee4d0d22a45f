"""The blank ledger workbook as a plan: Start, Invoices, the check of the indicator, Disputes, Prompt payment."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from xlkpi.catalogue import Catalogue
from xlkpi.core.contract_words import ContractWords
from xlkpi.core.day import long_date
from xlkpi.core.indicator import Indicator
from xlkpi.core.period import Period
from xlkpi.core.vocabulary import Reading
from xlkpi.council.finance_settings import FinanceSettings
from xlkpi.ooxml.addresses import quoted_sheet
from xlkpi.sheets.finance.term_cells import plan_terms
from xlkpi.sheets.ledger_template.disputes import plan_disputes
from xlkpi.sheets.ledger_template.invoice_check import plan_invoice_check
from xlkpi.sheets.ledger_template.invoices import plan_invoices
from xlkpi.sheets.ledger_template.names_and_columns import (
    INVOICES,
    LAST_INVOICE,
    PROVIDERS,
    ROWS,
    START,
    TERMS_ROW,
    invoices,
)
from xlkpi.sheets.ledger_template.prompt_payment import plan_prompt_payment
from xlkpi.writing.workbook import Cell, EntryRule, Formula, Sheet, WorkbookPlan

WIDTHS = (26.0, 16.0, 90.0)
STEPS = (
    "Set the period below: its first and last day. {counts}",
    "On {sheet}, type each provider's id, name and type, and x and y of {code} from its return.",
    f"On Invoices, type or paste the ledger into the yellow columns, values only, at most {ROWS:,} rows. Paste days as "
    "days, not as text. If a row cannot be used, the column “look at” says so.",
    "Read {sheet}, Disputes and Prompt payment: they update at once. No macro, no installation.",
    "Where both sides differ, agree the figures with the provider. Both sides stay as they are; type what was agreed, "
    "with name, day and reason, in the yellow columns at the right of {sheet}.",
)
COUNTS = (
    "Counted: invoices received in the period, each once on however many lines: those of one provider and number with "
    "the same receipt or invoice date. Credit notes (a negative sum, or credit note under “type”), repeated rows and "
    "invoices sent again are not. Disputed: a line, on or before the day the last line was paid, or not all paid. "
    "Late: received after the due date."
)


def plan_ledger_template(catalogue: Catalogue, period: Period) -> WorkbookPlan:
    """Plan the workbook for the time that the invoice indicator counts in a period; for another, type over two days.

    Raises KeyError where the contract has no such indicator.
    """
    words = catalogue.words
    indicator = catalogue.indicators[words.invoice_indicator]
    start, end = period.span(indicator.read(Reading.EFFECTIVE).frequency)
    check = words.say("invoice sheet")
    sheets = (
        _start_sheet(start, end, indicator),
        plan_invoices(check),
        plan_invoice_check(indicator, check),
        plan_disputes(check),
        plan_prompt_payment(start, check),
    )
    return WorkbookPlan(f"{words.short} invoice ledger and {indicator.code}", end, sheets, words.council)


def _start_sheet(start: date, end: date, indicator: Indicator) -> Sheet:
    words, code = indicator.words, indicator.code
    counts = words.say("finance counts", indicator=code, span=f"{long_date(start)} to {long_date(end)}")
    steps = [step.format(counts=counts, sheet=words.say("invoice sheet"), code=code) for step in STEPS]
    cells = [
        Cell(1, 1, f"Checking {code}: the invoice ledger", "title"),
        Cell(2, 1, f"For finance: enter the invoices and see {code} by the Council's own count. The yellow cells are "
             "yours.", "note"),
        Cell(4, 1, "What to do", "heading"),
    ]  # fmt: skip
    for row, step in enumerate(steps, start=5):
        cells += [Cell(row, 1, f"Step {row - 4}", "topic"), Cell(row, 3, step, "prose")]
    cells += [Cell(10, 1, "What is counted", "topic"), Cell(10, 3, COUNTS, "prose")]
    cells += [*_terms(start, end, words), *_warnings(TERMS_ROW + 6)]
    day = EntryRule(f"B{TERMS_ROW}:B{TERMS_ROW + 1}", "A day", "Type it as day/month/year.")
    return Sheet(START, cells=tuple(cells), widths=WIDTHS, heights=((1, 28.0),), rules=(day,))


def _terms(start: date, end: date, words: ContractWords) -> Iterator[Cell]:
    settings = FinanceSettings()
    days, target = settings.payment_terms(words)
    return plan_terms(TERMS_ROW, (start, end, settings.tolerance, days, target / 100), words, looks="input")


def _warnings(row: int) -> Iterator[Cell]:
    """Live warnings: invoices below the last row with formulas, rows that are not used, amounts that are text."""
    sheet = quoted_sheet(INVOICES)
    column = f"{sheet}!$A${LAST_INVOICE + 1}:$A$20000"
    full = f'IF(COUNTA({column})=0,"","There are invoices below row {LAST_INVOICE}: they are not counted.")'
    unused = f'COUNTIF({sheet}!$K$2:$K${LAST_INVOICE},"not used")'
    not_used = f'IF({unused}=0,"",{unused}&" rows of Invoices are not used: see the column look at.")'
    texts = f'SUMPRODUCT(ISTEXT({invoices("amount")})*({invoices("amount")}<>""))'
    no_sums = f'IF({texts}=0,"",{texts}&" amounts on Invoices are text: the invoices count, without a sum.")'
    yield Cell(row, 1, Formula(full, ""), "warning open")
    yield Cell(row + 1, 1, Formula(not_used, ""), "warning open")
    yield Cell(row + 2, 1, Formula(no_sums, ""), "warning open")
    yield Cell(row + 3, 1, f"Room for {PROVIDERS} providers.", "note")
