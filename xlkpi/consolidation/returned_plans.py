"""Action plans of the used returns, as Appendix A lays them out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from xlkpi.consolidation.found_file import FileOutcome
from xlkpi.consolidation.result import FileStatus
from xlkpi.consolidation.rows import provider_name
from xlkpi.core.checks import ActionPlanEntry
from xlkpi.core.lot import by_name
from xlkpi.core.records import ActionPlanRecord, DataRow, list_timescales
from xlkpi.core.vocabulary import Rag
from xlkpi.council import Council
from xlkpi.layout.addresses import PLAN


def plan_lines(
    outcomes: Iterable[FileOutcome], council: Council, rows: Iterable[DataRow]
) -> tuple[ActionPlanRecord, ...]:
    """Return a line for every Red indicator, and for every Amber one with something planned (Schedule 5.0).

    By provider, then in the Schedule's order. ``rows`` are the entries of these returns: the figures in force decide.
    """
    in_force = {(row.provider_id, row.indicator): row for row in rows}
    order = {code: place for place, code in enumerate(council.terms.codes)}
    used = (outcome for outcome in outcomes if outcome.status is FileStatus.USED)
    lines = [line for outcome in used for line in _lines_of_return(outcome, council, in_force)]
    lines.sort(key=lambda line: (*by_name(line.provider, line.provider_id), order[line.indicator]))
    return tuple(lines)


def _lines_of_return(
    outcome: FileOutcome, council: Council, in_force: Mapping[tuple[str, str], DataRow]
) -> Iterator[ActionPlanRecord]:
    manifest, checked = outcome.found.manifest, outcome.found.checked
    if manifest is None:
        return
    for entry in checked.entries:
        plan, carried = entry.plan, manifest.open_plans.get(entry.code)
        row = in_force.get((manifest.provider_id, entry.code))
        rag, outturn = (row.rag_in_force, row.outturn_in_force) if row else (entry.rag, entry.outturn)
        on = checked.declared_on or manifest.period.end
        if rag is None and carried:  # without a figure this period, the level is the last one
            rag, outturn, on = carried.rag, carried.outturn, carried.on
        if rag is None or not (carried or _is_planned(rag, plan)):
            continue
        before = carried.timescales if carried else ()
        yield ActionPlanRecord(
            period=manifest.period,
            provider_id=manifest.provider_id,
            provider=provider_name(manifest, council),
            indicator=entry.code,
            outturn=outturn,
            on=on,
            rag=rag,
            issue=plan.issue or entry.comment,
            action=plan.action,
            outcomes=plan.outcomes,
            timescale=plan.timescale,
            file=outcome.found.file,
            sheet=PLAN,
            row=entry.plan_row,
            progress=plan.progress,
            new_timescale=plan.new_timescale,
            # a provider may also type over the old timescale: that changes it just as a new one does
            timescales=list_timescales((*before, plan.timescale, plan.new_timescale)),
        )


def _is_planned(rag: Rag, plan: ActionPlanEntry) -> bool:
    written = any((plan.issue, plan.action, plan.outcomes, plan.timescale))
    return rag is Rag.RED or (rag is Rag.AMBER and written)
