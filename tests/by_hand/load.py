"""Ten thousand returns, and five minutes of the same work over and over: memory stays flat, the master is the same.

    python -m tests.by_hand.load                          10,000 returns, then 5 minutes; some ten minutes in all
    python -m tests.by_hand.load --returns 500 --minutes 0.5

The returns are kept in a folder of their own under --folder, if one is named, and used again by the next run.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from tests.corpus.many_returns import Q2, filled, providers
from xlkpi import consolidate

ROOT = Path(__file__).resolve().parents[2]
AS_OF = date(2026, 11, 24)
SOAK_RETURNS, WARM_UP = 40, 5
MEGABYTES_PER_1000 = 60
"""What a thousand returns may take more than none: their entries, and the rows of the master."""
GROWTH = 5
"""Megabytes that the soak may grow by after its first runs."""


def main() -> int:
    """Consolidate many returns, then a few again and again; status 1 where memory or a master is not right."""
    parser = argparse.ArgumentParser(prog="python -m tests.by_hand.load", description="Many returns, and many runs.")
    parser.add_argument("--returns", type=int, default=10_000)
    parser.add_argument("--minutes", type=float, default=5.0, help="of the soak")
    parser.add_argument("--folder", type=Path, help="where the returns are kept")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        os.environ.update(
            XLKPI_LOG=f"{scratch}/log", XLKPI_OUTPUTS=f"{scratch}/outputs", XLKPI_CACHE=f"{scratch}/cache"
        )
        folder = options.folder or Path(scratch, "returns")
        faults = [*many(_inbox(folder, options.returns), options.returns, Path(scratch))]
        faults += soak(_inbox(folder, SOAK_RETURNS), options.minutes, Path(scratch))
    for fault in faults:
        print(f"FAULT: {fault}")
    return 1 if faults else 0


def _inbox(folder: Path, count: int) -> Path:
    """So many returns; those that are there already are not made again."""
    inbox = folder / str(count)
    inbox.mkdir(parents=True, exist_ok=True)
    for who in providers(count):
        path = inbox / f"{who.provider_id}.xlsx"
        if not path.exists():
            part = path.with_suffix(".part")
            part.write_bytes(filled(who, 1)[0])
            part.replace(path)
    return inbox


def many(inbox: Path, count: int, scratch: Path) -> list[str]:
    """Consolidate twice, each in a process of its own; the second time the cache knows them all."""
    faults, digests = [], set()
    for label in ("cold", "again"):
        out = scratch / f"{label}.xlsx"
        words = [sys.executable, "-m", "xlkpi", "consolidate", str(inbox), "--out", str(out), "--period", str(Q2)]
        began = time.monotonic()
        done = subprocess.run([*words, "--as-of", str(AS_OF)], cwd=ROOT, capture_output=True, text=True, check=False)
        took = time.monotonic() - began
        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
        print(
            f"{count} returns, {label}: {took:.1f} s, largest process {memory} MB, status {done.returncode}", flush=True
        )
        if f"{count} used" not in done.stdout:
            faults.append(f"{label}: {done.stdout[-300:]}{done.stderr[-300:]}")
        if memory > 100 + MEGABYTES_PER_1000 * count / 1000:
            faults.append(f"{label}: {memory} MB")
        if out.exists():
            digests.add(hashlib.sha256(out.read_bytes()).hexdigest())
    return [*faults, *(["two runs gave two masters"] if len(digests) != 1 else [])]


def soak(inbox: Path, minutes: float, scratch: Path) -> list[str]:
    """Consolidate the same few returns in this process until the time is over."""
    out = scratch / "soak.xlsx"
    digests: set[str] = set()
    sizes: list[int] = []
    end = time.monotonic() + minutes * 60
    while time.monotonic() < end or len(sizes) <= WARM_UP:
        consolidate(inbox, out, period=Q2, as_of=AS_OF, keep=False, jobs=1, overwrite=True)
        digests.add(hashlib.sha256(out.read_bytes()).hexdigest())
        sizes.append(_resident())
    print(
        f"{len(sizes)} runs, {len(digests)} sha256, {sizes[WARM_UP]} MB after {WARM_UP} runs, {sizes[-1]} MB at the end"
    )
    faults = [f"{len(digests)} different masters"] if len(digests) != 1 else []
    return faults + ([f"memory grew to {sizes[-1]} MB"] if sizes[-1] > sizes[WARM_UP] + GROWTH else [])


def _resident() -> int:
    """Megabytes that this process has in memory now."""
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * resource.getpagesize() >> 20


if __name__ == "__main__":
    sys.exit(main())
