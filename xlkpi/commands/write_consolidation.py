"""A consolidation becomes the master's workbook, and Data and Findings for other programs.

Apart from what reads the returns, because it can be loaded while other processes read them.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

import xlkpi
from xlkpi.catalogue.ladder import load_ladder
from xlkpi.commands.compare_lists import compare_with_lists, with_findings
from xlkpi.commands.master_before import changes_since
from xlkpi.commands.relative_paths import relative_inbox, relative_paths
from xlkpi.consolidation.result import Consolidation
from xlkpi.consolidation.series import build_series
from xlkpi.council import Council
from xlkpi.performance.open_matters import OpenMatters, derive_open_matters
from xlkpi.performance.unmatched_decisions import find_unmatched_decisions
from xlkpi.reading.masters.what_changed import MasterChange
from xlkpi.second_core import on_second_core
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
from xlkpi.writing.table_files import write_tables
from xlkpi.writing.workbook import Sheet, load_writer

__all__ = ["EXPORTED", "load_writer", "write_consolidation", "write_export_tables"]

EXPORTED = (DATA, FINDINGS)
"""The sheets that are written for other programs too."""
ROWS_FOR_TWO = 2_000
"""Rows of Data from which on a second process is worth starting: it takes the time of a few hundred."""


def write_consolidation(
    result: Consolidation,
    council: Council,
    master: Path,
    *,
    folder: Path | str,
    previous: Sequence[Path] = (),
    jobs: int | None = None,
) -> Consolidation:
    """Write the master, and return the consolidation with what the Council's lists add to it.

    ``folder`` is the inbox, for links; ``previous`` are masters that a master of the same period may be among. With 1
    for ``jobs`` no second process helps.
    """
    compared = compare_with_lists(result, council)
    result, matters = _with_matters(compared.result, council)
    inbox, series = relative_inbox(folder, master.parent), build_series(result, council.terms)
    before = (master, *previous)
    two_cores = jobs != 1
    is_large = two_cores and len(result.rows) >= ROWS_FOR_TWO
    plan_performance = partial(plan_performance_tabs, result, council, matters, series, inbox=inbox)
    list_changes = partial(changes_since, before, result, council.terms)
    with (
        on_second_core(list_changes, worthwhile=is_large and any(map(os.path.exists, before))) as changes,
        on_second_core(plan_performance, worthwhile=is_large) as performance,
    ):
        run = _describe_run(result, council, inbox, master.parent)
        sheets = _sheets_between(result, council, compared.sheets, performance, changes)
        catalogue = council.terms.in_force(result.period)
        write_master(
            result,
            master,
            catalogue=catalogue,
            run=run,
            more=sheets,
            series=series,
            matters=matters,
            two_cores=two_cores,
        )
    return result


def _with_matters(result: Consolidation, council: Council) -> tuple[Consolidation, OpenMatters]:
    """Derive what is open, and add a finding for each decision that matches nothing of it."""
    matters = derive_open_matters(result.record, council, result.as_of)
    unmatched = find_unmatched_decisions(matters, result.record, council, result.as_of)
    return with_findings(result, unmatched, council), matters


def _describe_run(result: Consolidation, council: Council, inbox: str | None, start: Path) -> RunInfo:
    links = SourceLinks(inbox, relative_paths((council.files.register, *council.files.decisions), start))
    catalogue = council.terms.in_force(result.period)
    rules = list_performance_rules(result.as_of, catalogue, load_ladder(council.files.catalogue))
    return RunInfo(xlkpi.__version__, links=links, rules=rules)


def _sheets_between(
    result: Consolidation,
    council: Council,
    list_sheets: Iterable[Sheet],
    performance: Callable[[], Iterable[Sheet]],
    changes: Callable[[], Sequence[MasterChange]],
) -> Iterator[Sheet]:
    """Plan what is between Missing and Readings, last what another process may still be working on.

    What was decided, and what changed against the master made before, come behind the other lists.
    """
    words = (*plan_questions(result), *plan_contacts(result.record, council))
    names = {row.provider_id: row.provider for row in result.rows}
    names |= {provider.provider_id: provider.name for provider in council.register.providers or ()}
    decisions = plan_decisions(council.decisions, names)
    yield from performance()
    yield from (*words, *list_sheets, *decisions)
    yield from plan_what_changed(changes())


def write_export_tables(result: Consolidation, folder: Path) -> None:
    """Write Data and Findings for other programs."""
    write_tables(folder, (data_table(result), findings_table(result)))
