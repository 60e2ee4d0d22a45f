"""Action plans of the used returns, as Appendix A lays them out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from xlkpi.catalogue import Catalogue
from xlkpi.consolidation.result import FileStatus
from xlkpi.consolidation.rows import Register, by_name, name_of
from xlkpi.consolidation.selection import FileOutcome
from xlkpi.core.records import ActionPlanRecord
from xlkpi.core.vocabulary import Rag
from xlkpi.layout.addresses import PLAN
from xlkpi.reading.returns.checked_return import ReturnedEntry


def plan_lines(
    chosen: Iterable[FileOutcome], catalogue: Catalogue, register: Register | None
) -> tuple[ActionPlanRecord, ...]:
    """One line for every Red indicator, and for every Amber one of which something is planned (Schedule 5.0).

    By provider, then in the Schedule's order.
    """
    order = {code: place for place, code in enumerate(catalogue.indicators)}
    lines = [line for one in chosen if one.status is FileStatus.USED for line in _lines_of(one, register)]
    lines.sort(key=lambda line: (*by_name(line.provider, line.provider_id), order[line.indicator]))
    return tuple(lines)


def _lines_of(one: FileOutcome, register: Register | None) -> Iterator[ActionPlanRecord]:
    manifest, checked = one.found.manifest, one.found.checked
    if manifest is None:
        return
    for entry in checked.entries:
        rag, plan = entry.rag, entry.plan
        if rag is None or not _is_planned(entry):
            continue
        yield ActionPlanRecord(
            period=manifest.period,
            provider_id=manifest.provider_id,
            provider=name_of(manifest, register),
            indicator=entry.code,
            outturn=entry.outturn,
            on=checked.declared_on or manifest.period.end,
            rag=rag,
            issue=plan.issue or entry.comment,
            action=plan.action,
            outcomes=plan.outcomes,
            timescale=plan.timescale,
            file=one.found.file,
            sheet=PLAN,
            row=entry.plan_row,
        )


def _is_planned(entry: ReturnedEntry) -> bool:
    plan = entry.plan
    written = any((plan.issue, plan.action, plan.outcomes, plan.timescale))
    return entry.rag is Rag.RED or (entry.rag is Rag.AMBER and written)
