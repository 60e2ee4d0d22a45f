"""Rules about the workbook: its sheets, defined names, views and document properties."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tests.judge.packages.formula_rules import quoted_sheets
from tests.judge.packages.package import MAIN, Fault, Package

LONGEST_SHEET_NAME, LONGEST_NAME = 31, 255
NAME = re.compile(r"[A-Za-z_\\][A-Za-z0-9_.\\?]*")
LIKE_A_CELL = re.compile(r"\$?[A-Za-z]{1,3}\$?\d{1,7}|[Rr](\d+|\[-?\d+\])?([Cc](\d+|\[-?\d+\])?)?|[Cc](\d+|\[-?\d+\])?")
CORE = "docProps/core.xml"
_VARIANT = "{http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes}"
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def sheets(package: Package) -> Iterator[Fault]:
    """Names, numbers and states of the sheets."""
    names = package.sheet_names
    lower = [name.lower() for name in names]
    for name in names:
        if len(name) > LONGEST_SHEET_NAME or re.search(r"[\[\]:*?/\\]", name) or name.strip("'") != name or not name:
            yield Fault("name of a sheet", name)
        if name.lower() == "history":
            yield Fault("name of a sheet", name, "reserved")
        if lower.count(name.lower()) > 1:
            yield Fault("sheet's name twice", name)
    elements = package.workbook.findall(f"{MAIN}sheets/{MAIN}sheet")
    if len({element.get("sheetId") for element in elements}) != len(elements):
        yield Fault("sheet's number twice", package.name)
    if not any(element.get("state", "visible") == "visible" for element in elements):
        yield Fault("no visible sheet", package.name)
    if package.workbook.find(MAIN + "externalReferences") is not None:
        yield Fault("links to other workbooks", package.name)
    codes = [element.get("codeName") for sheet in package.sheets for element in sheet.all("sheetPr")]
    codes = [code for code in codes if code]
    if len({*codes}) != len(codes):
        yield Fault("code name twice", package.name)


def views(package: Package) -> Iterator[Fault]:
    """The sheet that is shown first, and the one that is selected."""
    elements = package.workbook.findall(f"{MAIN}sheets/{MAIN}sheet")
    for view in package.workbook.findall(f"{MAIN}bookViews/{MAIN}workbookView"):
        shown, first = int(view.get("activeTab", "0")), int(view.get("firstSheet", "0"))
        # An add-in has hidden sheets alone: its window is never seen.
        if shown >= len(elements) or elements[shown].get("state", "visible") != "visible":
            yield Fault("sheet shown first", package.name, str(shown))
        if first >= len(elements):
            yield Fault("first tab", package.name, str(first))
    views_of = [view for sheet in package.sheets for view in sheet.all("sheetViews", "sheetView")]
    if sum(view.get("tabSelected") in ("1", "true") for view in views_of) != 1:
        yield Fault("not one sheet selected", package.name)


def defined_names(package: Package) -> Iterator[Fault]:
    """Names that Excel would not let a person define, and names of what is not there."""
    seen = set()
    for element in package.defined_names:
        name, scope, text = element.get("name"), element.get("localSheetId"), element.text or ""
        if (name.lower(), scope) in seen:
            yield Fault("defined name twice", name)
        seen.add((name.lower(), scope))
        if scope is not None and int(scope) >= len(package.sheet_names):
            yield Fault("name of no sheet's", name, scope)
        if not name.startswith("_xlnm."):
            if not NAME.fullmatch(name) or len(name) > LONGEST_NAME:
                yield Fault("spelling of a name", name)
            if LIKE_A_CELL.fullmatch(name):
                yield Fault("name like a cell", name)
        if "#REF!" in text or any(sheet not in package.sheet_names for sheet in quoted_sheets(text)):
            yield Fault("name of what is not there", name, text)


def properties(package: Package) -> Iterator[Fault]:
    """The document's properties: the list of titles, and the moments."""
    app, core = package.trees.get("docProps/app.xml"), package.trees.get(CORE)
    titles = None if app is None else app.find("{*}TitlesOfParts")
    if titles is not None:
        stated = int(titles[0].get("size"))
        counted = sum(int(number.text) for number in app.find("{*}HeadingPairs").iter(_VARIANT + "i4"))
        if not stated == counted == len(titles[0]):
            yield Fault("list of titles", "docProps/app.xml", f"{stated}, {counted}, {len(titles[0])}")
    if core is not None:
        tags = [element.tag for element in core]
        if len({*tags}) != len(tags):
            yield Fault("property twice", CORE)
        yield from _moments(core)


def _moments(core: Any) -> Iterator[Fault]:
    for element in core:
        if element.tag.endswith(("created", "modified")):
            kind = element.get("{http://www.w3.org/2001/XMLSchema-instance}type")
            if not _MOMENT.fullmatch(element.text or "") or kind != "dcterms:W3CDTF":
                yield Fault("moment", CORE, element.text or "")
