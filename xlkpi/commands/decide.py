"""``xlkpi decide``: one row in the log of what officers decided, read by every command from then on."""

from __future__ import annotations

import getpass
import os
from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from xlkpi.commands.decide_doubts import find_doubts
from xlkpi.commands.final_returns import list_final_returns
from xlkpi.commands.request import takes
from xlkpi.consolidation.email_names import is_email_name
from xlkpi.consolidation.file_sources import read_email
from xlkpi.core.period import QUARTERS, Period
from xlkpi.core.visible_text import fold_file
from xlkpi.council import LOG_NAME, Council, Named, locate_lists, read_council
from xlkpi.council.contract_folder import ContractFolder, find_contract_folder
from xlkpi.council.decisions import Decision, DecisionKind
from xlkpi.council.decisions.add_row import added_decision
from xlkpi.council.decisions.log_row import parse_decision
from xlkpi.council.lists.list_parts import file_digest
from xlkpi.errors import Unreadable, UnreadableFile
from xlkpi.writing.append import append_locked
from xlkpi.writing.file_names import list_beside

LONGEST_REASON = 2_000
OPTIONS = {"decision": "The kind", "decided_by": "--by", "provider_id": "--provider"}
"""What the command calls a column of the log; any other column is an option of its own name."""


@dataclass(frozen=True)
class DecideRequest:
    """What was decided, about what, by whom and why; and the log it is written to.

    Attributes:
        kind: One of the kinds of decision, ``agree figures``.
        why: The reason; the master shows it.
        provider_id: The provider it is about.
        period: The reporting period it is about.
        indicator: The indicator's code.
        file: The file it is about, by its path from the inbox as the sheet Files has it.
        value: The figures that were agreed, ``x=2; y=6``, or the day of a return or a letter.
        by: Who decided; empty for the user of this machine.
        on: The day it was decided; None for today.
        folder: The contract folder, or the inbox; None takes the contract folder that this is run in.
        decisions: The log; None takes the contract folder's, or the one beside the inbox.
        register: The providers it can be about; None takes the contract folder's, or the one beside the inbox.
    """

    kind: DecisionKind | str
    _: KW_ONLY
    why: str
    provider_id: str = ""
    period: Period | str | None = None
    indicator: str = ""
    file: str = ""
    value: str = ""
    by: str = ""
    on: date | None = None
    folder: Named = None
    decisions: Named = None
    register: Named = None

    @property
    def cells(self) -> Mapping[str, str]:
        """Give the texts by column, as a row of the log has them."""
        return {
            "decided_on": (self.on or date.today()).isoformat(),  # noqa: DTZ011 - the day where the officer sits
            "decided_by": self.by.strip() or getpass.getuser(),
            "decision": self.kind.value if isinstance(self.kind, DecisionKind) else self.kind,
            "provider_id": self.provider_id.strip(),
            "period": str(self.period or ""),
            "indicator": self.indicator.strip(),
            "file": self.file,
            "value": self.value.strip(),
            "why": self.why.strip(),
        }

    @cached_property
    def contract_around(self) -> ContractFolder | None:
        """Find the contract folder that the named folder is in, or that this is run in; None where there is none."""
        return find_contract_folder(self.folder or Path())

    @property
    def contract(self) -> ContractFolder | None:
        """Give the contract folder where it is named itself, or where no folder is named."""
        around = self.contract_around
        is_meant = around is not None and (not self.folder or Path(self.folder).absolute() == around.root)
        return around if is_meant else None

    @property
    def inbox(self) -> Path | None:
        """Give the folder that is named, or the contract folder's inbox; None where neither is known."""
        contract = self.contract
        return contract.inbox if contract else Path(self.folder) if self.folder else None


@dataclass(frozen=True)
class RecordedDecision:
    """A decision that was written down, the log it was added to, and what is doubtful about it."""

    decision: Decision
    log: Path
    doubts: tuple[str, ...] = ()


class NotADecision(ValueError):
    """Something that the decision needs is missing, or is not what it should be; a command ends with status 2."""

    usage = True


class OutsideInbox(ValueError):
    """The file is not in the inbox that was named; a command ends with status 2."""

    usage = True


