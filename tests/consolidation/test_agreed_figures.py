"""Figures that officers agreed: in force wherever a figure is judged, and never in place of what was returned."""

from __future__ import annotations

from datetime import date

import pytest

from tests.consolidation.return_builders import Q2, SCHEDULE, build_return, findings_of, manifest, provider
from tests.council.decision_builders import agreed, log_of
from xlkpi.catalogue import load_catalogue
from xlkpi.consolidation.collect_period import consolidate_files
from xlkpi.consolidation.contract_record import NO_RECORD
from xlkpi.consolidation.county_totals import pooled_outturns, rag_by_section
from xlkpi.consolidation.found_file import FoundFile
from xlkpi.consolidation.heat_map import heat_map
from xlkpi.consolidation.ranking import worst_providers
from xlkpi.consolidation.record_periods import record_rows
from xlkpi.consolidation.series import build_series
from xlkpi.core.period import Period
from xlkpi.core.vocabulary import Rag, State
from xlkpi.feedback.next_steps import describe_agreed, list_steps
from xlkpi.feedback.provider_facts import gather_from_consolidation
from xlkpi.feedback.scorecard import build_scorecards
from xlkpi.findings import Code, Severity
from xlkpi.letters.email_text import EmailSender
from xlkpi.letters.emails import write_feedback_email
from xlkpi.performance.open_matters import derive_open_matters
from xlkpi.reading.masters.lists import read_master
from xlkpi.sheets.master.write_master import write_master

CATALOGUE = load_catalogue()
Q1, Q4 = Period(2026, 1), Period(2025, 4)
REGISTER = [provider(1, "Ash"), provider(2, "Birch")]
GREEN_S2 = {"KPI S2": (0, 20)}
RED = agreed(1, 8, 20, period=Q2)


def together(*decisions, figures=None, period=Q2, history=NO_RECORD, earlier=None, register=REGISTER):
    """The consolidation of two providers whose KPI S2 is Green as returned."""
    files = {"1.xlsx": build_return(manifest(1, "Ash", period=period), figures or GREEN_S2)}
    files["2.xlsx"] = build_return(manifest(2, "Birch", period=period), GREEN_S2)
    for number, own in (earlier or {}).items():
        files[f"old {number}.xlsx"] = build_return(manifest(1, "Ash", period=number), own)
    found_files = [FoundFile(name, checked) for name, checked in files.items()]
    council = SCHEDULE.council_of(register, decisions=log_of(*decisions))
    return consolidate_files(found_files, council, period=period, as_of=date(2026, 11, 24), history=history)


def row_of(result, code="KPI S2", provider_id="P001"):
    return next(row for row in result.rows if (row.provider_id, row.indicator) == (provider_id, code))


def test_the_row_keeps_what_was_returned_and_says_what_is_in_force():
    row = row_of(together(RED))
    assert (row.x, row.y, row.rag, row.state) == (0, 20, Rag.GREEN, State.GREEN)
    assert (row.x_in_force, row.y_in_force, row.rag_in_force, row.gap_in_force) == (8, 20, Rag.RED, -8)
    assert (row.agreed.by, row.agreed.on, row.agreed.why) == ("Jane Roe", date(2026, 11, 2), "seen the invoices")
    assert row_of(together(RED), provider_id="P002").agreed is None


def test_everything_that_judges_uses_the_agreed_figures():
    result = together(RED)
    series = build_series(result, CATALOGUE)
    (line,) = (line for line in heat_map(result, CATALOGUE).lines if line.provider_id == "P001")
    columns = [indicator.code for indicator in heat_map(result, CATALOGUE).indicators]
    assert line.cells[columns.index("KPI S2")].word == "Red"
    assert series["P001", "KPI S2"].at(Q2).assessed.rag is Rag.RED
    (pooled,) = pooled_outturns(result.rows, [CATALOGUE.indicators["KPI S2"]])
    assert (pooled.x, pooled.y) == (8, 40)
    assert [(section.red, section.green) for section in rag_by_section(result.rows, CATALOGUE)] == [(1, 1)]
    assert [(ranked.provider_id, ranked.red) for ranked in worst_providers(result, series)] == [("P001", 1)]
    matters = derive_open_matters(result.record, SCHEDULE.council_of(REGISTER), result.as_of)
    assert [matter.code for matter in matters.of_provider("P001")] == ["KPI S2"]
    assert [(plan.indicator, plan.rag) for plan in result.record.plans] == [("KPI S2", Rag.RED)]


