"""Cells of x, y and comments that were dragged: their names go along, and point beside the headings."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from xlkpi.findings import Code, Finding, finding
from xlkpi.layout.addresses import Col
from xlkpi.ooxml.model import CellTarget

MOST_NAMED = 6


@dataclass
class MovedCells:
    """Which indicator's name points to which cell, and which names were found to point beside their headings."""

    list_named: Callable[[], Mapping[str, Mapping[Col, CellTarget]]] = dict
    """Lists the cells that the names of x and y point to, by code; asked only where a row is not as it was planned."""
    _astray: dict[str, list[tuple[str, str, str]]] = field(default_factory=dict)
    _swapped: dict[str, list[tuple[str, str, str]]] = field(default_factory=dict)

    @cached_property
    def named(self) -> Mapping[str, Mapping[Col, CellTarget]]:
        """The cells that the names of x and y point to, by code."""
        return self.list_named()

    @cached_property  # few returns have a cell whose name is elsewhere
    def _owners(self) -> Mapping[CellTarget, str]:
        return {target: code for code, targets in self.named.items() for target in targets.values()}

    def owner(self, sheet: str, ref: str) -> str:
        """The code of the indicator a cell was made for; empty where no name points to it."""
        return self._owners.get(CellTarget(sheet, ref), "")

    def columns_named(self, sheet: str) -> Mapping[Col, Collection[str]]:
        """The columns of a sheet that names of x and of y point to."""
        columns: dict[Col, set[str]] = {}
        for targets in self.named.values():
            for col, target in targets.items():
                if target.sheet == sheet:
                    columns.setdefault(col, set()).add(column_of(target.ref))
        return columns

    def compare(self, code: str, named: Mapping[Col, CellTarget], cells: Mapping[Col, str]) -> None:
        """Compare where the names of a row point with the cells under the headings, which were read."""
        astray = [(code, target.ref, cells[col]) for col, target in named.items() if target.ref != cells[col]]
        refs = {col: target.ref for col, target in named.items()}
        is_swap = (refs.get(Col.X), refs.get(Col.Y)) == (cells[Col.Y], cells[Col.X])
        places = self._swapped if is_swap and len(astray) == len((Col.X, Col.Y)) else self._astray
        places.setdefault(named[Col.X].sheet, []).extend(astray)

    def findings(self) -> Iterator[Finding]:
        """One finding per sheet on names that point beside the columns of figures, one on x and y exchanged."""
        for code, sheets in ((Code.NAME_ELSEWHERE, self._astray), (Code.CELLS_SWAPPED, self._swapped)):
            for sheet, cells in sheets.items():
                codes, named, seen = (list(dict.fromkeys(column)) for column in zip(*cells, strict=True))
                facts = {"codes": ", ".join(codes), "named": list_some(named), "seen": list_some(seen)}
                yield finding(code, facts, indicator=codes[0], sheet=sheet, cell=seen[0])


def list_some(cells: Sequence[str]) -> str:
    """List cells, or other places, in a message: the first few, and how many more there are."""
    more = f" and {len(cells) - MOST_NAMED} more" if len(cells) > MOST_NAMED else ""
    return ", ".join(cells[:MOST_NAMED]) + more


def row_of(ref: str) -> int:
    """The row of an address in capitals."""
    return int(ref.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))


def column_of(ref: str) -> str:
    """The letters of an address."""
    return ref.rstrip("0123456789")
