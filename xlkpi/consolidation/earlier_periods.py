"""Earlier periods: the rows of their returns, chosen as if each had a master of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from xlkpi.catalogue import Catalogue
from xlkpi.consolidation.action_plans import plan_lines
from xlkpi.consolidation.rows import Register, data_rows
from xlkpi.consolidation.selection import FileOutcome, FoundFile, select_returns
from xlkpi.core.period import Period
from xlkpi.core.records import ActionPlanRecord, DataRow, FileAction, FileDecision


def that_count(
    found: Sequence[FoundFile], before: Sequence[FoundFile], decided: Mapping[str, FileDecision]
) -> tuple[FoundFile, ...]:
    """All files but for those, and copies of those, that an officer set aside: they are no history either.

    ``decided`` is about the files ``found`` in the inbox, by name; those from elsewhere may bear the same names.
    """
    aside = {
        one.checked.sha256
        for one in found
        if (decision := decided.get(one.file)) is not None and decision.action is FileAction.SET_ASIDE
    }
    return tuple(one for one in (*found, *before) if one.checked.sha256 not in aside)


def earlier_rows(
    found: Sequence[FoundFile], period: Period | None, catalogue: Catalogue, register: Register | None
) -> tuple[DataRow, ...]:
    """The entries of returns of earlier periods, the earliest period first; none where no period is collected."""
    chosen = _chosen_before(found, period)
    return tuple(row for one in chosen for row in data_rows(one, catalogue, register))


def with_rows(found: Sequence[DataRow], more: Sequence[DataRow], period: Period | None) -> tuple[DataRow, ...]:
    """Rows of returns, and of what is known otherwise those that no return gives; the earliest period first."""
    known = {(row.period, row.provider_id) for row in found}
    rest = [row for row in more if period and row.period < period and (row.period, row.provider_id) not in known]
    return tuple(sorted((*found, *rest), key=lambda row: row.period)) if rest else tuple(found)


def earlier_plans(
    found: Sequence[FoundFile], period: Period | None, catalogue: Catalogue, register: Register | None
) -> tuple[ActionPlanRecord, ...]:
    """The action plans of those returns, the earliest period first."""
    chosen = _chosen_before(found, period)
    return tuple(line for one in chosen for line in plan_lines(one, catalogue, register))


def with_plans(
    found: Sequence[ActionPlanRecord], more: Sequence[ActionPlanRecord], period: Period | None, rows: Sequence[DataRow]
) -> tuple[ActionPlanRecord, ...]:
    """Plans of returns, and of what is known otherwise those of returns that gave no ``rows``; the earliest first."""
    known = {(row.period, row.provider_id) for row in rows}
    rest = [line for line in more if period and line.period < period and (line.period, line.provider_id) not in known]
    return tuple(sorted((*found, *rest), key=lambda line: line.period)) if rest else tuple(found)


def _chosen_before(found: Sequence[FoundFile], period: Period | None) -> Iterator[Sequence[FileOutcome]]:
    """What became of the returns of each earlier period, the earliest first."""
    if period is None:
        return
    returns = [one for one in found if one.manifest is not None and one.manifest.period < period]
    for before in sorted({one.manifest.period for one in returns if one.manifest}):
        yield select_returns([one for one in returns if one.manifest and one.manifest.period == before], before)
