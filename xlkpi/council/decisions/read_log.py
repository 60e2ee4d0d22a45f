"""Reading the log of decisions: one list or several, CSV or .xlsx, those of the first version too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from xlkpi.catalogue.load import Catalogue, load_catalogue
from xlkpi.core.contract_words import ContractWords
from xlkpi.council.decisions.decision import Decision, DecisionLog
from xlkpi.council.decisions.log_row import READ_COLUMNS, read_row
from xlkpi.council.lists.cell_text import clean
from xlkpi.council.lists.columns import wide_fault
from xlkpi.council.lists.faults import CellFault, Fault, row_fault
from xlkpi.council.lists.reader import ListedRow, open_list
from xlkpi.writing.csv_text import unguard_formula

LARGEST_DECISIONS, MOST_DECISIONS = 50_000_000, 100_000


def read_decisions(paths: Iterable[Path], catalogue: Catalogue | None = None) -> DecisionLog:
    """Read every list of decisions as one log; a row that cannot be applied is a fault of its list.

    With ``catalogue``, a code is spelled as the catalogue has it; one that it does not know stays as it is. Raises
    UnreadableFile where a file is neither CSV nor .xlsx, RegisterError where columns are missing.
    """
    decisions: list[Decision] = []
    faults: list[Fault] = []
    lists, words = tuple(paths), (catalogue or load_catalogue()).words
    for path in lists:
        listed, wrong = _read_list(path, words)
        spelled = [_spelled(decision, catalogue) for decision in listed]
        known = {_without_place(decision) for decision in decisions}  # a log that was saved in two forms counts once
        decisions += [decision for decision in spelled if _without_place(decision) not in known]
        faults += [replace(fault, list_name=path.name) for fault in wrong]
    decisions.sort(key=lambda decision: decision.decided_on)  # of one day, as the lists have them
    return DecisionLog(lists[0] if lists else None, tuple(decisions), tuple(faults))


def _without_place(decision: Decision) -> Decision:
    return replace(decision, row=0, list_name="")


def _spelled(decision: Decision, catalogue: Catalogue | None) -> Decision:
    if catalogue and decision.indicator:
        with suppress(KeyError):
            return replace(decision, indicator=catalogue.find(decision.indicator).code)
    return decision


def _read_list(path: Path, words: ContractWords) -> tuple[list[Decision], list[Fault]]:
    if path.is_file() and not path.stat().st_size:
        return [], []  # the first decision is being written, or its writing was cut off
    opened = open_list(path, READ_COLUMNS, largest=LARGEST_DECISIONS, most_rows=MOST_DECISIONS)
    decisions: list[Decision] = []
    faults: list[Fault] = [wide_fault(opened.header, "list of decisions")] if opened.header.is_cut else []
    for listed in opened:
        if listed.is_blank:
            continue
        decision, wrong = _read(listed, path.name, words)
        faults += [row_fault(listed.row, fault, sheet=listed.sheet) for fault in wrong]
        decisions += [decision] if decision else []
    return decisions, [*faults, *opened.remarks]


def _read(listed: ListedRow, list_name: str, words: ContractWords) -> tuple[Decision | None, list[CellFault]]:
    if listed.fault:
        return None, [listed.fault]
    cells = [unguard_formula(clean(text)) for text in listed.cells]
    decision, wrong = read_row(listed, listed.header.filled(cells), list_name, words)
    return decision, [_as_written(fault, listed.header.written) for fault in wrong]


def _as_written(fault: CellFault, written: Mapping[str, str]) -> CellFault:
    """Call a column what its list calls it: the first version's lists have names of their own."""
    return replace(fault, column=written.get(fault.column, fault.column))
