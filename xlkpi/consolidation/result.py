"""The result of a consolidation: rows, files, findings, who is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum

from xlkpi.consolidation.contract_record import NO_RECORD, ContractRecord
from xlkpi.consolidation.missing_provider import MissingProvider
from xlkpi.core.period import Period
from xlkpi.core.question import Question
from xlkpi.core.records import DataRow
from xlkpi.core.vocabulary import Reading
from xlkpi.council import Council
from xlkpi.council.decisions import Decision
from xlkpi.findings import Finding, Severity


class FileStatus(Enum):
    """How a file that was found is used; every file has exactly one status."""

    USED = "used"
    SET_ASIDE = "set aside"
    SUPERSEDED = "superseded"


@dataclass(frozen=True)
class FileRow:
    """One file found, whatever it is; what is not known is empty. ``days_late`` is 0 when on time.

    ``received_at`` is when the email that it was attached to was received, in UTC; ``saved_at`` what the file says of
    its last saving. ``why`` also says why a file is used where there are others of its provider. ``differs`` says how
    a superseded file differs from the one used; ``decision`` is the officer's. It ``counts_elsewhere`` where it is set
    aside only because it counts for another period of the contract folder.
    """

    file: str
    status: FileStatus
    provider_id: str
    provider: str
    period: Period | None
    edition: str
    received_at: datetime | None
    saved_at: str
    declared_on: date | None
    declared_by: str
    days_late: int | None
    must_fix: int
    queries: int
    why: str
    remedy: str
    sha256: str
    differs: str
    decision: Decision | None
    counts_elsewhere: bool


@dataclass(frozen=True)
class FileFinding:
    """A finding with the file and provider it belongs to; all empty where it is about the whole folder."""

    file: str
    provider_id: str
    provider: str
    finding: Finding


@dataclass(frozen=True)
class ProviderLine:
    """One row of the heat map: a provider who is expected or has returned, with section keys.

    ``held`` is what the register says (the return where there is none), ``asked`` what the return contains;
    ``asked`` is None for a provider who is missing.
    """

    provider_id: str
    provider: str
    held: frozenset[str]
    asked: frozenset[str] | None
    as_written: frozenset[str]


@dataclass(frozen=True)
class Consolidation:
    """Everything a master shows. ``period`` is None where no file is a return and none was asked for.

    ``expected``, the number of providers who must report, is None without a register or a period.
    ``readings`` has the reading in force by indicator, ``mixed`` the indicators returned under both.
    ``as_of`` is the day the master is made for; ``earlier`` are the rows of earlier periods, by period and then like
    ``rows``. ``record`` is every period of the contract, those after this one too, with the action plans.
    ``period_note`` says why a period that nobody named is not the expected one. ``council`` has the Council's lists
    with the points of contact that were accepted from returns: who is written to is read from there.
    """

    period: Period | None
    files: tuple[FileRow, ...]
    rows: tuple[DataRow, ...]
    findings: tuple[FileFinding, ...]
    missing: tuple[MissingProvider, ...]
    lines: tuple[ProviderLine, ...]
    expected: int | None
    readings: Mapping[str, Reading]
    mixed: tuple[str, ...]
    as_of: date
    earlier: tuple[DataRow, ...] = ()
    record: ContractRecord = NO_RECORD
    final: Decision | None = None
    questions: tuple[tuple[str, Question], ...] = ()
    period_note: str = ""
    council: Council = field(default_factory=Council, compare=False)  # whose terms are equal to none but themselves

    @property
    def found(self) -> int:
        """Count the files found; always used + set aside + superseded."""
        return len(self.files)

    @property
    def used(self) -> int:
        """Count the files whose figures are in the rows."""
        return self._count(FileStatus.USED)

    @property
    def set_aside(self) -> int:
        """Files that are not a return of this period, or cannot be read."""
        return self._count(FileStatus.SET_ASIDE)

    @property
    def superseded(self) -> int:
        """Count the returns replaced by another file."""
        return self._count(FileStatus.SUPERSEDED)

    @property
    def returned(self) -> int:
        """Count the expected providers with a used return; without a register, all providers with one."""
        return self.used if self.expected is None else self.expected - len(self.missing)

    @property
    def unexpected(self) -> int:
        """Used returns of providers whom the register does not expect in this period."""
        return max(0, self.used - self.returned)

    @property
    def decided(self) -> int:
        """Files about which an officer decided."""
        return sum(1 for row in self.files if row.decision)

    @property
    def missing_not_known(self) -> str:
        """Say why it is not known who is missing; empty where it is known."""
        if self.expected is not None:
            return ""
        return "no register was given" if self.period else "no file is a return, so the period is not known"

    @property
    def late(self) -> int:
        """Count the used returns received, or else declared, after the day they were due."""
        return sum(1 for row in self.files if row.status is FileStatus.USED and row.days_late)

    @property
    def to_fix(self) -> int:
        """Count the used returns with something that must be fixed."""
        return sum(1 for row in self.files if row.status is FileStatus.USED and row.must_fix)

    @property
    def must_fix(self) -> int:
        """Count the findings that must be fixed, those of files set aside included."""
        return self.weighing(Severity.MUST_FIX)

    @property
    def queries(self) -> int:
        """Count the findings to correct or explain."""
        return self.weighing(Severity.QUERY)

    def weighing(self, severity: Severity) -> int:
        """Count the findings of this severity."""
        return sum(1 for each in self.findings if each.finding.severity is severity)

    def _count(self, status: FileStatus) -> int:
        return sum(1 for row in self.files if row.status is status)
