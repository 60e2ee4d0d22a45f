"""From a folder of returns to a finished master, against what people write themselves, on the same files in one run.

    python tests/bench/bench_consolidate.py [FILES] [ROUNDS]          cold, and again with one new return
    python tests/bench/bench_consolidate.py whole [FILES] [ROUNDS]    the same with returns of all lots at year's end
    python tests/bench/bench_consolidate.py growth [FILES ...]        100, 1,000 and 10,000 files by default

Every run is a whole process as the shell starts it, its modules compiled as pip leaves them. A cold run has neither a
cache nor a master made before; one with a new return has both, and compares with that master. Rounds go round all
contestants, so that a busy machine slows all alike; the medians' ratios are what to trust. Ours uses every core and the
others one: where other programs want the cores, only the seconds of the processor compare. Memory is the sum over all
processes of a run, what they share counted once (Linux only).
"""

from __future__ import annotations

import compileall
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.corpus.many_returns import Q2, filled, providers  # noqa: E402 - the checkout goes first
from xlkpi.catalogue.load import load_terms  # noqa: E402 - as above
from xlkpi.core.lot import Provider  # noqa: E402 - as above
from xlkpi.core.period import Period  # noqa: E402 - as above

BENCH = ROOT / "tests/bench"
BARS = {"pandas, openpyxl engine": 15, "openpyxl loop": 0, "pandas, calamine engine": 7}


@dataclass(frozen=True)
class County:
    """Which returns: by default of mixed lots for a half-year, about 13 indicators each; whole, 37 each."""

    period: Period = Q2
    whole: bool = False

    def providers(self, count: int) -> tuple[Provider, ...]:
        everybody = providers(count)
        lots = load_terms().lots
        return tuple(replace(who, lots=lots, transport=True) for who in everybody) if self.whole else everybody


def make_inbox(folder: Path, count: int, county: County) -> tuple[Path, Path, bytes]:
    """The inbox, the register and one more return that is yet to come."""
    everybody = county.providers(count + 1)
    inbox = folder / f"inbox {count}"
    inbox.mkdir()
    for who in everybody[:count]:
        (inbox / f"KPI return {who.provider_id}.xlsx").write_bytes(filled(who, 1, county.period)[0])
    lines = ["provider_id,provider,type,lots,transport,email,contact_1"]
    for who in everybody:
        contact = f"{who.contacts[0].name};{who.contacts[0].position};{who.contacts[0].email};"
        lots = ";".join(who.lots)
        lines.append(f"{who.provider_id},{who.name},SME,{lots},{'yes' if who.transport else 'no'},,{contact}")
    register = folder / f"register {count}.csv"
    register.write_text("\n".join(lines), encoding="utf-8")
    return inbox, register, filled(everybody[count], 1, county.period)[0]


class Took(NamedTuple):
    """How long a command takes as a whole process: on the wall, and of the processor in all its processes."""

    wall: float
    processor: float


