"""``xlkpi consolidate``: from a folder of returns to a KCC master on disk.

At the top is only what reading returns needs. The Council's lists, what brings returns together and what writes the
master are half of all our modules: they are loaded while other processes read.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from xlkpi.commands.outputs import as_workbook, recognised, spare_inputs, spare_named
from xlkpi.commands.read_options import read_options
from xlkpi.commands.request import parsed_period, takes
from xlkpi.consolidation.read_inbox import read_inbox
from xlkpi.core.period import Period
from xlkpi.council import ContractFolder, CouncilFiles, Named, SeveralNamed, local_paths, locate_lists
from xlkpi.council.terms import read_terms
from xlkpi.reading.masters.data import is_master_of_ours
from xlkpi.writing.files import free_to_write, room_for
from xlkpi.writing.own_outputs import OutputWriter
from xlkpi.writing.table_files import parquet_is_available, table_files

if TYPE_CHECKING:
    from xlkpi.catalogue.load import ContractTerms
    from xlkpi.commands.previous import PreviousPeriods
    from xlkpi.consolidation.found_file import FoundFile
    from xlkpi.consolidation.read_returns import ReadOptions
    from xlkpi.consolidation.result import Consolidation
    from xlkpi.council import Council, Fault
    from xlkpi.council.terms import TermsRead

CSV_ONLY = 'Data and Findings were written as CSV, not as Parquet. For Parquet, run: pip install "xlkpi[data]"'


@dataclass(frozen=True)
class ConsolidateRequest:
    """What to consolidate, with which lists, and how.

    Attributes:
        folder: The inbox of returns, or its address (``s3://…``); sub-folders are read too.
        master: The workbook to write.
        register: The register of providers; without it, missing returns cannot be identified.
        period: The period collected; None takes the latest that has ended.
        previous: Earlier periods, for the trend: folders of returns or of masters, or masters.
        ledger: The Council's invoices, a file, several, or a folder of them: fills the sheet that checks invoices.
        extract: The case system's counts, likewise: fills the sheet Cross-check.
        decisions: The log of what officers decided; None takes the one beside the inbox.
        as_of: The day to count days late from; None for today.
        jobs: How many processes read the returns; None for one per core.
        scheduler: The address of a running Dask cluster whose workers read the returns instead.
        keep: Use what earlier runs cached of the returns, and cache what is read now.
        progress: Called with how many of how many files are read.
        data: A folder that gets Data and Findings as CSV, and as Parquet where the extra ``data`` is installed.
        step: Called with what begins after the reading.
        overwrite: Replace files of the outputs' names even where xlkpi did not write them, or they have changed since;
            a master made by xlkpi is always replaced, and an input never.
        contract: A contract folder: each list that is not named is the one of the folder.
    """

    folder: Path | str
    master: Path | str
    _: KW_ONLY
    register: Named = None
    period: Period | str | None = None
    previous: SeveralNamed = None
    ledger: SeveralNamed = None
    extract: SeveralNamed = None
    decisions: Named = None
    as_of: date | None = None
    jobs: int | None = None
    scheduler: str = ""
    keep: bool = True
    progress: Callable[[int, int], None] | None = None
    data: Named = None
    step: Callable[[str], None] | None = None
    overwrite: bool = False
    contract: ContractFolder | None = None

    @property
    def inputs(self) -> tuple[Path, ...]:
        """Give the files that are read besides the inbox; none of them is ever written over."""
        return (*local_paths(self.previous), *local_paths(self.register, self.decisions), *self.locate().every)

    @property
    def tables(self) -> tuple[Path, ...]:
        """Give the files that Data and Findings are written to."""
        if not self.data:
            return ()
        from xlkpi.commands.write_consolidation import EXPORTED  # noqa: PLC0415 - see `_load_writer`

        return tuple(Path(self.data) / name for name in table_files(EXPORTED))

    def locate(self) -> CouncilFiles:
        """Find the Council's lists."""
        return locate_lists(
            self.folder,
            register=self.register,
            decisions=self.decisions,
            ledger=self.ledger,
            extract=self.extract,
            contract=self.contract,
        )


@dataclass(frozen=True)
class Master:
    """A master that was written, what went into it, and the faults of the register.

    ``not_written`` says which files could not be written for want of an optional part, and how to install it;
    ``previous`` what each path contains that was named as earlier.
    """

    path: Path
    consolidation: Consolidation
    faults: tuple[Fault, ...] = ()
    not_written: str = ""
    previous: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Inbox:
    """The returns that were read, the period asked for, and what was named as earlier."""

    returns: tuple[FoundFile, ...]
    period: Period | None
    previous: PreviousPeriods | None


@takes(ConsolidateRequest)
def consolidate(request: ConsolidateRequest) -> Master:
    """Read every return of a folder and write the KCC master, whole or not at all.

    The arguments are those of `ConsolidateRequest`. The same files and day give the same bytes, whatever the files'
    names and order. Raises UnreadableFile where a folder, the register or a list cannot be read, UnreachableCluster
    where no scheduler answers, UnwritableFile where the master could not be written or would replace another file,
    ValueError for a period that is not recognised, or a master whose name does not end in .xlsx.
    """
    master = as_workbook(Path(request.master), "master")
    _refuse_taken_outputs(request, master)
    files = request.locate()
    terms_read = read_terms(files.targets, files.catalogue)
    terms, _ = terms_read
    period = parsed_period(request.period, terms.scheme)
    council = cache(lambda: _read_lists(files, terms_read))
    options = read_options(
        terms,
        jobs=request.jobs,
        scheduler=request.scheduler,
        keep=request.keep,
        progress=request.progress,
        meanwhile=lambda: _load_the_rest(council),
    )
    previous = _read_previous(request.previous, terms, options)
    returns = read_inbox(request.folder, options, leave_out=_ours_within(request, master))
    return _make_master(request, master, _Inbox(returns, period, previous), council())


def _read_lists(files: CouncilFiles, terms_read: TermsRead) -> Council:
    from xlkpi.council import read_council  # noqa: PLC0415 - loaded while others read, as everything below

    return read_council(files, terms_read)


def _load_the_rest(council: Callable[[], Council]) -> None:
    """Read the Council's lists and load what makes the master: there is time while other processes read the returns.

    Raises what `read_council` raises, which ends the reading.
    """
    council()
    from xlkpi.commands.write_consolidation import load_writer  # noqa: PLC0415

    load_writer()


def _read_previous(named: SeveralNamed, terms: ContractTerms, options: ReadOptions) -> PreviousPeriods | None:
    if not named:
        return None
    from xlkpi.commands.previous import read_previous  # noqa: PLC0415

    return read_previous(named, terms, options)


def _make_master(request: ConsolidateRequest, master: Path, inbox: _Inbox, council: Council) -> Master:
    """Bring the returns together and write the master."""
    from xlkpi.commands.previous import PreviousPeriods  # noqa: PLC0415
    from xlkpi.commands.write_consolidation import write_consolidation, write_export_tables  # noqa: PLC0415
    from xlkpi.consolidation.collect_period import collect_files  # noqa: PLC0415

    previous = inbox.previous or PreviousPeriods()
    result = collect_files(
        inbox.returns,
        council,
        period=inbox.period,
        as_of=request.as_of,
        before=previous.returns,
        history=previous.record,
    )
    previous.require_earlier(result.period)
    if request.step:
        request.step("Writing the master")
    council = result.council
    result = write_consolidation(
        result, council, master, folder=request.folder, previous=previous.masters, jobs=request.jobs
    )
    if request.data:
        write_export_tables(result, Path(request.data))
    not_written = "" if not request.data or parquet_is_available() else CSV_ONLY
    return Master(master, result, council.register.faults, not_written, previous.describe())


def _refuse_taken_outputs(request: ConsolidateRequest, master: Path) -> None:
    """Find out before the work begins whether something could not be written, or would replace an input."""
    writer = OutputWriter(request.overwrite)
    spare_inputs(master, request.folder, request.inputs)
    free_to_write(master)
    writer.refuse_foreign(master, lambda file: recognised(file, is_master_of_ours))
    if request.data:
        room_for(Path(request.data))
    for table in request.tables:
        spare_named(table, request.inputs)
        free_to_write(table)
        writer.refuse_foreign(table)


def _ours_within(request: ConsolidateRequest, master: Path) -> tuple[Path, ...]:
    """List our own outputs and the named lists, which may be in the same folder as the returns."""
    lists = local_paths(request.register, request.decisions, request.ledger, request.extract)
    return (master, *request.tables, *lists)
