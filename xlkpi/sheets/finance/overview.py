"""Overview: what was checked, on which terms, with which outcome, and how to read the sheets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import xlkpi
from xlkpi.core.indicator import Indicator
from xlkpi.council.lists.several_files import ListFile
from xlkpi.finance.agreement import Agreement
from xlkpi.finance.check_result import FinanceCheck
from xlkpi.ooxml.addresses import quoted_sheet
from xlkpi.sheets.filled_topics import fill_topics
from xlkpi.sheets.finance.invoice_check import at
from xlkpi.sheets.finance.names_and_columns import OVERVIEW, PaymentTerms, fixed
from xlkpi.sheets.finance.term_cells import plan_terms
from xlkpi.writing.workbook import Cell, Formula, Sheet, Value

WIDTHS = (32.0, 14.0, 104.0)
START_ROW, CLASS_ROW = 5, 12
MOST_FILES = 6
"""Files of a ledger that are named on one line."""
TERMS = PaymentTerms(*(fixed(OVERVIEW, START_ROW + place, 2) for place in range(5)))

READING_GUIDE = (
    ("{sheet}", "Each provider's {code} by return and by ledger. Nothing overwrites what a provider returned: figures "
     "that an officer agreed have their own columns, with name, date and reason{where}."),
    ("Differences", "The invoices behind each difference. yes: these alone make exactly the difference. possible: "
     "nothing in the ledger makes it exactly, and these bear on it. no: present, but not needed to explain it."),
    ("Disputes", "How long disputes took, and which are open on the last day."),
    ("Prompt payment", "From receipt to payment, against {council}'s own target. An invoice unpaid on the last day "
     "counts as not paid in time once the days to pay are over, and not at all before."),
    ("Cross-check", "{cross}"),
    ("Set aside", "Rows of the ledger that are not used, each with its line and why."),
    ("An invoice", "Belongs to the period in which it was received, and counts once however many lines of the ledger "
     "it is on. Credit notes (negative sums), repeated rows and invoices sent again are recognised and not counted."),
    ("Disputed (x)", "A line disputed on or before the day the last line was paid, or not all paid. Later disputes are "
     "not counted."),
    ("Late", "Received after its due date. An invoice without a due date counts as on time; Findings says how many."),
    ("on time and undisputed", "Neither late nor disputed, of all submitted: the indicator's own words. The return's "
     "two counts cannot show it."),
)  # fmt: skip


def plan_overview(check: FinanceCheck, *, live: bool) -> Sheet:
    """Plan the first sheet. ``live``: the classes are counted by formula."""
    ledger = check.ledger
    title = (
        Cell(1, 1, f"Finance check of {check.indicator.code}, {check.period}", "title"),
        Cell(2, 1, f"Ledger {_files_of(ledger.files)}; xlkpi {xlkpi.__version__}", "note"),
    )
    facts = _ledger_facts(check)
    facts_row = CLASS_ROW + len(Agreement) + 1
    cells = (
        *title,
        *_terms(check),
        *_classes(check, live=live),
        *_ledger_rows(facts, facts_row),
        *_reading_guide(check.indicator, facts_row + len(facts) + 2, live=live),
    )
    return Sheet(OVERVIEW, cells=cells, heights=((1, 28.0),), widths=WIDTHS)


def _files_of(files: Sequence[ListFile]) -> str:
    """Name each file with the beginning of its digest, the first ones where there are many."""
    named = ", ".join(f"{file.name}, sha256 {file.sha256[:16]}…" for file in files[:MOST_FILES])
    return named + (f" and {len(files) - MOST_FILES} more files" if len(files) > MOST_FILES else "")


def _terms(check: FinanceCheck) -> Iterator[Cell]:
    span, payment = check.span, check.payment
    values = (span.start, span.end, check.settings.tolerance, payment.days, payment.target / 100)
    return plan_terms(START_ROW, values, check.indicator.words)


def _classes(check: FinanceCheck, *, live: bool) -> Iterator[Cell]:
    yield Cell(CLASS_ROW - 1, 1, "Providers by class", "heading")
    counts = check.count_by_agreement()
    first = at("class", 2)
    column = f"{first.replace('2', '$2')}:{first.rstrip('2')}${len(check.lines) + 1}"
    sheet = check.indicator.words.say("invoice sheet")
    for row, agreement in enumerate(Agreement, start=CLASS_ROW):
        formula = f"COUNTIF({quoted_sheet(sheet)}!{column},A{row})"
        count: Value = Formula(formula, counts[agreement]) if live else counts[agreement]
        yield from (Cell(row, 1, agreement.value, "label"), Cell(row, 2, count, "figure"))


def _ledger_facts(check: FinanceCheck) -> tuple[tuple[str, Value], ...]:
    ledger = check.ledger
    return (
        ("Read", ledger.rows_read),
        ("= used", ledger.rows_used),
        ("+ set aside", ledger.rows_set_aside),
        ("Blank rows, ignored", ledger.tally.blank),
        ("Lines of the files", ledger.tally.lines),
        ("= rows", ledger.tally.rows),
        ("+ blank", ledger.tally.blank),
        ("+ titles and headers", ledger.tally.above),
        ("+ further lines of a cell", ledger.tally.continued),
        ("Findings to fix", check.must_fix),
        ("Findings to correct or explain", check.queries),
        ("Disputes open on the last day", check.disputes.open_count),
    )


def _ledger_rows(facts: tuple[tuple[str, Value], ...], row: int) -> Iterator[Cell]:
    yield Cell(row, 1, "Rows of the ledger", "heading")
    for number, (label, value) in enumerate(facts, start=row + 1):
        yield from (Cell(number, 1, label, "label"), Cell(number, 2, value, "figure"))


def _reading_guide(indicator: Indicator, row: int, *, live: bool) -> Iterator[Cell]:
    yield Cell(row, 1, "How to read this workbook", "heading")
    values = ("Formulas", "This ledger is too long for a workbook: figures are values.")
    words, system = indicator.words, indicator.words.case_system
    facts = {
        "sheet": words.say("invoice sheet"),
        "code": indicator.code,
        "council": words.short,
        "where": words.say("finance agreed"),
        "cross": words.say("finance cross-check", system=system) if system else "",
    }
    guide = fill_topics(READING_GUIDE, facts) + ([] if live else [values])
    for number, (topic, text) in enumerate(guide, start=row + 1):
        yield from (Cell(number, 1, topic, "topic"), Cell(number, 3, text, "prose"))
