"""``xlkpi consolidate``: from a folder of returns to a KCC master on disk."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import KW_ONLY, dataclass
from datetime import date
from pathlib import Path

import xlkpi
from xlkpi.catalogue.ladder import load_ladder
from xlkpi.commands.compare_lists import compare_with_lists, with_findings
from xlkpi.commands.master_before import changes_since
from xlkpi.commands.outputs import as_workbook, recognised, spare_inputs, spare_named
from xlkpi.commands.previous import PreviousPeriods, read_previous
from xlkpi.commands.read_options import read_options
from xlkpi.commands.relative_paths import relative_inbox, relative_paths
from xlkpi.commands.request import parsed_period, takes
from xlkpi.consolidation.collect_period import ReturnSources, collect_period
from xlkpi.consolidation.result import Consolidation
from xlkpi.consolidation.series import build_series
from xlkpi.core.period import Period
from xlkpi.council import (
    ContractFolder,
    Council,
    CouncilFiles,
    Fault,
    Named,
    SeveralNamed,
    local_paths,
    locate_lists,
    read_council,
)
from xlkpi.performance.open_matters import OpenMatters, derive_open_matters
from xlkpi.performance.unmatched_decisions import find_unmatched_decisions
from xlkpi.reading.masters.data import is_master_of_ours
from xlkpi.sheets.master.about import RunInfo
from xlkpi.sheets.master.contacts import plan_contacts
from xlkpi.sheets.master.data import DATA
from xlkpi.sheets.master.decisions import plan_decisions
from xlkpi.sheets.master.export_tables import data_table, findings_table
from xlkpi.sheets.master.findings import FINDINGS
from xlkpi.sheets.master.performance_tabs import list_performance_rules, plan_performance_tabs
from xlkpi.sheets.master.questions import plan_questions
from xlkpi.sheets.master.source_links import SourceLinks
from xlkpi.sheets.master.what_changed import plan_what_changed
from xlkpi.sheets.master.write_master import write_master
from xlkpi.writing.files import free_to_write, room_for
from xlkpi.writing.own_outputs import OutputWriter
from xlkpi.writing.table_files import parquet_is_available, table_files, write_tables
from xlkpi.writing.workbook import Sheet, load_writer

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
        return tuple(Path(self.data) / name for name in table_files((DATA, FINDINGS))) if self.data else ()

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
        meanwhile=load_writer,
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
    compared = compare_with_lists(result, council)
    result, matters = _with_matters(compared.result, council)
    sheets = (*compared.sheets, *_log_sheets(result, council, (master, *previous.masters)))
    _write_master(result, sheets, council, master, request.folder, matters)
    not_written = _write_tables(result, Path(request.data)) if request.data else ""
    return Master(master, result, council.register.faults, not_written, previous.describe())


def _with_matters(result: Consolidation, council: Council) -> tuple[Consolidation, OpenMatters]:
    """Derive what is open, and add a finding for each decision that matches nothing of it."""
    matters = derive_open_matters(result.record, council, result.as_of)
    unmatched = find_unmatched_decisions(matters, result.record, council, result.as_of)
    return with_findings(result, unmatched, council), matters


def _log_sheets(result: Consolidation, council: Council, before: Iterable[Path]) -> tuple[Sheet, ...]:
    """Plan what was decided, and what changed against the master made before, which is one of these files."""
    names = {row.provider_id: row.provider for row in result.rows}
    names |= {provider.provider_id: provider.name for provider in council.register.providers or ()}
    changes = changes_since(before, result, council.terms)
    return (*plan_decisions(council.decisions, names), *plan_what_changed(changes))


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


def _write_master(
    result: Consolidation,
    list_sheets: tuple[Sheet, ...],
    council: Council,
    master: Path,
    folder: Path | str,
    matters: OpenMatters,
) -> None:
    inbox, catalogue = relative_inbox(folder, master.parent), council.terms.in_force(result.period)
    series = build_series(result, council.terms)
    performance = plan_performance_tabs(result, council, matters, series, inbox=inbox)
    links = SourceLinks(inbox, relative_paths((council.files.register, *council.files.decisions), master.parent))
    rules = list_performance_rules(result.as_of, catalogue, load_ladder(council.files.catalogue))
    run = RunInfo(xlkpi.__version__, links=links, rules=rules)
    words = (*plan_questions(result), *plan_contacts(result.record, council))
    sheets = (*performance, *words, *list_sheets)
    write_master(result, master, catalogue=catalogue, run=run, more=sheets, series=series, matters=matters)


def _write_tables(result: Consolidation, folder: Path) -> str:
    """Write Data and Findings for other programs; return what was not written and how to change that."""
    write_tables(folder, (data_table(result), findings_table(result)))
    return "" if parquet_is_available() else CSV_ONLY
