"""The Schedule's own text, read straight from docs/contract/schedule.txt.

The text is a word processor's table laid out in lines: a line that begins with a tab opens a cell, a line
that doesn't continues it, an empty line ends the row. An indicator's row has eleven cells: who it applies
to, code, description, method, red, amber, green, quarterly, six-monthly, annually, how measured.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

SCHEDULE = Path(__file__).parents[2] / "docs" / "contract" / "schedule.txt"

FREQUENCIES = ("quarterly", "six-monthly", "annual")
"""The three columns a tick can stand in, from left to right."""

TICKS = frozenset("√\uf0fc")
"""A tick is written in two ways: √, and for the transport indicators U+F0FC, the tick of the Wingdings font
(a private character that most programs draw as nothing)."""

_CODE = re.compile(r"(KPI|INFO) [A-Z]\d[a-c]?")
_HEADING = re.compile(r"\s*(?:3\.0\t)?Key Performance Indicators \(KPIs\) – (.+)")


@dataclass(frozen=True)
class Row:
    """One indicator to the letter: ends stripped, typing faults and double spaces inside kept.

    `x` and `y` are what follows "x =" and "y ="; `red`, `amber`, `green` are the bands' texts ("n/a" for an
    INFO); `ticks` the frequencies ticked, in column order; `measured` may hold a line break.
    """

    code: str
    heading: str
    applies_to: str
    description: str
    x: str
    y: str
    red: str
    amber: str
    green: str
    ticks: tuple[str, ...]
    measured: str

    @property
    def rated(self) -> bool:
        """Whether the Schedule gives bands at all."""
        return self.green != "n/a"


def rows_of(text: str) -> list[tuple[str, list[str]]]:
    """The table's rows, each with the section heading it stands under and its cells as written."""
    rows: list[tuple[str, list[str]]] = []
    heading, cells = "", []
    for line in [*text.split("\n"), ""]:
        if match := _HEADING.fullmatch(line):
            heading = match[1].strip()
        elif line.startswith("\t"):
            cells.append(line[1:])
        elif line == "":
            if cells:
                rows.append((heading, cells))
            cells = []
        elif cells:
            cells[-1] += "\n" + line
    return rows


def _labelled(method: str, label: str) -> str:
    results = [line for line in method.split("\n") if line.startswith(f"{label} =")]
    if len(results) != 1:
        raise AssertionError(f"{len(results)} lines say {label} = in {method!r}")
    return results[0].removeprefix(f"{label} =").strip()


def _row(heading: str, applies_to: str, cells: list[str]) -> Row:
    code, description, method, red, amber, green, *marks, measured = (cell.strip() for cell in cells[1:])
    if len(marks) != len(FREQUENCIES):
        raise AssertionError(f"{code} has {len(cells)} cells")
    ticks = tuple(name for name, mark in zip(FREQUENCIES, marks, strict=True) if TICKS & set(mark))
    x, y = _labelled(method, "x"), _labelled(method, "y")
    return Row(code, heading, applies_to, description, x, y, red, amber, green, ticks, measured)


def parse(text: str) -> dict[str, Row]:
    """All indicators of the text by code, in the Schedule's order."""
    results: dict[str, Row] = {}
    applies_to = ""
    for heading, cells in rows_of(text):
        if len(cells) > 1 and _CODE.fullmatch(cells[1].strip()):
            applies_to = " ".join(cells[0].split()) or applies_to  # said once, at the section's first row
            row = _row(heading, applies_to, cells)
            if row.code in results:
                raise AssertionError(f"{row.code} stands twice in the Schedule")
            results[row.code] = row
    return results


class Rows(dict[str, Row]):
    """The Schedule's rows by code. An indicator that only the catalogue has is answered with what to do."""

    def __missing__(self, code: str) -> Row:
        raise AssertionError(f"{SCHEDULE} has no {code}: put the new indicator into it too, in the same place")


@cache
def schedule() -> Rows:
    """The 37 indicators of the Schedule in docs/contract."""
    return Rows(parse(SCHEDULE.read_text(encoding="utf-8")))
