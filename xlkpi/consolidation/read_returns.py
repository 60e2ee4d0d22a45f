"""Reading many returns: the same result however many processes share the work, and nothing lost with one of them."""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, as_completed
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from xlkpi.consolidation.cache import ReturnCache, pack, unpack
from xlkpi.consolidation.executors import ThisProcess, cluster, default_jobs, local_pool, worker_was_lost
from xlkpi.consolidation.file_sources import FileSource, fetch
from xlkpi.errors import Unreadable, UnreadableFile
from xlkpi.findings import Code, finding
from xlkpi.reading.returns.checked_return import CheckedReturn

Check = Callable[..., CheckedReturn]
Progress = Callable[[int, int], None]
LARGEST_BATCH = 8
TRIES = 2
"""How often batches are handed out before the files of those that were lost are read one by one."""

Packed = tuple[int, str, bytes]
"""A file's place in the list, its sha256 and its packed return."""


@dataclass(frozen=True)
class ReadOptions:
    """How to read: with what, in how many processes or on which cluster, and what is kept from earlier runs.

    ``meanwhile`` is done by this process while others read, perhaps more than once, as loading what it writes with.
    """

    check: Check
    jobs: int | None = None
    scheduler: str = ""
    cache: ReturnCache | None = None
    progress: Progress | None = None
    meanwhile: Callable[[], None] = lambda: None


def read_all(sources: Sequence[FileSource], reading: ReadOptions) -> tuple[CheckedReturn, ...]:
    """Check every file; results are in the order of ``sources`` whatever reads them in which order.

    A file whose content stops the process that reads it, twice and on its own, gives a finding like any other that
    cannot be read. Raises MissingPart and UnreachableCluster where a cluster was asked for that is not to be had.
    """
    results: dict[int, CheckedReturn] = _recalled(sources, reading.cache)
    tell = reading.progress or (lambda _done, _of: None)
    if results:
        tell(len(results), len(sources))
    todo = [(number, one) for number, one in enumerate(sources) if number not in results]
    fresh: dict[str, bytes] = {}
    for number, digest, packed in _read(todo, reading):
        checked = unpack(packed, sources[number].place)
        results[number] = checked
        tell(len(results), len(sources))
        if digest and not checked.unreadable:
            fresh[digest] = packed
    if reading.cache is not None:
        reading.cache.keep(fresh)
        reading.cache.close()
    return tuple(results[number] for number in range(len(sources)))


def _recalled(sources: Sequence[FileSource], kept: ReturnCache | None) -> dict[int, CheckedReturn]:
    """What earlier runs have read of these very bytes; files at an address are left to the workers."""
    if kept is None or kept.is_empty:
        return {}
    digests = {number: _digest(one.place) for number, one in enumerate(sources) if not one.is_remote}
    packed = kept.find(digest for digest in digests.values() if digest)
    recalled = {}
    for number, digest in digests.items():
        if digest in packed:
            try:
                recalled[number] = unpack(packed[digest], sources[number].place)
            except (pickle.UnpicklingError, ValueError, TypeError, LookupError, AttributeError, EOFError):
                continue  # read it again
    return recalled


def _digest(place: str) -> str:
    try:
        path = Path(place)
        return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
    except (OSError, ValueError):
        return ""


Batch = tuple[tuple[int, str], ...]
"""Some files to read in one go, each with its place in the list."""


def _read(todo: Sequence[tuple[int, FileSource]], reading: ReadOptions) -> Iterator[Packed]:
    """Every file, as it is read. What was lost with a worker is handed out again, at last file by file."""
    jobs = reading.jobs or default_jobs(len(todo))
    size = max(1, min(LARGEST_BATCH, len(todo) // (jobs * 4)))
    files = [(number, one.place) for number, one in todo]
    waiting: list[Batch] = [tuple(files[start : start + size]) for start in range(0, len(files), size)]
    for _ in range(TRIES):
        lost: list[Batch] = []
        with _workers(reading, min(jobs, len(waiting))) as executor:
            for some in [[one] for one in waiting] if isinstance(executor, ThisProcess) else [waiting]:
                futures = _handed_out(executor, reading.check, some, lost)
                reading.meanwhile()
                yield from _collected(futures, lost)
        waiting = lost
        if not waiting:
            return
    for one in (one for batch in waiting for one in batch):
        yield _read_apart(one, reading)


def _workers(reading: ReadOptions, jobs: int, *, apart: bool = False) -> AbstractContextManager[Executor]:
    return cluster(reading.scheduler) if reading.scheduler else local_pool(jobs, apart=apart)


def _handed_out(
    executor: Executor, check: Check, waiting: Iterable[Batch], lost: list[Batch]
) -> dict[Future[list[Packed]], Batch]:
    """A future for each batch; those that nobody can take any more go to ``lost``."""
    futures: dict[Future[list[Packed]], Batch] = {}
    for batch in waiting:
        try:
            futures[executor.submit(check_batch, check, batch)] = batch
        except BrokenExecutor:
            lost.append(batch)
    return futures


def _collected(futures: Mapping[Future[list[Packed]], Batch], lost: list[Batch]) -> Iterator[Packed]:
    """The results of each batch as they come; batches whose worker ended go to ``lost``. A bug in reading raises."""
    for future in as_completed(futures):
        problem = future.exception()
        if problem is None:
            yield from future.result()
        elif worker_was_lost(problem):
            lost.append(futures[future])
        else:
            raise problem


def _read_apart(one: tuple[int, str], reading: ReadOptions) -> Packed:
    """A file read in a worker of its own, so that whatever ends it takes nothing else along."""
    lost: list[Batch] = []
    with _workers(reading, 1, apart=True) as executor:
        read = list(_collected(_handed_out(executor, reading.check, [(one,)], lost), lost))
    return read[0] if read else _stopped_by(one)


def _stopped_by(one: tuple[int, str]) -> Packed:
    number, place = one
    problem = UnreadableFile(place, Unreadable.DAMAGED, "reading it ends the program that reads it")
    said = finding(Code.UNREADABLE, {"reason": problem.message, "remedy": problem.remedy})
    return number, "", pack(CheckedReturn(place, _digest(place), None, (), (said,), unreadable=True))


def check_batch(check: Check, files: Sequence[tuple[int, str]]) -> list[Packed]:
    """Check some files where they can be opened; runs in a worker."""
    return [_checked(check, number, place) for number, place in files]


def _checked(check: Check, number: int, place: str) -> Packed:
    if "://" not in place:
        checked = check(Path(place))
    else:
        try:
            checked = check(place, data=fetch(place))
        except UnreadableFile as problem:
            said = finding(Code.UNREADABLE, {"reason": problem.message, "remedy": problem.remedy})
            checked = CheckedReturn(place, "", None, (), (said,), unreadable=True)
    return number, checked.sha256, pack(checked)
