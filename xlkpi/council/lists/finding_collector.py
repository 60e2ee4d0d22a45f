"""Findings of a long list: each with its line, and beyond a limit counted instead of listed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from numbers import Integral
from typing import NamedTuple

from xlkpi.council.lists.columns import MOST_COLUMNS, ListHeader
from xlkpi.council.lists.faults import CellFault, Fault
from xlkpi.council.lists.places import ListPlaces
from xlkpi.errors import LedgerError
from xlkpi.findings import Code, Finding, finding, shorten
from xlkpi.ooxml.addresses import column_letters

MOST_OF_A_KIND = 5_000
THE_ROW = "the row"
"""What a finding calls the place of a fault that is not in a single cell."""


class CountedCell(NamedTuple):
    """A cell that the one finding about its column names: its running line, its address, and what it says."""

    column: str
    line: int
    at: str
    text: str

    @property
    def facts(self) -> dict[str, str]:
        """Give the facts of a finding that names the cell."""
        return {"at": self.at, "found": shorten(self.text)}


class FindingCollector:
    """Collects findings of one list. Of one kind the first 5,000 are kept, and one more says how many there were."""

    def __init__(self, name: str, places: ListPlaces | None = None, settings: str = LedgerError.settings) -> None:
        """Collect the findings of the list of this name, whose lines are in these files and sheets.

        ``settings`` is the name of the file in which what is found can be settled.
        """
        self.name = name
        self.settings = settings
        self._places = places
        self._listed: list[Finding] = []
        self._counts: Counter[Code] = Counter()
        self._counted: dict[tuple[Code, str, str], tuple[int, CountedCell, Mapping[str, str]]] = {}

    def count(self, code: Code, cell: CountedCell, **facts: str) -> None:
        """Count a cell of a column: of all with this code there is one finding, which names the first."""
        name = self._places.find(cell.line)[0] if self._places else self.name
        key = (code, cell.column, name)
        number, first, first_facts = self._counted.get(key, (0, cell, facts))
        self._counted[key] = (number + 1, first, first_facts)

    def add(self, code: Code, facts: Mapping[str, object], *, indicator: str | None = None, cell: str = "") -> None:
        """Add one finding. Its facts ``line``, and ``other`` where that is a number, are running lines of the list."""
        self._counts[code] += 1
        if self._counts[code] <= MOST_OF_A_KIND:
            words = {"list": self.name, **{name: str(value) for name, value in facts.items()}, **self._place(facts)}
            self._listed.append(finding(code, words, indicator=indicator, cell=cell))

    def _place(self, facts: Mapping[str, object]) -> dict[str, str]:
        """The facts of a finding that say where: in which file or sheet, and the lines there."""
        line, other = facts.get("line"), facts.get("other")
        if self._places is None or not isinstance(line, Integral):
            return {}
        name, number = self._places.find(int(line))
        beside = {"other": self._places.beside(int(line), int(other))} if isinstance(other, Integral) else {}
        return {"list": name, "line": str(number), **beside}

    def add_row(self, line: int, fault: CellFault) -> None:
        """Add that a row is set aside for a cell of it."""
        at = {"at": fault.cell} if fault.cell else {}
        facts = {"line": line, "column": fault.column or THE_ROW, "remedy": fault.reason, **at}
        self.add(Code.LIST_ROW, facts, cell=fault.cell)

    def add_header(self, header: ListHeader, *, unread: bool = False) -> None:
        """Add that a list has more columns than are read, where it has; with ``unread``, each column that is not."""
        beside = header.beside
        if beside is not None:
            self.add(Code.LIST_TABLE_BESIDE, {"column": column_letters(beside + 1)})
        for place, text in header.unread() if unread and beside is None else ():
            self.add(Code.LIST_COLUMN, {"column": column_letters(place + 1), "found": shorten(text)})
        if header.is_cut:
            self.add(Code.LIST_WIDE, {"number": MOST_COLUMNS})

    def add_remarks(self, remarks: Iterable[Fault]) -> None:
        """Add the findings about the list as a whole."""
        for remark in remarks:
            words = {"list": self.name, "remedy": remark.message}
            self._listed.append(finding(Code.LIST_REMARK, words, sheet=remark.sheet, severity=remark.severity))

    def all(self) -> tuple[Finding, ...]:
        """Give everything listed, in the order it was added, and then how much was not."""
        counted = [
            finding(code, {**facts, "list": name, "column": column, **first.facts, "number": f"{number:,}"})
            for (code, column, name), (number, first, facts) in self._counted.items()
        ]
        more = [
            finding(
                Code.LIST_MORE,
                {"list": self.name, "number": f"{count - MOST_OF_A_KIND:,}", "code": code.name},
                severity=code.severity,
            )
            for code, count in self._counts.items()
            if count > MOST_OF_A_KIND
        ]
        return (*self._listed, *counted, *more)
