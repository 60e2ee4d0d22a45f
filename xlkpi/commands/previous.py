"""Earlier periods that a person names with ``--previous``: folders of returns, masters, and folders of masters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from xlkpi.catalogue.load import ContractTerms
from xlkpi.consolidation.agreed_figures import agree_record
from xlkpi.consolidation.collect_period import workbooks_in
from xlkpi.consolidation.contract_record import NO_RECORD, ContractRecord
from xlkpi.consolidation.file_sources import FileSource
from xlkpi.consolidation.found_file import FoundFile
from xlkpi.consolidation.missing_provider import MissingProvider
from xlkpi.consolidation.other_periods import Screen, record_other_periods
from xlkpi.consolidation.read_returns import ReadOptions, read_all
from xlkpi.consolidation.record_periods import record_missing, record_rows
from xlkpi.core.lot import Provider
from xlkpi.core.period import Period
from xlkpi.council import Council, SeveralNamed
from xlkpi.council.list_files import each_named
from xlkpi.errors import Unreadable, UnreadableFile
from xlkpi.reading.masters.action_plans import read_master_history
from xlkpi.reading.masters.data import MasterRows, is_master_of_ours
from xlkpi.writing.file_names import is_remote


@dataclass(frozen=True)
class PreviousMaster:
    """A master that was read, and the periods that it records."""

    path: Path
    record: ContractRecord

    @property
    def name(self) -> str:
        """Give the file's name."""
        return self.path.name

    @property
    def own(self) -> ContractRecord:
        """The period that it was made for: the last with figures, though it may have the plan of a later one."""
        with_rows = tuple(each for each in self.record.periods if each.rows)
        return ContractRecord(with_rows[-1:])


@dataclass(frozen=True)
class PreviousPath:
    """What one path contains that somebody named."""

    path: Path | str
    returns: tuple[FoundFile, ...]
    masters: tuple[PreviousMaster, ...]

    @property
    def periods(self) -> set[Period]:
        """Give every period that a return or a master in it is of."""
        of_returns = {file.manifest.period for file in self.returns if file.manifest}
        return of_returns.union(*(master.record.by_period for master in self.masters))

    def is_master(self, period: Period) -> bool:
        """Tell whether it has a master of a period, with which a new one can be compared."""
        return any(master.own.by_period.keys() == {period} for master in self.masters)

    def describe(self) -> str:
        """Describe what was found: ``earlier: 24 returns of 2025-26 Q4``."""
        counts = Counter(file.manifest.period for file in self.returns if file.manifest)
        parts = [f"{count} return{'' if count == 1 else 's'} of {period}" for period, count in sorted(counts.items())]
        name = Path(self.path).name or str(self.path)
        parts += ["a master" if master.name == name else f"the master {master.name}" for master in self.masters]
        return f"{name}: {', '.join(parts)}."


@dataclass(frozen=True)
class PreviousPeriods:
    """Everything that the paths named with ``--previous`` contain."""

    paths: tuple[PreviousPath, ...] = ()

    @property
    def returns(self) -> tuple[FoundFile, ...]:
        """Give the returns of all paths."""
        return tuple(file for path in self.paths for file in path.returns)

    @property
    def masters(self) -> tuple[Path, ...]:
        """Give the masters of all paths."""
        return tuple(master.path for path in self.paths for master in path.masters)

    @cached_property
    def record(self) -> ContractRecord:
        """Give what all masters record.

        A period's own master goes before a later one, whose sheet Trends has no comments.
        """
        masters = [master for path in self.paths for master in path.masters]
        record = NO_RECORD
        for part in (*(master.own for master in masters), *(master.record for master in masters)):
            record = record.completed(part)
        return record

    def complete(self, council: Council, period: Period | None, today: date) -> ContractRecord:
        """Give the record of the periods before one: that of the returns, and what the masters know besides."""
        record = record_other_periods(self.returns, Screen(period, today), council)
        return agree_record(record.completed(self.record).before(period), council)

    def describe(self) -> tuple[str, ...]:
        """Describe what each path contains, a line each."""
        return tuple(path.describe() for path in self.paths)

    def require_earlier(self, period: Period | None) -> None:
        """Raise UnreadableFile for a path with nothing of a period before the one collected: it is the wrong one."""
        for path in self.paths:
            if period is not None and not any(each < period for each in path.periods) and not path.is_master(period):
                raise UnreadableFile(path.path, Unreadable.NOTHING_EARLIER, str(period))


def read_previous(named: SeveralNamed, terms: ContractTerms, options: ReadOptions) -> PreviousPeriods:
    """Read every path that was named: a folder of returns or of masters, a master, a return.

    Raises UnreadableFile where a path does not exist, or neither a return nor a master is in it.
    """
    return PreviousPeriods(tuple(_read_path(path, terms, options) for path in each_named(named)))


def _read_path(path: Path | str, terms: ContractTerms, options: ReadOptions) -> PreviousPath:
    is_file = not is_remote(path) and Path(path).is_file()
    if is_file and is_master_of_ours(path):
        return PreviousPath(path, (), (_read_master(Path(path), terms),))
    sources = workbooks_in(path)
    pairs = list(zip(sources, read_all(sources, options), strict=True))
    found_files = [FoundFile(source.name, checked, source.received_at) for source, checked in pairs]
    returns = tuple(file for file in found_files if file.manifest is not None)
    others = (source for source, checked in pairs if checked.manifest is None)
    masters = tuple(_read_master(master, terms) for master in _masters_among(others))
    if is_file and not returns:
        _read_master(Path(path), terms)  # raises what it lacks
    if not returns and not masters:
        raise UnreadableFile(path, Unreadable.NOTHING_PREVIOUS)
    return PreviousPath(path, returns, masters)


def _masters_among(sources: Iterable[FileSource]) -> Iterator[Path]:
    """Find the masters among the files that are not returns; one at an address or in an email is not looked for."""
    for source in sources:
        with suppress(UnreadableFile):
            if not source.is_remote and not source.attachment and is_master_of_ours(source.place):
                yield Path(source.place)


def _read_master(path: Path, terms: ContractTerms) -> PreviousMaster:
    return PreviousMaster(path, record_of_master(path, terms))


def record_of_master(path: Path | str, terms: ContractTerms, entries: MasterRows | None = None) -> ContractRecord:
    """Record what a master contains: its entries, action plans and missing returns.

    ``entries`` are its entries, if they are known already. Raises UnreadableFile where it is not one of our masters.
    """
    history = read_master_history(path, terms, entries)
    rows = (*history.entries.earlier, *history.entries.rows)
    record = record_rows(rows, history.plans, history.answers, history.contacts)
    missing = (
        MissingProvider(Provider(absent.provider_id, absent.provider), absent.due_by) for absent in history.missing
    )
    return record.completed(record_missing(history.period, missing))
