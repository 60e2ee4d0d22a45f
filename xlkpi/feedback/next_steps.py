"""What a provider has to do next, and by when (Sections 5.0 and 7.0 of the Schedule): instructions, no blame."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xlkpi.core.checks import join_words
from xlkpi.core.day import long_date
from xlkpi.core.vocabulary import Rag, State
from xlkpi.feedback.provider_findings import list_indicators
from xlkpi.feedback.scorecard import Scorecard, ScorecardLine
from xlkpi.findings import Code

CODES_AT_MOST = 6
NOT_RATED = (
    ((State.INFORMATION,), "for information"),
    ((State.NO_CASES,), "without cases"),
    ((State.NOT_ENTERED, State.INCOMPLETE, State.CHECK), "to put right"),
    ((State.UNRATED, State.NOT_DUE), "without a band"),
)


def describe_result(card: Scorecard) -> str:
    """The counts in words: ``12 Green, 3 Amber, 1 Red; not rated: 5 for information, 2 without cases.``."""
    if not card.lines:
        return "No indicator was due this period."
    rated = ", ".join(f"{card.count(rag)} {rag.value}" for rag in (Rag.GREEN, Rag.AMBER, Rag.RED))
    states = [line.state for line in card.lines]
    others = [(sum(state in group for state in states), told) for group, told in NOT_RATED]
    unrated = ", ".join(f"{count} {told}" for count, told in others if count)
    return f"{rated}; not rated: {unrated}." if unrated else f"{rated}."


def describe_changes(card: Scorecard) -> str:
    """``Compared with last time: 4 better, 1 worse, 9 the same.``; empty where there is no last time."""
    words = [line.travel.partition(" ")[2] for line in card.lines if line.indicator.is_kpi and line.travel]
    better, worse, same = (words.count(word) for word in ("better", "worse", "same"))
    return f"Compared with last time: {better} better, {worse} worse, {same} the same." if words else ""


def has_steps(card: Scorecard) -> bool:
    """Whether there is anything to do, or to be told of an Amber or Red indicator."""
    return any(True for _ in _steps(card))


def list_steps(card: Scorecard) -> tuple[str, ...]:
    """What to do, the first thing first; thanks where there is nothing."""
    steps = tuple(_steps(card))
    return steps or (_thanks(card),)


def _steps(card: Scorecard) -> Iterator[str]:
    by = long_date(card.answer_by)
    if card.must_fix:
        fixed = _points(len(card.must_fix), "that must be fixed")
        yield f"Correct {fixed}, save the workbook and send it again by {by}."
    if card.queries:
        others = _points(len(card.queries), "to correct or explain")
        where = " in “Reason or comment”" if all(one.indicator for one in card.queries) else ""
        yield f"Look at {others}: correct what is not so, or explain it{where}, by {by}."
    yield from _for_red(card, by)
    yield from _for_amber(card, by)


def _points(count: int, what: str) -> str:
    return f"the point {what}" if count == 1 else f"the {count} points {what}"


def _for_red(card: Scorecard, by: str) -> Iterator[str]:
    without = list_indicators(card.must_fix, Code.PLAN)
    red = card.rated(Rag.RED)
    to_plan = [line for line in red if line.indicator.code in without]
    planned = [line for line in red if line.indicator.code not in without]
    if to_plan:
        yield (
            f"Red: {_codes(to_plan)}. Write the action, the expected outcomes and the timescale on the sheet"
            f" Action plan by {by}."
        )
    if planned:
        plan = "action plan" if len(planned) == 1 else "action plans"
        yield f"Red: {_codes(planned)}. Carry out your {plan}; we will agree with you when to review."


def _for_amber(card: Scorecard, by: str) -> Iterator[str]:
    without = list_indicators(card.must_fix, Code.REASON)
    to_explain = [line for line in card.rated(Rag.AMBER) if line.indicator.code in without]
    explained = [line for line in card.rated(Rag.AMBER) if line.indicator.code not in without]
    if to_explain:
        yield f"Amber: {_codes(to_explain)}. Enter the reason in “Reason or comment” by {by}."
    if explained:
        reason = "reason" if len(explained) == 1 else "reasons"
        yield f"Amber: {_codes(explained)}. Thank you for the {reason}; we will say if an action plan is needed."


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
