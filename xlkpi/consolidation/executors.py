"""Where files are read: in this process, in a pool of processes on this machine, or on a Dask cluster.

All three are executors of ``concurrent.futures``, so that one piece of code hands out work and collects results.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import connection
from typing import Any

from xlkpi.cycles import search_seldom
from xlkpi.errors import MissingPart, UnreachableCluster
from xlkpi.reading.returns.file_budget import start_watch

FEW_FILES = 8
MOST_JOBS = 60  # Windows cannot wait for more processes at once
ANSWER_SECONDS = 10


def default_jobs(files: int) -> int:
    """Choose one process for a few files, where starting others costs more than it saves; else one per core."""
    return 1 if files <= FEW_FILES else min(os.cpu_count() or 1, MOST_JOBS)


class ThisProcess(Executor):
    """Runs everything at once in this process."""

    def submit(self, work: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Do the work at once, and return a future that is done."""
        future: Future[Any] = Future()
        try:
            future.set_result(work(*args, **kwargs))
        except Exception as problem:  # noqa: BLE001 - as any executor, it hands on whatever the work raises
            future.set_exception(problem)
        return future


@contextmanager
def local_pool(jobs: int, *, apart: bool = False) -> Iterator[Executor]:
    """Give a pool of this many processes; one is this process itself, unless the work must be ``apart`` from it.

    Work that has not begun when the pool is left is never done.
    """
    if jobs <= 1 and not apart:
        yield ThisProcess()
        return
    pool = ProcessPoolExecutor(min(jobs, MOST_JOBS), initializer=_start_worker)
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def _start_worker() -> None:
    """Leave Ctrl-C to the process that started this worker, and end when that process is gone."""
    search_seldom()
    start_watch()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)


@contextmanager
def cluster(address: str) -> Iterator[Executor]:
    """Give the workers of a Dask cluster that is already running.

    Raises MissingPart where Dask is not installed, UnreachableCluster where no scheduler answers.
    """
    try:
        from distributed import Client  # noqa: PLC0415 - half a second that only a cluster is worth
    except ImportError as problem:
        raise MissingPart("Reading on a cluster", "cluster") from problem
    try:
        client: Any = Client(address, timeout=ANSWER_SECONDS, set_as_default=False)  # type: ignore[no-untyped-call]  # it ships no types
    except (OSError, ValueError, TypeError) as problem:
        detail = str(problem).splitlines()[0] if str(problem) else type(problem).__name__
        raise UnreachableCluster(address, detail) from problem
    try:
        yield client.get_executor(pure=False)
    finally:
        client.close()


def worker_was_lost(problem: BaseException) -> bool:
    """Tell whether a future failed because its worker ended, not because of what it was doing."""
    if isinstance(problem, BrokenExecutor):
        return True
    return type(problem).__module__.startswith("distributed.") and type(problem).__name__ in _LOST_ON_A_CLUSTER


_LOST_ON_A_CLUSTER = frozenset(("KilledWorker", "CommClosedError", "FutureCancelledError"))
