"""Action plans of the used returns, as Appendix A lays them out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction

from xlkpi.consolidation.found_file import FileOutcome
from xlkpi.consolidation.result import FileStatus
from xlkpi.consolidation.rows import provider_name
from xlkpi.core.checks import ActionPlanEntry
from xlkpi.core.lot import by_name
from xlkpi.core.records import ActionPlanRecord
from xlkpi.core.visible_text import is_blank, tidy
from xlkpi.core.vocabulary import Rag
from xlkpi.council import Council
from xlkpi.layout.addresses import PLAN
from xlkpi.reading.returns.checked_return import CarriedPlan, ReturnedEntry


def plan_lines(outcomes: Iterable[FileOutcome], council: Council) -> tuple[ActionPlanRecord, ...]:
    """Return a line for every Red indicator, and for every Amber one with something planned (Schedule 5.0).

    By provider, then in the Schedule's order.
    """
    order = {code: place for place, code in enumerate(council.terms.codes)}
    lines = [
        line for outcome in outcomes if outcome.status is FileStatus.USED for line in _lines_of_return(outcome, council)
    ]
    lines.sort(key=lambda line: (*by_name(line.provider, line.provider_id), order[line.indicator]))
    return tuple(lines)


def _lines_of_return(outcome: FileOutcome, council: Council) -> Iterator[ActionPlanRecord]:
    manifest, checked = outcome.found.manifest, outcome.found.checked
    if manifest is None:
        return
    for entry in checked.entries:
        carried = manifest.open_plans.get(entry.code)
        level = _level(entry, carried, checked.declared_on or manifest.period.end)
        if level is None or not (carried or _is_planned(entry)):
            continue
        rag, outturn, on = level
        yield ActionPlanRecord(
            period=manifest.period,
            provider_id=manifest.provider_id,
            provider=provider_name(manifest, council),
            indicator=entry.code,
            outturn=outturn,
            on=on,
            rag=rag,
            issue=entry.plan.issue or entry.comment,
            action=entry.plan.action,
            outcomes=entry.plan.outcomes,
            timescale=entry.plan.timescale,
            file=outcome.found.file,
            sheet=PLAN,
            row=entry.plan_row,
            progress=entry.plan.progress,
            new_timescale=entry.plan.new_timescale,
            timescales=list_timescales(entry.plan, carried),
        )


def _level(entry: ReturnedEntry, carried: CarriedPlan | None, on: date) -> tuple[Rag, Fraction | None, date] | None:
    """The current performance level and its day; of a carried plan without a figure this period, the last one."""
    if entry.rag is not None:
        return entry.rag, entry.outturn, on
    return (carried.rag, carried.outturn, carried.on) if carried else None


def list_timescales(plan: ActionPlanEntry, carried: CarriedPlan | None) -> tuple[str, ...]:
    """List the timescales that a plan has had, the first one first; the same again is not a new one.

    A provider may also type over the old timescale: that changes it just as a new one does.
    """
    timescales = list(carried.timescales) if carried else []
    for text in (plan.timescale, plan.new_timescale):
        if not is_blank(text) and (not timescales or tidy(text) != tidy(timescales[-1])):
            timescales.append(text)
    return tuple(timescales)


def _is_planned(entry: ReturnedEntry) -> bool:
    plan = entry.plan
    written = any((plan.issue, plan.action, plan.outcomes, plan.timescale))
    return entry.rag is Rag.RED or (entry.rag is Rag.AMBER and written)
