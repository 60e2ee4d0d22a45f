"""Define the macros of the menu *KPI* for every host: what each asks for, what it does, how it ends.

A host (Excel, LibreOffice) shows the dialogs and runs the jobs; see ``Host``. A macro always ends with one message. It
never raises, and never changes the workbook it was started from.
"""

from __future__ import annotations

import json
import platform
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Mapping, Optional, Sequence

from xlkpi.catalogue.terms_in_use import terms_in_use
from xlkpi.commands.explain import explanation, unknown_indicator
from xlkpi.core.contract_places import find_contract_root
from xlkpi.hosts.menu import MACROS, Answers, Ask, AskKind, Macro, macro_of
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


class _Stop(Exception):
    """A macro cannot go on; the text says why, and what to do."""


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
    names = {ask.name for ask in macro.asks}
    answers: Answers = {name: answer for name, answer in known.items() if name in names}
    for ask in macro.asks:
        if ask.name not in answers and ask.needed(answers):
            answers[ask.name] = _answer(ask, answers, host)
    return answers


def _answer(ask: Ask, answers: Answers, host: Host) -> str:
    if ask.kind is AskKind.WORKBOOK:
        return _saved_workbook(host.workbook())
    if ask.kind is AskKind.INDICATOR:
        return code_in(host.selected_row()) or _required(host.ask_text(ask.title, ""))
    if ask.kind is AskKind.ROW:
        return json.dumps(list(host.selected_row()))
    if ask.kind is AskKind.PLACE:
        return _place(ask, host)
    if ask.kind is AskKind.FOLDER:
        return _required(host.ask_folder(ask.title))
    if ask.kind is AskKind.FILE:
        return _required(host.ask_file(ask.title, ask.endings))
    suggested = ask.suggest(answers)
    if ask.kind is AskKind.SAVE:
        return _required(host.ask_save(ask.title, suggested))
    return _required(host.ask_text(ask.title, suggested))


def _place(ask: Ask, host: Host) -> str:
    """Take the contract folder that the open workbook is in; else ask, and take that of a folder inside one."""
    path = host.workbook().path
    root = find_contract_root(Path(path)) if path else None
    chosen = str(root) if root else _required(host.ask_folder(ask.title))
    return str(find_contract_root(Path(chosen)) or chosen)


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
    catalogue = terms_in_use().in_force()
    for text in texts:
        with suppress(KeyError):
            return catalogue.find(text).code
    return ""


def _without_toolkit(macro: Macro, answers: Answers) -> Optional[Outcome]:
    """Do what needs no toolkit; None for any other macro."""
    if macro.id != "explain":
        return None
    catalogue = terms_in_use().in_force()
    try:
        return Outcome(explanation(catalogue, catalogue.find(answers["indicator"])))
    except KeyError:
        raise _Stop(unknown_indicator(catalogue, answers["indicator"])) from None


def _versions() -> str:
    catalogue = terms_in_use().in_force()
    return f"Functions and menu: catalogue {catalogue.version}, Python {platform.python_version()}."
