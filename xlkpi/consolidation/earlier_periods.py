"""Earlier periods: the rows and action plans of their returns, selected as if each period had a master of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from xlkpi.consolidation.action_plans import plan_lines
from xlkpi.consolidation.found_file import FileOutcome, FoundFile
from xlkpi.consolidation.rows import data_rows
from xlkpi.consolidation.selection import select_returns
from xlkpi.core.day import LAST_DAY
from xlkpi.core.period import Period
from xlkpi.core.records import ActionPlanRecord, DataRow, FileAction, FileDecision
from xlkpi.council import Council


@dataclass(frozen=True)
class History:
    """Entries of earlier periods and the action plans that belong to them, the earliest period first."""

    rows: tuple[DataRow, ...] = ()
    plans: tuple[ActionPlanRecord, ...] = ()

    def completed(self, more: History, period: Period | None) -> History:
        """Add what ``more`` knows of periods before ``period``, except of returns that gave rows here."""
        if period is None:
            return self
        known = {(row.period, row.provider_id) for row in self.rows}
        rows = [row for row in more.rows if row.period < period and (row.period, row.provider_id) not in known]
        plans = [plan for plan in more.plans if plan.period < period and (plan.period, plan.provider_id) not in known]
        # Without additions the order stays as it is: within a period it is the sheet's own.
        return History(
            tuple(sorted((*self.rows, *rows), key=lambda row: row.period)) if rows else self.rows,
            tuple(sorted((*self.plans, *plans), key=lambda plan: plan.period)) if plans else self.plans,
        )


NO_HISTORY = History()


def not_set_aside(
    found: Sequence[FoundFile], before: Sequence[FoundFile], decided: Mapping[str, FileDecision]
) -> tuple[FoundFile, ...]:
    """Return all files except those that an officer set aside, and copies of those: they are not history either.

    ``decided`` is about the files ``found`` in the inbox, by name; files from elsewhere may have the same names.
    """
    aside = {
        file.checked.sha256
        for file in found
        if (decision := decided.get(file.file)) is not None and decision.action is FileAction.SET_ASIDE
    }
    return tuple(file for file in (*found, *before) if file.checked.sha256 not in aside)


def earlier_history(
    found: Sequence[FoundFile], period: Period | None, council: Council, today: date = LAST_DAY
) -> History:
    """Return the entries and plans of returns of earlier periods; none where no period is collected."""
    rows: list[DataRow] = []
    plans: list[ActionPlanRecord] = []
    for outcomes in _outcomes_before(found, period, today):
        rows += data_rows(outcomes, council)
        plans += plan_lines(outcomes, council)
    return History(tuple(rows), tuple(plans))


def _outcomes_before(found: Sequence[FoundFile], period: Period | None, today: date) -> Iterator[Sequence[FileOutcome]]:
    """Select the returns of each earlier period, the earliest first."""
    if period is None:
        return
    by_period: dict[Period, list[FoundFile]] = {}
    for file in found:
        if file.manifest is not None and file.manifest.period < period:
            by_period.setdefault(file.manifest.period, []).append(file)
    for before in sorted(by_period):
        yield select_returns(by_period[before], before, today=today)
