"""Which step of the Schedule is to be considered, and what is said about it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.consolidation.return_builders import provider
from tests.performance.two_years import AS_OF, COUNCIL, NOW, WHOLE, county, history, people, together
from xlkpi import load_catalogue
from xlkpi.consolidation.series import build_series
from xlkpi.core.checks import ActionPlanEntry
from xlkpi.core.lot import Contact
from xlkpi.core.period import Period
from xlkpi.core.vocabulary import Rag
from xlkpi.letters.warnings import draft_letter
from xlkpi.performance.contacts import ContactBook, describe_contact, find_first_year_end
from xlkpi.performance.escalation import list_escalations
from xlkpi.performance.escalation_rules import EscalationStep, choose_step
from xlkpi.performance.missed_target import find_missed_targets

CATALOGUE = load_catalogue()
Q4, Q2, Q4_OLD = Period(2025, 4), Period(2025, 2), Period(2024, 4)
RED, AMBER, GREEN = (80, 100), (90, 100), (100, 100)


def lines_of(result, known=()):
    return list_escalations(
        result,
        CATALOGUE,
        find_missed_targets(result, build_series(result, CATALOGUE)),
        ContactBook({one.provider_id: one for one in known}, COUNCIL),
    )


def letter_about(escalation, known=()):
    contacts = ContactBook({one.provider_id: one for one in known}, COUNCIL)
    return draft_letter(escalation.target, contacts, AS_OF)


def only(result, known=()):
    (line,) = lines_of(result, known)
    return line


# KPI S3 is six-monthly: its due period before 2026-27 Q2 is 2025-26 Q4.
TABLE = [
    (GREEN, RED, None, None),
    (AMBER, None, None, "Reasons"),
    (AMBER, GREEN, None, "Reasons"),
    (AMBER, GREEN, WHOLE, "Reasons"),
    (AMBER, RED, None, "Action plan"),
    (AMBER, AMBER, None, "Formal warning to consider"),
    (RED, None, None, "Action plan"),
    (RED, GREEN, None, "Action plan"),
    (RED, AMBER, None, "Formal warning to consider"),
    (RED, RED, None, "Formal warning to consider"),
]


@pytest.mark.parametrize(("now", "before", "plan", "step"), TABLE)
def test_the_table_of_steps(now, before, plan, step):
    figures = {period: {"KPI S3": xy} for period, xy in ((Q4, before), (NOW, now)) if xy}
    lines = lines_of(history(figures, plans={Q4: {"KPI S3": plan}} if plan else {}))
    assert [line.step.value for line in lines] == ([step] if step else [])


def test_red_after_an_action_plan_is_a_warning_even_after_a_green_period():
    figures = {Q2: {"KPI S3": RED}, Q4: {"KPI S3": GREEN}, NOW: {"KPI S3": RED}}
    assert only(history(figures)).step is EscalationStep.ACTION_PLAN
    line = only(history(figures, plans={Q2: {"KPI S3": WHOLE}}))
    assert line.step is EscalationStep.WARNING
    assert "Action plan of 2025-26 Q2, timescale: 31 March 2027." in line.history


def test_an_empty_plan_row_is_no_action_plan():
    figures = {Q2: {"KPI S3": RED}, Q4: {"KPI S3": GREEN}, NOW: {"KPI S3": RED}}
    reason_only = ActionPlanEntry(issue="Two carers left.")
    assert only(history(figures, plans={Q2: {"KPI S3": reason_only}})).step is EscalationStep.ACTION_PLAN


@pytest.mark.parametrize("between", [Period(2025, 3), Period(2026, 1)])
def test_quarters_in_which_it_is_not_due_do_not_break_a_run(between):
    figures = {Q4: {"KPI S3": RED}, between: {"KPI E3": GREEN}, NOW: {"KPI S3": RED}}
    assert only(history(figures)).step is EscalationStep.WARNING


def test_a_due_period_without_a_return_or_without_cases_breaks_a_run():
    assert only(history({Q2: {"KPI S3": RED}, NOW: {"KPI S3": RED}})).step is EscalationStep.ACTION_PLAN
    figures = {Q2: {"KPI S3": RED}, Q4: {"KPI S3": (0, 0)}, NOW: {"KPI S3": RED}}
    line = only(history(figures))
    assert line.step is EscalationStep.ACTION_PLAN
    assert "Before: No cases in 2025-26 Q4." in line.history


def test_an_annual_indicator_is_compared_with_last_years():
    last, this = Period(2024, 4), Period(2025, 4)
    figures = {last: {"KPI S5": RED}, Period(2025, 2): {"KPI S3": GREEN}, this: {"KPI S5": RED}}
    line = only(history(figures, period=this, as_of=date(2026, 5, 5)))
    assert line.step is EscalationStep.WARNING
    assert "Red in 2024-25 Q4" in line.history


def test_earlier_figures_are_rated_under_the_reading_of_today():
    from tests.performance.two_years import returned

    sections = ("all", "independence")
    before = returned(1, Q4, {"KPI I4": (4, 100)}, sections=sections, as_written=("KPI I4",))  # then Red, now Green
    now = returned(1, NOW, {"KPI I4": (30, 100)}, sections=sections)
    line = only(together([before, now]))
    assert line.step is EscalationStep.ACTION_PLAN
    assert "Read as written it is Red" not in line.considerations
    again = returned(1, Q4, {"KPI I4": (30, 100)}, sections=sections, as_written=("KPI I4",))
    line = only(together([again, now]))
    assert line.step is EscalationStep.WARNING
    assert "2025-26 Q4 was returned as written" in line.history


CLAUSE_48 = [
    ({Q4: RED, NOW: RED}, {}, False),
    ({Q4: RED, NOW: RED}, {Q4: WHOLE}, True),
    ({Q4: AMBER, NOW: RED}, {Q4: WHOLE}, False),
    ({Q4: RED, NOW: AMBER}, {Q4: WHOLE}, False),
]


@pytest.mark.parametrize(("figures", "plans", "named"), CLAUSE_48)
def test_clause_48_is_named_only_for_red_again_after_a_plan(figures, plans, named):
    result = history(
        {period: {"KPI S3": xy} for period, xy in figures.items()},
        plans={period: {"KPI S3": plan} for period, plan in plans.items()},
    )
    line = only(result)
    assert ("Clause 48" in line.reserved) is named
    assert ("for the Council to decide" in line.reserved) is named
    assert "terminate" not in line.next_step
    assert "terminate" not in letter_about(line)


def test_only_a_formal_warning_has_a_day_by_the_schedule():
    result, known = county()
    for line in lines_of(result, known):
        assert line.by == (date(2026, 12, 8) if line.step is EscalationStep.WARNING else None)


def test_contacts_go_up_the_path_with_the_step():
    three = tuple(Contact(f"C{n}", "", f"c{n}@example.org", "") for n in (1, 2, 3))
    known = [provider(1, "Willow Tree Day Services", contacts=three)]
    once = history({NOW: {"KPI S3": RED}})
    again = history({Q4: {"KPI S3": RED}, NOW: {"KPI S3": RED}})
    failed = history({Q4: {"KPI S3": RED}, NOW: {"KPI S3": RED}}, plans={Q4: {"KPI S3": WHOLE}})
    found = [only(one, known).contact for one in (once, again, failed)]
    assert found == [f"{nth}: C{n}, c{n}@example.org" for n, nth in ((1, "1st"), (2, "2nd"), (3, "3rd"))]
    assert only(failed, known).council_contact.startswith("2nd: Rashid Karim, Commissioning Manager")
    assert describe_contact((Contact(), Contact()), 2) == ""


YEARS = [
    (date(2026, 4, 1), date(2027, 3, 31)),
    (date(2024, 2, 29), date(2025, 2, 28)),
    (date(2025, 3, 1), date(2026, 2, 28)),
    (None, None),
]


@pytest.mark.parametrize(("start", "ends"), YEARS)
def test_year_one_ends_on_the_day_before_the_anniversary(start, ends):
    assert find_first_year_end(provider(1, "A", contract_start=start)) == ends


@pytest.mark.parametrize(("start", "said"), [(date(2026, 4, 1), True), (date(2025, 4, 1), False), (None, False)])
def test_year_one_targets_are_said_to_be_indicative(start, said):
    known = [provider(1, "Willow Tree Day Services", contract_start=start)]
    line = only(history({NOW: {"KPI S3": RED}}, known=known), known)
    assert ("targets are indicative (8.0)" in line.considerations) is said
    assert ("for year 1 are indicative" in letter_about(line, known)) is said


def test_what_an_officer_weighs_is_said():
    line = only(history({Q4: {"KPI S3": (17, 20)}, NOW: {"KPI S3": (18, 20)}}))
    assert line.rag is Rag.AMBER
    for text in ("Performance at acceptable level, but below Target", "Better than", "y is below 30"):
        assert text in line.considerations


def test_a_reason_that_is_given_is_not_asked_for():
    asked = only(history({NOW: {"KPI S3": AMBER}}))
    given = only(history({NOW: {"KPI S3": (*AMBER, "Two carers left.")}}))
    assert "Ask for the reason(s)" in asked.next_step
    assert "The reason is given" in given.next_step
    assert "Two carers left." in letter_about(given)


def test_a_missing_return_is_listed_once_it_is_overdue():
    known = people()
    late = history({NOW: {"KPI S3": GREEN}}, known=known)
    lines = lines_of(late, known)
    assert len(lines) == len(known) - 1
    assert {line.step for line in lines} == {EscalationStep.RETURN}
    assert "It was due by 28 October 2026, 27 days ago." in lines[0].history
    assert not lines_of(replace(late, as_of=date(2026, 10, 28)), known)


def test_the_gravest_come_first():
    result, known = county()
    lines = lines_of(result, known)
    order = [(list(EscalationStep).index(one.step), not one.reserved, one.rag is not Rag.RED) for one in lines]
    assert order == sorted(order)
    missed = [row for row in result.rows if row.rag in (Rag.RED, Rag.AMBER)]
    assert sorted((one.provider_id, one.indicator) for one in lines if one.indicator) == sorted(
        (row.provider_id, row.indicator) for row in missed
    )


def test_green_asks_for_nothing():
    assert all(choose_step(Rag.GREEN, before, planned=True) is None for before in (*Rag, None))
    assert NOW.end < AS_OF
