"""Reading many returns: one after another, or in several processes with the same result."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from xlkpi.reading.checked import CheckedReturn

Check = Callable[[Path], CheckedReturn]
Progress = Callable[[int, int], None]
FEW_FILES = 8
MOST_JOBS = 60  # Windows cannot wait for more processes at once


def read_all(
    paths: Sequence[Path], check: Check, jobs: int | None = None, progress: Progress | None = None
) -> tuple[CheckedReturn, ...]:
    """Check every file; results stand in the order of ``paths`` however many processes share the work.

    ``jobs`` is the number of processes, None for one a core when there are more than a few files. With more
    than one, ``check`` must be a function of a module. ``progress`` is told how many of how many are done.
    """
    done: list[CheckedReturn] = []
    with _mapped(paths, check, jobs or default_jobs(len(paths))) as results:
        for result in results:
            done.append(result)
            if progress is not None:
                progress(len(done), len(paths))
    return tuple(done)


def default_jobs(files: int) -> int:
    """One process for a few files, where starting others costs more than they bring; else one a core."""
    return 1 if files <= FEW_FILES else min(os.cpu_count() or 1, MOST_JOBS)


@contextmanager
def _mapped(paths: Sequence[Path], check: Check, jobs: int) -> Iterator[Iterable[CheckedReturn]]:
    if jobs <= 1 or len(paths) <= 1:
        yield map(check, paths)
        return
    pool = ProcessPoolExecutor(min(jobs, len(paths), MOST_JOBS))
    try:
        yield pool.map(check, paths, chunksize=max(1, min(16, len(paths) // (jobs * 4))))
    finally:
        pool.shutdown(cancel_futures=True)
