"""The formulas of real rows, laid out over thousands of x and y, for spreadsheet engines to calculate.

A row's formulas are taken from the plan of a real return and turned into a template over row numbers: `F6` becomes
`F{r}`. Two indicators whose templates are the same letter for letter need one evaluation: a formula sees only its
cells, so what holds for one holds for the other. The sheets are written as plain XML, every cell with a formula and a
cached value that is none, because a library that parses each of a million formulas would take minutes.
"""

from __future__ import annotations

import io
import os
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import xlsxwriter

from tests.judge.ironcalc_engine import Ironbook, column_letters
from tests.judge.real_returns import CODES, EVERYTHING, plan_of
from xlkpi.layout.plan_model import SlotKind

READINGS = ("effective", "as written")
HIGHEST_Y, EVERY_X = 120, 40
WHOLE = bool(os.environ.get("XLKPI_WHOLE_GRID"))
"""Whether every y is taken, as `python -m tests.by_hand.grids` does; else those of SOME_Y above EVERY_X."""

SOME_Y = (41, 43, 47, *range(49, 52), *range(59, 62), 67, *range(79, 82), *range(97, 102), 119, 120)
"""Where shares of whole percents lie on an edge, the numbers beside those, and some primes."""

EDGES = (5, 10, 25, 65, 75, 85, 95, 99, 100)
"""The shares, in percent, that a band begins or ends at."""

NOT_KNOWN = "–"
FIRST = 6
ELSEWHERE = 1
"""The row that stands for every other row of the return: there is nothing in it."""

STALE = "not recalculated"
"""The cached value of every formula in a grid: an engine that shows it has calculated nothing."""

ERROR_VALUES = ("#N/A", "#DIV/0!")
ODD: tuple[Any, ...] = (
    *(
        None,
        " ",
        "  ",
        "\xa0",
        "abc",
        "12",
        "1,200",
        "12 visits",
        "\u200b",
        2.5,
        0.5,
        195.99999999999997,
        -1,
        -0.5,
        -7,
        True,
        False,
    ),
    *ERROR_VALUES,
    *(5.0, 0, 1, 120, 99_999, 100_000, 9_999_999),
)
"""What stands in an input when it isn't a small count, and some counts to set it against."""

_REFERENCE = re.compile(r"('[^']+'!)?\$?([A-Z]{1,2})\$?(\d+)\b")

Pair = tuple[Any, Any]


