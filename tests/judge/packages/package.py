"""A package taken apart for the rules: its parts as trees, relationships, content types and sheets."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from lxml import etree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
OFFICE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
CONTENT_TYPES = "[Content_Types].xml"
RELATIONSHIPS = ".rels"
FIRST_ROWS = 40

_CELL = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True)
class Fault:
    """One fault: which rule, where, and what is there."""

    rule: str
    place: str
    detail: str = ""


@dataclass(frozen=True)
class Relationship:
    """One relationship; ``target`` is a part's name, or an address where it is external."""

    id: str
    type: str
    target: str
    external: bool


class Cell(NamedTuple):
    """A cell as it is in the file: its type, its value (a shared string looked up) and its formula."""

    type: str
    value: str | None
    formula: str | None


@dataclass(frozen=True)
class Sheet:
    """A worksheet of the workbook."""

    index: int
    name: str
    state: str
    sheet_id: str
    part: str
    tree: Any
    relationships: dict[str, Relationship]

    def all(self, *path: str) -> list[Any]:
        """The elements of the sheet at a path of names of the main namespace."""
        elements: list[Any] = self.tree.findall("/".join(MAIN + name for name in path))
        return elements


@dataclass
class Package:
    """A package; parts that cannot be parsed are in ``damaged`` and not in ``trees``."""

    name: str
    content: bytes
    trees: dict[str, Any] = field(default_factory=dict)
    damaged: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.archive = zipfile.ZipFile(io.BytesIO(self.content))
        self.entries = self.archive.infolist()
        self.parts = [entry.filename for entry in self.entries]
        for part in self.parts:
            if part.endswith((".xml", RELATIONSHIPS, ".vml")):
                try:
                    self.trees[part] = etree.fromstring(self.archive.read(part))
                except (etree.XMLSyntaxError, zipfile.BadZipFile) as problem:
                    self.damaged[part] = str(problem)

    @property
    def suffix(self) -> str:
        """The ending of the file's name, without the dot."""
        return self.name.rpartition(".")[2].lower()

    @cached_property
    def relationships(self) -> dict[str, dict[str, Relationship]]:
        """The relationships by the part they are of; those of the package itself under the empty name."""
        return {owner_of(part): dict(_relationships(part, self.trees[part])) for part in self._rels()}

    def _rels(self) -> list[str]:
        return [part for part in self.trees if part.endswith(RELATIONSHIPS)]

    @property
    def workbook(self) -> Any:
        """The workbook part's tree."""
        return self.trees["xl/workbook.xml"]

    @cached_property
    def sheets(self) -> list[Sheet]:
        """The worksheets whose part is there, in order."""
        links = self.relationships.get("xl/workbook.xml", {})
        results = []
        for index, element in enumerate(self.workbook.findall(f"{MAIN}sheets/{MAIN}sheet")):
            link = links.get(element.get(OFFICE + "id"))
            if link and link.target in self.trees:
                state, number = element.get("state", "visible"), element.get("sheetId")
                related = self.relationships.get(link.target, {})
                tree = self.trees[link.target]
                results.append(Sheet(index, element.get("name"), state, number, link.target, tree, related))
        return results

    @cached_property
    def sheet_names(self) -> list[str]:
        """The names of all sheets, whether their part is there or not."""
        return [element.get("name") for element in self.workbook.findall(f"{MAIN}sheets/{MAIN}sheet")]

    @property
    def defined_names(self) -> list[Any]:
        """The elements of the defined names."""
        elements: list[Any] = self.workbook.findall(f"{MAIN}definedNames/{MAIN}definedName")
        return elements

    @cached_property
    def strings(self) -> list[str]:
        """The shared strings."""
        tree = self.trees.get("xl/sharedStrings.xml")
        return [] if tree is None else [text_of(item) for item in tree.findall(f"{MAIN}si")]

    @cached_property
    def cells(self) -> dict[str, dict[str, Cell]]:
        """The cells by sheet and address."""
        return {sheet.name: dict(self._cells_of(sheet)) for sheet in self.sheets}

    def _cells_of(self, sheet: Sheet) -> Iterator[tuple[str, Cell]]:
        for element in sheet.tree.iterfind(f"{MAIN}sheetData/{MAIN}row/{MAIN}c"):
            kind, texts = element.get("t", "n"), {part.tag: part.text or "" for part in element}
            value = texts.get(MAIN + "v")
            if kind == "inlineStr":
                value = text_of(element)
            elif kind == "s" and value is not None and int(value) < len(self.strings):
                value = self.strings[int(value)]
            yield element.get("r"), Cell(kind, value, texts.get(MAIN + "f"))


def parts_of(content: bytes) -> dict[str, bytes]:
    """The parts of a package by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Mapping[str, bytes]) -> bytes:
    """A package of parts, in their order: the same parts give the same bytes."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED, 1)  # whenever it is packed
    return target.getvalue()


def without_later_rows(content: bytes, first: int = FIRST_ROWS) -> bytes:
    """The package with the first rows of each sheet: the later ones are like them, and take a judge long."""
    parts = parts_of(content)
    for part, data in parts.items():
        start, *rows = data.split(b"<row ")
        end = rows[-1][rows[-1].index(b"</sheetData>") :] if len(rows) > first else b""
        parts[part] = b"<row ".join([start, *rows[:first]]) + end
    return packed(parts)


def owner_of(part: str) -> str:
    """The part whose relationships a ``.rels`` part has."""
    folder, name = posixpath.split(part)
    return posixpath.join(posixpath.dirname(folder), name.removesuffix(RELATIONSHIPS))


def _relationships(part: str, tree: Any) -> Iterator[tuple[str, Relationship]]:
    base = posixpath.dirname(owner_of(part))
    for element in tree:
        target, external = element.get("Target"), element.get("TargetMode") == "External"
        if not external:
            target = target.partition("#")[0]
            target = posixpath.normpath(posixpath.join(base, target)) if target[:1] != "/" else target.lstrip("/")
        number = element.get("Id")
        yield number, Relationship(number, element.get("Type"), target, external)


def text_of(element: Any) -> str:
    """The text of a string with or without formatting; phonetic readings, which we never write, count too."""
    return "".join(run.text or "" for run in element.iter(MAIN + "t"))


def unescaped(text: str) -> str:
    """A text with ``_x000D_`` and its like as the signs they stand for."""
    return _ESCAPE.sub(lambda sign: chr(int(sign[1], 16)), text)


def box(reference: str | None) -> tuple[int, int, int, int] | None:
    """(1, 1, 2, 3) for "A1:C2": first row and column, last row and column; None where it is no range."""
    corners = [_CELL.fullmatch(corner) for corner in (reference or "").split(":")]
    if len(corners) > 2 or not all(corners):
        return None
    places = [(int(corner[2]), column_number(corner[1])) for corner in corners if corner]
    return (*places[0], *places[-1])


def column_number(letters: str) -> int:
    """1 for A, 27 for AA."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def boxes_meet(box_edges: tuple[int, int, int, int], other: tuple[int, int, int, int]) -> bool:
    """Whether two ranges have a cell in common."""
    return (
        box_edges[0] <= other[2] and other[0] <= box_edges[2] and box_edges[1] <= other[3] and other[1] <= box_edges[3]
    )
