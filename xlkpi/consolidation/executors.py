"""Where files are read: in this process, in a pool of processes on this machine, or on a Dask cluster.

All three are executors of ``concurrent.futures``, so that one piece of code hands out work and collects results.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor, as_completed
from contextlib import contextmanager, suppress
from multiprocessing import connection
from typing import Any, cast

from xlkpi.cycles import search_only_what_follows, search_seldom
from xlkpi.errors import MissingPart, UnreachableCluster
from xlkpi.reading.returns.file_budget import start_watch

FEW_FILES = 8
MOST_JOBS = 60  # Windows cannot wait for more processes at once
ANSWER_SECONDS = 10
LOOK_SECONDS = 5.0
"""How often a cluster that gives no result is asked whether it has a worker."""
WORKER_SECONDS = 120.0
"""How long a cluster may be without a worker: one that grows on demand needs a minute or two to start the first."""


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
    search_only_what_follows()
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
        yield Cluster(client, address)
    finally:
        client.close()


class Cluster(Executor):
    """Hands work to the workers of a Dask cluster, and notices when there are none left to do it."""

    def __init__(self, client: Any, address: str) -> None:
        """Take a connected client of the library's, and the address to name in a message."""
        self._client = client
        self._executor = client.get_executor(pure=False)
        self._address = address
        self._had_a_worker = time.monotonic()

    def submit(self, work: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Hand the work to the scheduler, which keeps it until a worker is free."""
        future: Future[Any] = self._executor.submit(work, *args, **kwargs)
        return future

    def look_for_workers(self) -> None:
        """Raise UnreachableCluster where no worker has been seen for some time: the scheduler would wait for ever."""
        workers: object = None
        with suppress(OSError, TimeoutError):
            workers = self._client.nthreads()
        now = time.monotonic()
        if workers:
            self._had_a_worker = now
        elif now - self._had_a_worker > WORKER_SECONDS:
            raise UnreachableCluster(self._address)


def as_done(executor: Executor, futures: Iterable[Future[Any]]) -> Iterator[Future[Any]]:
    """Yield each future once it is done. Raises UnreachableCluster where a cluster has no worker to do the rest."""
    waiting = set(futures)
    while waiting:
        try:
            for future in as_completed(waiting, LOOK_SECONDS if isinstance(executor, Cluster) else None):
                waiting.discard(future)
                yield future
        except TimeoutError:
            cast("Cluster", executor).look_for_workers()


def worker_was_lost(problem: BaseException) -> bool:
    """Tell whether a future failed because its worker ended, not because of what it was doing."""
    if isinstance(problem, BrokenExecutor):
        return True
    return type(problem).__module__.startswith("distributed.") and type(problem).__name__ in _LOST_ON_A_CLUSTER


_LOST_ON_A_CLUSTER = frozenset(("KilledWorker", "CommClosedError", "FutureCancelledError"))
