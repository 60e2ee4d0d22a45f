"""What a provider has to do next, and by when (Sections 5.0 and 7.0 of the Schedule): instructions, no blame."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xlkpi.core.checks import join_words
from xlkpi.core.day import long_date
from xlkpi.core.vocabulary import Rag, State
from xlkpi.feedback.provider_findings import list_indicators
from xlkpi.feedback.scorecard import Scorecard
from xlkpi.feedback.scorecard_lines import ScorecardLine
from xlkpi.findings import Code
from xlkpi.layout.addresses import PLAN, QUESTIONS

CODES_AT_MOST, CHANCES_AT_MOST = 6, 5
NOT_RATED = (
    ((State.INFORMATION,), "for information"),
    ((State.NO_CASES,), "without cases"),
    ((State.NOT_ENTERED, State.INCOMPLETE, State.CHECK), "to fix"),
    ((State.UNRATED, State.NOT_DUE), "without a band"),
)


def describe_result(card: Scorecard) -> str:
    """Write the counts in words: ``12 Green, 3 Amber, 1 Red; not rated: 5 for information, 2 without cases.``."""
    if not card.lines:
        return "No indicator was due this period."
    rated = ", ".join(f"{card.count(rag)} {rag.value}" for rag in (Rag.GREEN, Rag.AMBER, Rag.RED))
    states = [line.state for line in card.lines]
    others = [(sum(state in group for state in states), words) for group, words in NOT_RATED]
    unrated = ", ".join(f"{count} {words}" for count, words in others if count)
    return f"{rated}; not rated: {unrated}." if unrated else f"{rated}."


def describe_changes(card: Scorecard) -> str:
    """Write ``Compared with last time: 4 better, 1 worse, 9 the same.``; empty where there is no last time."""
    words = [line.direction.partition(" ")[2] for line in card.lines if line.indicator.is_kpi and line.direction]
    better, worse, same = (words.count(word) for word in ("better", "worse", "same"))
    return f"Compared with last time: {better} better, {worse} worse, {same} the same." if words else ""


def describe_agreed(card: Scorecard) -> str:
    """Write which figures were agreed, beside those that were returned; empty where none were."""
    figures = [f"{line.indicator.code}: {line.agreed}" for line in card.lines if line.agreed]
    return (
        f"Figures we agreed with you are used instead of those in your return. {'; '.join(figures)}." if figures else ""
    )


def describe_stretch(card: Scorecard) -> str:
    """Write the stretch targets, which are shown and never rated; empty without any."""
    named = [f"{line.indicator.code} {line.stretch}" for line in card.lines if line.stretch]
    return f"Stretch target, which is never rated: {', '.join(named)}." if named else ""


def describe_chances(card: Scorecard) -> str:
    """Write how far chance may explain each Red, then each Amber; empty without any. It changes no RAG."""
    missed = [line for line in (*card.rated(Rag.RED), *card.rated(Rag.AMBER)) if line.chance]
    if not missed:
        return ""
    words = " ".join(f"{line.indicator.code}: {line.chance}" for line in missed[:CHANCES_AT_MOST])
    more = f" For {len(missed) - CHANCES_AT_MOST} more, see your workbook." if len(missed) > CHANCES_AT_MOST else ""
    return f"Signal or chance. {words}{more}"


def has_steps(card: Scorecard) -> bool:
    """Decide whether there is anything to do, or to say about an Amber or Red indicator."""
    return any(True for _ in _steps(card))


def list_steps(card: Scorecard) -> tuple[str, ...]:
    """List what to do, the first thing first; thanks where there is nothing."""
    steps = tuple(_steps(card))
    return steps or (_thanks(card),)


def _steps(card: Scorecard) -> Iterator[str]:
    by = long_date(card.answer_by)
    if card.must_fix:
        points = "the point" if len(card.must_fix) == 1 else f"the {len(card.must_fix)} points"
        yield f"Correct {points} that must be fixed, save the workbook and send it again by {by}."
    yield from _for_queries(card, by)
    if card.questions:
        which = "the question" if len(card.questions) == 1 else f"the {len(card.questions)} questions"
        codes = join_words(list(dict.fromkeys(question.indicator for question in card.questions)))
        yield f"Answer {which} about {codes} by {by}: reply to this, or use the sheet Questions of your next return."
    yield from _for_red(card, by)
    yield from _for_amber(card, by)
    if card.still_open:
        yield card.still_open


def _for_queries(card: Scorecard, by: str) -> Iterator[str]:
    """A query about a figure is corrected or explained; one about a plan or a question is answered on its sheet."""
    figures = [query for query in card.queries if query.sheet not in (PLAN, QUESTIONS)]
    where = " in “Reason or comment”" if all(query.indicator for query in figures) else ""
    if len(figures) == 1:
        yield f"Check the query: correct the figure, or explain why it is right{where}, by {by}."
    elif figures:
        yield f"Check the {len(figures)} queries: correct each figure, or explain why it is right{where}, by {by}."
    # A Red without its plan has a line of its own, which says what to enter.
    about_plans = [each for each in card.queries if each.sheet == PLAN and each.code != Code.PLAN_SAYS_NOTHING.name]
    if about_plans:
        as_asked = "query says" if len(about_plans) == 1 else "queries say"
        yield f"Complete your action plan on the sheet {PLAN}, as the {as_asked}, by {by}."
    if any(query.sheet == QUESTIONS for query in card.queries):
        yield f"Answer what is still open on the sheet {QUESTIONS} by {by}, and send the workbook again."


def _for_red(card: Scorecard, by: str) -> Iterator[str]:
    points = (*card.must_fix, *card.queries)
    lost = [finding for finding in points if finding.sheet == PLAN]  # words are lost on other sheets too
    without = list_indicators(points, Code.PLAN, Code.AGREED_PLAN, Code.PLAN_SAYS_NOTHING) | list_indicators(
        lost, Code.WORDS_LOST
    )
    red = card.rated(Rag.RED)
    to_plan = [line for line in red if line.indicator.code in without]
    failed = [line for line in red if line.indicator.code in card.failed_plans]
    planned = [line for line in red if line.indicator.code not in without and line not in failed]
    if to_plan:
        yield (
            f"Red: {_codes(to_plan)}. Enter the action, the expected outcomes and the timescale on the sheet"
            f" Action plan by {by}."
        )
    if planned:
        plan = "action plan" if len(planned) == 1 else "action plans"
        yield f"Red: {_codes(planned)}. Carry out your {plan}; we will agree a review date with you."
    if failed:
        plan = "Its action plan" if len(failed) == 1 else "Their action plans"
        yield f"Red: {_codes(failed)}. {plan} failed; we will write to you about what follows."


def _for_amber(card: Scorecard, by: str) -> Iterator[str]:
    points = (*card.must_fix, *card.queries)
    without = list_indicators(points, Code.REASON, Code.AGREED_REASON, Code.REASON_SAYS_NOTHING, Code.WORDS_LOST)
    to_explain = [line for line in card.rated(Rag.AMBER) if line.indicator.code in without]
    explained = [line for line in card.rated(Rag.AMBER) if line.indicator.code not in without]
    if to_explain:
        yield f"Amber: {_codes(to_explain)}. Enter the reason in “Reason or comment” by {by}."
    if explained:
        reason = "reason" if len(explained) == 1 else "reasons"
        yield f"Amber: {_codes(explained)}. Thank you for the {reason}; we will tell you if an action plan is needed."


def _codes(lines: Sequence[ScorecardLine]) -> str:
    codes = [line.indicator.code for line in lines]
    if len(codes) > CODES_AT_MOST:
        codes = [*codes[: CODES_AT_MOST - 1], f"{len(codes) - CODES_AT_MOST + 1} more"]
    return join_words(codes)


def _thanks(card: Scorecard) -> str:
    rated = sum(card.count(rag) for rag in Rag)
    if rated and rated == card.count(Rag.GREEN):
        all_green = "Your rated indicator is Green" if rated == 1 else f"All {rated} rated indicators are Green"
        return f"{all_green}, and there is nothing to fix. Thank you."
    return "There is nothing to fix. Thank you."
