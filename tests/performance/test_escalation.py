"""The steps that are proposed, one per provider and step, and the letter for each."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.consolidation.return_builders import council_of, provider
from tests.performance.matters_sample import AMBER, GREEN, RED, decided, plan, send
from tests.performance.two_years import COUNCIL, NOW, WHOLE, county, history, people, together
from xlkpi.catalogue.ladder import StepKind
from xlkpi.commands.escalation_files import LetterFolder, count_letters, write_letters
from xlkpi.commands.letter_templates import LetterTemplates
from xlkpi.core.lot import Contact
from xlkpi.core.period import Period
from xlkpi.core.vocabulary import Rag
from xlkpi.council.decisions import DecisionLog
from xlkpi.letters.escalation_letters import draft_letter
from xlkpi.performance.contact_book import ContactBook, describe_contact, find_first_year_end
from xlkpi.performance.escalation import list_steps
from xlkpi.performance.open_matters import derive_open_matters
from xlkpi.writing.own_outputs import OutputWriter

Q2_25, Q4 = Period(2025, 2), Period(2025, 4)
THREE = tuple(Contact(f"C{n}", "", f"c{n}@example.org", "") for n in (1, 2, 3))
WILLOW = "Willow Tree Day Services"


def book_of(known=()):
    return ContactBook({entry.provider_id: entry for entry in known}, COUNCIL)


def steps_of(result, known=None, decisions=()):
    council = council_of(known, decisions=DecisionLog(None, tuple(decisions), ()))
    return list_steps(derive_open_matters(result.record, council, result.as_of), book_of(known or ()))


def only(result, known=None, decisions=()):
    (step,) = steps_of(result, known, decisions)
    return step


def letter_about(step, known=()):
    return draft_letter(step, book_of(known)).text


def test_one_warning_per_provider_names_every_kpi():
    twice = {"KPI S3": RED, "KPI W2": (10, 100), "KPI S2": (10, 100)}
    step = only_warning(history({Q4: twice, NOW: twice}))
    assert step.subjects == ("KPI S3", "KPI W2")
    letter = letter_about(step)
    assert letter.startswith("Formal warning: KPI S3, 2026-27 Q2 and KPI W2, 2026-27 Q2\n")
    assert letter.count("This is a formal warning") == 1
    assert "one letter for all of these" in step.next_step


def test_two_steps_of_one_kind_share_one_letter(tmp_path):
    reds = {"KPI S1": (80, 100), "KPI S3": RED, "KPI W2": (10, 100)}
    warned = decided("warning sent", date(2026, 11, 20), value="2026-11-20", indicator="KPI S1")
    result = history({NOW: reds}, plans={NOW: {"KPI S3": WHOLE}})
    steps = [step for step in steps_of(result, decisions=[warned]) if step.rung.kind is StepKind.PLAN]
    codes = {step.rung.step: step.subjects for step in steps}
    assert codes == {"Action plan to be agreed": ("KPI S1", "KPI S3"), "Reasons and action plan": ("KPI W2",)}
    (letter,) = {letter_about(step) for step in steps}
    assert all(letter.count(f"{code} measures") == 1 for code in reds)
    assert letter.count("It must be agreed by 4 December 2026 (11.3).") == 1, "only the KPI of the warning has a day"
    templates = LetterTemplates()
    written = write_letters(steps, book_of(), LetterFolder(tmp_path, NOW, templates, OutputWriter(overwrite=False)))
    assert len({each.letter for each in written}) == count_letters(written) == len(list(tmp_path.iterdir())) == 1


def only_warning(result):
    (step,) = [step for step in steps_of(result) if step.rung.step == "Formal warning to consider"]
    return step


def test_returns_not_sent_are_named_in_the_same_warning():
    known = [provider(1, WILLOW, lots=("3",)), provider(2, "Oak House", lots=("3",))]
    returns = [send(2, when, {"KPI E3": GREEN}, sections=("all", "employment")) for when in (Q4, Period(2026, 1), NOW)]
    red = send(1, Q2_25, {"KPI S3": RED}, {"KPI S3": plan("1 May 2026")}, sections=("all", "employment"))
    result = together([red, *returns], known=known)
    (step,) = [step for step in steps_of(result, known) if step.provider_id == "P001"]
    assert step.subjects == ("Returns", "KPI S3")
    assert "2025-26 Q3, 2025-26 Q4, 2026-27 Q1 and 2026-27 Q2" in letter_about(step, known)


def test_contacts_go_up_the_path_with_the_step_and_the_letter_names_the_same():
    known = [provider(1, WILLOW, contacts=THREE)]
    figures = {Q4: {"KPI S3": RED}, NOW: {"KPI S3": RED}}
    warned = decided("warning sent", date(2026, 9, 1), value="2026-09-01", indicator="KPI S3")
    results = [
        only(history({NOW: {"KPI S3": RED}}), known),
        only(history(figures), known),
        only(history(figures), known, [warned]),
    ]
    assert [step.rung.step for step in results] == [
        "Reasons and action plan", "Formal warning to consider", "Intensive intervention to consider",
    ]  # fmt: skip
    assert [step.contact for step in results] == [
        f"{nth}: C{n}, c{n}@example.org" for n, nth in ((1, "1st"), (2, "2nd"), (3, "3rd"))
    ]
    assert results[2].council_contact.startswith("2nd: Rashid Karim, Commissioning Manager"), "there is no 3rd"
    assert [f"To: C{n}, " in letter_about(step, known) for n, step in enumerate(results, start=1)] == [True] * 3
    assert describe_contact((Contact(), Contact()), 2) == ""


def test_clause_48_is_the_councils_to_decide_and_has_no_letter():
    figures = {Q2_25: {"KPI S3": RED}, Q4: {"KPI S3": RED}, NOW: {"KPI S3": RED}}
    log = [
        decided("warning sent", date(2026, 5, 15), value="2026-05-15", indicator="KPI S3"),
        decided("plan agreed", date(2026, 5, 20), indicator="KPI S3"),
        decided("plan failed", date(2026, 11, 2), indicator="KPI S3"),
    ]
    step = only(history(figures, plans={Q4: {"KPI S3": WHOLE}}), decisions=log)
    assert step.rung.step == "Clause 48 to consider"
    assert "For the Council to decide" in step.reserved
    assert "The last action plan has failed. Ask for a new one" in step.next_step
    assert draft_letter(step, book_of()) is None
    warned_only = only(history(figures, plans={Q4: {"KPI S3": WHOLE}}), decisions=log[:2])
    assert (warned_only.rung.step, warned_only.reserved) == ("Intensive intervention to consider", "")
    assert "terminate" not in letter_about(warned_only)


def test_a_warning_has_the_day_of_the_schedule():
    result, known = county()
    steps = steps_of(result, known)
    assert {step.by for step in steps if step.rung.kind.value == "warning"} == {date(2026, 12, 8)}
    assert {step.by for step in steps if step.rung.kind.value != "warning"} == {None}


YEARS = [
    (date(2026, 4, 1), date(2027, 3, 31)),
    (date(2024, 2, 29), date(2025, 2, 28)),
    (date(2025, 3, 1), date(2026, 2, 28)),
    (None, None),
]


@pytest.mark.parametrize(("start", "ends"), YEARS)
def test_year_one_ends_on_the_day_before_the_anniversary(start, ends):
    assert find_first_year_end(provider(1, "A", contract_start=start)) == ends


@pytest.mark.parametrize(
    ("start", "expected_text"), [(date(2026, 4, 1), True), (date(2025, 4, 1), False), (None, False)]
)
def test_year_one_targets_are_said_to_be_indicative(start, expected_text):
    known = [provider(1, WILLOW, contract_start=start)]
    step = only(history({NOW: {"KPI S3": RED}}, known=known), known)
    assert ("targets are indicative (8.0)" in step.considerations) is expected_text
    assert ("for year 1 are indicative" in letter_about(step, known)) is expected_text


def test_what_an_officer_weighs_is_said():
    step = only(history({Q4: {"KPI S3": (17, 20)}, NOW: {"KPI S3": (18, 20)}}))
    assert step.rag is Rag.AMBER
    for text in ("Better than", "One case moves the outturn by 5 points; a provider at target does no better"):
        assert text in step.considerations


def test_a_reason_that_is_given_is_not_asked_for():
    asked = only(history({NOW: {"KPI S3": AMBER}}))
    given = only(history({NOW: {"KPI S3": (*AMBER, "Two carers left.")}}))
    assert "Ask for the reason(s)" in asked.next_step
    assert "The reason is given" in given.next_step
    assert "“Two carers left.” We will tell you if an action plan is needed." in letter_about(given)
    short = only(history({NOW: {"KPI S3": (*AMBER, "Two carers left")}}))
    assert "“Two carers left”. We will tell you if an action plan is needed." in letter_about(short)


def test_a_letter_about_several_kpis_quotes_the_contract_once():
    amber = history({NOW: {"KPI S3": (*AMBER, "Two carers left."), "KPI W2": (90, 100, "A minibus was off the road.")}})
    letter = letter_about(only(amber))
    assert letter.count("Your return gives this reason") == 2
    assert letter.count("Paragraph 5.0 of the Schedule says") == 1
    red = letter_about(only(history({NOW: {"KPI S3": RED, "KPI W2": (10, 100)}})))
    assert red.count("Section 3.0 of the Schedule says") == red.count("shall include SMART objectives") == 1
    assert red.count("Send us an action plan") == 2
    annual = letter_about(only(history({Q4: {"KPI S4c": (70, 100)}})))
    assert "feel safe.” Red in" in annual


def test_the_reason_is_that_of_this_period_and_not_of_the_plan_that_was_carried():
    figures = {Q4: {"KPI S3": (*RED, "Two carers left.")}, NOW: {"KPI S3": (*RED, "One post is open.")}}
    carried = history(figures, plans={Q4: {"KPI S3": WHOLE}, NOW: {"KPI S3": WHOLE}})
    assert "The reason your return gives: “One post is open.”" in letter_about(only(carried))
    new_plan = history(figures, plans={NOW: {"KPI S3": WHOLE}})
    assert f"The reason your return gives: “{WHOLE.issue}”" in letter_about(only(new_plan))


def test_a_plan_without_a_day_is_asked_for_one():
    vague = history({NOW: {"KPI S3": RED}}, plans={NOW: {"KPI S3": replace(WHOLE, timescale="ongoing")}})
    assert only(vague).next_step == "The action plan does not say by when. Ask for a day before you agree it."
    assert "It does not say by when: tell us the day." in letter_about(only(vague))


def test_a_missing_return_is_listed_once_it_is_overdue():
    known = people()[:3]
    figures = {NOW: {"KPI S3": GREEN}}
    steps = steps_of(history(figures, known=known), known)
    assert [step.rung.step for step in steps] == ["Return outstanding"] * 2
    assert steps[0].next_step == "Ask for the return of 2026-27 Q2, with a deadline (6.2, 13.0)."
    letter = letter_about(steps[0], known)
    assert letter.startswith("KPI return outstanding: returns of 2026-27 Q2\n")
    assert "We ask for it by 8 December 2026." in letter, "ten working days, as the reminder says"
    assert not steps_of(history(figures, known=known, as_of=date(2026, 10, 28)), known)


def test_the_gravest_come_first_and_no_provider_has_two_rows_of_a_step():
    result, known = county()
    steps = steps_of(result, known)
    places = [step.matters[0].ladder.place(step.rung) for step in steps]
    assert places == sorted(places)
    pairs = [(step.provider_id, step.rung.step) for step in steps]
    assert len(set(pairs)) == len(pairs)
