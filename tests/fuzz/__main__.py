"""Fuzz for longer than the suite does.

    python -m tests.fuzz --minutes 5           as the nightly workflow does
    python -m tests.fuzz --inputs 20000        so many inputs, by turns of every kind
    python -m tests.fuzz --inputs 1000 --only return,ledger --start 50000

Every input has a number and is the same on every machine. One that fails is written to tests/fuzz/failures, and the
run goes on; it ends with status 1 then. Moved to tests/fuzz/seeds/<kind>, it is tried in every run of the suite.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path
from random import Random

from tests.fuzz.targets import TARGETS, mutated, run

FAILURES = Path(__file__).with_name("failures")
SELDOM, EVERY = ("inbox", "master"), 10
"""What takes some hundred times as long is tried one time in ten."""


def main() -> int:
    """Try inputs until the time is over or there were as many as asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description="Read files changed at random.")
    parser.add_argument("--minutes", type=float, help="how long; by default until --inputs are done")
    parser.add_argument("--inputs", type=int, default=0, help="how many")
    parser.add_argument("--start", type=int, default=1_000, help="the number of the first one")
    parser.add_argument("--only", default="", help="kinds of file, with commas between them")
    options = parser.parse_args()
    kinds = options.only.split(",") if options.only else list(TARGETS)
    end = time.monotonic() + (options.minutes * 60 if options.minutes else 10**9)
    most = options.inputs or (10**9 if options.minutes else 20_000)
    tried: Counter[str] = Counter()
    failed: Counter[str] = Counter()
    number = options.start
    with tempfile.TemporaryDirectory() as scratch:
        os.environ.update(
            XLKPI_LOG=f"{scratch}/xlkpi.log", XLKPI_CACHE=f"{scratch}/cache", XLKPI_OUTPUTS=f"{scratch}/o"
        )
        while time.monotonic() < end and tried.total() < most:
            for kind in kinds:
                if not (kind in SELDOM and number % EVERY):
                    tried[kind] += 1
                    failed[kind] += _try(kind, number)
            number += 1
    for kind in kinds:
        print(f"{kind:22} {tried[kind]:8} inputs {failed[kind]:4} failed")
    print(f"{tried.total()} inputs from number {options.start} to {number - 1}, {failed.total()} failed")
    return 1 if failed.total() else 0


def _try(kind: str, number: int) -> bool:
    """Try one input; tells whether it failed."""
    data = mutated(kind, Random(f"{kind} {number}"))
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
