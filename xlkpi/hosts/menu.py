"""The entries of the menu *KPI*, in every host: what each is called and what it asks for.

Standard library, Python 3.9: it also runs inside LibreOffice.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Callable, Dict, Tuple

from xlkpi.catalogue.load import load_words
from xlkpi.core.contract_places import CATALOGUE, is_contract_root
from xlkpi.core.period import QUARTERS, PeriodScheme

WORKBOOKS = (".xlsx", ".xlsm")
LISTS = (".csv", ".xlsx", ".xlsm")
IN_CONTRACT = "The contract folder"
OR_RETURNS = "The contract folder, or a folder with returns"


class AskKind(Enum):
    """What a macro can ask for.

    A place is the contract folder that the open workbook is in, or else a folder; a row, the texts of the selected one.
    """

    PLACE = "place"
    FOLDER = "folder"
    FILE = "file"
    SAVE = "save"
    TEXT = "text"
    WORKBOOK = "workbook"
    INDICATOR = "indicator"
    ROW = "row"


Answers = Dict[str, str]


@dataclass(frozen=True)
class Ask:
    """One thing a macro needs: the answer's name, its kind, the dialog's title, and what is offered.

    It is only asked where it is ``needed``, by the answers so far.
    """

    name: str
    kind: AskKind
    title: str
    endings: Tuple[str, ...] = ()
    suggest: Callable[[Answers], str] = lambda _answers: ""
    needed: Callable[[Answers], bool] = lambda _answers: True


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


def _offered_period(answers: Answers) -> str:
    return str(_scheme_of(answers).last_ended(date.today()))  # noqa: DTZ011 - the calendar on the user's wall


def _scheme_of(answers: Answers) -> PeriodScheme:
    """The reporting periods of the contract folder; a catalogue with faults is refused later."""
    catalogue = Path(answers.get("folder", "")) / CATALOGUE
    if _outside(answers) or not catalogue.is_dir():
        return QUARTERS
    with suppress(ValueError, TypeError, OSError):
        return load_words(catalogue).scheme
    return QUARTERS


def _outside(answers: Answers) -> bool:
    """In a contract folder everything has its place; elsewhere each file is asked for."""
    return "folder" not in answers or not is_contract_root(Path(answers["folder"]))


def _has_value(answers: Answers) -> bool:
    """Figures that were agreed, and days, are asked for; no other decision has a value."""
    return " ".join(answers["kind"].casefold().split()) in ("agree figures", "received on", "warning sent")


def _without_register(answers: Answers) -> bool:
    return "register" not in answers


def _master_beside(answers: Answers) -> str:
    folder = Path(answers["folder"])
    return str(folder.parent / f"{folder.name or 'KPI'} - master.xlsx")


def _result_beside(answers: Answers) -> str:
    folder = Path(answers["folder"])
    return str(folder.parent / f"{folder.name or 'KPI'} - finance check.xlsx")


_PLACE = Ask("folder", AskKind.PLACE, OR_RETURNS)
_CONTRACT = Ask("folder", AskKind.PLACE, IN_CONTRACT)

MACROS: Tuple[Macro, ...] = (
    Macro(
        "check",
        "Check this return",
        "Check the return that is open, and show what to fix in a marked copy.",
        (Ask("file", AskKind.WORKBOOK, "Check this return"),),
    ),
    Macro(
        "new",
        "New contract folder…",
        "Make a folder for a contract: settings, register, decisions, inbox, ledger and extract.",
        (Ask("folder", AskKind.FOLDER, "An empty folder for the contract"),),
    ),
    Macro("status", "Status…", "Show what is next under the contract, in order of day.", (_CONTRACT,)),
    Macro(
        "build",
        "Build returns…",
        "Build the return workbooks of a period from the register of providers, with their last figures.",
        (
            Ask(
                "folder",
                AskKind.PLACE,
                "The contract folder, or the folder with the register",
                (),
                needed=_without_register,
            ),
            Ask("register", AskKind.FILE, "The register of providers", LISTS, needed=_outside),
            Ask("period", AskKind.TEXT, "The reporting period", suggest=_offered_period),
            Ask("out", AskKind.FOLDER, "The folder for the returns", needed=_outside),
        ),
    ),
    Macro(
        "consolidate",
        "Consolidate folder…",
        "Combine all returns of a folder in one master, and open it.",
        (_PLACE, Ask("out", AskKind.SAVE, "Save the master as", WORKBOOKS, _master_beside, _outside)),
    ),
    Macro(
        "finance",
        "Finance check…",
        "Compare the invoice figures of returns with the ledger.",
        (
            _PLACE,
            Ask("ledger", AskKind.FILE, "The invoice ledger", LISTS, needed=_outside),
            Ask("out", AskKind.SAVE, "Save the finance check as", WORKBOOKS, _result_beside, _outside),
        ),
    ),
    Macro(
        "feedback",
        "Feedback…",
        "Make a scorecard and an email for each provider, and open their folder.",
        (_PLACE, Ask("out", AskKind.FOLDER, "The folder for the feedback", needed=_outside)),
    ),
    Macro(
        "escalate",
        "Escalate…",
        "Write the letter of every step that is proposed, and open their folder.",
        (_PLACE, Ask("out", AskKind.FOLDER, "The folder for the letters", needed=_outside)),
    ),
    Macro(
        "decide",
        "Decide on this row…",
        "Write down what was decided about the provider, period, indicator or file of the selected row of a master.",
        (
            Ask("row", AskKind.ROW, "The selected row"),
            _CONTRACT,
            Ask(
                "kind",
                AskKind.TEXT,
                "What was decided? Such as: use, agree figures, plan agreed, warning sent",
            ),
            Ask("value", AskKind.TEXT, "The figures agreed, as x=2; y=6, or the day", needed=_has_value),
            Ask("why", AskKind.TEXT, "Why? The master shows the reason"),
        ),
    ),
    Macro(
        "explain",
        "Explain this indicator",
        "Definition, bands and readings of the indicator in the selected row.",
        (Ask("indicator", AskKind.INDICATOR, "Which indicator? The whole code, as the return shows it"),),
    ),
    Macro(
        "connect",
        "Connect the KPI functions",
        "Open a copy of this workbook in which the KPI functions work here, where they show #NAME?.",
        (Ask("file", AskKind.WORKBOOK, "Connect the KPI functions"),),
    ),
    Macro("about", "Doctor", "Check the installation and suggest fixes."),
)
"""Every macro, in the order of the menu."""


def macro_of(macro_id: str) -> Macro:
    """Find a macro by its id. Raises KeyError where there is none."""
    return {macro.id: macro for macro in MACROS}[macro_id]
