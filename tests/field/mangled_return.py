"""A filled return as its parts' texts, to be damaged: it knows where its figures are, and what a person sees there."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from random import Random

from tests.reading.return_edits import FEW, filled
from xlkpi import check_return, load_catalogue
from xlkpi.core.checks import Entry
from xlkpi.findings import Finding
from xlkpi.layout.plan import get_layout
from xlkpi.ooxml.addresses import column_letters, column_number
from xlkpi.reading.returns.checked_return import CheckedReturn
from xlkpi.reading.returns.template_versions import key_of_manifest

WORKBOOK, STRINGS, STYLES, CORE = "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml", "docProps/core.xml"
COVER = "xl/worksheets/sheet1.xml"
CELL = re.compile(r'<c r="([A-Z]+)(\d+)"([^<>]*?)(/>|>(.*?)</c>)', re.DOTALL)
ROW = re.compile(r'<row r="(\d+)"[^<>]*?(?:/>|>.*?</row>)', re.DOTALL)
Pair = tuple["int | None", "int | None"]


@dataclass
class Place:
    """Where an indicator's figures are now: the part of its sheet, its row, and the letters of its columns."""

    part: str
    row: int
    x: str
    y: str
    code: str = "A"
    comment: str = "L"


@dataclass
class Mangled:
    """A return in the making.

    Attributes:
        parts: The text of each part.
        places: Where each indicator is; without those whose row was taken away.
        seen: The count that a person sees as x and y; None where there is none, or what is there is not plainly one.
        done: The names of what was done.
        copies: The indicator whose x is 4,321 on the copy of a sheet, by the part copied.
    """

    parts: dict[str, str]
    places: dict[str, Place]
    seen: dict[str, Pair]
    done: list[str] = field(default_factory=list)
    copies: dict[str, str] = field(default_factory=dict)

    def pick(self, chance: Random) -> str:
        """Any indicator that still has a row."""
        return chance.choice(sorted(self.places))

    def cell(self, part: str, ref: str) -> re.Match[str] | None:
        """A cell as it is written now."""
        start = self.parts[part].find(f'<c r="{ref}"')
        return CELL.match(self.parts[part], start) if start >= 0 else None

    def put(self, part: str, ref: str, attributes: str, inner: str, style: str | None = None) -> bool:
        """Write a cell anew, in the style it has unless another is given; False where there is none."""
        cell = self.cell(part, ref)
        if cell is None:
            return False
        own = re.search(r' s="\d+"', cell[3])
        style = (own[0] if own else "") if style is None else style
        text = self.parts[part]
        written = f'<c r="{ref}"{style}{attributes}>{inner}</c>' if inner else f'<c r="{ref}"{style}/>'
        self.parts[part] = text[: cell.start()] + written + text[cell.end() :]
        return True

    def count(
        self, code: str, which: int, attributes: str, inner: str, *, sees: int | None, style: str | None = None
    ) -> bool:
        """Write x (0) or y (1) of an indicator, of which a person then sees this count, or none."""
        place = self.places[code]
        if not self.put(place.part, f"{(place.x, place.y)[which]}{place.row}", attributes, inner, style):
            return False
        pair = list(self.seen[code])
        pair[which] = sees
        self.seen[code] = (pair[0], pair[1])
        return True

    def words(self, part: str, ref: str, text: str) -> bool:
        """Write words into a cell."""
        return self.put(part, ref, ' t="inlineStr"', f"<is><t>{text}</t></is>")

    def style(self, code: str) -> str:
        """One more cell format, with this number format; gives the attribute that uses it."""
        text = self.parts[STYLES]
        number = 900 + text.count("<numFmt ")
        text = re.sub(r"(<numFmts[^>]*>)", rf'\1<numFmt numFmtId="{number}" formatCode="{code}"/>', text, count=1)
        start, end = text.index("<cellXfs"), text.index("</cellXfs>")
        style = len(re.findall(r"<xf ", text[start:end]))
        entry = f'<xf numFmtId="{number}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
        self.parts[STYLES] = text[:end] + entry + text[end:]
        return f' s="{style}"'

    def replace(self, part: str, old: str, new: str | Callable[[re.Match[str]], str], count: int = 0) -> bool:
        """Replace what a pattern finds in a part; False where it finds nothing."""
        self.parts[part], done = re.subn(old, new, self.parts[part], count=count, flags=re.DOTALL)
        return done > 0

    def title(self, part: str) -> str:
        """The name on a sheet's tab, as the XML has it."""
        number = re.search(r"sheet(\d+)\.xml", part)
        hidden = r'(?: state="hidden")*'
        match = re.search(
            rf'<sheet name="([^"]*)"{hidden} sheetId="{number[1] if number else 0}"', self.parts[WORKBOOK]
        )
        return match[1] if match else ""

    def on(self, part: str) -> Iterator[tuple[str, Place]]:
        """The indicators of a sheet."""
        return ((code, place) for code, place in sorted(self.places.items()) if place.part == part)

    def move(self, part: str, rows: int, columns: int, from_row: int, from_column: int) -> None:
        """Insert rows and columns before a cell, as a program does: cells and names move on."""

        def moved(letters: str, row: int) -> tuple[str, int]:
            column = column_number(letters)
            return (column_letters(column + columns * (column >= from_column)), row + rows * (row >= from_row))

        def new_cell(match: re.Match[str]) -> str:
            letters, row = moved(match[1], int(match[2]))
            return f'<c r="{letters}{row}"'

        self.replace(part, r'<c r="([A-Z]+)(\d+)"', new_cell)
        self.replace(part, r'<row r="(\d+)" spans="[^"]*"', lambda match: f'<row r="{moved("A", int(match[1]))[1]}"')
        quoted = self.title(part)
        sheet = f"(?:'{re.escape(quoted)}'|{re.escape(quoted)})"

        def new_name(match: re.Match[str]) -> str:
            letters, row = moved(match[2], int(match[3]))
            return f">{match[1]}!${letters}${row}<"

        self.replace(WORKBOOK, rf">({sheet})!\$([A-Z]+)\$(\d+)<", new_name)
        for _, place in self.on(part):
            place.row += rows * (place.row >= from_row)
            for name in ("x", "y", "code", "comment"):
                setattr(place, name, moved(getattr(place, name), 1)[0])

    def bytes(self) -> bytes:
        """The file."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
            for name, text in self.parts.items():
                archive.writestr(name, text)
        return out.getvalue()


@cache
def _sound() -> tuple[dict[str, str], dict[str, Place], dict[str, Pair]]:
    indicators = load_catalogue().indicators
    figures = {}
    for number, (code, row) in enumerate(indicators.items()):
        y = 200 + number
        figures[code.replace(" ", "_")] = Entry(FEW.get(code, y if row.is_kpi else 20 + number), y)
    data = filled(**figures)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {info.filename: archive.read(info).decode() for info in archive.infolist()}
    checked = check_return("return.xlsx", data=data)
    assert checked.manifest is not None
    layout = get_layout(load_catalogue(), key_of_manifest(checked.manifest))
    due = {asked.indicator.code for asked in layout.asked if asked.due}
    titles = re.findall(r'<sheet name="([^"]*)"', parts[WORKBOOK])
    sheets = {title: f"xl/worksheets/sheet{number}.xml" for number, title in enumerate(titles, start=1)}
    places, seen = {}, {}
    for entry in checked.entries:
        if entry.code in due:
            row = int(re.sub("[A-Z]", "", entry.x_cell))
            places[entry.code] = Place(sheets[entry.sheet], row, entry.x_cell[0], entry.y_cell[0])
            seen[entry.code] = (entry.x, entry.y)
    return parts, places, seen


def sound() -> Mangled:
    """The return before anything is done to it."""
    parts, places, seen = _sound()
    return Mangled(dict(parts), {code: Place(**vars(place)) for code, place in places.items()}, dict(seen))


@cache
def _sound_messages() -> frozenset[str]:
    return frozenset(finding.message for finding in check_return("return.xlsx", data=sound().bytes()).findings)


def _names(values: Finding, code: str, sheets: set[str]) -> bool:
    """Whether a finding is about this indicator, or about the whole of its sheet, under either name of it."""
    if values.indicator == code or re.search(rf"\b{code}\b", values.message):
        return True
    return values.code.name in OF_A_SHEET and any(sheet == values.sheet or sheet in values.message for sheet in sheets)


OF_A_SHEET = ("HEADINGS_LOST", "SHEET_LOST", "SHEET_PROVIDER", "SHEET_PERIOD", "COPY_DIFFERS")


def wrong(book: Mangled, checked: CheckedReturn) -> list[str]:
    """What is read otherwise than a person sees it, without a finding that names the place."""
    news = [finding for finding in checked.findings if finding.message not in _sound_messages()]
    if checked.unreadable or checked.manifest is None:
        return [] if news else ["not read, and nothing is reported"]
    loud = [finding for finding in news if finding.severity.value != "note"]
    entries = {entry.code: entry for entry in checked.entries}
    faults = []
    for code, seen in book.seen.items():
        entry = entries.get(code)
        read = (entry.x, entry.y) if entry else (None, None)
        sheets = {entry.sheet if entry else "", book.title(book.places[code].part) if code in book.places else ""} - {
            ""
        }
        if read != seen and not any(_names(finding, code, sheets) for finding in loud):
            faults.append(f"{code}: seen {seen}, read {read}")
    return faults
