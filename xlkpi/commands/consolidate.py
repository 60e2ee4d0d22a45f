"""From a folder of returns to a KCC master on disk."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import xlkpi
from xlkpi.catalogue.load import load_catalogue
from xlkpi.commands.council_lists import held_against
from xlkpi.commands.decide import decisions_about
from xlkpi.commands.history import history_of, is_master
from xlkpi.commands.outputs import as_workbook, spare_inputs, spare_named
from xlkpi.commands.periods import parsed_period
from xlkpi.consolidation.cache import ReturnCache
from xlkpi.consolidation.collect_period import collect_period
from xlkpi.consolidation.list_findings import decision_findings, register_findings
from xlkpi.consolidation.read_returns import ReadOptions
from xlkpi.consolidation.result import Consolidation
from xlkpi.consolidation.series import build_series
from xlkpi.core.period import Period
from xlkpi.council import Fault, read_register, read_settings, settings_beside
from xlkpi.council.file_names import is_remote
from xlkpi.reading.returns.check import check_return
from xlkpi.sheets.master.about import RunInfo
from xlkpi.sheets.master.data import DATA
from xlkpi.sheets.master.export_tables import data_table, findings_table
from xlkpi.sheets.master.findings import FINDINGS
from xlkpi.sheets.master.performance import list_performance_rules, plan_performance_sheets
from xlkpi.sheets.master.source_links import SourceLinks
from xlkpi.sheets.master.write_master import write_master
from xlkpi.writing.files import free_to_write, room_for
from xlkpi.writing.table_files import table_files, write_tables
from xlkpi.writing.workbook import load_writer

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Master:
    """A master that was written, what went into it, and the faults of the register it was held against."""

    path: Path
    consolidation: Consolidation
    faults: tuple[Fault, ...] = ()


def consolidate(
    folder: Path | str,
    master: Path | str,
    *,
    register: Path | str | None = None,
    period: Period | str | None = None,
    previous: Path | str | None = None,
    ledger: Path | str | None = None,
    extract: Path | str | None = None,
    decisions: Path | str | None = None,
    as_of: date | None = None,
    jobs: int | None = None,
    scheduler: str = "",
    keep: bool = True,
    progress: Progress | None = None,
    data: Path | str | None = None,
    step: Callable[[str], None] | None = None,
) -> Master:
    """Read every return under ``folder`` and write the KCC master, whole or not at all.

    Without ``register`` nobody can be missing; without ``period`` the one that most providers returned is taken.
    ``previous`` is a folder of returns of earlier periods, or a master, for the trend; what the inbox holds of them
    counts too. ``ledger`` and ``extract`` are the council's invoices and its case system's counts: they fill the sheets
    S2 check and Cross-check. ``decisions`` is the list of what officers decided about files, by default the one beside
    the inbox. Days are counted to ``as_of``, or today. Files are read by ``jobs`` processes, or by the workers of the
    Dask cluster whose ``scheduler`` is named; what was read is kept for the next run unless ``keep`` is False. ``data``
    is a folder that gets Data and Findings as CSV and Parquet. ``progress`` is told how many of how many files are
    read, ``step`` what begins after that. The same files and day give the same bytes, whatever their names and order.

    Raises UnreadableFile where a folder, the register or a list cannot be read, UnreachableCluster where no scheduler
    answers, UnwritableFile where the master could not be written or would take the place of what is read, ValueError
    for a period that is none, or for a master that is not named .xlsx.
    """
    master = as_workbook(Path(master), "master")
    named = (register, previous, decisions, ledger, extract)
    spare_inputs(master, folder, named)
    free_to_write(master)
    tables = _tables(data)
    if data:
        room_for(Path(data))
    for table in tables:
        spare_named(table, named)
        free_to_write(table)
    catalogue = load_catalogue()
    decided = decisions_about(folder, decisions)
    providers, faults = read_register(register) if register else (None, ())
    settings = read_settings(settings_beside(Path(register)) if register else None)
    rows_before, plans_before = history_of(previous, catalogue)
    result = collect_period(
        folder,
        register=providers,
        period=parsed_period(period) if period else None,
        reading=ReadOptions(check_return, jobs, scheduler, ReturnCache() if keep else None, progress, load_writer),
        leave_out=_ours((master, *tables), (register, decisions, ledger, extract)),
        catalogue=catalogue,
        as_of=as_of,
        previous=None if is_master(previous) else previous,
        rows_before=rows_before,
        plans_before=plans_before,
        decisions=decided.taken,
        decisions_list=decided.name,
        list_findings=(
            *register_findings(Path(register or "").name, faults),
            *decision_findings(decided.name, decided.faults),
        ),
        send_by=settings.send_by,
    )
    if step:
        step("Writing the master")
    held = held_against(result, catalogue, folder, register=providers, ledger=ledger, extract=extract)
    result, inbox = held.result, way_to(folder, master.parent)
    paths = build_series(result, catalogue)
    council = settings.contacts
    more = plan_performance_sheets(result, catalogue, paths, register=providers or (), council=council, inbox=inbox)
    origin = SourceLinks(inbox, _ways((register, decided.path), master.parent))
    run = RunInfo(xlkpi.__version__, origin=origin, rules=list_performance_rules(result.as_of))
    write_master(result, master, catalogue=catalogue, run=run, more=(*more, *held.sheets), paths=paths)
    if data:
        write_tables(Path(data), (data_table(result), findings_table(result)))
    return Master(master, result, faults)


def _tables(data: Path | str | None) -> tuple[Path, ...]:
    """The files that Data and Findings are written to."""
    return tuple(Path(data) / name for name in table_files((DATA, FINDINGS))) if data else ()


def _ours(written: Iterable[Path], named: Iterable[Path | str | None]) -> tuple[Path, ...]:
    """What may lie in the inbox and is nobody's return: master and tables, and the lists that the command names."""
    return (*written, *(Path(one) for one in named if one and not is_remote(one)))


def way_to(folder: Path | str, start: Path) -> str | None:
    """The way from a folder to the inbox, for links; None where there is none, as to another drive or an address."""
    if is_remote(folder):
        return None
    inbox = Path(folder).absolute()
    way = _way(inbox if inbox.is_dir() else inbox.parent, start)
    return "" if way == "." else way


def _ways(files: Iterable[Path | str | None], start: Path) -> dict[str, str]:
    """The ways from a folder to these files by their names, where there are any."""
    ways = {Path(file).name: _way(Path(file).absolute(), start) for file in files if file and not is_remote(file)}
    return {name: way for name, way in ways.items() if way}


def _way(place: Path, start: Path) -> str | None:
    try:
        return os.path.relpath(place, start.absolute()).replace(os.sep, "/")
    except ValueError:
        return None
