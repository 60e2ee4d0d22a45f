"""What is tried: each kind of file that comes from outside, read as the commands read it.

A target raises nothing but our own exceptions, which end in a message; anything else is a bug, and so is a finding
that says that reading stopped unexpectedly.
"""

from __future__ import annotations

import csv
import io
import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

import openpyxl

from tests.fuzz.mutate import mutated_list, mutated_workbook
from tests.reading.return_edits import clean, filled, typed
from xlkpi import consolidate
from xlkpi.catalogue.load import load_terms
from xlkpi.commands.check import StoppedCopy, annotated_copy
from xlkpi.commands.previous import read_previous
from xlkpi.consolidation.read_returns import ReadOptions
from xlkpi.core.lot import Provider
from xlkpi.core.period import Period
from xlkpi.council.decisions import read_decisions
from xlkpi.council.finance_settings import FinanceSettings
from xlkpi.council.register.read import read_register
from xlkpi.council.settings import read_settings
from xlkpi.errors import UnwritableFile, XlkpiError
from xlkpi.finance.extract import read_extract
from xlkpi.finance.ledger import read_ledger
from xlkpi.finance.providers import ProviderDirectory
from xlkpi.reading.masters.lists import read_master
from xlkpi.reading.returns.check_return import check_return

SEEDS = Path(__file__).with_name("seeds")
BUDGET_SECONDS = 2.0
PERIOD = Period(2026, 2)
OTHERS = ("P001", "P002", "P003")
STOPPED = ("stopped unexpectedly", "takes too long")


class Failure(AssertionError):
    """An input did something other than giving findings."""


@dataclass(frozen=True)
class Target:
    """A kind of file: its seeds, how one is changed, and what reads it."""

    seeds: Callable[[], tuple[bytes, ...]]
    mutate: Callable[[bytes, Random], bytes]
    run: Callable[[bytes], None]
    suffix: str


def run(name: str, data: bytes) -> None:
    """Read one input as its target does. Raises Failure where that gives anything but findings in time."""
    began = time.process_time()
    try:
        TARGETS[name].run(data)
    except StoppedCopy as problem:
        raise Failure(str(problem)) from problem
    except XlkpiError as problem:
        if not str(problem).strip() or any(words in str(problem) for words in STOPPED):
            raise Failure(f"{type(problem).__name__}: {problem}") from problem
    took = time.process_time() - began
    if took > BUDGET_SECONDS:
        raise Failure(f"{took:.1f} s")


def mutated(name: str, chance: Random) -> bytes:
    """One input of a target."""
    target = TARGETS[name]
    return target.mutate(chance.choice(target.seeds()), chance)


def _check(data: bytes) -> None:
    checked = check_return("return.xlsx", data=data)
    for found in checked.findings:
        if any(words in found.message for words in STOPPED):
            raise Failure(found.message)
    if not checked.unreadable:
        annotated_copy(checked, data)


def _inbox(data: bytes) -> None:
    """Collect the file beside a sound one, which is used whatever the other is."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch, "in")
        folder.mkdir()
        (folder / "good.xlsx").write_bytes(_other_return())
        (folder / "changed.xlsx").write_bytes(data)
        with suppress(UnwritableFile):
            result = consolidate(folder, Path(scratch, "m.xlsx"), period=PERIOD, keep=False, jobs=1).consolidation
            used = [row.file for row in result.files if row.status.name == "USED"]
            if "good.xlsx" not in used:
                raise Failure(f"used: {used}")


def _on_disk(suffix: str, read: Callable[[Path], object]) -> Callable[[bytes], None]:
    def run_with_file(data: bytes) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, f"list{suffix}")
            path.write_bytes(data)
            read(path)

    return run_with_file


def _both(path: Path) -> None:
    with suppress(XlkpiError):
        read_master(path)
    _ = read_previous(path, load_terms(), ReadOptions(check_return)).record


def _directory() -> ProviderDirectory:
    return ProviderDirectory(None, {number: f"Provider {number}" for number in OTHERS})


READERS: Mapping[str, Callable[[Path], object]] = {
    "register": read_register,
    "ledger": lambda path: read_ledger(path, _directory(), FinanceSettings()),
    "extract": lambda path: read_extract(path, PERIOD, _directory(), {}),
    "decisions": lambda path: read_decisions([path]),
    "s2_decisions": lambda path: read_decisions([path]),
}


@cache
def _returns() -> tuple[bytes, ...]:
    """A sound return, one with mistakes, and the marked copy of that."""
    mistakes = typed(**{"KPI_S1.x": "12 visits", "KPI_S1.y": -4, "KPI_S2.x": 50, "KPI_S2.comment": "A reason"})
    marked = annotated_copy(check_return("return.xlsx", data=mistakes), mistakes)
    return (clean(), mistakes, marked or mistakes)


@cache
def _other_return() -> bytes:
    return filled(provider=Provider("P02", "Elm", lots=("1a",)))


@cache
def _masters() -> tuple[bytes, ...]:
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch, "in")
        folder.mkdir()
        (folder / "good.xlsx").write_bytes(_other_return())
        consolidate(folder, Path(scratch, "m.xlsx"), period=PERIOD, keep=False, jobs=1)
        return (Path(scratch, "m.xlsx").read_bytes(),)


def _seed(name: str) -> Callable[[], tuple[bytes, ...]]:
    return cache(lambda: (SEEDS.joinpath(name).read_bytes(),))


def _as_workbook(name: str) -> Callable[[], tuple[bytes, ...]]:
    """The list as a sheet of a workbook."""

    @cache
    def seeds() -> tuple[bytes, ...]:
        book = openpyxl.Workbook()
        for row in csv.reader(io.StringIO(SEEDS.joinpath(name).read_text("utf-8-sig"))):
            book.active.append(row)
        out = io.BytesIO()
        book.save(out)
        return (out.getvalue(),)

    return seeds


TARGETS: Mapping[str, Target] = {
    "return": Target(_returns, mutated_workbook, _check, ".xlsx"),
    "inbox": Target(_returns, mutated_workbook, _inbox, ".xlsx"),
    "master": Target(_masters, mutated_workbook, _on_disk(".xlsx", _both), ".xlsx"),
    "settings": Target(_seed("settings.toml"), mutated_list, _on_disk(".toml", read_settings), ".toml"),
    **{
        name: Target(_seed(f"{name}.csv"), mutated_list, _on_disk(".csv", read), ".csv")
        for name, read in READERS.items()
    },
    **{
        f"{name}_workbook": Target(_as_workbook(f"{name}.csv"), mutated_workbook, _on_disk(".xlsx", read), ".xlsx")
        for name, read in READERS.items()
    },
}
