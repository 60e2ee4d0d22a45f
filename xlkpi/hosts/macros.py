"""Define the macros of the menu *KPI* for every host: what each asks for, what it does, how it ends.

A host (Excel, LibreOffice) shows the dialogs and runs the jobs; see ``Host``. A macro always ends with one message. It
never raises, and never changes the workbook it was started from.
"""

from __future__ import annotations

import platform
import re
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Callable, Dict, Mapping, Optional, Sequence, Tuple

from xlkpi.catalogue.load import load_catalogue
from xlkpi.commands.explain import explanation, unknown_indicator
from xlkpi.core.period import last_ended
from xlkpi.hosts.protocol import Host, Outcome, Workbook

__all__ = [
    "MACROS",
    "NOTHING_DONE",
    "Ask",
    "AskKind",
    "Host",
    "Macro",
    "Outcome",
    "Workbook",
    "finish",
    "macro_of",
    "run",
]

NOTHING_DONE = "Nothing was done."
WORKBOOKS = (".xlsx", ".xlsm")
LISTS = (".csv", ".xlsx", ".xlsm")
CODE = re.compile(r"(?:KPI|INFO)[ _][SWIEAT]\d[a-c]?", re.IGNORECASE)


class AskKind(Enum):
    """What a macro can ask for."""

    FOLDER = "folder"
    FILE = "file"
    SAVE = "save"
    TEXT = "text"
    WORKBOOK = "workbook"
    INDICATOR = "indicator"


Answers = Dict[str, str]


@dataclass(frozen=True)
class Ask:
    """One thing a macro needs: the answer's name, its kind, the dialog's title, and what is offered."""

    name: str
    kind: AskKind
    title: str
    endings: Tuple[str, ...] = ()
    suggest: Callable[[Answers], str] = lambda _answers: ""


@dataclass(frozen=True)
class Macro:
    """One entry of the menu. ``id`` never changes: menus, ribbons and scripts contain it."""

    id: str
    label: str
    help: str
    asks: Tuple[Ask, ...] = ()

    @property
    def title(self) -> str:
        """The label as the title of a message."""
        return self.label.rstrip("…")


class _Stop(Exception):
    """A macro cannot go on; the text says why, and what to do."""


def _offered_period(_answers: Answers) -> str:
    return str(last_ended(date.today()))  # noqa: DTZ011 - the calendar on the user's wall


def _master_beside(answers: Answers) -> str:
    folder = Path(answers["folder"])
    return str(folder.parent / f"{folder.name or 'KPI'} - master.xlsx")


def _result_beside(answers: Answers) -> str:
    folder = Path(answers["folder"])
    return str(folder.parent / f"{folder.name or 'KPI'} - finance check.xlsx")


MACROS: Tuple[Macro, ...] = (
    Macro(
        "check",
        "Check this return",
        "Check the return that is open, and show what to fix in a marked copy.",
        (Ask("file", AskKind.WORKBOOK, "Check this return"),),
    ),
    Macro(
        "build",
        "Build returns…",
        "Build the return workbooks of a period from the register of providers.",
        (
            Ask("register", AskKind.FILE, "The register of providers", LISTS),
            Ask("period", AskKind.TEXT, "The reporting period, such as 2026-27 Q2", suggest=_offered_period),
            Ask("out", AskKind.FOLDER, "The folder for the returns"),
        ),
    ),
    Macro(
        "consolidate",
        "Consolidate folder…",
        "Combine a folder of returns in one master, and open it.",
        (
            Ask("folder", AskKind.FOLDER, "The folder with the returns"),
            Ask("out", AskKind.SAVE, "Save the master as", WORKBOOKS, _master_beside),
        ),
    ),
    Macro(
        "finance",
        "Finance check…",
        "Compare the invoice figures of returns with the ledger.",
        (
            Ask("folder", AskKind.FOLDER, "The folder with the returns"),
            Ask("ledger", AskKind.FILE, "The invoice ledger", LISTS),
            Ask("out", AskKind.SAVE, "Save the finance check as", WORKBOOKS, _result_beside),
        ),
    ),
    Macro(
        "explain",
        "Explain this indicator",
        "Definition, bands and readings of the indicator in the selected row.",
        (Ask("indicator", AskKind.INDICATOR, "Which indicator? The whole code, such as KPI S2"),),
    ),
    Macro(
        "connect",
        "Connect the KPI functions",
        "Open a copy of this workbook in which the KPI functions work here, where they show #NAME?.",
        (Ask("file", AskKind.WORKBOOK, "Connect the KPI functions"),),
    ),
    Macro("about", "About xlkpi", "Check the installation and suggest fixes."),
)
"""Every macro, in the order of the menu."""


