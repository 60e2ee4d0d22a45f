"""A contract folder of three years, 60 providers and 720 returns, as ratios in one run.

    python tests/bench/bench_contract.py [PROVIDERS] [QUARTERS] [ROUNDS]

Ratios are of the processor's seconds, of all processes of a run together: a busy machine changes those on the wall.
What a file costs alone is a cold run over as many returns of a single quarter, divided by their number: a whole folder
may cost a fifth more than so many files, as it has a history to show. `xlkpi status`, and a master with one return
that is new, may cost a third of a cold run. Memory is that of all processes of a run (Linux only).
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.bench.bench_consolidate import environment, most_memory  # noqa: E402 - the checkout goes first
from tests.corpus.many_returns import filled, providers  # noqa: E402 - as above
from xlkpi.core.period import Period  # noqa: E402 - as above

LAST = Period(2028, 4)
AS_OF = LAST.end + timedelta(days=60)
ALONE, COLD = "as many of one quarter, cold", "whole folder, cold"
BARS = {"status": 1 / 3, "one new return": 1 / 3, COLD: 1.2}


@dataclass(frozen=True)
class Contract:
    """A contract folder on disk, the files of its inbox that come last, and where one of them is put."""

    folder: Path
    late: Path
    content: bytes

    def command(self, name: str, *more: str) -> list[str]:
        return [sys.executable, "-m", "xlkpi", name, *more, "--as-of", AS_OF.isoformat(), "--period", str(LAST)]

    def consolidate(self) -> list[str]:
        return self.command("consolidate", str(self.folder))


def make_contract(folder: Path, count: int, quarters: int) -> Contract:
    """A contract folder with the returns of so many providers and quarters; one return is yet to come."""
    results = [sys.executable, "-m", "xlkpi", "new", str(folder)]
    subprocess.run(results, env=environment(folder.parent / "no cache"), check=True, capture_output=True, cwd=ROOT)
    everybody = providers(count)
    lines = ["provider_id,provider,type,lots,transport,contract_start,contract_end,email,contact_1"]
    for who in everybody:
        contact = f"{who.contacts[0].name};{who.contacts[0].position};{who.contacts[0].email};"
        lots, transport = ";".join(who.lots), "yes" if who.transport else "no"
        lines.append(f"{who.provider_id},{who.name},SME,{lots},{transport},2020-04-01,2032-03-31,,{contact}")
    (folder / "register.csv").write_text("\n".join(lines), encoding="utf-8")
    content = b""
    for number in reversed(range(quarters)):
        period = LAST.back(number)
        saved = f"{period.end + timedelta(days=12)}T09:00:00Z"
        inbox = folder / "inbox" / str(period)
        inbox.mkdir(parents=True)
        for who in everybody:
            content = filled(who, number, period, saved)[0]
            (inbox / f"KPI return {who.provider_id} {period}.xlsx").write_bytes(content)
    late = inbox / f"KPI return {everybody[-1].provider_id} {period}.xlsx"
    return Contract(folder, late, content)


def cost(command: list[str], cache: Path) -> tuple[float, float]:
    """What a command costs: seconds of the processor in all its processes, and seconds on the wall."""
    variables = environment(cache)
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(command, env=variables, capture_output=True, check=False, cwd=ROOT)
    took, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in (0, 1):
        raise SystemExit(done.stderr.decode())
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, took


def measured(folder: Path, count: int, quarters: int, rounds: int) -> dict[str, tuple[float, float]]:
    """The median cost of each run, by its name; a new cache in every round."""
    contract = make_contract(folder / "contract", count, quarters)
    alone = make_contract(folder / "one quarter", count * quarters, 1)
    took: dict[str, list[tuple[float, float]]] = {}
    for number in range(rounds):
        cache, other = folder / f"cache {number}", folder / f"cache of one quarter {number}"
        took.setdefault(ALONE, []).append(cost(alone.consolidate(), other))
        contract.late.unlink()
        took.setdefault(COLD, []).append(cost(contract.consolidate(), cache))
        contract.late.write_bytes(contract.content)
        took.setdefault("one new return", []).append(cost(contract.consolidate(), cache))
        took.setdefault("status", []).append(cost(contract.command("status", str(contract.folder)), cache))
        took.setdefault("escalate", []).append(cost(contract.command("escalate", str(contract.folder)), cache))
    memory = most_memory([*contract.consolidate(), "--no-cache"], folder / "none")
    print(f"most memory, all processes of a cold run: {memory:.0f} MB   (bar: 300)")
    return {name: tuple(map(statistics.median, zip(*costs, strict=True))) for name, costs in took.items()}


def main(count: int = 60, quarters: int = 12, rounds: int = 3) -> None:
    """Measure round by round, and print medians and ratios."""
    with tempfile.TemporaryDirectory() as scratch:
        middle = measured(Path(scratch), count, quarters, rounds)
    print(f"{count} providers, {quarters} quarters, {count * quarters} returns, {rounds} rounds, medians")
    print(f"{'':30}{'processor':>10}{'ratio':>7}{'wall':>10}{'ratio':>7}")
    for name, costs in middle.items():
        whole = middle[ALONE if name == COLD else COLD]
        columns = "".join(f"{cost:8.2f} s{cost / of:7.2f}" for cost, of in zip(costs, whole, strict=True))
        print(f"{name:30}{columns}{f'   (bar: {BARS[name]:.2f})' if name in BARS else ''}")


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:]))
