"""A consolidation as the plan of a master workbook."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import xlkpi
from xlkpi.catalogue import Catalogue
from xlkpi.consolidation.result import Consolidation
from xlkpi.consolidation.series import SeriesSet, build_series
from xlkpi.performance.open_matters import NO_MATTERS, OpenMatters
from xlkpi.sheets.master.about import RunInfo, plan_about
from xlkpi.sheets.master.data import plan_data
from xlkpi.sheets.master.files import plan_files
from xlkpi.sheets.master.findings import plan_findings
from xlkpi.sheets.master.missing import plan_missing
from xlkpi.sheets.master.readings import plan_readings
from xlkpi.sheets.master.summary import plan_summary
from xlkpi.sheets.outturn_values import needs_units
from xlkpi.writing.workbook import Sheet, WorkbookPlan

NO_PERIOD_DAY = date(2026, 1, 1)


def plan_master(
    result: Consolidation,
    catalogue: Catalogue,
    run: RunInfo | None = None,
    more: Iterable[Sheet] = (),
    series: SeriesSet | None = None,
    matters: OpenMatters = NO_MATTERS,
) -> WorkbookPlan:
    """Plan the master's sheets in order, as plain data. The document is dated on the period's last day.

    Without ``run``, About names this version of xlkpi and no time. ``more`` are sheets to place between Missing and
    Readings, asked for once those before them are planned; ``series`` is what `build_series` makes of the
    consolidation, if it is known already; ``matters`` are marked in the heat map.
    """
    period, run = result.period, run or RunInfo(xlkpi.__version__)
    return WorkbookPlan(
        f"KPI master {period}" if period else "KPI master",
        period.end if period else NO_PERIOD_DAY,
        (
            plan_summary(result, catalogue, build_series(result, catalogue) if series is None else series, matters),
            plan_data(result, catalogue),
            plan_findings(result, run.links),
            plan_files(result, run.links),
            plan_missing(result, catalogue.words.council, matters),
            *more,
            plan_readings(result, catalogue),
            plan_about(result, catalogue, run),
        ),
        catalogue.words.council,
        with_units=needs_units(catalogue.indicators.values()),
    )
