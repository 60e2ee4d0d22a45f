"""Rules about tables, which Excel repairs at the slightest difference between a header and its cell."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

from openpyxl.utils import get_column_letter

from tests.judge.packages.package import MAIN, OFFICE, Fault, Package, Sheet, box, boxes_meet, unescaped
from tests.judge.packages.workbook_rules import LIKE_A_CELL, LONGEST_NAME, NAME


def tables_of(package: Package, sheet: Sheet) -> list[Any]:
    """The trees of a sheet's tables."""
    links = [sheet.relationships.get(e.get(OFFICE + "id")) for e in sheet.all("tableParts", "tablePart")]
    return [package.trees[link.target] for link in links if link and link.target in package.trees]


def tables(package: Package) -> Iterator[Fault]:
    """Names and numbers of all tables, and each table by itself."""
    everywhere = [table for sheet in package.sheets for table in tables_of(package, sheet)]
    names = [table.get("displayName").lower() for table in everywhere]
    defined = {element.get("name").lower() for element in package.defined_names}
    for table in everywhere:
        name = table.get("displayName")
        if names.count(name.lower()) > 1 or name.lower() in defined:
            yield Fault("table's name twice", name)
        if not NAME.fullmatch(name) or LIKE_A_CELL.fullmatch(name) or len(name) > LONGEST_NAME:
            yield Fault("name of a table", name)
    if len({table.get("id") for table in everywhere}) != len(everywhere):
        yield Fault("table's number twice", package.name)
    for sheet in package.sheets:
        for table in tables_of(package, sheet):
            yield from _table(package, sheet, table)
        boxes = [box(table.get("ref")) for table in tables_of(package, sheet)]
        for table_part, other in combinations([each for each in boxes if each], 2):
            if boxes_meet(table_part, other):
                yield Fault("tables that overlap", sheet.name)


def _table(package: Package, sheet: Sheet, table: Any) -> Iterator[Fault]:
    name, place = table.get("displayName"), box(table.get("ref"))
    group = table.find(MAIN + "tableColumns")
    headers = [column.get("name") for column in group]
    if place is None or place[3] - place[1] + 1 != len(group) or int(group.get("count")) != len(group):
        yield Fault("columns of a table", name, table.get("ref"))
        return
    if place[2] == place[0]:
        yield Fault("table without rows", name)
    if len({header.lower() for header in headers}) != len(headers) or max(map(len, headers)) > LONGEST_NAME:
        yield Fault("headers of a table", name)
    if len({column.get("id") for column in group}) != len(group):
        yield Fault("column's number twice", name)
    yield from _filter(table, name)
    addresses = [f"{get_column_letter(column)}{place[0]}" for column in range(place[1], place[3] + 1)]
    top = [cell for cell in map(package.cells[sheet.name].get, addresses) if cell]
    shown = [unescaped(cell.value or "") for cell in top]
    if any(cell.type not in ("s", "inlineStr") for cell in top) or shown != [unescaped(each) for each in headers]:
        yield Fault("header and its cell", name, str([each for each in headers if unescaped(each) not in shown])[:80])


def _filter(table: Any, name: str) -> Iterator[Fault]:
    element = table.find(MAIN + "autoFilter")
    if element is None:
        return
    whole, filtered = box(table.get("ref")), box(element.get("ref"))
    totals = int(table.get("totalsRowCount", "0"))
    if not whole or filtered != (whole[0], whole[1], whole[2] - totals, whole[3]):
        yield Fault("filter of a table", name, element.get("ref"))