@takes(DecideRequest)
def decide(request: DecideRequest) -> RecordedDecision:
    """Write one decision down: what, by whom, when and why. Several officers may decide at the same time.

    The arguments are those of `DecideRequest`. To use a file, or to set it aside, is decided about its content: its
    sha256 is written too; to lock a period lists the returns that are final. A provider, indicator or period that the
    lists at hand do not know is a doubt, and is written: the list may be behind. Raises NotADecision where
    something is missing that the kind needs, UnreadableFile where the file is not there, OutsideInbox where it is
    elsewhere, UnwritableFile where the log cannot be written.
    """
    for name, text in (("why", request.why), ("by", request.by), ("value", request.value)):
        if len(text) > LONGEST_REASON:
            message = f"--{name} is {len(text):,} characters long. Shorten it to {LONGEST_REASON:,}."
            raise NotADecision(message)
    scheme = request.contract_around.scheme if request.contract_around else QUARTERS
    decision, reasons = parse_decision({column: text for column, text in request.cells.items() if text}, scheme)
    if decision is None:
        column, reason = next(iter(reasons.items()))
        message = f"{OPTIONS.get(column, f'--{column}')} {reason}"
        raise NotADecision(message)
    inbox = request.inbox
    if inbox and decision.kind in (DecisionKind.USE, DecisionKind.SET_ASIDE):
        decision = _about_content(decision, inbox)
    makes_final = bool(inbox and inbox.is_dir()) and decision.kind is DecisionKind.LOCK and not decision.value
    council = _read_council(request, with_log=makes_final)
    if inbox and makes_final:
        decision = replace(decision, value=list_final_returns(decision, inbox, council, decision.decided_on))
    log = _log_of(request)
    append_locked(log, lambda earlier: added_decision(log, earlier, decision))
    return RecordedDecision(decision, log, tuple(find_doubts(decision, council)))


def _read_council(request: DecideRequest, *, with_log: bool) -> Council:
    """Read the lists at hand: those of the contract folder, or the register that is named or beside the inbox.

    The log is only read where earlier decisions matter: somebody else may be writing to it.
    """
    contract, inbox, register = request.contract, request.inbox, request.register
    if contract is None and inbox is not None and register is None:
        register = ContractFolder(inbox.parent).register
    files = locate_lists(inbox, register=register, decisions=request.decisions, contract=contract)
    lists = replace(files, ledger=(), extract=(), finance_settings=None)
    return read_council(lists if with_log else replace(lists, decisions=()))


def _log_of(request: DecideRequest) -> Path:
    """Find the log: the one that is named, else the contract folder's, else the one beside the inbox.

    Raises NotADecision where there is neither.
    """
    if request.decisions:
        return Path(request.decisions)
    folder = request.contract_around
    if folder is not None:
        return folder.root / LOG_NAME
    if not request.folder:
        message = "This is not a contract folder. Name the inbox with --folder, or the log with --decisions."
        raise NotADecision(message)
    return list_beside(Path(request.folder), LOG_NAME)


def _about_content(decision: Decision, inbox: Path) -> Decision:
    """Bind a decision to the content that the file has now. Raises UnreadableFile, OutsideInbox."""
    if decision.value:
        return decision
    path = _existing(inbox, decision.file)
    return replace(decision, value=_digest(path), file=_name_within(path, inbox))


def _existing(folder: Path, file: str) -> Path:
    """Find a file, or an email's attachment, by the name as people see it: accents may be spelled in two ways."""
    path = folder / file
    if path.is_file() or not folder.is_dir():
        return path
    for parent, rest in ((Path(file), ""), (Path(file).parent, Path(file).name)):
        wanted = fold_file(parent.as_posix())
        for other in folder.rglob("*"):
            if fold_file(other.relative_to(folder).as_posix()) == wanted and other.is_file():
                return other / rest if rest else other
    return path


def _digest(path: Path) -> str:
    """Return the sha256 of a file, or of one attached to an email. Raises UnreadableFile where there is none."""
    if path.is_file():
        return file_digest(path)
    if is_email_name(path.parent.name) and path.parent.is_file():
        for attached in read_email(str(path.parent)):
            if fold_file(attached.name) == fold_file(path.name):
                return attached.sha256
    raise UnreadableFile(path, Unreadable.MISSING)


def _name_within(path: Path, folder: Path) -> str:
    """Return a file's path from the inbox, as the sheet Files has it. Raises OutsideInbox."""
    file, inbox = Path(os.path.normpath(path.absolute())), Path(os.path.normpath(folder.absolute()))
    if inbox not in file.parents:
        message = f"{path.name} is not in {folder}. Name a file of the inbox, as the sheet Files has it."
        raise OutsideInbox(message)
    return file.relative_to(inbox).as_posix()
