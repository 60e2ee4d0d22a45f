"""``xlkpi escalate``: what is open under a contract, the step proposed for each matter, and the letters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass
from datetime import date
from pathlib import Path

from xlkpi.commands.escalation_files import LetterFolder, WrittenStep, write_letters
from xlkpi.commands.letter_templates import read_templates
from xlkpi.commands.outputs_of_before import describe_outputs_of_before
from xlkpi.commands.previous import read_previous
from xlkpi.commands.read_options import read_options
from xlkpi.commands.request import parsed_period, takes
from xlkpi.consolidation.collect_period import ReturnSources, collect_period, consolidate_files
from xlkpi.consolidation.result import Consolidation
from xlkpi.core.period import Period
from xlkpi.council import ContractFolder, Council, CouncilFiles, Fault, Named, SeveralNamed, locate_lists, read_council
from xlkpi.council.list_files import each_named
from xlkpi.performance.contact_book import make_contact_book
from xlkpi.performance.escalation import list_steps
from xlkpi.performance.open_matters import OpenMatters, derive_open_matters
from xlkpi.writing.file_names import is_remote
from xlkpi.writing.files import room_for
from xlkpi.writing.own_outputs import KeptFile, OutputWriter


@dataclass(frozen=True)
class EscalateRequest:
    """What is open, and where its letters are written.

    Attributes:
        source: A folder of returns of all periods, a master, or a folder of masters.
        out: The folder that gets the letters; None writes none.
        register: Gives contacts, contract days and who must report; without it, missing returns are those that masters
            name.
        previous: Further returns and masters of the contract.
        decisions: The log of decisions; None takes the one beside the folder.
        period: The period that is collected, None for the latest that has ended. What is open does not depend on it.
        as_of: The day that it is open on; None for today.
        overwrite: Replace letters that xlkpi did not write, or that have changed since; otherwise the new ones are
            written next to them under numbered names.
        progress: Called with how many of how many files are read.
        contract: A contract folder: each list that is not named is the one of the folder.
    """

    source: Path | str
    _: KW_ONLY
    out: Named = None
    register: Named = None
    previous: SeveralNamed = None
    decisions: Named = None
    period: Period | str | None = None
    as_of: date | None = None
    overwrite: bool = False
    progress: Callable[[int, int], None] | None = None
    contract: ContractFolder | None = None

    @property
    def day(self) -> date:
        """Give the day that is asked about."""
        return self.as_of or date.today()  # noqa: DTZ011 - the day where the officer sits

    @property
    def is_file(self) -> bool:
        """Tell whether the source is a single workbook, such as a master."""
        return not is_remote(self.source) and Path(self.source).is_file()


@dataclass(frozen=True)
class Escalation:
    """What is open on a day, the steps that are proposed, and the letters that were written to ``folder``.

    ``faults`` are those of the register, the log and the letters' templates; ``kept`` the files that were not replaced.
    ``of_before`` names letters of earlier runs that are no longer proposed; empty where there are none.
    """

    folder: Path | None
    as_of: date
    matters: OpenMatters
    steps: tuple[WrittenStep, ...]
    faults: tuple[Fault, ...]
    kept: tuple[KeptFile, ...] = ()
    of_before: str = ""


@takes(EscalateRequest)
def escalate(request: EscalateRequest) -> Escalation:
    """Derive what is open from all periods and the log of decisions, and write the letter of every step proposed.

    The arguments are those of `EscalateRequest`. The same files and day give the same bytes. Raises UnreadableFile
    where the source or a list cannot be read, UnwritableFile where a letter could not be written, ValueError for a
    period that is not recognised.
    """
    out = Path(request.out) if request.out else None
    if out:
        room_for(out)
    council = read_council(_locate(request))
    result = _consolidation(request, council)
    council = result.council
    matters = derive_open_matters(result.record, council, request.day)
    contacts = make_contact_book(council)
    outputs = OutputWriter(request.overwrite)
    last = council.terms.scheme.last_ended(request.day)
    templates = read_templates(request.contract)
    folder = LetterFolder(out, last, templates, outputs) if out else None
    steps = write_letters(list_steps(matters, contacts), contacts, folder)
    ours = (*council.register.faults, *council.decisions.faults, *council.targets.faults)
    faults = (*ours, *templates.faults)
    written, kept = {step.letter for step in steps}, tuple(outputs.kept)
    of_before = describe_outputs_of_before(out, last, written, kept) if out else ""
    return Escalation(out, request.day, matters, steps, faults, kept, of_before)


def _locate(request: EscalateRequest) -> CouncilFiles:
    inbox = None if request.is_file else request.source
    return locate_lists(inbox, register=request.register, decisions=request.decisions, contract=request.contract)


def _consolidation(request: EscalateRequest, council: Council) -> Consolidation:
    """Bring together the returns of a folder, or what masters contain where there are no returns."""
    options = read_options(council.terms, progress=request.progress)
    period = parsed_period(request.period, council.terms.scheme)
    if not request.is_file:
        previous = read_previous(request.previous, council.terms, options)
        sources = ReturnSources(request.source, before=previous.returns, history=previous.record)
        result = collect_period(sources, council, options, period=period, as_of=request.day)
        if result.record.rows:
            return result
    masters = read_previous((request.source, *each_named(request.previous)), council.terms, options)
    # No period is on screen: what a master says of the one that was named would give way to its returns.
    return consolidate_files(
        (), council, period=None, as_of=request.day, before=masters.returns, history=masters.record
    )
