"""What is tried: each kind of file that comes from outside, read as the commands read it.

A target raises nothing but our own exceptions, which end in a message; anything else is a bug, and so is a finding
that says that reading stopped unexpectedly.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

from tests.fuzz import seed_files
from tests.fuzz.budget import Failure, within_budget
from tests.fuzz.mutate import mutated_json, mutated_list, mutated_workbook
from tests.fuzz.seed_files import PERIOD, Seeds, as_workbook, seed, small_terms
from tests.small_catalogue import folder_files
from xlkpi import consolidate
from xlkpi.catalogue.ladder import parse_ladder
from xlkpi.catalogue.load import ContractTerms, load_terms
from xlkpi.cli.arguments import UsageError, day_argument
from xlkpi.commands.check import StoppedCopy, annotated_copy
from xlkpi.commands.previous import read_previous
from xlkpi.consolidation.email_attachments import read_attachments
from xlkpi.consolidation.read_returns import ReadOptions
from xlkpi.core.period import PeriodScheme
from xlkpi.core.period_text import find_periods, parse_period
from xlkpi.core.vocabulary import Frequency
from xlkpi.council.catalogue_folder import load_catalogue_folder
from xlkpi.council.decisions import read_decisions
from xlkpi.council.finance_settings import FinanceSettings, read_finance_settings
from xlkpi.council.register.read import read_register
from xlkpi.council.settings import read_settings
from xlkpi.council.targets import read_targets
from xlkpi.errors import Unreadable, UnreadableFile, UnwritableFile, XlkpiError
from xlkpi.finance.extract import read_extract
from xlkpi.finance.ledger import read_ledger
from xlkpi.finance.providers import ProviderDirectory
from xlkpi.ooxml.workbook import open_workbook
from xlkpi.reading.masters.lists import read_master
from xlkpi.reading.returns.check_return import check_return
from xlkpi.reading.returns.checked_return import CheckedReturn

OTHERS = ("P001", "P002", "P003")
STOPPED = ("stopped unexpectedly", "takes too long")


@dataclass(frozen=True)
class Target:
    """A kind of file: its seeds, how one is changed, and what reads it; of a thousand inputs, how many are of it."""

    seeds: Seeds
    mutate: Callable[[bytes, Random], bytes]
    run: Callable[[bytes], None]
    suffix: str
    of_1000: int


def run(name: str, data: bytes) -> None:
    """Read one input as its target does. Raises Failure where that gives anything but findings in time."""
    within_budget(lambda: _run(TARGETS[name], data))


def _run(target: Target, data: bytes) -> None:
    try:
        target.run(data)
    except StoppedCopy as problem:
        raise Failure(str(problem)) from problem
    except (XlkpiError, UsageError) as problem:
        if not str(problem).strip() or any(words in str(problem) for words in STOPPED):
            raise Failure(f"{type(problem).__name__}: {problem}") from problem


def mutated(name: str, number: int) -> bytes:
    """The input of a target that has this number, the same on every machine."""
    chance = Random(f"{name} {number}")
    target = TARGETS[name]
    return target.mutate(chance.choice(target.seeds()), chance)


def _checked(data: bytes, terms: ContractTerms | None) -> CheckedReturn:
    checked = check_return("return.xlsx", data=data, terms=terms)
    for finding in checked.findings:
        if any(words in finding.message for words in STOPPED):
            raise Failure(finding.message)
    return checked


def _check_small(data: bytes) -> None:
    _checked(data, small_terms())


def _copy_small(data: bytes) -> None:
    """Make the marked copy, which is read as the return that it is a copy of.

    It may be refused as damaged: the sheets of a copy are read whole, and in the file itself a fault may be in a cell
    that nothing is read from.
    """
    checked = _checked(data, small_terms())
    copy = None if checked.unreadable else annotated_copy(checked, data)
    again = _checked(copy, small_terms()) if copy else checked
    refused = again.unreadable and copy and _is_damaged(copy)
    if not refused and again.entries != checked.entries:
        raise Failure("the marked copy has other figures")


def _is_damaged(data: bytes) -> bool:
    try:
        open_workbook("return.xlsx", data=data).read_all()
    except UnreadableFile as problem:
        return problem.reason is Unreadable.DAMAGED
    return False


def _check(data: bytes) -> None:
    checked = _checked(data, None)
    if not checked.unreadable:
        annotated_copy(checked, data)


def _inbox(data: bytes) -> None:
    """Collect the file beside a sound one, which is used whatever the other is."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch, "in")
        folder.mkdir()
        (folder / "good.xlsx").write_bytes(seed_files.other_return())
        (folder / "changed.xlsx").write_bytes(data)
        with suppress(UnwritableFile):
            result = consolidate(folder, Path(scratch, "m.xlsx"), period=PERIOD, keep=False, jobs=1).consolidation
            used = [row.file for row in result.files if row.status.name == "USED"]
            if "good.xlsx" not in used:
                raise Failure(f"used: {used}")


