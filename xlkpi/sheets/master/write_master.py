"""A consolidation as a master workbook on disk."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from xlkpi.catalogue import Catalogue
from xlkpi.consolidation.result import Consolidation
from xlkpi.consolidation.series import SeriesSet
from xlkpi.performance.open_matters import NO_MATTERS, OpenMatters
from xlkpi.sheets.master.about import RunInfo
from xlkpi.sheets.master.plan_master import plan_master
from xlkpi.writing.own_outputs import write_own
from xlkpi.writing.workbook import Sheet, render_workbook


def write_master(
    result: Consolidation,
    path: Path,
    *,
    catalogue: Catalogue,
    run: RunInfo | None = None,
    more: Iterable[Sheet] = (),
    series: SeriesSet | None = None,
    matters: OpenMatters = NO_MATTERS,
    two_cores: bool = False,
) -> None:
    """Write the master whole or not at all: the same bytes for the same consolidation, catalogue and run.

    ``more`` are further sheets, asked for once the first are planned; ``series`` what `build_series` makes of the
    consolidation, if known already; ``matters`` are marked in the heat map.
    With ``two_cores`` another process may write some of the sheets, if there are many rows.
    Raises UnwritableFile where the file cannot be written; an existing file is then unchanged.
    """
    plan = plan_master(result, catalogue, run, more, series, matters)
    write_own(path, render_workbook(plan, two_cores=two_cores))
