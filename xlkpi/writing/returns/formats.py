"""The layout's styles as formats of a workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlkpi.layout.styles import STYLES, Style

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format


class Formats:
    """Formats of one workbook by style name and lock; each is made once."""

    def __init__(self, book: Workbook) -> None:
        """Serve the formats of this workbook."""
        self._book = book
        self._cells: dict[tuple[str, bool], Format] = {}
        self._highlights: dict[str, Format] = {}

    def cell(self, style: str, *, unlocked: bool) -> Format:
        """The format of a cell."""
        key = (style, unlocked)
        if key not in self._cells:
            self._cells[key] = self._book.add_format({**properties_of(STYLES[style]), "locked": not unlocked})
        return self._cells[key]

    def highlight(self, style: str) -> Format:
        """The format of a conditional format: how numbers show, or fill, font colour and weight; the rest stays."""
        if style not in self._highlights:
            look = STYLES[style]
            colours = {"bg_color": look.fill, "font_color": look.ink, "bold": look.bold}
            self._highlights[style] = self._book.add_format({"num_format": look.numbers} if look.numbers else colours)
        return self._highlights[style]


def properties_of(style: Style) -> dict[str, object]:
    """A style as XlsxWriter's format properties; text within a grid keeps a little distance from its line."""
    properties: dict[str, object] = {
        "font_name": "Calibri",
        "font_size": style.size,
        "font_color": style.ink,
        "bold": style.bold,
        "italic": style.italic,
        "text_wrap": style.wrap,
        "align": style.align,
        "valign": style.valign,
    }
    if style.fill:
        properties |= {"bg_color": style.fill, "pattern": 1}
    if style.line and style.align == "left":
        properties["indent"] = 1
    if style.line:
        properties |= {"border": 2 if style.thick else 1, "border_color": style.line}
    if style.numbers:
        properties["num_format"] = style.numbers
    if style.underline:
        properties["underline"] = 1
    return properties
