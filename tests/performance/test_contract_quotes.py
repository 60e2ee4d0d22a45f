"""What is quoted of the Schedule is quoted to the letter, in the code and in every letter drafted."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from tests.consolidation.return_builders import council_of
from tests.judge.schedule_text import SCHEDULE
from tests.performance.two_years import COUNCIL, NOW, WHOLE, county, history
from xlkpi.catalogue.ladder import load_ladder
from xlkpi.catalogue.load import load_catalogue, load_terms
from xlkpi.core.period import Period
from xlkpi.letters.escalation_letters import draft_letter
from xlkpi.performance.contact_book import ContactBook
from xlkpi.performance.escalation import list_steps
from xlkpi.performance.open_matters import derive_open_matters
from xlkpi.sheets.master.performance_tabs import list_performance_rules, plan_performance_tabs

QUOTED = re.compile("“(.+?)”", re.DOTALL)
WORDS = load_terms().words
NOT_QUOTED = ("warning sent",)
"""A decision's name, which officers write into the log."""
QUOTES = tuple(
    quote for _, text in WORDS.texts for quote in QUOTED.findall(text) if quote not in NOT_QUOTED
)  # fmt: skip


def plain(text):
    return " ".join(text.split())


def contract():
    """The contract's own text; its 11.2 sets each statement on a line or after a letter in brackets."""
    return plain(SCHEDULE.read_text(encoding="utf-8"))


@pytest.mark.parametrize("quote", QUOTES, ids=lambda quote: quote[:40])
def test_a_quote_stands_in_the_contract_word_for_word(quote):
    assert quote in contract()


def test_a_changed_word_would_be_found():
    (quote,) = (quote for quote in QUOTES if quote.startswith("Continued failure"))
    assert quote.replace("require", "ask") not in contract()


def steps_of(result, known=None):
    return list_steps(derive_open_matters(result.record, council_of(known), result.as_of), book_of(known or ()))


def book_of(known=()):
    return ContactBook({entry.provider_id: entry for entry in known}, COUNCIL)


def letter_about(step, known=()):
    return draft_letter(step, book_of(known)).text


def test_every_quotation_in_a_letter_is_the_contracts_or_the_returns():
    result, known = county()
    steps = steps_of(result, known)
    assert {step.rung.kind.name for step in steps} == {"WARNING", "PLAN", "REASONS", "RETURN"}
    record = result.record
    reasons = {plain(line.issue) for line in record.plans} | {plain(row.comment) for row in record.rows}
    for step in steps:
        quotes = [plain(quote) for quote in QUOTED.findall(letter_about(step, known))]
        assert quotes
        for quote in quotes:
            assert quote in contract() or quote in reasons, f"{SCHEDULE} has no “{quote}”: add it there"


def test_about_quotes_to_the_letter_too():
    result, _ = county()
    quotes = [
        plain(quote)
        for _, text in list_performance_rules(result.as_of, load_catalogue(), load_ladder())
        for quote in QUOTED.findall(text)
    ]
    assert len(quotes) == 3
    assert all(quote in contract() for quote in quotes)


def test_a_formal_warning_states_what_11_2_says_in_its_order():
    result = history({Period(2025, 4): {"KPI S3": (40, 50)}, NOW: {"KPI S3": (41, 50)}}, plans={NOW: {"KPI S3": WHOLE}})
    (line,) = steps_of(result)
    letter = plain(letter_about(line))
    stated = (
        "(a) “The current level of performance is not adequate;”",
        "Red in 2026-27 Q2: 82.00% (x 41, y 50). Green is above 95%.",
        "(b) “An explanation of why this is the case; and”",
        "KPI S3: Red in two due periods in a row.",
        "Red in 2025-26 Q4: 80.00% (x 40, y 50).",
        "Two carers left.",
        "(c) “An action plan rectifying the poor performance will be required.”",
        "within 10 working days of receiving its formal warning",
        "by 8 December 2026",
    )
    places = [letter.index(text) for text in stated]
    assert places == sorted(places)
    assert letter.startswith("Formal warning: KPI S3, 2026-27 Q2")


LETTERS = [
    (None, "Send us an action plan, in the template of Appendix A."),
    (WHOLE, "We have the one in your return, and will discuss it with you to agree it."),
    (
        replace(WHOLE, outcomes=""),
        "These parts are missing from the one in your return: expected outcomes. Complete it and send it to us.",
    ),
]


@pytest.mark.parametrize(("plan", "asked"), LETTERS)
def test_a_letter_about_a_plan_asks_for_what_is_not_there_yet(plan, asked):
    result = history({NOW: {"KPI S3": (40, 50)}}, plans={NOW: {"KPI S3": plan}} if plan else {})
    (line,) = steps_of(result)
    assert letter_about(line).startswith("Action plan: KPI S3, 2026-27 Q2")
    assert asked in letter_about(line)


def test_the_reason_in_the_plan_goes_before_a_comment_that_points_to_it():
    figures = {Period(2025, 4): {"KPI S3": (40, 50)}, NOW: {"KPI S3": (41, 50, "See action plan.")}}
    (line,) = steps_of(history(figures, plans={NOW: {"KPI S3": WHOLE}}))
    assert "“Two carers left.”" in letter_about(line)
    assert "See action plan." not in letter_about(line)


def test_missing_details_appear_in_brackets():
    result = history({NOW: {"KPI S3": (40, 50)}})
    people = ContactBook()
    (line,) = list_steps(derive_open_matters(result.record, council_of(), result.as_of), people)
    assert "Dear [name]," in draft_letter(line, people).text
    assert line.contact == line.council_contact == ""


def test_texts_that_begin_like_a_formula_stay_text(tmp_path):
    import openpyxl

    from xlkpi.core.checks import ActionPlanEntry
    from xlkpi.writing.workbook import WorkbookPlan, render_workbook

    evil = ('=HYPERLINK("http://x","y")', "+1", "-1", "@SUM(A1)")
    result = history({NOW: {"KPI S3": (40, 50)}}, plans={NOW: {"KPI S3": ActionPlanEntry(*evil)}})
    matters = derive_open_matters(result.record, council_of(), result.as_of)
    path = tmp_path / "m.xlsx"
    path.write_bytes(
        render_workbook(WorkbookPlan("m", result.as_of, plan_performance_tabs(result, council_of(), matters)))
    )
    sheet = openpyxl.load_workbook(path)["Action plans"]
    assert tuple(sheet.cell(2, col).value for col in (8, 9, 10, 11)) == evil
    assert {sheet.cell(2, col).data_type for col in (8, 9, 10, 11)} == {"s"}
