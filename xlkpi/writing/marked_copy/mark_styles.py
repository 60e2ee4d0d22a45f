"""The style part: formats added at its end, so that every number in use keeps its meaning."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass

from xlkpi.writing.marked_copy import edit_xml

_PARTS = (
    "numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs", "tableStyles",
    "colors", "extLst",
)  # fmt: skip
_FONT = (
    "b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign", "sz", "color", "name",
    "family", "charset", "scheme",
)  # fmt: skip
_SIDES = ("left", "right", "top", "bottom")

INK = "FF1F1F1F"
"""The text colour of every marked cell: its contrast on each of the fills is above 12 : 1."""


@dataclass(frozen=True)
class Look:
    """How one severity looks: a light fill, the border of a marked cell, the ink of its word (ARGB)."""

    fill: str
    border: str
    ink: str


LOOKS: Mapping[str, Look] = {
    "must fix": Look(fill="FFFFD9D9", border="FFC00000", ink="FF8B1A1A"),
    "query": Look(fill="FFFFF2CC", border="FFBF8F00", ink="FF6B4A00"),
    "note": Look(fill="FFDDEBF7", border="FF2F75B5", ink="FF1F3864"),
}


@dataclass(frozen=True)
class Font:
    """A font of the Findings sheet; colour as ARGB."""

    colour: str = INK
    size: int = 11
    bold: bool = False
    underline: bool = False


@dataclass(frozen=True)
class Format:
    """A cell format of the Findings sheet; `quoted` keeps text text when somebody edits the cell."""

    font: Font = Font()
    fill: str = ""
    border: str = ""
    horizontal: str = ""
    vertical: str = "center"
    indent: int = 0
    wrap: bool = False
    quoted: bool = False


class Stylesheet:
    """One style part; each method gives the index of a format, made on first use."""

    def __init__(self, root: edit_xml.Element) -> None:
        """Wrap the root of the part; its tables are made, with their defaults, when they are missing."""
        self._root = root
        self._made: dict[object, int] = {}
        self._counts: dict[str, int] = {}
        for name, seed in _SEEDS.items():
            if edit_xml.child(root, name) is None:
                table = edit_xml.place(root, name, _PARTS)
                seed(table)
                table.set("count", str(len(table)))
        self._formats = list(edit_xml.children(self._table("cellXfs"), "xf"))

    def marked(self, base: int, severity: str) -> int:
        """The format `base` with the fill, border and dark text of a severity, all else kept."""
        base = base if base < len(self._formats) else 0
        key = ("marked", base, severity)
        if key not in self._made:
            look, clone = LOOKS[severity], deepcopy(self._formats[base])
            clone.tail = None
            dark = self._dark_font(edit_xml.number(clone.get("fontId"), 0))
            box = self._border("medium", look.border)
            _dress(clone, fontId=dark, fillId=self._fill(look.fill), borderId=box)
            self._made[key] = self._append("cellXfs", clone)
        return self._made[key]

    def format(self, wanted: Format) -> int:
        """A format that owes nothing to the workbook's own."""
        if wanted not in self._made:
            xf = self._new("cellXfs", "xf", numFmtId="0", xfId="0")
            border = self._border("thin", wanted.border) if wanted.border else 0
            fill = self._fill(wanted.fill) if wanted.fill else 0
            _dress(xf, fontId=self._font(wanted.font), fillId=fill, borderId=border)
            if wanted.quoted:
                xf.set("quotePrefix", "1")
            xf.set("applyAlignment", "1")
            align = edit_xml.add(xf, "alignment", vertical=wanted.vertical)
            if wanted.horizontal:
                align.set("horizontal", wanted.horizontal)
            if wanted.wrap:
                align.set("wrapText", "1")
            if wanted.indent:
                align.set("indent", str(wanted.indent))
            self._made[wanted] = self._append("cellXfs", xf)
        return self._made[wanted]

    def _dark_font(self, base: int) -> int:
        key = ("dark", base)
        if key not in self._made:
            fonts = list(edit_xml.children(self._table("fonts"), "font"))
            font = deepcopy(fonts[base if base < len(fonts) else 0])
            font.tail = None
            for colour in list(edit_xml.children(font, "color")):
                font.remove(colour)
            edit_xml.add(font, "color", rgb=INK)
            font[:] = sorted(edit_xml.elements(font), key=_font_order)  # some writers keep to no order
            self._made[key] = self._append("fonts", font)
        return self._made[key]

    def _font(self, wanted: Font) -> int:
        if wanted not in self._made:
            font = self._new("fonts", "font")
            if wanted.bold:
                edit_xml.add(font, "b")
            if wanted.underline:
                edit_xml.add(font, "u")
            edit_xml.add(font, "sz", val=str(wanted.size))
            edit_xml.add(font, "color", rgb=wanted.colour)
            edit_xml.add(font, "name", val="Calibri")
            edit_xml.add(font, "family", val="2")
            self._made[wanted] = self._append("fonts", font)
        return self._made[wanted]

    def _fill(self, colour: str) -> int:
        key = ("fill", colour)
        if key not in self._made:
            fill = self._new("fills", "fill")
            pattern = edit_xml.add(fill, "patternFill", patternType="solid")
            edit_xml.add(pattern, "fgColor", rgb=colour)
            edit_xml.add(pattern, "bgColor", indexed="64")
            self._made[key] = self._append("fills", fill)
        return self._made[key]

    def _border(self, style: str, colour: str) -> int:
        key = ("border", style, colour)
        if key not in self._made:
            border = self._new("borders", "border")
            for side in _SIDES:
                edit_xml.add(edit_xml.add(border, side, style=style), "color", rgb=colour)
            edit_xml.add(border, "diagonal")
            self._made[key] = self._append("borders", border)
        return self._made[key]

    def _table(self, name: str) -> edit_xml.Element:
        return edit_xml.ensure(self._root, name, _PARTS)

    def _new(self, table: str, name: str, **attributes: str) -> edit_xml.Element:
        parent = self._table(table)
        return parent.makeelement(edit_xml.tag(parent, name), attributes)

    def _append(self, table: str, item: edit_xml.Element) -> int:
        """Add an item to a table; gives its index. What is there is counted once: it may be a great deal."""
        parent = self._table(table)
        if table not in self._counts:
            self._counts[table] = sum(1 for _ in edit_xml.children(parent, edit_xml.local(item)))
        index = self._counts[table]
        self._counts[table] += 1
        parent.append(item)
        parent.set("count", str(index + 1))
        return index