def macro_of(macro_id: str) -> Macro:
    """Find a macro by its id. Raises KeyError where there is none."""
    return {macro.id: macro for macro in MACROS}[macro_id]


def run(macro: Macro, host: Host, known: Optional[Mapping[str, str]] = None) -> Outcome:
    """Ask, do the job, show the message, open the results. The message is in the outcome too, whatever happens.

    ``known`` are answers by name that a script has already: they are not asked for. A job that goes on in a process of
    its own is finished by the host, later.
    """
    try:
        answers = _ask_all(macro, host, known or {})
        outcome = _without_toolkit(macro, answers) or host.do(macro.id, answers)
    except _Stop as stop:
        return _show(macro, host, Outcome(str(stop), done=False))
    except Exception as problem:  # noqa: BLE001 - the last guard before the user: logged, and reported
        message = f"The command did not finish. Details are in {host.log(problem)}."
        return _show(macro, host, Outcome(message, done=False))
    return outcome if outcome.running else finish(macro, host, outcome)


def finish(macro: Macro, host: Host, outcome: Outcome) -> Outcome:
    """Show the message of a job that has ended, and open its results."""
    if macro.id == "about":
        outcome = replace(outcome, message=f"{_versions()}\n\n{outcome.message}")
    return _show(macro, host, outcome)


def _show(macro: Macro, host: Host, outcome: Outcome) -> Outcome:
    host.tell(macro.title, outcome.message)
    for path in outcome.opens:
        host.open(path)
    return outcome


def _ask_all(macro: Macro, host: Host, known: Mapping[str, str]) -> Answers:
    answers: Answers = {}
    for ask in macro.asks:
        answers[ask.name] = known[ask.name] if ask.name in known else _answer(ask, answers, host)
    return answers


def _answer(ask: Ask, answers: Answers, host: Host) -> str:
    if ask.kind is AskKind.WORKBOOK:
        return _saved_workbook(host.workbook())
    if ask.kind is AskKind.INDICATOR:
        return code_in(host.selected_row()) or _required(host.ask_text(ask.title, ""))
    if ask.kind is AskKind.FOLDER:
        return _required(host.ask_folder(ask.title))
    if ask.kind is AskKind.FILE:
        return _required(host.ask_file(ask.title, ask.endings))
    suggested = ask.suggest(answers)
    if ask.kind is AskKind.SAVE:
        return _required(host.ask_save(ask.title, suggested))
    return _required(host.ask_text(ask.title, suggested))


def _required(answer: Optional[str]) -> str:
    if not answer or not answer.strip():
        raise _Stop(NOTHING_DONE)
    return answer.strip()


def _saved_workbook(book: Workbook) -> str:
    if not book.path:
        raise _Stop("This workbook is not on this computer yet. Save it here, then choose the command again.")
    if not book.saved:
        raise _Stop("This workbook has changes that are not saved. Save it, then choose the command again.")
    return book.path


def code_in(texts: Sequence[str]) -> str:
    """Find the first cell that is the code of an indicator and nothing else; empty where there is none."""
    codes = (text.strip() for text in texts)
    return next((code for code in codes if CODE.fullmatch(code)), "")


def _without_toolkit(macro: Macro, answers: Answers) -> Optional[Outcome]:
    """Do what needs no toolkit; None for any other macro."""
    if macro.id != "explain":
        return None
    catalogue = load_catalogue()
    try:
        return Outcome(explanation(catalogue, catalogue.find(answers["indicator"])))
    except KeyError:
        raise _Stop(unknown_indicator(catalogue, answers["indicator"])) from None


def _versions() -> str:
    catalogue = load_catalogue()
    return f"Functions and menu: catalogue {catalogue.version}, Python {platform.python_version()}."
