"""Open matters of one or a few providers, from figures by period, with plans, decisions and a register."""

from __future__ import annotations

from datetime import timedelta

from tests.consolidation.return_builders import council_of, provider
from tests.performance.two_years import planned, returned
from xlkpi.consolidation.collect_period import consolidate_files
from xlkpi.consolidation.found_file import FoundFile
from xlkpi.core.checks import ActionPlanEntry
from xlkpi.core.period import Period
from xlkpi.council.decisions import Decision, DecisionKind, DecisionLog
from xlkpi.performance.open_matters import derive_open_matters

RED, AMBER, GREEN, NO_CASES = (80, 100), (90, 100), (100, 100), (0, 0)
WILLOW = "Willow Tree Day Services"


def plan(timescale="31 March 2028", **more):
    """An action plan with all its parts."""
    parts = {"issue": "Two carers left.", "action": "Recruit two carers.", "outcomes": "96% by spring.", **more}
    return ActionPlanEntry(timescale=timescale, **parts)


def decided(kind, day, *, indicator="", period=None, value="", number=1, why="as agreed"):
    """One row of the log about a provider."""
    return Decision(
        DecisionKind(kind), "Ada Bexon", day, why, f"P{number:03d}", period, indicator, "", value, 1, "decisions.csv"
    )


def send(number, period, figures, plans=None, **more):
    """A return of one provider, sent on the tenth day after the period."""
    return planned(returned(number, period, figures, **more), plans or {})


def result_of(returns, *, register, period, as_of, decisions=()):
    """The consolidation of returns, and the Council it was made with."""
    files = [FoundFile(f"{n:04d}.xlsx", checked) for n, checked in enumerate(returns)]
    council = council_of(register, decisions=DecisionLog(None, tuple(decisions), ()))
    return consolidate_files(files, council, period=period, as_of=as_of), council


def derived(returns, *, register=(1,), period=None, as_of, decisions=(), **entry):
    """The matters of returns; ``entry`` are fields of the register's rows."""
    known = [provider(number, WILLOW, **entry) for number in register]
    result, council = result_of(
        returns, register=known, period=period or Period(2026, 2), as_of=as_of, decisions=decisions
    )
    return derive_open_matters(result.record, council, as_of)


def kpi(history, *, code="KPI S3", plans=None, as_of=None, **more):
    """The open matter of one KPI of one provider: ``{period: (x, y)}``; periods without a pair have no return."""
    returns = [
        send(1, period, {code: pair}, {code: (plans or {})[period]} if period in (plans or {}) else None)
        for period, pair in history.items()
        if pair
    ]
    as_of = as_of or max(history).end + timedelta(days=60)
    return derived(returns, as_of=as_of, period=max(history), **more).by_subject.get(("P001", code))