def seconds(command: list[str], cache: Path) -> Took:
    """Time a command as a whole process."""
    variables = environment(cache)
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(command, env=variables, capture_output=True, check=False, cwd=ROOT)
    wall, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    took = Took(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    if done.returncode not in (0, 1):
        raise SystemExit(done.stderr.decode())
    return took


def environment(cache: Path) -> dict[str, str]:
    """Of a run; with compiled modules as they are after an installation, whatever the machine's own habit."""
    compileall.compile_dir(ROOT / "xlkpi", quiet=1)
    return {**os.environ, "XLKPI_CACHE": str(cache), "PYTHONPATH": str(ROOT)}


def most_memory(command: list[str], cache: Path) -> float:
    """The most megabytes that the processes of a run hold together at any time."""
    most = 0
    with subprocess.Popen(command, env=environment(cache), stdout=-3, stderr=-3, cwd=ROOT) as run:
        while run.poll() is None:
            most = max(most, sum(_held(pid) for pid in _family(run.pid)))
            time.sleep(0.01)
    return most / 1024


def median(times: list[Took]) -> Took:
    """The median on the wall and that of the processor."""
    return Took(statistics.median(each.wall for each in times), statistics.median(each.processor for each in times))


def _family(pid: int) -> list[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return [pid]
    return [pid, *(member for child in children for member in _family(int(child)))]


def _held(pid: int) -> int:
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    except OSError:
        pass
    return 0


def xlkpi(inbox: Path, register: Path, out: Path, county: County) -> list[str]:
    command = [sys.executable, "-m", "xlkpi", "consolidate", str(inbox), "--out", str(out), "--as-of", "2026-11-24"]
    return [*command, "--register", str(register), "--period", str(county.period)]


def against_peers(count: int, rounds: int, county: County) -> None:
    """The bars of the issue: how many times as long the others take."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        inbox, register, late = make_inbox(folder, count, county)
        ours = xlkpi(inbox, register, folder / "master.xlsx", county)
        peer = [sys.executable, str(BENCH / "peer_pandas.py"), str(inbox), str(folder / "peer.xlsx")]
        loop = [sys.executable, str(BENCH / "peer_openpyxl.py"), str(inbox), str(folder / "loop.xlsx")]
        others = {"pandas, openpyxl engine": [*peer, "openpyxl"], "openpyxl loop": loop}
        others["pandas, calamine engine"] = [*peer, "calamine"]
        took: dict[str, list[Took]] = {}
        for number in range(rounds):
            cache = folder / f"kept {number}"
            new = inbox / f"late {number}.xlsx"
            (folder / "master.xlsx").unlink(missing_ok=True)
            took.setdefault("xlkpi, cold", []).append(seconds(ours, cache))
            new.write_bytes(late)
            took.setdefault("xlkpi, one new return", []).append(seconds(ours, cache))
            new.unlink()
            for name, command in others.items():
                took.setdefault(name, []).append(seconds(command, cache))
        cold, warm = (median(took[name]) for name in ("xlkpi, cold", "xlkpi, one new return"))
        print(f"{count} returns, {rounds} rounds, medians")
        for name, times in took.items():
            mine = median(times)
            bar = f"   (bar: {BARS[name]} cold)" if BARS.get(name) else ""
            ratios = f"{mine.wall / cold.wall:6.1f} × cold   {mine.wall / warm.wall:6.1f} × one new"
            processor = f"processor {mine.processor:6.2f} s {mine.processor / cold.processor:6.1f} × cold"
            print(f"{name:26}{mine.wall:8.2f} s   {ratios}   {processor}{bar}")
        memory = most_memory([*ours, "--afresh"], folder / "none")
        print(f"most memory, all processes of a cold run: {memory:.0f} MB   (bar: 300)")


def growth(counts: list[int]) -> None:
    """Time in proportion to files."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        print(f"{'files':>8}{'cold s':>10}{'ms a file':>11}{'again s':>10}{'ms a file':>11}{'MB':>8}")
        for count in counts:
            inbox, register, _ = make_inbox(folder, count, County())
            ours, cache = xlkpi(inbox, register, folder / "master.xlsx", County()), folder / f"kept {count}"
            cold, again = seconds(ours, cache).wall, seconds(ours, cache).wall
            memory = most_memory([*ours, "--afresh"], cache)
            each = (cold / count * 1000, again / count * 1000)
            print(f"{count:8}{cold:10.2f}{each[0]:11.2f}{again:10.2f}{each[1]:11.2f}{memory:8.0f}")


if __name__ == "__main__":
    given = sys.argv[1:]
    if given[:1] == ["growth"]:
        growth([int(count) for count in given[1:]] or [100, 1_000, 10_000])
    else:
        county = County(Period(2026, 4), whole=True) if given[:1] == ["whole"] else County()
        sizes = [int(size) for size in given if size.isdecimal()]
        against_peers(*(sizes + [500, 3][len(sizes) :]), county)