def test_the_last_decision_about_an_entry_counts():
    first = agreed(1, 8, 20, period=Q2)
    later = agreed(1, 1, 40, period=Q2, on=date(2026, 11, 3), row=3)
    lower = agreed(1, 2, 40, period=Q2, on=date(2026, 11, 3), row=4)
    assert row_of(together(first, later)).x_in_force == 1
    assert row_of(together(later, first)).x_in_force == 1
    assert row_of(together(first, later, lower)).x_in_force == 2


def test_figures_agreed_for_an_earlier_period_are_in_force_there():
    decision = agreed(1, 8, 20, period=Q4)
    result = together(decision, earlier={Q4: GREEN_S2})
    assert build_series(result, CATALOGUE)["P001", "KPI S2"].at(Q4).assessed.rag is Rag.RED
    assert row_of(result).agreed is None
    master = record_rows(together(period=Q4).rows, ())
    result = together(decision, history=master)
    assert build_series(result, CATALOGUE)["P001", "KPI S2"].at(Q4).assessed.rag is Rag.RED


def test_a_master_gives_the_agreed_figures_back(tmp_path):
    result = together(RED)
    write_master(result, tmp_path / "master.xlsx", catalogue=CATALOGUE)
    rows = read_master(tmp_path / "master.xlsx").entries.rows
    assert [row for row in rows if row.agreed] == [row_of(result)]


def test_an_agreed_red_asks_the_provider_for_a_reason_and_a_plan_and_never_says_nothing_to_fix():
    result = together(RED)
    (reason,), (plan,) = findings_of(result, Code.AGREED_REASON), findings_of(result, Code.AGREED_PLAN)
    assert reason.finding.message == (
        "KPI S2 is Red by the agreed figures, 8 of 20. Enter the reason for missing the target in L7."
    )
    assert (reason.file, reason.finding.severity, reason.finding.cell) == ("1.xlsx", Severity.MUST_FIX, "L7")
    assert plan.finding.message.startswith("KPI S2 is Red by the agreed figures, 8 of 20. Complete its action, ")
    assert next(row.must_fix for row in result.files if row.file == "1.xlsx") == 2
    card, other = build_scorecards(gather_from_consolidation(result), CATALOGUE, date(2026, 12, 8))
    (line,) = (line for line in card.lines if line.indicator.code == "KPI S2")
    assert (line.x, line.y, line.state, line.gap) == (8, 20, State.RED, "8 fewer")
    words = "8 of 20, agreed on 2 November 2026 (returned: 0 of 20)"
    assert describe_agreed(card) == (
        f"Figures we agreed with you are used instead of those in your return. KPI S2: {words}."
    )
    assert any(step.startswith("Red: KPI S2. Enter the action") for step in list_steps(card))
    text = write_feedback_email(card, EmailSender(), "Ann")
    assert words in text
    assert "nothing to fix" not in text.casefold()
    assert "nothing to fix" in write_feedback_email(other, EmailSender(), "Bo").casefold()


def test_a_return_without_y_has_no_figures_beside_the_agreed_ones():
    result = together(RED, figures={"KPI S2": (3, None)})
    card, _ = build_scorecards(gather_from_consolidation(result), CATALOGUE, date(2026, 12, 8))
    assert "KPI S2: 8 of 20, agreed on 2 November 2026 (returned: no figures)." in describe_agreed(card)


def test_a_question_that_is_open_is_asked_in_the_email_and_on_the_card():
    from dataclasses import replace

    from xlkpi.core.question import Question
    from xlkpi.letters.mailing_list import make_scorecard_entry

    asked = tuple(Question(f"q{n}", str(Q2), "KPI S2", f"Invoice {n}", "Do you count it?") for n in range(10))
    result = replace(together(), questions=tuple(("P001", question) for question in asked))
    card, other = build_scorecards(gather_from_consolidation(result), CATALOGUE, date(2026, 12, 8))
    assert (card.questions, card.in_order, other.questions) == (asked, False, ())
    text = write_feedback_email(card, EmailSender(), "Ann")
    assert "To answer, so that we can agree the figures:\n1. KPI S2, Invoice 0: Do you count it?" in text
    assert "… and 2 more, on the sheet Questions of your next return." in text
    assert "10 to answer by 8 December 2026" in text
    assert list_steps(card)[0].startswith("Answer the 10 questions about KPI S2 by 8 December 2026: reply to this")
    assert make_scorecard_entry(card, "", "", ("", "", "")).status == "to explain"


