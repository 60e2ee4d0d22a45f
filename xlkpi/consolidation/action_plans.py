"""Action plans of the used returns, as Appendix A lays them out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from xlkpi.consolidation.found_file import FileOutcome
from xlkpi.consolidation.result import FileStatus
from xlkpi.consolidation.rows import provider_name
from xlkpi.core.lot import by_name
from xlkpi.core.records import ActionPlanRecord
from xlkpi.core.vocabulary import Rag
from xlkpi.council import Council
from xlkpi.layout.addresses import PLAN
from xlkpi.reading.returns.checked_return import ReturnedEntry


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
        rag, plan = entry.rag, entry.plan
        if rag is None or not _is_planned(entry):
            continue
        yield ActionPlanRecord(
            period=manifest.period,
            provider_id=manifest.provider_id,
            provider=provider_name(manifest, council),
            indicator=entry.code,
            outturn=entry.outturn,
            on=checked.declared_on or manifest.period.end,
            rag=rag,
            issue=plan.issue or entry.comment,
            action=plan.action,
            outcomes=plan.outcomes,
            timescale=plan.timescale,
            file=outcome.found.file,
            sheet=PLAN,
            row=entry.plan_row,
        )


def _is_planned(entry: ReturnedEntry) -> bool:
    plan = entry.plan
    written = any((plan.issue, plan.action, plan.outcomes, plan.timescale))
    return entry.rag is Rag.RED or (entry.rag is Rag.AMBER and written)
