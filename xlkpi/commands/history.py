"""The earlier periods that a person names: a folder of their returns, or a master made of them."""

from __future__ import annotations

from pathlib import Path

from xlkpi.catalogue.load import Catalogue
from xlkpi.core.data_row import DataRow
from xlkpi.core.plan_line import PlanLine
from xlkpi.council.file_names import is_remote
from xlkpi.reading.masters.action_plans import read_master_history
from xlkpi.reading.masters.data import read_master_rows


def is_master(previous: Path | str | None) -> bool:
    """Whether a single workbook is named, and not a folder of returns."""
    return previous is not None and not is_remote(previous) and Path(previous).is_file()


def rows_of_master(previous: Path | str, catalogue: Catalogue) -> tuple[DataRow, ...]:
    """The entries of a master and of the periods before it, worked out anew from x and y.

    Raises UnreadableFile where it is no master of ours.
    """
    read = read_master_rows(previous, catalogue=catalogue)
    return (*read.earlier, *read.rows)


def history_of(previous: Path | str | None, catalogue: Catalogue) -> tuple[tuple[DataRow, ...], tuple[PlanLine, ...]]:
    """The entries and the action plans of a master that is named as what was before; none where none is.

    Raises UnreadableFile where it is no master of ours.
    """
    if previous is None or not is_master(previous):
        return (), ()
    read, plans = read_master_history(previous, catalogue)
    return (*read.earlier, *read.rows), plans
