"""A consolidation as a master workbook."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from xlkpi.catalogue import Catalogue
from xlkpi.consolidation.result import Consolidation
from xlkpi.consolidation.sheets.about import RunInfo, about_sheet
from xlkpi.consolidation.sheets.readings import readings_sheet
from xlkpi.consolidation.sheets.summary import summary_sheet
from xlkpi.consolidation.sheets.tables import data_sheet, files_sheet, findings_sheet, missing_sheet
from xlkpi.writing.files import write_whole
from xlkpi.writing.master import Book, write_book

__all__ = ["RunInfo", "plan_master", "write_master"]

NO_PERIOD_DAY = date(2026, 1, 1)


def plan_master(result: Consolidation, *, catalogue: Catalogue, run: RunInfo) -> Book:
    """The master's sheets in order, as plain data. The document counts as made on the period's last day."""
    period = result.period
    return Book(
        f"KPI master {period}" if period else "KPI master",
        period.end if period else NO_PERIOD_DAY,
        (
            summary_sheet(result, catalogue),
            data_sheet(result),
            findings_sheet(result),
            files_sheet(result),
            missing_sheet(result),
            readings_sheet(result, catalogue),
            about_sheet(result, catalogue, run),
        ),
    )


def write_master(result: Consolidation, path: Path, *, catalogue: Catalogue, run: RunInfo) -> None:
    """Write the master whole or not at all: the same bytes for the same consolidation, catalogue and run.

    Raises UnwritableFile where the file cannot be written; what stood under its name is then untouched.
    """
    write_whole(path, write_book(plan_master(result, catalogue=catalogue, run=run)))
