"""The indicators of a catalogue's version as a list that officers keep in a spreadsheet, beside the version's file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from xlkpi.council.lists.cell_text import clean
from xlkpi.council.lists.columns import ListColumns
from xlkpi.council.lists.reader import open_list
from xlkpi.errors import RegisterError, UnreadableFile

ENDINGS = (" indicators.xlsx", " indicators.csv")
"""The list of version 2026-27.1 is called ``2026-27.1 indicators.xlsx``."""
_NEEDED = ("code", "section", "description", "x", "y", "red", "amber", "green", "frequency", "measured")
_EFFECTIVE = ("outturn", "x", "y", "red", "amber", "green", "frequency")
"""What may be read otherwise than it is written: each in a column of its own, ``effective_red``."""
COLUMNS = ListColumns((*_NEEDED, "outturn", "carried_over", "why", *(f"effective_{name}" for name in _EFFECTIVE)),
                      _NEEDED, {})  # fmt: skip
_YES = ("yes", "true", "1", "x")


def find_indicator_list(version: Path) -> Path | None:
    """Find the list beside a version's file; None where there is none."""
    places = (version.with_name(f"{version.stem}{ending}") for ending in ENDINGS)
    return next((place for place in places if place.is_file()), None)


def read_indicator_list(path: Path) -> tuple[list[dict[str, Any]], list[str]]:
    """Read the indicators as the version's file would have them, and what is wrong with the list."""
    rows, faults = [], []
    try:
        opened = open_list(path, COLUMNS)
        for listed in opened:
            if listed.fault:
                faults.append(f"{path.name}, row {listed.row}: {listed.fault.reason}")
            elif not listed.is_blank:
                cells = listed.header.filled([clean(text) for text in listed.cells])
                rows.append(_as_data(cells))
    except (UnreadableFile, RegisterError) as problem:
        return [], [str(problem)]
    return rows, faults


def _as_data(cells: Mapping[str, str]) -> dict[str, Any]:
    row: dict[str, Any] = {name: cells[name] for name in (*_NEEDED, "outturn", "why") if name in cells}
    effective = {name: cells[f"effective_{name}"] for name in _EFFECTIVE if f"effective_{name}" in cells}
    if effective:
        row["effective"] = effective
    if cells.get("carried_over", "").casefold() in _YES:
        row["carried_over"] = True
    return row
