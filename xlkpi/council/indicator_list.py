"""The indicators of a catalogue's version as a list that officers keep in a spreadsheet, beside the version's file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from xlkpi.catalogue.near_band import find_retyped_band
from xlkpi.catalogue.validate_outturn import BANDS, rule_of
from xlkpi.core.near_text import find_nearest
from xlkpi.core.visible_text import is_error_value
from xlkpi.core.vocabulary import OutturnRule
from xlkpi.council.lists.cell_text import clean
from xlkpi.council.lists.columns import ListColumns, ListHeader, plain_header
from xlkpi.council.lists.faults import Fault
from xlkpi.council.lists.reader import open_list
from xlkpi.errors import RegisterError, UnreadableFile
from xlkpi.findings import Severity, shorten
from xlkpi.ooxml.addresses import cell_address

ENDINGS = (" indicators.xlsx", " indicators.csv")
"""The list of version 2026-27.1 is called ``2026-27.1 indicators.xlsx``."""
ROW = "_row"
"""The note in an indicator with its row. It is in no file of ours, as every name that begins so."""
_NEEDED = ("code", "section", "description", "x", "y", "red", "amber", "green", "frequency", "measured")
_EFFECTIVE = ("outturn", "x", "y", "red", "amber", "green", "frequency")
"""What may be read otherwise than it is written: each in a column of its own, ``effective_red``."""
COLUMNS = ListColumns((*_NEEDED, "outturn", "carried_over", "why", *(f"effective_{name}" for name in _EFFECTIVE)),
                      _NEEDED, {})  # fmt: skip
_YES_OR_NO = {**dict.fromkeys(("yes", "true", "1", "x"), True), **dict.fromkeys(("no", "false", "0"), False)}


def find_indicator_list(version: Path) -> Path | None:
    """Find the list beside a version's file; None where there is none."""
    places = (version.with_name(f"{version.stem}{ending}") for ending in ENDINGS)
    return next((place for place in places if place.is_file()), None)


def read_indicator_list(path: Path) -> tuple[list[dict[str, Any]], list[str]]:
    """Read the indicators as the version's file would have them, and what is wrong with the list.

    Each has a note with its row, for what is found wrong with it later.
    """
    rows: list[dict[str, Any]] = []
    faults: list[str] = []
    try:
        opened = open_list(path, COLUMNS)
        faults += _header_faults(opened.header)
        for listed in opened:
            place = f"sheet {listed.sheet}, row {listed.row}" if listed.sheet else f"row {listed.row}"
            if listed.fault:
                faults.append(f"{place}: {listed.fault.reason}")
            elif not listed.is_blank:
                cells = listed.header.filled([clean(text) for text in listed.cells])
                rows.append({**_as_data(cells), ROW: place})
                faults += [f"{place}, {listed.cell(column)}: {fault}" for column, fault in _cell_faults(cells)]
    except (UnreadableFile, RegisterError) as problem:
        return [], [str(problem)]
    faults += [_without_place(remark.message) for remark in opened.remarks if _must_be_seen(remark)]
    return rows, [f"{path.name}: {fault}" for fault in faults]


def _header_faults(header: ListHeader) -> Iterator[str]:
    """Find columns that nothing reads: the name of one may be a slip, and what it changes would be lost."""
    absent = {plain_header(name): name for name in COLUMNS.names if name not in header.at}
    for at, text in header.unknown:
        meant = find_nearest(plain_header(text), absent)
        if meant:
            yield f"{cell_address(header.row, at + 1)}: “{shorten(text)}” is not known. Did you mean {meant}?"
    for at, text, column in header.repeated:
        place = cell_address(header.row, at + 1)
        yield f"{place}: “{shorten(text)}” is a second column of {column}. Delete one of the two."


def _must_be_seen(remark: Fault) -> bool:
    """Tell a sheet or a row that somebody may miss from a sheet with something else on it."""
    return remark.severity is not Severity.NOTE or "hidden" in remark.message


def _without_place(message: str) -> str:
    return message.replace("it was read.", "show it, or delete it.").replace("they were read.", "show or delete them.")


def _cell_faults(cells: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Find cells that a spreadsheet program or a person changed into what nobody meant."""
    rule = rule_of(cells) or OutturnRule.X_OF_Y
    carried = cells.get("carried_over", "")
    if carried and carried.casefold() not in _YES_OR_NO:
        yield "carried_over", f"carried_over is “{shorten(carried)}”. Write yes or no."
    for column, text in cells.items():
        if is_error_value(text):
            yield column, f"{column} is {text}. Correct the formula, or type the text."
        elif column.removeprefix("effective_") in BANDS and (meant := find_retyped_band(text, rule)):
            yield column, f"{column} is {text}. Format the cell as text, and type the band again, as {meant}."


def _as_data(cells: Mapping[str, str]) -> dict[str, Any]:
    row: dict[str, Any] = {name: cells[name] for name in (*_NEEDED, "outturn", "why") if name in cells}
    effective = {name: cells[f"effective_{name}"] for name in _EFFECTIVE if f"effective_{name}" in cells}
    if effective:
        row["effective"] = effective
    if _YES_OR_NO.get(cells.get("carried_over", "").casefold()):
        row["carried_over"] = True
    return row
