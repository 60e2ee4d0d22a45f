"""What each provider gets back: a scorecard, its PDF and an e-mail, each in a file of its own, and a list of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path, PurePosixPath

from xlkpi.catalogue.load import Catalogue, load_catalogue
from xlkpi.commands.decide import DecisionList, decisions_about
from xlkpi.commands.feedback_files import Desk, writer_of
from xlkpi.commands.history import is_master, rows_of_master
from xlkpi.commands.periods import parsed_period
from xlkpi.consolidation.cache import ReturnCache
from xlkpi.consolidation.collect_period import collect_period
from xlkpi.consolidation.earlier_periods import earlier_rows
from xlkpi.consolidation.file_sources import find_sources
from xlkpi.consolidation.inbox import is_workbook_name
from xlkpi.consolidation.read_returns import ReadOptions, read_all
from xlkpi.consolidation.selection import FoundFile
from xlkpi.core.data_row import DataRow
from xlkpi.core.lot import Provider
from xlkpi.core.period import Period
from xlkpi.council import Fault, Settings, read_register, read_settings, settings_beside
from xlkpi.errors import UnwritableFile
from xlkpi.feedback.provider_facts import FeedbackFacts, gather_from_consolidation, gather_from_master
from xlkpi.feedback.scorecard import build_scorecards
from xlkpi.letters.mailing_list import MailingEntry
from xlkpi.performance.working_days import add_working_days
from xlkpi.reading.masters.lists import read_master
from xlkpi.reading.returns.check import check_return
from xlkpi.writing.files import room_for

Progress = Callable[[int, int], None]
DAYS_TO_ANSWER = 10
"""Working days a provider has to answer, unless the officer names a day (as in Sections 9.0 and 11.0)."""


class OtherMaster(ValueError):
    """The master is not of the period that was asked for; a command ends with status 2."""

    usage = True


@dataclass(frozen=True)
class Feedback:
    """What was made in ``folder``, by provider, those first of whom a return is used.

    ``pdfs`` says why there are no PDFs, or not all; empty where every scorecard has one. ``left_out`` are rows of a
    master that could not be used; ``faults`` those of the register, and of the decisions beside a folder.
    """

    folder: Path
    period: Period | None
    answer_by: date
    made: tuple[MailingEntry, ...]
    pdfs: str
    left_out: tuple[str, ...]
    faults: tuple[Fault, ...]


def make_feedback(
    source: Path | str,
    out: Path | str,
    *,
    register: Path | str | None = None,
    previous: Path | str | None = None,
    period: Period | str | None = None,
    decisions: Path | str | None = None,
    answer_by: date | None = None,
    pdf: bool = True,
    progress: Progress | None = None,
) -> Feedback:
    """Make every provider's scorecard and e-mail from a folder of returns or from the master made of it.

    The register gives names to write to, addresses, and from a folder who is missing; ``xlkpi.toml`` beside it gives
    the council's contact. Decisions about files of the folder count as in a master: those of the list
    ``decisions``, or else of the one beside the folder. ``previous`` is a folder of
    earlier returns or an earlier master. ``answer_by`` is the day by which to answer, in ten working days unless
    named. Workbooks and texts have the same bytes for the same input and day; the PDFs, which LibreOffice prints
    where it is installed, differ by the moment they were made. Each file is written whole or not at all.

    Raises UnreadableFile where source, register or earlier figures cannot be read, UnwritableFile where a file could
    not be written, OtherMaster or ValueError for a period that the master does not hold or that is none.
    """
    out, catalogue = Path(out), load_catalogue()
    room_for(out)
    providers, faults = read_register(register) if register else (None, ())
    asked = parsed_period(period) if period else None
    today = date.today()  # noqa: DTZ011 - the day where the officer sits
    by = answer_by or add_working_days(today, DAYS_TO_ANSWER)
    settings = read_settings(settings_beside(register)) if register else Settings()
    if Path(source).is_file():
        facts, left_out = _from_master(Path(source), asked, previous, catalogue)
    else:
        _stay_outside(out, source)
        decided = decisions_about(source, decisions)
        faults += tuple(replace(one, message=f"{decided.name}: {one.message}") for one in decided.faults)
        facts = _from_folder(
            source,
            providers=providers,
            period=asked,
            previous=previous,
            catalogue=catalogue,
            decided=decided,
            settings=settings,
            progress=progress,
        )
        left_out = ()
    desk = Desk(out, facts, by, {one.provider_id: one for one in providers or ()}, writer_of(settings))
    cards = build_scorecards(facts, catalogue, by)
    made, pdfs = desk.write(cards, pdf=pdf)
    return Feedback(out, facts.period, by, made, pdfs, left_out, faults)


def _from_folder(
    folder: Path | str,
    *,
    providers: tuple[Provider, ...] | None,
    period: Period | None,
    previous: Path | str | None,
    catalogue: Catalogue,
    decided: DecisionList,
    settings: Settings,
    progress: Progress | None,
) -> FeedbackFacts:
    whole = None if is_master(previous) else previous
    result = collect_period(
        folder,
        register=providers,
        period=period,
        reading=ReadOptions(check_return, kept=ReturnCache(), progress=progress),
        catalogue=catalogue,
        previous=whole,
        decisions=decided.taken,
        send_by=settings.send_by,
    )
    facts = gather_from_consolidation(result)
    return facts if whole == previous else facts.with_history(_earlier(previous, facts.period, catalogue))


def _from_master(
    master: Path, period: Period | None, previous: Path | str | None, catalogue: Catalogue
) -> tuple[FeedbackFacts, tuple[str, ...]]:
    read = read_master(master, catalogue=catalogue)
    if period and read.period and period != read.period:
        message = f"{master.name} is the master of {read.period}, not of {period}."
        raise OtherMaster(message)
    return gather_from_master(read, _earlier(previous, read.period, catalogue)), read.entries.left_out


def _earlier(previous: Path | str | None, period: Period | None, catalogue: Catalogue) -> tuple[DataRow, ...]:
    """The rows of earlier periods that a folder of returns holds, or an earlier master."""
    if previous is None or period is None:
        return ()
    if is_master(previous):
        return tuple(row for row in rows_of_master(previous, catalogue) if row.period < period)
    sources = [one for one in find_sources(previous) if is_workbook_name(PurePosixPath(one.name))]
    checked = read_all(sources, ReadOptions(check_return, kept=ReturnCache()))
    found = [FoundFile(one.name, read) for one, read in zip(sources, checked, strict=True)]
    return earlier_rows(found, period, catalogue, None)


def _stay_outside(out: Path, source: Path | str) -> None:
    """Scorecards in the inbox would be read as returns the next time."""
    if out.resolve().is_relative_to(Path(source).resolve()):
        raise UnwritableFile(out, "it lies in the folder that the returns are read from")
