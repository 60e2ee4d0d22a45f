"""A consolidation as the plan of a master workbook."""

from __future__ import annotations

from datetime import date

import xlkpi
from xlkpi.catalogue import Catalogue
from xlkpi.consolidation.result import Consolidation
from xlkpi.consolidation.sheets.about import RunInfo, about_sheet
from xlkpi.consolidation.sheets.readings import readings_sheet
from xlkpi.consolidation.sheets.summary import summary_sheet
from xlkpi.consolidation.sheets.tables import data_sheet, files_sheet, findings_sheet, missing_sheet
from xlkpi.writing.master import Book

NO_PERIOD_DAY = date(2026, 1, 1)


def plan_master(result: Consolidation, catalogue: Catalogue, run: RunInfo | None = None) -> Book:
    """The master's sheets in order, as plain data. The document counts as made on the period's last day.

    Without ``run``, About names this version of xlkpi and no moment.
    """
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
            about_sheet(result, catalogue, run or RunInfo(xlkpi.__version__)),
        ),
    )
