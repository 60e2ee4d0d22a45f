"""Fuzz for longer than the suite does.

    python -m tests.fuzz --minutes 5                       as the nightly workflow does
    python -m tests.fuzz --inputs 1000000 --workers 2      so many inputs, of every kind
    python -m tests.fuzz --inputs 1000 --only return,ledger --start 50000
    python -m tests.fuzz --inputs 1 --only ledger --start 51234     one input again

Every input has a number and is the same on every machine: the number says its kind, too. After every few thousand a
line says how far it came, so that a run that was stopped goes on with --start. An input that fails is written to
tests/fuzz/failures, and the run goes on; it ends with status 1 then. Moved to tests/fuzz/seeds/<kind>, it is tried in
every run of the suite.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
import tempfile
import time
import traceback
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from multiprocessing.pool import AsyncResult
from pathlib import Path
from random import Random

from tests.fuzz.targets import TARGETS, mutated, run

FAILURES = Path(__file__).with_name("failures")
CHUNK = 2_000
"""Inputs that one process tries, so that what one leaves behind is never mistaken for what another takes."""
Tally = tuple[Counter[str], Counter[str]]
"""How many of each kind were tried, and how many failed."""


def main() -> int:
    """Try inputs until the time is over or there were as many as asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description="Read files changed at random.")
    parser.add_argument("--minutes", type=float, default=10**6, help="how long; by default until --inputs are done")
    parser.add_argument("--inputs", type=int, default=10**9, help="how many")
    parser.add_argument("--start", type=int, default=1_000, help="the number of the first one")
    parser.add_argument("--only", default="", help="kinds of file, with commas between them")
    parser.add_argument("--workers", type=int, default=1, help="how many processes at a time")
    options = parser.parse_args()
    kinds = options.only.split(",") if options.only else list(TARGETS)
    end = time.monotonic() + options.minutes * 60
    last = options.start + options.inputs
    chunks = ((kinds, first, min(first + CHUNK, last)) for first in range(options.start, last, CHUNK))
    tried, failed = Counter[str](), Counter[str]()
    began = time.monotonic()
    for before, (more, wrong) in _in_processes(chunks, options.workers, end):
        tried += more
        failed += wrong
        rate = tried.total() / (time.monotonic() - began)
        print(f"{tried.total():9,} inputs, all to number {before - 1}, {failed.total()} failed, {rate:.0f} a second",
              flush=True)  # fmt: skip
    for kind in sorted(tried):
        print(f"{kind:22} {tried[kind]:9,} inputs {failed[kind]:4} failed")
    print(f"{tried.total():,} inputs, {failed.total()} failed")
    return 1 if failed.total() else 0


def _in_processes(
    chunks: Iterator[tuple[Sequence[str], int, int]], workers: int, end: float
) -> Iterator[tuple[int, Tally]]:
    """Try chunk after chunk, each in a process of its own that has all seeds. Gives each one's end and tally."""
    for target in TARGETS.values():
        target.seeds()
    with tempfile.TemporaryDirectory(dir=_in_memory()) as scratch:
        os.environ.update(XLKPI_LOG=f"{scratch}/log", XLKPI_CACHE=f"{scratch}/cache", XLKPI_OUTPUTS=f"{scratch}/o")
        os.environ["TMPDIR"] = tempfile.tempdir = scratch
        forked = multiprocessing.get_context("fork")
        with forked.Pool(workers, maxtasksperchild=1) as pool:
            begun: deque[AsyncResult[tuple[int, Tally]]] = deque()
            for chunk in chunks:
                if time.monotonic() > end:
                    break
                begun.append(pool.apply_async(_try_chunk, chunk))
                if len(begun) == workers:
                    yield begun.popleft().get()
            yield from (waiting.get() for waiting in begun)


def _in_memory() -> str | None:
    return "/dev/shm" if Path("/dev/shm").is_dir() else None


def _try_chunk(kinds: Sequence[str], first: int, after: int) -> tuple[int, Tally]:
    by_turns = _by_turns(kinds)
    tried, failed = Counter[str](), Counter[str]()
    for number in range(first, after):
        kind = by_turns[number % len(by_turns)]
        tried[kind] += 1
        failed[kind] += _try(kind, number)
    return after, (tried, failed)


def _by_turns(kinds: Sequence[str]) -> list[str]:
    """The kinds of a thousand numbers after each other, each as often as it is tried."""
    turns = [kind for kind in kinds for _ in range(TARGETS[kind].of_1000)]
    Random(len(turns)).shuffle(turns)
    return turns


def _try(kind: str, number: int) -> bool:
    """Try one input; tells whether it failed."""
    data = mutated(kind, number)
    try:
        run(kind, data)
    except Exception:  # noqa: BLE001 - whatever it is, it is a failure of this input
        FAILURES.mkdir(exist_ok=True)
        path = FAILURES / f"{kind} {number}{TARGETS[kind].suffix}"
        path.write_bytes(data)
        print(f"{path}\n{traceback.format_exc(limit=-4)}", file=sys.stderr, flush=True)
        return True
    return False


if __name__ == "__main__":
    sys.exit(main())
