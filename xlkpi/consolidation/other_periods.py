"""The periods that are not on screen: their returns, selected as if each period had a master of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from xlkpi.consolidation.contract_record import ContractRecord
from xlkpi.consolidation.found_file import FoundFile
from xlkpi.consolidation.record_periods import record_period
from xlkpi.consolidation.selection import NONE_DECIDED, select_returns
from xlkpi.consolidation.which_period import current_period, is_far_ahead
from xlkpi.core.day import LAST_DAY
from xlkpi.core.period import Period
from xlkpi.council import Council
from xlkpi.council.decisions import Decision, DecisionKind


@dataclass(frozen=True)
class Screen:
    """The period that a master shows, None where no file is a return, and the day of the run."""

    period: Period | None
    today: date = LAST_DAY


def record_as_decided(
    found_files: Sequence[FoundFile],
    before: Sequence[FoundFile],
    decided: Mapping[str, Decision],
    council: Council,
    screen: Screen,
) -> ContractRecord:
    """Record the periods that are not on screen, as officers decided on the files ``found`` in the inbox.

    ``before`` are files from elsewhere.
    """
    files, wanted = not_set_aside(found_files, before, decided), decided_to_use(found_files, decided)
    return record_other_periods(files, screen, council, wanted)


def not_set_aside(
    found_files: Sequence[FoundFile], before: Sequence[FoundFile], decided: Mapping[str, Decision]
) -> tuple[FoundFile, ...]:
    """Return all files except those set aside, or later than a lock, and copies of those: they are not history either.

    ``decided`` is about the files ``found`` in the inbox, by name; files from elsewhere may have the same names.
    """
    aside = {
        file.checked.sha256
        for file in found_files
        if (decision := decided.get(file.file)) is not None and decision.kind is not DecisionKind.USE
    }
    return tuple(file for file in (*found_files, *before) if file.checked.sha256 not in aside)


def decided_to_use(found_files: Sequence[FoundFile], decided: Mapping[str, Decision]) -> Mapping[str, Decision]:
    """Return the decisions to use a file by its sha256, so that its copies elsewhere are meant too."""
    wanted = ((file.checked.sha256, decided.get(file.file)) for file in found_files)
    return {digest: decision for digest, decision in wanted if decision and decision.kind is DecisionKind.USE}


def record_other_periods(
    found_files: Sequence[FoundFile],
    screen: Screen,
    council: Council,
    wanted: Mapping[str, Decision] = NONE_DECIDED,
) -> ContractRecord:
    """Record every period with a return except the one on screen and those that nobody can be collecting yet.

    ``wanted`` are the officers' decisions to use a file, by its sha256.
    """
    current = current_period(screen.today, council.terms.scheme)
    by_period: dict[Period, list[FoundFile]] = {}
    for file in found_files:
        period = file.manifest.period if file.manifest else None
        if period is not None and period != screen.period and not is_far_ahead(period, current):
            by_period.setdefault(period, []).append(file)
    records = []
    for period in sorted(by_period):
        files = by_period[period]
        # Two folders may have files of one name: a decision about one of them is not about the other.
        others = {file.file for file in files if file.checked.sha256 not in wanted}
        decided = {file.file: wanted[file.checked.sha256] for file in files if file.file not in others}
        records.append(record_period(period, select_returns(files, period, decided, today=screen.today), council))
    return ContractRecord(tuple(records))