def _dress(xf: edit_xml.Element, **ids: int) -> None:
    """Point a format at its font, fill and border, and say that each one applies."""
    for name, index in ids.items():
        xf.set(name, str(index))
        xf.set("apply" + name[:1].upper() + name[1:-2], "1")


def _font_order(part: edit_xml.Element) -> int:
    name = edit_xml.local(part)
    return _FONT.index(name) if name in _FONT else len(_FONT)


def _seed_fonts(table: edit_xml.Element) -> None:
    font = edit_xml.add(table, "font")
    edit_xml.add(font, "sz", val="11")
    edit_xml.add(font, "name", val="Calibri")


def _seed_fills(table: edit_xml.Element) -> None:
    # Spreadsheet programs take fills 0 and 1 for none and grey, whatever they contain.
    for pattern in ("none", "gray125"):
        edit_xml.add(edit_xml.add(table, "fill"), "patternFill", patternType=pattern)


def _seed_borders(table: edit_xml.Element) -> None:
    border = edit_xml.add(table, "border")
    for side in (*_SIDES, "diagonal"):
        edit_xml.add(border, side)


def _seed_xf(table: edit_xml.Element) -> None:
    edit_xml.add(table, "xf", numFmtId="0", fontId="0", fillId="0", borderId="0")


_SEEDS: Mapping[str, Callable[[edit_xml.Element], None]] = {
    "fonts": _seed_fonts,
    "fills": _seed_fills,
    "borders": _seed_borders,
    "cellStyleXfs": _seed_xf,
    "cellXfs": _seed_xf,
}


def empty_stylesheet(space: str) -> edit_xml.Element:
    """The root of a style part for a workbook that has none, in its namespace."""
    root = edit_xml.new_root(space, "styleSheet")
    edit_xml.add(edit_xml.add(root, "cellStyles", count="1"), "cellStyle", name="Normal", xfId="0", builtinId="0")
    return root
