"""A whole period on sample data: returns built, filled in as people do, checked, brought into a master."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from xlkpi.catalogue.load import Catalogue, load_catalogue
from xlkpi.commands.annotate import annotated_copy, copy_name
from xlkpi.commands.build import build_returns, sender_of
from xlkpi.commands.consolidate import Master, consolidate
from xlkpi.commands.feedback import DAYS_TO_ANSWER, Feedback, make_feedback
from xlkpi.commands.finance import FinanceReport, blank_ledger, finance_check
from xlkpi.commands.previous import previous_figures
from xlkpi.consolidation.result import FileStatus
from xlkpi.council import SETTINGS_NAME, Settings
from xlkpi.demo.deliveries import Delivery, plan_deliveries, plan_earlier_deliveries
from xlkpi.demo.inbox import write_inbox
from xlkpi.demo.invoices import collect_entries, make_extract, make_ledger
from xlkpi.demo.sample import DEMO_DAY, DEMO_PERIOD, REGISTER, SETTINGS, read_sample_register, read_sample_settings
from xlkpi.errors import UnwritableFile
from xlkpi.layout.plan import plan_return
from xlkpi.layout.provider_texts import LastFigures
from xlkpi.performance.working_days import add_working_days
from xlkpi.reading.returns.check import check_return
from xlkpi.reading.returns.checked_return import CheckedReturn, Status
from xlkpi.writing.files import write_whole
from xlkpi.writing.libreoffice.convert import resave
from xlkpi.writing.libreoffice.process import find_office
from xlkpi.writing.returns.writer import write_return

MARKER, MARKER_TEXT = (
    ".xlkpi-demo",
    b"xlkpi demo wrote this folder, and empties its own folders here when it runs again.\n",
)
FOLDERS = ("returns", "earlier", "inbox", "checked", "feedback")
Step = Callable[[str], None]
Figures = Mapping[str, Mapping[str, LastFigures]]


@dataclass(frozen=True)
class Demonstration:
    """What the demonstration made, and where it lies."""

    folder: Path
    built: int
    sent: int
    checked: tuple[CheckedReturn, ...]
    copies: tuple[Path, ...]
    converted: bool
    master: Master
    feedback: Feedback
    finance: FinanceReport


def run_demo(folder: Path, *, step: Step, with_office: bool = True) -> Demonstration:
    """Play a whole period in ``folder``. ``step`` is told what begins.

    ``with_office=False`` leaves out what only LibreOffice can do, so that the same bytes come out everywhere.
    Raises UnwritableFile where the folder holds something else, or cannot be written.
    """
    _make_room(folder)
    catalogue, settings = load_catalogue(), read_sample_settings()
    register = folder / "register.csv"
    write_whole(register, REGISTER.read_bytes())
    write_whole(folder / SETTINGS_NAME, SETTINGS.read_bytes())
    office = find_office() if with_office else ""
    step("Writing what came back for the half-year before")
    providers = read_sample_register()
    make = partial(_made, catalogue, settings)
    write_inbox(folder / "earlier", plan_earlier_deliveries(catalogue, providers, settings), partial(make, {}))
    step(f"Building the return workbooks of {DEMO_PERIOD}")
    built = build_returns(register, DEMO_PERIOD, folder / "returns", previous=folder / "earlier")
    step("Filling them in the way people do")
    before = previous_figures(folder / "earlier", DEMO_PERIOD)
    convert = partial(resave, office=office) if office else None
    sent = write_inbox(
        folder / "inbox", plan_deliveries(catalogue, providers, settings), partial(make, before), convert
    )
    step("Checking each return")
    checked = tuple(check_return(path) for path in sent)
    step("Writing the council's own ledger and extract")
    entries = collect_entries(checked, str(DEMO_PERIOD))
    ledger, extract = folder / "ledger.csv", folder / "extract.csv"
    write_whole(ledger, make_ledger(entries))
    write_whole(extract, make_extract(entries, str(DEMO_PERIOD)))
    blank_ledger(folder / "KCC invoice ledger.xlsx", DEMO_PERIOD)
    step("Holding the returns against them")
    finance = finance_check(
        folder / "inbox",
        ledger,
        folder / f"Finance check {DEMO_PERIOD}.xlsx",
        register=register,
        period=DEMO_PERIOD,
        extract=extract,
    )
    step("Bringing all into one master")
    master = consolidate(
        folder / "inbox",
        folder / f"KCC master {DEMO_PERIOD}.xlsx",
        register=register,
        period=DEMO_PERIOD,
        previous=folder / "earlier",
        ledger=ledger,
        extract=extract,
        as_of=DEMO_DAY,
    )
    step("Writing to each provider")
    answer_by = add_working_days(DEMO_DAY, DAYS_TO_ANSWER)
    feedback = make_feedback(master.path, folder / "feedback", register=register, answer_by=answer_by, pdf=bool(office))
    used = {row.sha256 for row in master.consolidation.files if row.status is FileStatus.USED}
    copies = _annotate(folder / "checked", tuple(one for one in checked if one.sha256 in used))
    return Demonstration(folder, len(built.files), len(sent), checked, copies, bool(office), master, feedback, finance)


def _make_room(folder: Path) -> None:
    """Empty our own folders of an earlier run; refuse a folder that holds something else."""
    if folder.exists() and not folder.is_dir():
        raise UnwritableFile(folder, "a file of this name is in the way")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MARKER).exists():
        raise UnwritableFile(folder, "the folder holds other files")
    for name in FOLDERS:
        shutil.rmtree(folder / name, ignore_errors=True)
    write_whole(folder / MARKER, MARKER_TEXT)


def _made(catalogue: Catalogue, settings: Settings, before: Figures, one: Delivery) -> bytes:
    if one.provider is None or one.period is None or one.filled is None:
        message = f"{one.name} has nothing to be made of"
        raise AssertionError(message)
    previous = before.get(one.provider.provider_id, {}) if one.period == DEMO_PERIOD else {}
    plan = plan_return(
        catalogue,
        one.provider,
        one.period,
        sender=sender_of(settings, one.period),
        previous=previous,
        as_written=settings.as_written,
        filled=one.filled,
    )
    return write_return(plan)


def _annotate(folder: Path, returns: tuple[CheckedReturn, ...]) -> tuple[Path, ...]:
    """A marked copy of every return in which something is to be fixed or explained."""
    copies = []
    for checked in returns:
        if checked.status in (Status.MUST_FIX, Status.QUERIES):
            path = folder / copy_name(checked)
            copy = annotated_copy(checked, Path(checked.file).read_bytes())
            if copy is not None:
                write_whole(path, copy)
                copies.append(path)
    return tuple(copies)
