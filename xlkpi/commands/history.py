"""The earlier periods that a person names: a folder of their returns, or a master made of them."""

from __future__ import annotations

from pathlib import Path

from xlkpi.catalogue.load import Catalogue
from xlkpi.consolidation.earlier_periods import NO_HISTORY, History
from xlkpi.core.records import DataRow
from xlkpi.council.file_names import is_remote
from xlkpi.reading.masters.action_plans import read_master_history
from xlkpi.reading.masters.data import read_master_rows


def is_master(previous: Path | str | None) -> bool:
    """Tell whether a single workbook is named, and not a folder of returns."""
    return previous is not None and not is_remote(previous) and Path(previous).is_file()


def master_rows(previous: Path | str, catalogue: Catalogue) -> tuple[DataRow, ...]:
    """Read the entries of a master and of the periods before it, recalculated from x and y.

    Raises UnreadableFile where it is not one of our masters.
    """
    read = read_master_rows(previous, catalogue=catalogue)
    return (*read.earlier, *read.rows)


def master_history(previous: Path | str | None, catalogue: Catalogue) -> History:
    """Read the entries and the action plans of an earlier master; none where no master is named.

    Raises UnreadableFile where it is not one of our masters.
    """
    if previous is None or not is_master(previous):
        return NO_HISTORY
    read, plans = read_master_history(previous, catalogue)
    return History((*read.earlier, *read.rows), plans)