@cache
def _desk() -> tempfile.TemporaryDirectory[str]:
    """Where a list is put down to be read: one folder for all, because making one takes longer than reading."""
    return tempfile.TemporaryDirectory()


def _on_disk(file: str, read: Callable[[Path], object]) -> Callable[[bytes], None]:
    def run_with_file(data: bytes) -> None:
        path = Path(_desk().name, file)
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
        read(path)

    return run_with_file


def _both(path: Path) -> None:
    with suppress(XlkpiError):
        read_master(path)
    _ = read_previous(path, load_terms(), ReadOptions(check_return)).record


def _contract(changed: Path) -> None:
    """Load a catalogue folder of which one file was changed."""
    folder = changed.parent
    for file, text in folder_files().items():
        if file != changed.name:
            (folder / file).write_text(text, encoding="utf-8")
    terms = load_catalogue_folder(folder)
    _ = (
        terms.in_force(PERIOD),
        terms.codes,
        terms.lots,
        parse_ladder(json.loads((folder / "ladder.json").read_text(encoding="utf-8-sig"))),
    )


LONGEST_ARGUMENT = 128 << 10
"""What Linux hands to a program as one argument; a cell of a workbook has less."""


def _argument(data: bytes) -> None:
    """Read a period of quarters and of months, and a day."""
    text = data[:LONGEST_ARGUMENT].decode("utf-8", "replace")
    for frequency in (Frequency.QUARTERLY, Frequency.MONTHLY):
        scheme = PeriodScheme(frequency, 4)
        _ = parse_period(text, scheme), list(find_periods(text, scheme))
    with suppress(UsageError):
        day_argument(text)


def _directory() -> ProviderDirectory:
    return ProviderDirectory(None, {number: f"Provider {number}" for number in OTHERS})


READERS: Mapping[str, tuple[Callable[[Path], object], int, int]] = {
    "register": (read_register, 90, 12),
    "ledger": (lambda path: read_ledger(path, _directory(), FinanceSettings()), 5, 3),
    "extract": (lambda path: read_extract(path, PERIOD, _directory(), {}), 60, 6),
    "decisions": (lambda path: read_decisions([path]), 100, 6),
    "s2_decisions": (lambda path: read_decisions([path]), 60, 4),
    "targets": (lambda path: read_targets(path, load_terms()), 60, 5),
}
"""What reads each list, and how many of a thousand inputs are such lists as CSV and as workbook."""

TARGETS: Mapping[str, Target] = {
    "small_return": Target(seed_files.small_returns, mutated_workbook, _check_small, ".xlsx", 110),
    "small_copy": Target(seed_files.small_copies, mutated_workbook, _copy_small, ".xlsx", 25),
    "return": Target(seed_files.returns, mutated_workbook, _check, ".xlsx", 5),
    "inbox": Target(seed_files.returns, mutated_workbook, _inbox, ".xlsx", 1),
    "master": Target(seed_files.masters, mutated_workbook, _on_disk("list.xlsx", _both), ".xlsx", 8),
    "settings": Target(seed("settings.toml"), mutated_list, _on_disk("list.toml", read_settings), ".toml", 200),
    "finance_settings": Target(
        seed("finance_settings.toml"), mutated_list, _on_disk("list.toml", read_finance_settings), ".toml", 100
    ),
    **{
        file: Target(seed_files.of_contract(file), mutated_json, _on_disk(f"contract/{file}", _contract), ".json", 10)
        for file in ("contract.json", "ladder.json", "small.1.json")
    },
    "argument": Target(seed_files.arguments, mutated_list, _argument, ".txt", 70),
    "email": Target(seed_files.emails, mutated_list, read_attachments, ".eml", 40),
    **{
        name: Target(seed(f"{name}.csv"), mutated_list, _on_disk("list.csv", read), ".csv", of_1000)
        for name, (read, of_1000, _) in READERS.items()
    },
    **{
        f"{name}_workbook": Target(
            as_workbook(f"{name}.csv"), mutated_workbook, _on_disk("list.xlsx", read), ".xlsx", of_1000
        )
        for name, (read, _, of_1000) in READERS.items()
    },
}
