"""``xlkpi feedback``: a scorecard, its PDF and an email for each provider, and a list of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass
from datetime import date
from pathlib import Path

from xlkpi.commands.compare_lists import compare_with_lists
from xlkpi.commands.feedback_files import FeedbackWriter
from xlkpi.commands.outputs_of_before import describe_outputs_of_before
from xlkpi.commands.previous import PreviousPeriods, read_previous, record_of_master
from xlkpi.commands.read_options import read_options
from xlkpi.commands.request import parsed_period, takes
from xlkpi.consolidation.collect_period import ReturnSources, collect_period, consolidate_files
from xlkpi.consolidation.result import Consolidation
from xlkpi.core.period import Period
from xlkpi.council import ContractFolder, Council, Fault, SeveralNamed, locate_lists, read_council
from xlkpi.errors import UnwritableFile
from xlkpi.feedback.provider_facts import FeedbackFacts, gather_from_consolidation, gather_from_master
from xlkpi.feedback.scorecard import build_scorecards
from xlkpi.letters.email_text import EmailSender, sender_from
from xlkpi.letters.mailing_list import MailingEntry
from xlkpi.performance.next_tasks import DAYS_TO_ANSWER
from xlkpi.performance.open_matters import derive_open_matters
from xlkpi.performance.working_days import add_working_days
from xlkpi.reading.masters.lists import ReadMaster, read_master
from xlkpi.writing.files import room_for
from xlkpi.writing.own_outputs import KeptFile, OutputWriter


class OtherMaster(ValueError):
    """The master is not of the period that was asked for; a command ends with status 2."""

    usage = True


@dataclass(frozen=True)
class FeedbackRequest:
    """What to give feedback on, to whom, and where.

    Attributes:
        source: A folder of returns, or the master made of it.
        out: The folder that gets every file, each written whole or not at all.
        register: Gives contacts and addresses, and for a folder who is missing; ``xlkpi.toml`` beside it gives the
            Council's contact.
        previous: Earlier periods, for the trend: folders of returns or of masters, or masters.
        period: The period; None takes the master's, or the latest that has ended.
        decisions: The log of what officers decided; None takes that of the contract folder that the source is in, or
            the one beside the source.
        answer_by: The day to answer by; None for ten working days from ``as_of``.
        as_of: The day of writing, which decides what is open and overdue; None for today.
        pdf: Print scorecards to PDF too, where LibreOffice is installed.
        progress: Called with how many of how many files are read.
        overwrite: Replace files of the outputs' names even where xlkpi did not write them, or they have changed since;
            otherwise the new ones are written next to them under numbered names.
        contract: A contract folder: each list that is not named is the one of the folder.
    """

    source: Path | str
    out: Path | str
    _: KW_ONLY
    register: Path | str | None = None
    previous: SeveralNamed = None
    period: Period | str | None = None
    decisions: Path | str | None = None
    answer_by: date | None = None
    as_of: date | None = None
    pdf: bool = True
    progress: Callable[[int, int], None] | None = None
    overwrite: bool = False
    contract: ContractFolder | None = None

    @property
    def day(self) -> date:
        """Give the day of writing."""
        return self.as_of or date.today()  # noqa: DTZ011 - the day where the officer sits

    @property
    def from_master(self) -> bool:
        """Tell whether the source is a master, which already contains which returns are used and who is missing."""
        return Path(self.source).is_file()

    def read_council(self) -> Council:
        """Read the register, its settings and the log of decisions: plans agreed and matters closed count at once."""
        return read_council(
            locate_lists(self.source, register=self.register, decisions=self.decisions, contract=self.contract)
        )


@dataclass(frozen=True)
class Feedback:
    """What was written to ``folder``, by provider, those with a used return first.

    ``pdfs`` says why there are no PDFs, or not all; empty where every scorecard has one. ``left_out`` are rows of a
    master that could not be used; ``faults`` those of the register and of the log of decisions;
    ``kept`` the files that were not replaced; ``notes`` are about the period and the earlier ones that were named.
    """

    folder: Path
    period: Period | None
    answer_by: date
    entries: tuple[MailingEntry, ...]
    pdfs: str
    left_out: tuple[str, ...]
    faults: tuple[Fault, ...]
    kept: tuple[KeptFile, ...] = ()
    notes: tuple[str, ...] = ()


@takes(FeedbackRequest)
def make_feedback(request: FeedbackRequest) -> Feedback:
    """Make every provider's scorecard and email from a folder of returns, or from the master made of it.

    The arguments are those of `FeedbackRequest`. Workbooks and texts have the same bytes for the same input and day;
    PDFs, which LibreOffice prints, differ by the moment they were made. Raises UnreadableFile where source, register or
    earlier figures cannot be read, UnwritableFile where a file could not be written, OtherMaster or ValueError for a
    period that is not the master's or is not recognised.
    """
    out = Path(request.out)
    room_for(out)
    council = request.read_council()
    period = parsed_period(request.period, council.terms.scheme)
    answer_by = request.answer_by or add_working_days(request.day, DAYS_TO_ANSWER)
    options = read_options(council.terms, progress=request.progress)
    previous = read_previous(request.previous, council.terms, options)
    left_out: tuple[str, ...] = ()
    if request.from_master:
        read = _read_master(Path(request.source), period, council)
        facts, left_out = _facts_from_master(read, request.day, council, previous), read.entries.left_out
        result = _consolidate_masters(read, council, previous, request.day)
        notes = previous.describe()
    else:
        _refuse_inside(out, request.source)
        sources = ReturnSources(request.source, before=previous.returns, history=previous.record)
        collected = collect_period(sources, council, options, period=period, as_of=request.day)
        result = compare_with_lists(collected, council).result
        facts = gather_from_consolidation(result)
        notes = (*previous.describe(), *filter(None, (result.period_note,)))
    council = result.council
    previous.require_earlier(facts.period)
    outputs, matters = OutputWriter(request.overwrite), derive_open_matters(result.record, council, request.day)
    known, sender = council.register.by_id or {}, _sender(council)
    writer = FeedbackWriter(out, facts, answer_by, known, sender, outputs, matters)
    entries, pdfs = writer.write(build_scorecards(facts, council.terms, answer_by, matters), pdf=request.pdf)
    faults = (*council.register.faults, *council.decisions.faults, *council.targets.faults)
    files = {name for entry in entries for name in (entry.scorecard, entry.pdf, entry.text)}
    of_before = describe_outputs_of_before(out, facts.period, files, outputs.kept)
    notes = (*notes, *filter(None, (of_before,)))
    return Feedback(out, facts.period, answer_by, entries, pdfs, left_out, faults, tuple(outputs.kept), notes)


def _sender(council: Council) -> EmailSender:
    return sender_from(council.settings, council.terms.words.council)


def _read_master(master: Path, period: Period | None, council: Council) -> ReadMaster:
    """Read a master. Raises OtherMaster where it is not of the period that was asked for."""
    read = read_master(master, terms=council.terms)
    if period and read.period and period != read.period:
        message = f"{master.name} is the master of {read.period}, not of {period}."
        raise OtherMaster(message)
    return read


def _facts_from_master(read: ReadMaster, today: date, council: Council, previous: PreviousPeriods) -> FeedbackFacts:
    known = Council(council.terms, decisions=council.decisions)
    return gather_from_master(read, previous.complete(known, read.period, today).rows)


def _consolidate_masters(read: ReadMaster, council: Council, previous: PreviousPeriods, today: date) -> Consolidation:
    """Bring together what the master and the earlier periods that were named say of all periods."""
    own = record_of_master(read.entries.path, council.terms, read.entries)
    history = own.completed(previous.record)
    return consolidate_files((), council, period=None, as_of=today, before=previous.returns, history=history)


def _refuse_inside(out: Path, source: Path | str) -> None:
    # Scorecards in the inbox would be read as returns the next time.
    if out.resolve().is_relative_to(Path(source).resolve()):
        raise UnwritableFile(out, "it is in the folder that the returns are read from")
