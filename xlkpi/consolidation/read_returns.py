"""Read many returns: the same result however many processes share the work, and nothing lost if one of them ends."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from xlkpi.consolidation.executors import ThisProcess, as_done, cluster, default_jobs, local_pool, worker_was_lost
from xlkpi.consolidation.file_sources import FileSource, ReadEmail, read_email, read_source
from xlkpi.consolidation.pack_return import pack, unpack
from xlkpi.consolidation.return_cache import ReturnCache
from xlkpi.errors import Unreadable, UnreadableFile, XlkpiError
from xlkpi.ooxml.workbook import digest_of
from xlkpi.reading.returns.check_return import stopped, unreadable_return
from xlkpi.reading.returns.checked_return import CheckedReturn
from xlkpi.reading.returns.council_seal_check import check_council_seal
from xlkpi.reading.returns.file_budget import watched, within_budget

Check = Callable[..., CheckedReturn]
Progress = Callable[[int, int], None]
LARGEST_BATCH = 8
TRIES = 2
"""How often batches are handed out before the files of those that were lost are read one by one."""

Packed = tuple[int, str, bytes]
"""A file's place in the list, its sha256 and its packed return."""


@dataclass(frozen=True)
class ReadOptions:
    """How to read: with which check, in how many processes or on which cluster, and with which cache.

    ``key`` is the Council's, to check the returns' seals with; no worker gets it.
    ``meanwhile`` is called in this process while others read, perhaps more than once: loading the workbook writer.
    """

    check: Check
    jobs: int | None = None
    scheduler: str = ""
    cache: ReturnCache | None = None
    progress: Progress | None = None
    meanwhile: Callable[[], None] = lambda: None
    key: bytes | None = field(default=None, repr=False)


def read_all(sources: Sequence[FileSource], options: ReadOptions) -> tuple[CheckedReturn, ...]:
    """Check every file; results are in the order of ``sources`` whatever reads them in which order.

    A file whose content stops the process that reads it, twice and on its own, gives a finding like any other that
    cannot be read. Raises MissingPart and UnreachableCluster where a cluster was asked for that is not to be had.
    """
    results: dict[int, CheckedReturn] = _recalled(sources, options.cache)
    report = options.progress or (lambda _done, _of: None)
    if results:
        report(len(results), len(sources))
    todo = [(number, source) for number, source in enumerate(sources) if number not in results]
    fresh: dict[str, bytes] = {}
    for number, digest, packed in _read(todo, options):
        checked = unpack(packed, sources[number].shown)
        results[number] = checked
        report(len(results), len(sources))
        if digest and not checked.unreadable:
            fresh[digest] = packed
    if options.cache is not None:
        options.cache.keep(fresh)
        options.cache.close()
    return tuple(check_council_seal(results[number], options.key) for number in range(len(sources)))


def _recalled(sources: Sequence[FileSource], cache: ReturnCache | None) -> dict[int, CheckedReturn]:
    """Return what earlier runs read of the same bytes; files at an address are left to the workers."""
    if cache is None or cache.is_empty:
        return {}
    digests = {
        number: source.sha256 or digest_of(Path(source.place))
        for number, source in enumerate(sources)
        if source.sha256 or not source.is_remote
    }
    packed = cache.find(digest for digest in digests.values() if digest)
    recalled = {}
    for number, digest in digests.items():
        if digest in packed:
            with suppress(Exception):  # whatever the cache contains: the file is read again
                checked = unpack(packed[digest], sources[number].shown)
                if checked.sha256 == digest:
                    recalled[number] = checked
    return recalled


Batch = tuple[tuple[int, FileSource], ...]
"""Some files to read in one go, each with its place in the list."""


def _read(todo: Sequence[tuple[int, FileSource]], options: ReadOptions) -> Iterator[Packed]:
    """Yield every file as it is read. What was lost with a worker is handed out again, in the end file by file."""
    jobs = options.jobs or default_jobs(len(todo))
    waiting = list(_batches(todo, jobs))
    for _ in range(TRIES):
        lost: list[Batch] = []
        with _workers(options, min(jobs, len(waiting))) as executor:
            for batches in [[batch] for batch in waiting] if isinstance(executor, ThisProcess) else [waiting]:
                futures = _submit(executor, options.check, batches, lost)
                options.meanwhile()
                yield from _results(executor, futures, lost)
        waiting = lost
        if not waiting:
            return
    for file in (file for batch in waiting for file in batch):
        yield _read_apart(file, options)


def _batches(todo: Sequence[tuple[int, FileSource]], jobs: int) -> Iterator[Batch]:
    """Cut the work into batches, the last of them small, so that all workers end at about the same time."""
    start = 0
    while start < len(todo):
        size = max(1, min(LARGEST_BATCH, (len(todo) - start) // (jobs * 4)))
        yield tuple(todo[start : start + size])
        start += size


def _workers(options: ReadOptions, jobs: int, *, apart: bool = False) -> AbstractContextManager[Executor]:
    return cluster(options.scheduler) if options.scheduler else local_pool(jobs, apart=apart)


def _submit(
    executor: Executor, check: Check, waiting: Iterable[Batch], lost: list[Batch]
) -> dict[Future[list[Packed]], Batch]:
    """Hand out each batch; those that no worker can take any more are added to ``lost``."""
    futures: dict[Future[list[Packed]], Batch] = {}
    for batch in waiting:
        try:
            futures[executor.submit(check_batch, check, batch)] = batch
        except BrokenExecutor:
            lost.append(batch)
    return futures


def _results(executor: Executor, futures: Mapping[Future[list[Packed]], Batch], lost: list[Batch]) -> Iterator[Packed]:
    """Yield the results of each batch as it is done; batches whose worker ended are added to ``lost``. A bug raises."""
    for future in as_done(executor, futures):
        problem = future.exception()
        if problem is None:
            yield from future.result()
        elif worker_was_lost(problem):
            lost.append(futures[future])
        else:
            raise problem


def _read_apart(file: tuple[int, FileSource], options: ReadOptions) -> Packed:
    """Read a file in a worker of its own, so that whatever ends that worker affects no other file."""
    lost: list[Batch] = []
    with _workers(options, 1, apart=True) as executor:
        read = list(_results(executor, _submit(executor, options.check, [(file,)], lost), lost))
    return read[0] if read else _crashed(file)


def _crashed(file: tuple[int, FileSource]) -> Packed:
    number, source = file
    problem = UnreadableFile(source.shown, Unreadable.DAMAGED, "reading it ends the program that reads it")
    return number, "", pack(unreadable_return(source.shown, problem))


def check_batch(check: Check, files: Batch) -> list[Packed]:
    """Check some files where they can be opened; runs in a worker."""
    read_once = lru_cache(maxsize=1)(read_email)  # the files of an email come one after the other
    return [_checked(check, number, source, read_once) for number, source in files]


def _checked(check: Check, number: int, source: FileSource, read_email: ReadEmail) -> Packed:
    """Check one file and pack the result. Whatever stops that is a finding on this file, never the end of a batch."""
    place = source.shown
    try:
        whole_file = not source.is_remote and not source.attachment
        with watched(), within_budget():
            checked = check(Path(place)) if whole_file else check(place, data=read_source(source, read_email))
            return number, checked.sha256, pack(checked)
    except UnreadableFile as problem:
        reason = problem
    except XlkpiError:
        raise  # such as a part of ours that is not installed: nothing to do with this file
    except Exception as problem:  # noqa: BLE001 - as in check_return; packing a result can stop as well
        reason = stopped(place, problem)
    return number, "", pack(unreadable_return(place, reason))
