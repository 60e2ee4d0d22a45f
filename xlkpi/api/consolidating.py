"""From a folder of returns to a KCC master on disk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from xlkpi.api.building import parsed_period
from xlkpi.api.deciding import decisions_about
from xlkpi.catalogue.load import load_catalogue
from xlkpi.consolidation import Consolidation, write_master
from xlkpi.consolidation import consolidate as bring_in
from xlkpi.consolidation.gather import Reading
from xlkpi.consolidation.kept import Kept
from xlkpi.core.period import Period
from xlkpi.reading.returns import check_return
from xlkpi.register import Fault, read_register
from xlkpi.writing.files import free_to_write

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
    decisions: Path | str | None = None,
    as_of: date | None = None,
    jobs: int | None = None,
    scheduler: str = "",
    keep: bool = True,
    progress: Progress | None = None,
) -> Master:
    """Read every return under ``folder`` and write the KCC master, whole or not at all.

    Without ``register`` nobody can be missing; without ``period`` the one that most providers returned is taken.
    ``previous`` is a folder of returns of earlier periods, for the trend; those in the inbox count too. ``decisions``
    is the list of what officers decided about files, by default the one beside the inbox. Days are counted to
    ``as_of``, or today. Files are read by ``jobs`` processes, or by the workers of the Dask cluster whose
    ``scheduler`` is named; what was read is kept for the next run unless ``keep`` is False. The same files and day
    give the same bytes, whatever their names and order. Raises UnreadableFile where a folder, the register or a list
    cannot be read, UnreachableCluster where no scheduler answers, UnwritableFile where the master could not be
    written, ValueError for a period that is none.
    """
    master = Path(master)
    free_to_write(master)
    catalogue = load_catalogue()
    taken, not_applied = decisions_about(folder, decisions)
    providers, faults = read_register(register) if register else (None, ())
    result = bring_in(
        folder,
        register=providers,
        period=parsed_period(period) if period else None,
        reading=Reading(check_return, jobs, scheduler, Kept() if keep else None, progress),
        leave_out=(master,),
        catalogue=catalogue,
        as_of=as_of,
        previous=previous,
        decisions=taken,
        decision_faults=tuple(fault.message for fault in not_applied),
    )
    write_master(result, master, catalogue=catalogue)
    return Master(master, result, faults)
