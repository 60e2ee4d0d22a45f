"""What is still open from earlier periods, in words for the provider: facts and plans, no step that is undecided."""

from __future__ import annotations

from collections.abc import Iterable

from xlkpi.core.checks import join_words
from xlkpi.core.day import long_date
from xlkpi.core.period import Period
from xlkpi.performance.open_matter import OpenMatter
from xlkpi.performance.wording import join_periods

MOST_NAMED = 6


def describe_still_open(matters: Iterable[OpenMatter], period: Period) -> str:
    """Write in a sentence what was open before a period; empty where nothing was.

    An Amber or Red of the period itself is left out: the rest of the feedback is about it.
    """
    earlier = [matter for matter in matters if matter.opened < period]
    points = [_describe(matter) for matter in earlier[:MOST_NAMED]]
    if len(earlier) > MOST_NAMED:
        points.append(f"{len(earlier) - MOST_NAMED} more")
    return f"Still open: {join_words(points)}." if points else ""


def _describe(matter: OpenMatter) -> str:
    if matter.indicator is None:
        return f"the KPI return of {join_periods(matter.returns_missing)} (not received)"
    plan = matter.plan.describe(matter.as_of)
    due = f", due by {long_date(matter.plan.due)}" if plan and matter.plan.due else ""
    return f"{matter.code} since {matter.opened}{f' (action plan: {plan}{due})' if plan else ''}"
