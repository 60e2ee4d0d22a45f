"""A workbook as a judge of colours and structure needs it: cells by openpyxl, the rest by the parts themselves."""

from __future__ import annotations

import re
import zipfile
from functools import cached_property

import openpyxl
from lxml import etree

BLACK, WHITE = "000000", "FFFFFF"
DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}cNvPr"


class OpenOutput:
    """One output. Its parts are read when they are asked for, and once."""

    def __init__(self, path):
        self.path = path
        with zipfile.ZipFile(path) as parts:
            self.parts = {name: parts.read(name) for name in parts.namelist()}

    @cached_property
    def book(self):
        return openpyxl.load_workbook(self.path)

    @property
    def sheets(self):
        """The sheets that a person sees."""
        return [sheet for sheet in self.book.worksheets if sheet.sheet_state == "visible"]

    def xml(self, pattern):
        """The parts whose name matches, as trees by name."""
        return {name: etree.fromstring(data) for name, data in self.parts.items() if re.fullmatch(pattern, name)}


def luminance(colour):
    """Relative luminance of WCAG 2 for "RRGGBB"."""
    channels = [value / 255 for value in bytes.fromhex(colour)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(ink, fill):
    """The contrast ratio of WCAG 2, from 1 to 21."""
    dark, light = sorted((luminance(ink), luminance(fill)))
    return (light + 0.05) / (dark + 0.05)


def rgb(colour, otherwise):
    """A colour of a style; another where the style says nothing."""
    if colour is None:
        return otherwise
    if colour.type == "theme":
        assert colour.theme in {0, 1}, "a theme colour can be changed by the reader's own theme"
        return WHITE if colour.theme == 0 else BLACK
    if colour.type == "indexed":
        return {64: BLACK, 65: WHITE}[colour.indexed]
    return colour.rgb[-6:]


def ink_of(cell):
    return rgb(cell.font.color, BLACK)


def fill_of(cell):
    return rgb(cell.fill.fgColor, WHITE) if cell.fill.fill_type == "solid" else WHITE


def hue(colour):
    """Red, amber, green or none, as somebody who sees colours would say of a fill."""
    red, green, blue = bytes.fromhex(colour)
    if max(red, green, blue) - min(red, green, blue) < 30:
        return ""
    if green > red and green > blue:
        return "green"
    if red >= green > blue + 30:
        return "amber" if blue < 200 else ""  # the pale yellow of cells to fill in says nothing of a result
    return "red" if red > max(green, blue) + 30 else ""
