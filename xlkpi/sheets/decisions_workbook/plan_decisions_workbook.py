"""A workbook for the log of decisions: one row per decision, with lists to choose from; read as the log is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from xlkpi.core.period import Period
from xlkpi.council.decisions import DecisionKind
from xlkpi.council.decisions.log_row import LOG_COLUMNS
from xlkpi.ooxml.addresses import column_letters
from xlkpi.writing.workbook import REPEAT_HEADER, Cell, Column, EntryRule, Sheet, Table, WorkbookPlan

DECISIONS, LISTS = "Decisions", "Lists"
ROWS = 500
YEARS_BACK, YEARS = 2, 3
WIDTHS = {
    "decided_on": 13, "decided_by": 20, "decision": 22, "provider_id": 13, "period": 13, "indicator": 12, "file": 34,
    "value": 18, "why": 60,
}  # fmt: skip


@dataclass(frozen=True)
class DecisionChoices:
    """What can be chosen from: the providers and the indicators of the contract, and the periods around one."""

    provider_ids: Sequence[str]
    indicators: Sequence[str]
    latest: Period
    council: str = ""

    @property
    def lists(self) -> dict[str, Sequence[str]]:
        """Give the choices by the column they are for."""
        each = self.latest.scheme.per_year
        earliest = self.latest.back(YEARS_BACK * each)
        periods = [str(earliest.back(-later)) for later in range(YEARS * each)]
        kinds = [kind.value for kind in DecisionKind]
        columns = {"decision": kinds, "provider_id": self.provider_ids, "period": periods}
        return {**columns, "indicator": self.indicators}


def plan_decisions_workbook(choices: DecisionChoices, made_on: date) -> WorkbookPlan:
    """Plan the sheet to fill in and, behind it, the lists that it offers. Nothing typed is refused."""
    columns = tuple(
        Column(name, WIDTHS[name], "input day" if name == "decided_on" else "input") for name in LOG_COLUMNS
    )
    table = Table("KPI_Decisions", columns, [[None] * len(columns) for _ in range(ROWS)], fitted=False)
    decisions = Sheet(DECISIONS, (table,), freeze=(1, 0), paper=REPEAT_HEADER, rules=_rules(choices))
    return WorkbookPlan("KPI log of decisions", made_on, (decisions, _plan_lists(choices)), choices.council)


def _rules(choices: DecisionChoices) -> tuple[EntryRule, ...]:
    day = EntryRule(_cells("decided_on"), "A day", "The day it was decided. Type it as day/month/year.")
    lists = [
        EntryRule(_cells(name), name, f"Choose from the list: {name}.", source=_source(place, len(words)))
        for place, (name, words) in enumerate(choices.lists.items(), start=1)
        if words
    ]
    return (day, *lists)


def _cells(name: str) -> str:
    letters = column_letters(LOG_COLUMNS.index(name) + 1)
    return f"{letters}2:{letters}{ROWS + 1}"


def _source(place: int, number: int) -> str:
    letters = column_letters(place)
    return f"={LISTS}!${letters}$2:${letters}${number + 1}"


def _plan_lists(choices: DecisionChoices) -> Sheet:
    cells = []
    for col, (name, words) in enumerate(choices.lists.items(), start=1):
        cells.append(Cell(1, col, f"choices: {name}", "topic"))
        cells += [Cell(row, col, word) for row, word in enumerate(words, start=2)]
    return Sheet(LISTS, cells=tuple(cells), widths=(24.0,) * len(choices.lists), hidden=True)
