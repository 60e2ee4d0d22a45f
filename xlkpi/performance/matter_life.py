"""When a matter opens and closes: the results between its first failure and the second success in a row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from xlkpi.core.day import long_date
from xlkpi.core.lot import Provider
from xlkpi.core.period import Period
from xlkpi.core.vocabulary import Rag
from xlkpi.council.decisions import Decision
from xlkpi.performance.due_results import SENT, DueResult

GREEN_TWICE = "Green in two due periods"
SENT_TWICE = "Sent in two periods in a row"


@dataclass(frozen=True)
class Closing:
    """When a matter was closed, and why."""

    on: date
    why: str


@dataclass(frozen=True)
class MatterLife:
    """The due periods of one matter, from the one that opened it on; ``closed`` is None while it is open."""

    results: tuple[DueResult, ...]
    closed: Closing | None = None

    @property
    def opened(self) -> Period:
        """The period that opened it."""
        return self.results[0].period


def is_since(decision: Decision, period: Period) -> bool:
    """Decide whether a decision was taken since a period: about that period or a later one, or after it ended."""
    return decision.period >= period if decision.period else decision.decided_on > period.end


def follow_kpi(results: Sequence[DueResult], closings: Sequence[Decision]) -> tuple[MatterLife, ...]:
    """Follow the matters of a KPI: an Amber or Red opens one, two Greens in due periods close it."""
    return _follow(results, closings, lambda result: result.has_missed, _is_green, GREEN_TWICE)


def follow_returns(results: Sequence[DueResult], closings: Sequence[Decision]) -> tuple[MatterLife, ...]:
    """Follow the returns not sent: the first opens a matter, two in a row that were sent close it."""
    return _follow(results, closings, lambda result: result.is_missing, _is_sent, SENT_TWICE)


def _follow(
    results: Sequence[DueResult],
    closings: Sequence[Decision],
    fails: Callable[[DueResult], bool],
    succeeds: Callable[[DueResult], bool | None],
    why: str,
) -> tuple[MatterLife, ...]:
    lives: list[MatterLife] = []
    current: list[DueResult] = []
    for result in results:
        if current and (decision := _closed_between(closings, current, result)):
            lives.append(MatterLife(tuple(current), _decided(decision)))
            current = []
        if current or fails(result):
            current.append(result)
        judged = [done for each in current if (done := succeeds(each)) is not None]
        if judged[-2:] == [True, True]:
            lives.append(MatterLife(tuple(current), Closing(result.period.end, f"{why}, the last {result.period}")))
            current = []
    if current:
        last = _closed_between(closings, current, None)
        lives.append(MatterLife(tuple(current), _decided(last) if last else None))
    return tuple(lives)


def _is_green(result: DueResult) -> bool | None:
    """Whether the KPI was Green; None where it was not rated, or no return was sent: that settles nothing."""
    return None if result.rag is None else result.rag is Rag.GREEN


def _is_sent(result: DueResult) -> bool | None:
    return result.word == SENT


def _closed_between(
    closings: Sequence[Decision], current: Sequence[DueResult], following: DueResult | None
) -> Decision | None:
    """The decision that closes a matter after its last result and before the following one."""
    for decision in closings:
        covered = is_since(decision, current[-1].period)
        if covered and (following is None or not is_since(decision, following.period)):
            return decision
    return None


def _decided(decision: Decision) -> Closing:
    return Closing(decision.decided_on, f"{decision.decided_by} decided: {decision.why}")


def find_end(provider: Provider | None, as_of: date) -> Closing | None:
    """Find the end of a provider's contract, which closes everything; None while it runs, or where no end is known."""
    last_day = provider.last_day if provider else None
    if last_day is None or last_day >= as_of:
        return None
    return Closing(last_day, f"The contract ended on {long_date(last_day)}")
