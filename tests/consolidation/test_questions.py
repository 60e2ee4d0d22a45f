"""Questions and answers: the latest answer counts, agreed figures settle, files set aside say nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.consolidation.return_builders import Q2, SCHEDULE, made, manifest, provider
from tests.council.decision_builders import about_file, agreed, log_of
from xlkpi.consolidation.collect_period import consolidate_files
from xlkpi.consolidation.found_file import FoundFile
from xlkpi.consolidation.questions import add_questions
from xlkpi.core.period import Period
from xlkpi.core.question import Answer, AskedQuestion, Question
from xlkpi.council.decisions import DecisionKind

Q3, Q4 = Period(2026, 3), Period(2026, 4)
ASKED = Question("KPI S2 2026-27 Q2 counts", str(Q2), "KPI S2", "Both sides' counts", "Which is right?")


def returned(period, answer):
    return replace(made(manifest(1, "Ash", period=period), {}), answers=(Answer(ASKED, answer, "Questions", "F6"),))


def together(files, *decisions):
    found = [FoundFile(name, checked) for name, checked in files.items()]
    council = SCHEDULE.council_of([provider(1, "Ash")], decisions=log_of(*decisions))
    return consolidate_files(found, council, period=Q4, as_of=date(2027, 5, 1)).questions


def test_the_latest_answer_counts_and_an_empty_one_does_not_replace_it():
    files = {"q3.xlsx": returned(Q3, "ours"), "q4.xlsx": returned(Q4, "")}
    (asked,) = together(files)
    assert (asked.answer, asked.file, asked.state, asked.is_open) == ("ours", "q3.xlsx", "answered", False)
    (asked,) = together({**files, "q4.xlsx": returned(Q4, "yours")})
    assert (asked.answer, asked.file) == ("yours", "q4.xlsx")


def test_without_an_answer_it_stays_open_until_the_figures_are_agreed():
    (asked,) = together({"q3.xlsx": returned(Q3, "")})
    assert (asked.state, asked.is_open) == ("open", True)
    (asked,) = together({"q3.xlsx": returned(Q3, "")}, agreed(1, 1, 2, period=Q2))
    assert (asked.state, asked.is_open) == ("agreed", False)


def test_a_return_that_was_set_aside_answers_nothing():
    files = {"q3.xlsx": returned(Q3, "ours")}
    assert together(files, about_file("q3.xlsx", DecisionKind.SET_ASIDE)) == ()
    assert len(together(files, about_file("q3.xlsx"))) == 1


def test_a_question_that_is_asked_again_keeps_its_answer():
    answered = AskedQuestion("P001", "Ash", ASKED, "ours", "q3.xlsx")
    other = AskedQuestion("P001", "Ash", replace(ASKED, question_id="other"))
    assert add_questions((answered,), (replace(answered, answer=""), other)) == (answered, other)
