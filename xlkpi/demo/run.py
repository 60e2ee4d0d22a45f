"""A contract of eight periods on sample data: returns are built, filled in as people do, checked and consolidated."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from xlkpi.catalogue.load import Catalogue, load_catalogue, load_terms
from xlkpi.commands.build import build_returns, sender_of
from xlkpi.commands.check import annotated_copy, copy_name
from xlkpi.commands.consolidate import Master, consolidate
from xlkpi.commands.contract import ContractRun
from xlkpi.commands.feedback import Feedback, make_feedback
from xlkpi.commands.finance import FinanceReport, blank_ledger, finance_check
from xlkpi.commands.last_figures import last_figures
from xlkpi.commands.previous import read_previous
from xlkpi.commands.read_options import read_options
from xlkpi.commands.status import ContractStatus, read_status
from xlkpi.consolidation.file_sources import FileSource
from xlkpi.consolidation.read_returns import read_all
from xlkpi.consolidation.result import FileStatus
from xlkpi.core.contract_places import DECISIONS, EXTRACT, MEETINGS, SETTINGS_NAME
from xlkpi.core.contract_places import REGISTER as REGISTER_NAME
from xlkpi.core.lot import Provider
from xlkpi.council import Council, Settings
from xlkpi.council.contract_files import SUB_FOLDERS
from xlkpi.council.contract_folder import ContractFolder
from xlkpi.demo.delivered_files import write_inbox
from xlkpi.demo.deliveries import Delivery, plan_deliveries, plan_earlier_deliveries
from xlkpi.demo.sample import (
    DEMO_DAY,
    DEMO_PERIOD,
    EARLIER_PERIODS,
    MEETING_LIST,
    REGISTER,
    SETTINGS,
    read_sample_register,
    read_sample_settings,
)
from xlkpi.demo.sample_decisions import make_decisions
from xlkpi.demo.sample_ledger import collect_entries, make_extract, make_ledger
from xlkpi.demo.stories import describe_stories
from xlkpi.errors import UnwritableFile
from xlkpi.layout.plan import plan_return
from xlkpi.layout.provider_texts import LastFigures
from xlkpi.reading.returns.checked_return import CheckedReturn, Status
from xlkpi.reading.returns.seal_key import without_seals
from xlkpi.writing.files import refuse_path, write_whole
from xlkpi.writing.libreoffice.convert import resave
from xlkpi.writing.libreoffice.process import find_office
from xlkpi.writing.returns.write_return import write_return

MARKER, MARKER_TEXT = (
    ".xlkpi-demo",
    b"xlkpi demo wrote this folder, and empties its own folders here when it runs again.\n",
)
README = "README.txt"
README_TEXT = """\
Eight periods of a made-up contract, from 2024-25 Q3 to 2026-27 Q2, as they are on 24 November 2026.\r
\r
This is a contract folder: in it, every command runs without arguments. Try: xlkpi status --as-of 2026-11-24\r
\r
The stories:\r
\r
{stories}\r
"""
Step = Callable[[str], None]
Figures = Mapping[str, Mapping[str, LastFigures]]


@dataclass(frozen=True)
class Demonstration:
    """What the demonstration wrote, and where."""

    run: ContractRun
    built: int
    sent: int
    checked: tuple[CheckedReturn, ...]
    copies: tuple[Path, ...]
    converted: bool
    master: Master
    feedback: Feedback
    finance: FinanceReport
    status: ContractStatus


@dataclass(frozen=True)
class _Stage:
    """The contract folder of the demonstration and what every step needs."""

    run: ContractRun
    catalogue: Catalogue
    settings: Settings
    providers: tuple[Provider, ...]
    office: str
    announce: Step

    @property
    def contract(self) -> ContractFolder:
        return self.run.contract

    @property
    def folder(self) -> Path:
        return self.contract.root

    @property
    def inbox(self) -> Path:
        return self.contract.inbox


def run_demo(folder: Path, *, step: Step, with_office: bool = True) -> Demonstration:
    """Play eight periods of a contract in ``folder``, which becomes a contract folder.

    ``step`` is called with a sentence about each step before it begins. ``with_office=False`` leaves out what only
    LibreOffice can do, so that the same bytes come out everywhere. Raises UnwritableFile where the folder contains
    other files, or cannot be written.
    """
    with without_seals():  # the samples have the same bytes on every computer
        return _run_demo(folder, step, with_office=with_office)


def _run_demo(folder: Path, step: Step, *, with_office: bool) -> Demonstration:
    _make_room(folder)
    office = find_office() if with_office else ""
    run = ContractRun(ContractFolder(folder), DEMO_PERIOD, is_named=True)
    stage = _Stage(run, load_catalogue(), read_sample_settings(), read_sample_register(), office, step)
    _write_lists(stage)
    _fill_in_earlier(stage)
    built = _build(stage)
    sent = _fill_in(stage)
    step("Checking each return")
    checked = read_all([FileSource(path.name, str(path)) for path in sent], read_options(load_terms()))
    finance = _check_finance(stage, checked)
    master = _consolidate(stage)
    step("Writing to each provider")
    feedback = make_feedback(master.path, run.feedback, register=run.register, as_of=DEMO_DAY, pdf=bool(office))
    copies = _annotate(run.out / "checked", _used_returns(master, checked))
    step("Looking at what is next")
    status = read_status(run, DEMO_DAY)
    return Demonstration(run, built, len(sent), checked, copies, bool(office), master, feedback, finance, status)


def _write_lists(stage: _Stage) -> None:
    folder = stage.folder
    write_whole(folder / f"{REGISTER_NAME}.csv", REGISTER.read_bytes())
    write_whole(folder / SETTINGS_NAME, SETTINGS.read_bytes())
    write_whole(folder / f"{MEETINGS}.csv", MEETING_LIST.read_bytes())
    write_whole(folder / README, README_TEXT.format(stories=describe_stories()).encode("utf-8"))
    for name in SUB_FOLDERS:
        (folder / name).mkdir(exist_ok=True)


def _fill_in_earlier(stage: _Stage) -> None:
    stage.announce("Writing the returns of seven earlier periods")
    for period in EARLIER_PERIODS:
        deliveries = plan_earlier_deliveries(stage.catalogue, stage.providers, stage.settings, period)
        write_inbox(stage.inbox / str(period), deliveries, partial(_fill_workbook, stage, {}))


def _build(stage: _Stage) -> int:
    stage.announce(f"Building the return workbooks of {DEMO_PERIOD}")
    run = stage.run
    return len(build_returns(run.register, DEMO_PERIOD, run.returns, contract=stage.contract).files)


def _fill_in(stage: _Stage) -> tuple[Path, ...]:
    stage.announce("Filling them in the way people do")
    terms = load_terms()
    earlier = read_previous(stage.inbox, terms, read_options(terms))  # as building read them
    rows = earlier.complete(Council(terms), DEMO_PERIOD, DEMO_DAY).rows
    previous = last_figures(rows, DEMO_PERIOD, terms)
    convert = partial(resave, office=stage.office) if stage.office else None
    deliveries = plan_deliveries(stage.catalogue, stage.providers, stage.settings)
    return write_inbox(stage.inbox, deliveries, partial(_fill_workbook, stage, previous), convert)


def _check_finance(stage: _Stage, checked: Sequence[CheckedReturn]) -> FinanceReport:
    stage.announce("Writing the Council's own ledger, extract and decisions")
    entries = collect_entries(checked, str(DEMO_PERIOD))
    run = stage.run
    write_whole(run.ledger / "ledger.csv", make_ledger(entries))
    write_whole(stage.folder / EXTRACT / "extract.csv", make_extract(entries, str(DEMO_PERIOD)))
    write_whole(stage.folder / f"{DECISIONS}.csv", make_decisions(entries))
    blank_ledger(run.out / "KCC invoice ledger.xlsx", DEMO_PERIOD, overwrite=True)
    stage.announce("Comparing the returns with them")
    return finance_check(stage.inbox, run.ledger, run.finance, period=DEMO_PERIOD, contract=stage.contract)


def _consolidate(stage: _Stage) -> Master:
    stage.announce("Consolidating all returns into one master")
    return consolidate(stage.inbox, stage.run.master, period=DEMO_PERIOD, as_of=DEMO_DAY, contract=stage.contract)


def _used_returns(master: Master, checked: Sequence[CheckedReturn]) -> tuple[CheckedReturn, ...]:
    used = {row.sha256 for row in master.consolidation.files if row.status is FileStatus.USED}
    return tuple(single for single in checked if single.sha256 in used)


def _make_room(folder: Path) -> None:
    """Remove what an earlier run made and decided; refuse a folder that contains other files."""
    refuse_path(folder)
    if folder.exists() and not folder.is_dir():
        raise UnwritableFile(folder, "a file of this name is in the way")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MARKER).exists():
        raise UnwritableFile(folder, "the folder contains other files")
    for name in SUB_FOLDERS:
        shutil.rmtree(folder / name, ignore_errors=True)
    (folder / f"{DECISIONS}.csv").unlink(missing_ok=True)  # or the returns would be built as if it were November
    write_whole(folder / MARKER, MARKER_TEXT)


def _fill_workbook(stage: _Stage, previous_by_provider: Figures, delivery: Delivery) -> bytes:
    if delivery.provider is None or delivery.period is None or delivery.filled is None:
        message = f"{delivery.name} has no content"
        raise AssertionError(message)
    provider, period = delivery.provider, delivery.period
    previous = previous_by_provider.get(provider.provider_id, {}) if period == DEMO_PERIOD else {}
    plan = plan_return(
        stage.catalogue,
        provider,
        period,
        sender=sender_of(stage.settings, period),
        previous=previous,
        as_written=stage.settings.as_written,
        filled=delivery.filled,
    )
    return write_return(plan)


def _annotate(folder: Path, returns: tuple[CheckedReturn, ...]) -> tuple[Path, ...]:
    """Write a marked copy of every return with something to fix or explain."""
    copies = []
    for checked in returns:
        if checked.status in (Status.MUST_FIX, Status.QUERIES):
            path = folder / copy_name(checked)
            copy = annotated_copy(checked, Path(checked.file).read_bytes())
            if copy is not None:
                write_whole(path, copy)
                copies.append(path)
    return tuple(copies)