def test_last_figures_are_those_in_force():
    from xlkpi.catalogue.load import load_terms
    from xlkpi.commands.last_figures import last_figures

    shown = last_figures(together(RED).rows, Period(2026, 4), load_terms())["P001"]["KPI S2"]
    assert (shown.x, shown.y, shown.rag) == (8, 20, "Red")


def test_an_agreed_red_with_reason_and_plan_asks_for_nothing_more():
    result = together(RED, figures={**GREEN_S2, "KPI S2": (0, 20, "a dispute about rates")})
    assert findings_of(result, Code.AGREED_REASON) == []
    assert len(findings_of(result, Code.AGREED_PLAN)) == 1


@pytest.mark.parametrize(
    ("counts", "left"), [((0, 20), set()), ((2, 20), {Code.REASON}), ((9, 20), {Code.REASON, Code.PLAN})]
)
def test_what_the_returned_figures_asked_for_is_asked_only_if_the_agreed_ones_do_too(counts, left):
    from xlkpi.findings import finding

    facts = {"code": "KPI S2", "rag": "Red", "comment_at": "L7", "plan_at": "Action plan, row 6"}
    asked = tuple(finding(code, facts, indicator="KPI S2") for code in (Code.REASON, Code.PLAN))
    other = finding(Code.REASON, {**facts, "code": "KPI S1"}, indicator="KPI S1")
    checked = build_return(manifest(1, "Ash"), {"KPI S2": (9, 20)}, findings=(*asked, other))
    council = SCHEDULE.council_of(None, decisions=log_of(agreed(1, *counts, period=Q2)))
    result = consolidate_files([FoundFile("1.xlsx", checked)], council, period=Q2, as_of=date(2026, 11, 24))
    findings = {each.finding.code for each in result.findings if each.finding.indicator == "KPI S2"}
    assert findings & {Code.REASON, Code.PLAN} == left
    assert len([each for each in result.findings if each.finding.indicator == "KPI S1"]) == 1


@pytest.mark.parametrize(
    ("decision", "code", "message"),
    [
        (
            agreed(9, 8, 20, period=Q2),
            Code.DECISION_NO_PROVIDER,
            "Row 2 of the decisions (agree figures): “P009” is not a known provider; it looks like P002. Correct it.",
        ),
        (
            agreed(1, 8, 20, period=Q2, indicator="KPI S4"),
            Code.DECISION_NO_INDICATOR,
            "Row 2 of the decisions (agree figures): “KPI S4” is not an indicator; it looks like KPI S4c. Correct it.",
        ),
        (
            agreed(1, 8, 20, period=Q2, indicator="KPI W1"),
            Code.DECISION_NO_ENTRY,
            "Row 2 of the decisions (agree figures): no return of P001 for 2026-27 Q2 has KPI W1."
            " Check the provider, the period and the indicator.",
        ),
        (
            agreed(1, 20, 8, period=Q2),
            Code.DECISION_FAULT,
            "A decision was not applied. Row 2, value says x=20; y=8. x counts some of the y. Check both.",
        ),
    ],
)
def test_a_row_that_matches_nothing_is_a_finding_with_the_nearest_match(decision, code, message):
    result = together(decision)
    (finding,) = findings_of(result, code)
    assert (finding.finding.message, finding.file) == (message, "inbox decisions.csv")
    assert all(row.agreed is None for row in result.rows)


def test_a_period_without_a_return_names_the_one_there_is():
    decision = agreed(2, 8, 20, period=Q4)
    (finding,) = findings_of(together(decision, earlier={Q4: GREEN_S2}), Code.DECISION_NO_ENTRY)
    assert "no return of P002 for 2025-26 Q4 has KPI S2; there is one for 2026-27 Q2." in finding.finding.message
    assert findings_of(together(agreed(2, 8, 20, period=Period(2024, 4))), Code.DECISION_NO_ENTRY) == []


def test_without_a_register_only_this_period_shows_who_there_is():
    unknown, earlier = agreed(9, 8, 20, period=Q2), agreed(9, 8, 20, period=Q1, row=3)
    (finding,) = findings_of(together(unknown, earlier, register=None), Code.DECISION_NO_PROVIDER)
    assert finding.finding.message.startswith("Row 2 ")
