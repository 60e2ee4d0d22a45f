"""One KPI of a provider that missed its target: how it went before, what was planned, what was said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from xlkpi.consolidation.county_totals import SMALL_Y
from xlkpi.consolidation.result import Consolidation
from xlkpi.consolidation.series import IndicatorSeries, SeriesPoint, SeriesSet
from xlkpi.core.direction import Direction
from xlkpi.core.indicator import Indicator
from xlkpi.core.records import ActionPlanRecord, DataRow
from xlkpi.core.vocabulary import Rag
from xlkpi.performance.action_plan_status import is_written
from xlkpi.performance.escalation_rules import EscalationStep, Ground, choose_step


@dataclass(frozen=True)
class MissedTarget:
    """An Amber or Red KPI of this period.

    ``run`` are the figures of the consecutive due periods in which it was Amber or Red, the latest first.
    ``plan`` is the plan of this period, None where none is written; ``earlier_plans`` are those of periods before,
    the latest first.
    """

    row: DataRow
    path: IndicatorSeries
    run: tuple[SeriesPoint, ...]
    plan: ActionPlanRecord | None
    earlier_plans: tuple[ActionPlanRecord, ...]
    step: EscalationStep
    ground: Ground

    @property
    def indicator(self) -> Indicator:
        """The KPI."""
        return self.path.indicator

    @property
    def reds(self) -> int:
        """In how many due periods running, this one included, it was Red."""
        count = 0
        for figure in self.run:
            if figure.assessed.rag is not Rag.RED:
                break
            count += 1
        return count

    @property
    def continuous_failure(self) -> bool:
        """Whether it was Red in two due periods running although a plan was made: what 5.0 says of Red may apply."""
        return self.reds >= 2 and bool(self.earlier_plans)

    @property
    def direction(self) -> Direction | None:
        """Where it went since the due period before."""
        return self.path.direction(self.row.period)

    @property
    def small(self) -> bool:
        """Whether y is so small that one case more or less moves the outturn by several percent."""
        return 0 < (self.row.y or 0) < SMALL_Y

    @property
    def reason(self) -> str:
        """The reason that the return gives, in the action plan or else beside the figures; empty if none."""
        return (self.plan.issue if self.plan else "") or self.row.comment


def find_missed_targets(result: Consolidation, paths: SeriesSet) -> Iterator[MissedTarget]:
    """Every Amber and Red KPI of the period, as the rows stand."""
    plans = {(line.provider_id, line.indicator): line for line in result.plans if is_written(line)}
    earlier: dict[tuple[str, str], list[ActionPlanRecord]] = defaultdict(list)
    for line in reversed(result.earlier_plans):
        if is_written(line):
            earlier[line.provider_id, line.indicator].append(line)
    for row in result.rows:
        if row.rag is None or row.rag is Rag.GREEN:
            continue
        key = row.provider_id, row.indicator
        path = paths[key]
        before = path.previous(row.period)
        found = choose_step(row.rag, before.assessed.rag if before else None, planned=key in earlier)
        if found:
            yield MissedTarget(row, path, _run(path, row), plans.get(key), tuple(earlier.get(key, ())), *found)


def _run(path: IndicatorSeries, row: DataRow) -> tuple[SeriesPoint, ...]:
    run, period = [], row.period
    while (figure := path.at(period)) and figure.assessed.rag in (Rag.RED, Rag.AMBER):
        run.append(figure)
        period = path.previous_period(period)
    return tuple(run)
