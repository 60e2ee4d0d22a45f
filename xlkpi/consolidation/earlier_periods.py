"""Earlier periods: the rows and action plans of their returns, selected as if each period had a master of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from xlkpi.consolidation.action_plans import plan_lines
from xlkpi.consolidation.found_file import FileOutcome, FoundFile
from xlkpi.consolidation.rows import data_rows
from xlkpi.consolidation.selection import NONE_DECIDED, select_returns
from xlkpi.core.day import LAST_DAY
from xlkpi.core.period import Period
from xlkpi.core.records import ActionPlanRecord, DataRow
from xlkpi.council import Council
from xlkpi.council.decisions import Decision, DecisionKind


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


def history_as_decided(
    found: Sequence[FoundFile],
    before: Sequence[FoundFile],
    decided: Mapping[str, Decision],
    council: Council,
    now: tuple[Period | None, date],
) -> History:
    """Return the history before a period, as officers decided on the files ``found`` in the inbox.

    ``before`` are files from elsewhere, ``now`` the period that is collected and the day of the run.
    """
    period, today = now
    files, wanted = not_set_aside(found, before, decided), decided_to_use(found, decided)
    return earlier_history(files, period, council, today, wanted)


def not_set_aside(
    found: Sequence[FoundFile], before: Sequence[FoundFile], decided: Mapping[str, Decision]
) -> tuple[FoundFile, ...]:
    """Return all files except those that an officer set aside, and copies of those: they are not history either.

    ``decided`` is about the files ``found`` in the inbox, by name; files from elsewhere may have the same names.
    """
    aside = {
        file.checked.sha256
        for file in found
        if (decision := decided.get(file.file)) is not None and decision.kind is DecisionKind.SET_ASIDE
    }
    return tuple(file for file in (*found, *before) if file.checked.sha256 not in aside)


def decided_to_use(found: Sequence[FoundFile], decided: Mapping[str, Decision]) -> Mapping[str, Decision]:
    """Return the decisions to use a file by its sha256, so that its copies elsewhere are meant too."""
    wanted = ((file.checked.sha256, decided.get(file.file)) for file in found)
    return {digest: decision for digest, decision in wanted if decision and decision.kind is DecisionKind.USE}


def earlier_history(
    found: Sequence[FoundFile],
    period: Period | None,
    council: Council,
    today: date = LAST_DAY,
    wanted: Mapping[str, Decision] = NONE_DECIDED,
) -> History:
    """Return the entries and plans of returns of earlier periods; none where no period is collected.

    ``wanted`` are the officers' decisions to use a file, by its sha256.
    """
    rows: list[DataRow] = []
    plans: list[ActionPlanRecord] = []
    for outcomes in _outcomes_before(found, period, today, wanted):
        rows += data_rows(outcomes, council)
        plans += plan_lines(outcomes, council)
    return History(tuple(rows), tuple(plans))


def _outcomes_before(
    found: Sequence[FoundFile], period: Period | None, today: date, wanted: Mapping[str, Decision]
) -> Iterator[Sequence[FileOutcome]]:
    """Select the returns of each earlier period, the earliest first."""
    if period is None:
        return
    by_period: dict[Period, list[FoundFile]] = {}
    for file in found:
        if file.manifest is not None and file.manifest.period < period:
            by_period.setdefault(file.manifest.period, []).append(file)
    for before in sorted(by_period):
        files = by_period[before]
        # Two folders may have files of one name: a decision about one of them is not about the other.
        others = {file.file for file in files if file.checked.sha256 not in wanted}
        decided = {file.file: wanted[file.checked.sha256] for file in files if file.file not in others}
        yield select_returns(files, before, decided, today=today)
