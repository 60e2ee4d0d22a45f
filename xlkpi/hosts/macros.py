"""The macros of the menu *KPI*, once for every host: what each asks for, what it does, how it ends.

A host (Excel, LibreOffice) shows the dialogs and does the jobs; see ``Host``. A macro always ends in one message. It
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
from xlkpi.core.period import Period
from xlkpi.hosts.protocol import Host, Outcome, Workbook

__all__ = ["MACROS", "NOTHING_DONE", "Ask", "Host", "Kind", "Macro", "Outcome", "Workbook", "macro_of", "run"]

NOTHING_DONE = "Nothing was done."
WORKBOOKS = (".xlsx", ".xlsm")
LISTS = (".csv", ".xlsx", ".xlsm")
CODE = re.compile(r"(?:KPI|INFO)[ _][SWIEAT]\d[a-c]?", re.IGNORECASE)


class Kind(Enum):
    """What can be asked for."""

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
    kind: Kind
    title: str
    endings: Tuple[str, ...] = ()
    suggest: Callable[[Answers], str] = lambda _answers: ""


@dataclass(frozen=True)
class Macro:
    """One entry of the menu. ``id`` never changes: menus, ribbons and scripts use it."""

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


def latest_period(today: date) -> str:
    """The quarter that ended last: the one for which returns are sent out and collected."""
    since_april = today.year * 12 + today.month - 4
    year, quarter = divmod(since_april // 3 - 1, 4)
    return str(Period(year, quarter + 1))


def _offered_period(_answers: Answers) -> str:
    return latest_period(date.today())  # noqa: DTZ011 - the calendar on the user's wall


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
        (Ask("file", Kind.WORKBOOK, "Check this return"),),
    ),
    Macro(
        "build",
        "Build returns…",
        "Build the return workbooks of a period from the register of providers.",
        (
            Ask("register", Kind.FILE, "The register of providers", LISTS),
            Ask("period", Kind.TEXT, "The reporting period, as 2026-27 Q2", suggest=_offered_period),
            Ask("out", Kind.FOLDER, "The folder for the returns"),
        ),
    ),
    Macro(
        "consolidate",
        "Consolidate folder…",
        "Bring a folder of returns into one master, and open it.",
        (
            Ask("folder", Kind.FOLDER, "The folder with the returns"),
            Ask("out", Kind.SAVE, "Save the master as", WORKBOOKS, _master_beside),
        ),
    ),
    Macro(
        "finance",
        "Finance check…",
        "Compare what returns say of invoices with the ledger.",
        (
            Ask("folder", Kind.FOLDER, "The folder with the returns"),
            Ask("ledger", Kind.FILE, "The invoice ledger", LISTS),
            Ask("out", Kind.SAVE, "Save the finance check as", WORKBOOKS, _result_beside),
        ),
    ),
    Macro(
        "explain",
        "Explain this indicator",
        "Definition, bands and readings of the indicator in the selected row.",
        (Ask("indicator", Kind.INDICATOR, "Which indicator? The whole code, as KPI S2"),),
    ),
    Macro("about", "About xlkpi", "What is installed where, what is missing, and how to fix it."),
)
"""Every macro, in the order of the menu."""


def macro_of(wanted: str) -> Macro:
    """A macro by its id. Raises KeyError where there is none."""
    return {macro.id: macro for macro in MACROS}[wanted]


def run(macro: Macro, host: Host, given: Optional[Mapping[str, str]] = None) -> Outcome:
    """Ask, do, tell, open. Whatever happens, the user reads one message; it is in the outcome too.

    ``given`` are answers by name that a script has already: they are not asked for.
    """
    try:
        answers = _asked(macro, host, given or {})
        outcome = _here(macro, answers) or host.do(macro.id, answers)
        if macro.id == "about":
            outcome = replace(outcome, message=f"{_versions()}\n\n{outcome.message}")
    except _Stop as stop:
        outcome = Outcome(str(stop), done=False)
    except Exception as problem:  # noqa: BLE001 - the last fence before the user: logged, and reported
        outcome = Outcome(f"It stopped before it was done. What went wrong is in {host.log(problem)}.", done=False)
    host.tell(macro.title, outcome.message)
    for path in outcome.opens:
        host.open(path)
    return outcome


def _asked(macro: Macro, host: Host, given: Mapping[str, str]) -> Answers:
    answers: Answers = {}
    for ask in macro.asks:
        answers[ask.name] = given[ask.name] if ask.name in given else _answer(ask, answers, host)
    return answers


def _answer(ask: Ask, answers: Answers, host: Host) -> str:
    if ask.kind is Kind.WORKBOOK:
        return _saved_workbook(host.workbook())
    if ask.kind is Kind.INDICATOR:
        return code_in(host.selected_row()) or _given(host.ask_text(ask.title, ""))
    if ask.kind is Kind.FOLDER:
        return _given(host.ask_folder(ask.title))
    if ask.kind is Kind.FILE:
        return _given(host.ask_file(ask.title, ask.endings))
    suggested = ask.suggest(answers)
    if ask.kind is Kind.SAVE:
        return _given(host.ask_save(ask.title, suggested))
    return _given(host.ask_text(ask.title, suggested))


def _given(answer: Optional[str]) -> str:
    if not answer or not answer.strip():
        raise _Stop(NOTHING_DONE)
    return answer.strip()


def _saved_workbook(book: Workbook) -> str:
    if not book.path:
        raise _Stop("This workbook is not on this computer yet. Save it here, then check it.")
    if not book.saved:
        raise _Stop("This workbook has changes that are not saved. Save it, then check it.")
    return book.path


def code_in(texts: Sequence[str]) -> str:
    """The first cell that is the code of an indicator and nothing else; empty where there is none."""
    codes = (text.strip() for text in texts)
    return next((code for code in codes if CODE.fullmatch(code)), "")


def _here(macro: Macro, answers: Answers) -> Optional[Outcome]:
    """What needs no toolkit is done on the spot."""
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
