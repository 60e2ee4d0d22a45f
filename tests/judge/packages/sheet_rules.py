"""Rules about what surrounds the cells: merged cells, filters, links, headers and footers, pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations
from typing import Any

from tests.judge.packages.formula_rules import quoted_sheets
from tests.judge.packages.package import MAIN, OFFICE, Fault, Package, Sheet, box, boxes_meet

LONGEST_LINK, LONGEST_TIP, LONGEST_DISPLAY, MOST_LINKS, LONGEST_FOOTER = 2079, 255, 2083, 65_530, 255
FILTER_NAME = "_xlnm._FilterDatabase"
EXTENSIONS = {
    "{05C60535-1F16-4fd2-B633-F4F36F0B64E0}",  # sparklines
    "{78C0D931-6437-407d-A8EE-F0AAD7539E65}",  # conditional formats of 2010
    "{B025F937-C7B1-47D3-B67F-A62EFF666E3E}",  # the id of such a format
    "{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}",  # validation against another sheet
}
_XM = "{http://schemas.microsoft.com/office/excel/2006/main}"
_PLAIN_PLACE = re.compile(r"(?:'(?:[^']|'')+'|[A-Za-z_][\w.]*)!\$?[A-Z]+\$?\d+(?::\$?[A-Z]+\$?\d+)?")


def merged_cells(package: Package) -> Iterator[Fault]:
    """Merged cells that overlap, or are no range."""
    for sheet in package.sheets:
        boxes = [box(element.get("ref")) for element in sheet.all("mergeCells", "mergeCell")]
        if not all(boxes):
            yield Fault("merged cells", sheet.name)
        for merged_range, other in combinations([each for each in boxes if each], 2):
            if boxes_meet(merged_range, other):
                yield Fault("merged cells that overlap", sheet.name, f"{merged_range} {other}")


def filters(package: Package) -> Iterator[Fault]:
    """A filter and the hidden name that goes with it."""
    named = {int(e.get("localSheetId", "-1")): e for e in package.defined_names if e.get("name") == FILTER_NAME}
    for sheet in package.sheets:
        there, name = sheet.all("autoFilter"), named.get(sheet.index)
        if bool(there) != (name is not None):
            yield Fault("filter and its name", sheet.name)
        elif name is not None:
            place = (name.text or "").rpartition("!")[2].replace("$", "")
            if place != there[0].get("ref") or name.get("hidden") != "1":
                yield Fault("filter and its name", sheet.name, place)


def links(package: Package) -> Iterator[Fault]:
    """Links inside the workbook that lead nowhere, and texts too long."""
    names = {element.get("name").lower() for element in package.defined_names if element.get("localSheetId") is None}
    for sheet in package.sheets:
        elements = sheet.all("hyperlinks", "hyperlink")
        if len(elements) > MOST_LINKS:
            yield Fault("too many links", sheet.name)
        for element in elements:
            location = element.get("location")
            if location and not element.get(OFFICE + "id") and location.lower() not in names:
                yield from _location(sheet, location, package.sheet_names)
            if box(element.get("ref")) is None:
                yield Fault("link of no cell", sheet.name, element.get("ref"))
            limits = {"tooltip": LONGEST_TIP, "display": LONGEST_DISPLAY, "location": LONGEST_LINK}
            for attribute, most in limits.items():
                if len(element.get(attribute, "")) > most:
                    yield Fault("long text of a link", sheet.name, attribute)


def _location(sheet: Sheet, location: str, sheets: list[str]) -> Iterator[Fault]:
    if not _PLAIN_PLACE.fullmatch(location) or any(name not in sheets for name in quoted_sheets(location)):
        yield Fault("link to nowhere", sheet.name, location)


def headers(package: Package) -> Iterator[Fault]:
    """Headers and footers over the limit, on which Excel repairs the file."""
    for sheet in package.sheets:
        for element in sheet.all("headerFooter", "*"):
            if len(element.text or "") > LONGEST_FOOTER:
                yield Fault("long header or footer", sheet.name, str(len(element.text)))


def panes(package: Package) -> Iterator[Fault]:
    """Frozen panes without a split, and selected cells that are none."""
    for sheet in package.sheets:
        for view in sheet.all("sheetViews", "sheetView"):
            for pane in view.iter(MAIN + "pane"):
                if pane.get("state") == "frozen" and not (pane.get("xSplit") or pane.get("ySplit")):
                    yield Fault("frozen pane", sheet.name)
            for selection in view.iter(MAIN + "selection"):
                if selection.get("activeCell") and box(selection.get("activeCell")) is None:
                    yield Fault("selected cell", sheet.name, selection.get("activeCell"))
        for dimension in sheet.all("dimension"):
            if box(dimension.get("ref")) is None:
                yield Fault("dimension", sheet.name, dimension.get("ref"))


def extensions(package: Package) -> Iterator[Fault]:
    """Extensions we do not mean to write, and sparklines of another place."""
    for sheet in package.sheets:
        for element in sheet.tree.iter(MAIN + "ext"):
            if element.get("uri") not in EXTENSIONS:
                yield Fault("extension", sheet.name, element.get("uri"))
            yield from _sparklines(element, sheet, package.sheet_names)


def _sparklines(extension: Any, sheet: Sheet, sheets: list[str]) -> Iterator[Fault]:
    for element in extension.iter(_XM + "f"):
        named = quoted_sheets(element.text or "")
        if not named or any(name not in sheets for name in named):
            yield Fault("sparkline of nothing", sheet.name, element.text or "")
