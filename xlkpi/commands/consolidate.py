"""``xlkpi consolidate``: from a folder of returns to a KCC master on disk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass
from datetime import date
from pathlib import Path

from xlkpi.commands.outputs import as_workbook, recognised, spare_inputs, spare_named
from xlkpi.commands.previous import PreviousPeriods, read_previous
from xlkpi.commands.read_options import read_options
from xlkpi.commands.request import parsed_period, takes
from xlkpi.consolidation.collect_period import ReturnSources, collect_period
from xlkpi.consolidation.result import Consolidation
from xlkpi.core.period import Period
from xlkpi.council import (
    ContractFolder,
    CouncilFiles,
    Fault,
    Named,
    SeveralNamed,
    local_paths,
    locate_lists,
    read_council,
)
from xlkpi.reading.masters.data import is_master_of_ours
from xlkpi.writing.files import free_to_write, room_for
from xlkpi.writing.own_outputs import OutputWriter
from xlkpi.writing.table_files import parquet_is_available, table_files

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
    council = read_council(request.locate())
    options = read_options(
        council,
        jobs=request.jobs,
        scheduler=request.scheduler,
        keep=request.keep,
        progress=request.progress,
        meanwhile=_load_writer,
    )
    previous = read_previous(request.previous, council.terms, options)
    result = collect_period(
        _inbox(request, master, previous),
        council,
        options,
        period=parsed_period(request.period, council.terms.scheme),
        as_of=request.as_of,
    )
    previous.require_earlier(result.period)
    council = result.council
    if request.step:
        request.step("Writing the master")
    from xlkpi.commands.write_consolidation import write_consolidation, write_export_tables  # noqa: PLC0415 - see below

    result = write_consolidation(result, council, master, folder=request.folder, previous=previous.masters)
    if request.data:
        write_export_tables(result, Path(request.data))
    not_written = "" if not request.data or parquet_is_available() else CSV_ONLY
    return Master(master, result, council.register.faults, not_written, previous.describe())


def _load_writer() -> None:
    """Load what plans and writes the master: there is time for it while other processes read the returns."""
    from xlkpi.commands.write_consolidation import load_writer  # noqa: PLC0415 - half of all our modules

    load_writer()


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


def _inbox(request: ConsolidateRequest, master: Path, previous: PreviousPeriods) -> ReturnSources:
    """Say where the returns are; our own outputs and the named lists may be in the same folder."""
    lists = local_paths(request.register, request.decisions, request.ledger, request.extract)
    return ReturnSources(
        request.folder,
        leave_out=(master, *request.tables, *lists),
        before=previous.returns,
        history=previous.record,
    )
