"""One KPI of a provider that missed its target: earlier results, earlier action plans, and the reason given."""

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

    ``missed_points`` are the figures of the consecutive due periods in which it was Amber or Red, the latest first.
    ``plan`` is the plan of this period, None where none is written; ``earlier_plans`` are those of periods before,
    the latest first.
    """

    row: DataRow
    series: IndicatorSeries
    missed_points: tuple[SeriesPoint, ...]
    plan: ActionPlanRecord | None
    earlier_plans: tuple[ActionPlanRecord, ...]
    step: EscalationStep
    ground: Ground

    @property
    def indicator(self) -> Indicator:
        """The KPI."""
        return self.series.indicator

    @property
    def is_red(self) -> bool:
        """Whether the KPI is Red this period."""
        return self.row.rag_in_force is Rag.RED

    @property
    def reds(self) -> int:
        """The number of consecutive due periods, this one included, in which it was Red."""
        count = 0
        for point in self.missed_points:
            if point.assessed.rag is not Rag.RED:
                break
            count += 1
        return count

    @property
    def continuous_failure(self) -> bool:
        """Whether it was Red in two consecutive due periods although a plan was returned: 5.0 on Red may apply."""
        return self.reds >= 2 and bool(self.earlier_plans)

    @property
    def direction(self) -> Direction | None:
        """The direction since the due period before."""
        return self.series.direction(self.row.period)

    @property
    def small(self) -> bool:
        """Whether y is so small that a single case moves the outturn by several percent."""
        return 0 < (self.row.y_in_force or 0) < SMALL_Y

    @property
    def reason(self) -> str:
        """The reason that the return gives, in the action plan or else next to the figures; empty if none."""
        return (self.plan.issue if self.plan else "") or self.row.comment


def find_missed_targets(result: Consolidation, series: SeriesSet) -> Iterator[MissedTarget]:
    """Find every Amber and Red KPI of the period, in the order of the rows."""
    plans = {(plan.provider_id, plan.indicator): plan for plan in result.plans if is_written(plan)}
    earlier: dict[tuple[str, str], list[ActionPlanRecord]] = defaultdict(list)
    for plan in reversed(result.earlier_plans):
        if is_written(plan):
            earlier[plan.provider_id, plan.indicator].append(plan)
    for row in result.rows:
        if row.rag_in_force is None or row.rag_in_force is Rag.GREEN:
            continue
        key = row.provider_id, row.indicator
        previous = series[key].previous(row.period)
        chosen = choose_step(row.rag_in_force, previous.assessed.rag if previous else None, planned=key in earlier)
        if chosen:
            points = _missed_points(series[key], row)
            yield MissedTarget(row, series[key], points, plans.get(key), tuple(earlier.get(key, ())), *chosen)


def _missed_points(series: IndicatorSeries, row: DataRow) -> tuple[SeriesPoint, ...]:
    points, period = [], row.period
    while (point := series.at(period)) and point.assessed.rag in (Rag.RED, Rag.AMBER):
        points.append(point)
        period = series.previous_period(period)
    return tuple(points)