def all_counts() -> Iterator[Pair]:
    """Every 0 ≤ x ≤ y + 1 up to a y of 40; for some y up to 120, the x at and beside each edge, from either end.

    Between two edges nothing changes: what lies there is left out for every y that is not small.
    """
    for y in range(HIGHEST_Y + 1) if WHOLE else (*range(EVERY_X + 1), *SOME_Y):
        shares = {0, *EDGES, *(100 - edge for edge in EDGES)}
        near = {share * y // 100 + more for share in shares for more in (-1, 0, 1, 2)}
        yield from ((x, y) for x in range(y + 2) if y <= EVERY_X or x in near)


def odd_pairs() -> Iterator[Pair]:
    """Everything odd beside everything odd."""
    return ((x, y) for x in ODD for y in ODD)


def edge_pairs() -> tuple[Pair, ...]:
    """About 150 pairs that lie on, just above and just below every edge of every band."""
    pairs: dict[Pair, None] = dict.fromkeys([(0, 0), (1, 0), (None, None), (None, 5), (5, None), (3, 2), (101, 100)])
    for y in (100, 20, 40, 60, 80, 200):
        for edge in EDGES:
            at = edge * y // 100
            pairs.update(dict.fromkeys((x, y) for x in (at - 1, at, at + 1) if 0 <= x <= y))
    pairs.update(dict.fromkeys([(0, 1), (1, 1), (0, 7), (6, 7), (7, 7), (8, 7), (99_998, 99_999), (1_999, 2_000)]))
    odd = [(1.5, 2), (2, -1), ("12", 20), (4, "abc"), (" ", "\xa0"), (" ", 3), (0, 3.25), ("x", None)]
    return (*pairs, *odd)


@dataclass(frozen=True)
class RealRow:
    """The live formulas of one indicator in a real Q4 return, by column letters, as templates over `{r}`."""

    code: str
    reading: str
    formulas: tuple[tuple[str, str], ...]

    def only(self, columns: Iterable[str]) -> tuple[tuple[str, str], ...]:
        """The templates of some of its columns."""
        wanted = set(columns)
        return tuple((column, text) for column, text in self.formulas if column in wanted)


@cache
def real_rows(reading: str, edition: str = "native") -> Mapping[str, RealRow]:
    """Every indicator's row of the Q4 return of a provider who holds everything, under one reading."""
    as_written = CODES if reading == "as written" else ()
    plan = plan_of(EVERYTHING, "2026-27 Q4", as_written=as_written, edition=edition)
    rows: dict[str, RealRow] = {}
    for sheet in plan.sheets:
        codes = {
            slot.row: str(slot.value)
            for slot in sheet.slots
            if slot.name.endswith(".x")
            for slot in [next(other for other in sheet.slots if (other.row, other.col) == (slot.row, 1))]
        }
        for row, code in codes.items():
            live = [slot for slot in sheet.slots if slot.row == row and slot.kind is SlotKind.LIVE]
            formulas = tuple((column_letters(slot.col), as_template(slot.formula, row)) for slot in live)
            rows[code] = RealRow(code, reading, formulas)
    return rows


def as_template(formula: str, row: int) -> str:
    """A formula with `{r}` for its own row; other rows and sheets become the empty row. Texts stay as they are."""

    def placed(match: re.Match[str]) -> str:
        sheet, column, number = match.groups()
        return f"{column}{{r}}" if int(number) == row and not sheet else f"{column}${ELSEWHERE}"

    pieces = formula.replace("{", "{{").replace("}", "}}").split('"')
    pieces[::2] = [_REFERENCE.sub(placed, piece) for piece in pieces[::2]]
    return '"'.join(pieces)


# --- a workbook of such rows ---


@dataclass(frozen=True)
class GridSheet:
    """One sheet: templates by column, and the x and y (columns F and G) of its rows from FIRST on."""

    name: str
    templates: tuple[tuple[str, str], ...]
    pairs: Sequence[Pair]


def write_grid(path: Path, sheets: Sequence[GridSheet]) -> Path:
    """Write the sheets as an .xlsx: a library's empty sheets, filled in afterwards."""
    frame = io.BytesIO()
    with xlsxwriter.Workbook(frame) as book:
        for sheet in sheets:
            book.add_worksheet(sheet.name)
    parts = {f"xl/worksheets/sheet{number}.xml": sheet for number, sheet in enumerate(sheets, start=1)}
    with zipfile.ZipFile(frame) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as out:
        for part in source.namelist():
            data = source.read(part)
            if part in parts:
                rows = "".join(_rows(parts[part]))
                assert data.count(b"<sheetData/>") == 1
                data = data.replace(b"<sheetData/>", f"<sheetData>{rows}</sheetData>".encode())
            out.writestr(part, data)
    return path


def by_ironcalc(path: Path, sheets: Sequence[GridSheet], columns: str) -> dict[str, list[list[Any]]]:
    """What IronCalc makes of every row of some columns, by the sheet's name."""
    value_of = Ironbook(write_grid(path, sheets)).model.get_cell_value
    numbers = [ord(column) - ord("A") + 1 for column in columns]
    return {
        sheet.name: [[value_of(place, FIRST + row, column) for column in numbers] for row in range(len(sheet.pairs))]
        for place, sheet in enumerate(sheets)
    }


def _rows(sheet: GridSheet) -> Iterator[str]:
    """The rows as XML; what stands outside the row's own cells is empty, and last time isn't known.

    Each has a height, or LibreOffice would measure all texts of a row to find one.
    """
    order = sorted([*sheet.templates, ("U", "")], key=lambda item: (len(item[0]), item[0]))
    first, others = _live_cells(order, FIRST + len(sheet.pairs) - 1)
    for r, (x, y) in enumerate(sheet.pairs, start=FIRST):
        cells = _cell("F", x) + _cell("G", y) + (first if r == FIRST else others)
        yield f'<row r="{r}" ht="15" customHeight="1">{cells.format(r=r)}</row>'


def _live_cells(order: Sequence[tuple[str, str]], last: int) -> tuple[str, str]:
    """A row's cells right of x and y as XML, in the first row and in the others, down to the row `last`.

    The others share the first one's formula, as where a person fills it down: an engine parses it once.
    """
    first = others = ""
    for number, (column, text) in enumerate(order):
        if text:
            cell = f'<c r="{column}{{r}}" t="str">%s<v>{STALE}</v></c>'
            area = f"{column}{FIRST}:{column}{last}"
            first += cell % f'<f t="shared" ref="{area}" si="{number}">{escape(text)}</f>'
            others += cell % f'<f t="shared" si="{number}"/>'
        else:
            first += _cell(column, NOT_KNOWN)
            others += _cell(column, NOT_KNOWN)
    return first, others


def _cell(column: str, value: Any) -> str:
    """A constant as XML; `{r}` is still to be filled in."""
    if value is None:
        return ""
    at = f'r="{column}{{r}}"'
    if isinstance(value, bool):
        return f'<c {at} t="b"><v>{int(value)}</v></c>'
    if value in ERROR_VALUES:
        return f'<c {at} t="e"><v>{value}</v></c>'
    if isinstance(value, str):
        text = escape(value).replace("{", "{{").replace("}", "}}")
        return f'<c {at} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
    return f"<c {at}><v>{value!r}</v></c>"
