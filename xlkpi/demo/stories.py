"""The stories that the sample tells over eight periods: who recovers, who declines, whose contract ends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from xlkpi.core.period import Period
from xlkpi.core.vocabulary import State

Q2_2024, Q4_2024, Q2_2025, Q4_2025, Q2_2026 = (Period(2024, 4).back(2 - 2 * steps) for steps in range(5))
REFERRALS = "KPI S1"
"""The KPI of most stories: six-monthly, and every provider reports it."""


@dataclass(frozen=True)
class Story:
    """One provider's story: in words for the README, the ratings it needs, and the returns that were not sent."""

    provider_id: str
    title: str
    text: str
    ratings: Mapping[Period, State] = field(default_factory=dict)
    not_sent: tuple[Period, ...] = ()


STORIES = (
    Story(
        "P001",
        "Red again",
        "Red in KPI S1 in two half-years in a row, and its action plan is overdue: a formal warning to consider.",
        {Q4_2025: State.RED, Q2_2026: State.RED},
    ),
    Story(
        "P002",
        "Recovers",
        "Red in KPI S1, then Amber with an agreed plan, then Green twice: the matter is closed.",
        {Q4_2024: State.RED, Q2_2025: State.AMBER, Q4_2025: State.GREEN, Q2_2026: State.GREEN},
    ),
    Story(
        "P003",
        "Always Amber",
        "Amber in KPI S1 in every half-year: reasons, and a plan if proportionate, but no warning.",
        dict.fromkeys((Q4_2024, Q2_2025, Q4_2025, Q2_2026), State.AMBER),
    ),
    Story("P006", "Extended", "Its contract was to end in March 2026 and runs on to March 2027: decide what follows."),
    Story("P008", "Review due", "The review of its contract is due in December 2026."),
    Story(
        "P009",
        "Warned",
        "Declines from Amber to Red: a formal warning was sent, and a plan must be agreed by 26 November.",
        {Q2_2025: State.AMBER, Q4_2025: State.RED, Q2_2026: State.RED},
    ),
    Story(
        "P016",
        "Agreed figures",
        "The ledger showed more disputed invoices than it returned; other figures were agreed.",
    ),
    Story(
        "P018",
        "Sends nothing",
        "Two returns in a row are missing: a failure of its own, and a formal warning to consider.",
        not_sent=(Q4_2025, Q2_2026),
    ),
    Story(
        "P020",
        "A plan that runs",
        "Red in KPI S1 for the first time; its action plan is agreed and due in the new year.",
        {Q4_2025: State.GREEN, Q2_2026: State.RED},
    ),
    Story("P022", "Starts late", "Its contract began in September 2026: its first return counts a part of the period."),
    Story(
        "P025",
        "Ended",
        "Its contract ended in March 2026 while it was Red: what was open is closed, and no return is missing.",
        {Q4_2025: State.RED},
    ),
)

_OF_PROVIDER = {story.provider_id: story for story in STORIES}


def rating_wanted(provider_id: str, code: str, period: Period) -> State | None:
    """Give the state that a story needs of an entry; None where no story says."""
    story = _OF_PROVIDER.get(provider_id)
    return story.ratings.get(period) if story and code == REFERRALS else None


def is_sent(provider_id: str, period: Period) -> bool:
    """Tell whether a provider sends its return of a period."""
    story = _OF_PROVIDER.get(provider_id)
    return story is None or period not in story.not_sent


def describe_stories() -> str:
    """Describe every story, a paragraph each, for the README of the sample."""
    return "\r\n".join(f"{story.provider_id}  {story.title}. {story.text}" for story in STORIES)
