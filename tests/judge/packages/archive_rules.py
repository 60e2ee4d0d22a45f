"""Rules about the archive, its parts, their content types and the relationships between them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from tests.judge.packages.package import CONTENT_TYPES, OFFICE, RELATIONSHIPS, TYPES, Fault, Package, owner_of

WORKBOOK_TYPE = {"xlsx": "sheet.main", "xlsm": "sheet.macroEnabled.main", "xlam": "addin.macroEnabled.main"}
PART_TYPES = {
    r"xl/worksheets/[^/]+\.xml": "spreadsheetml.worksheet+xml",
    r"xl/tables/[^/]+\.xml": "spreadsheetml.table+xml",
    r"xl/charts/chart\d+\.xml": "drawingml.chart+xml",
    r"xl/drawings/[^/]+\.xml": "officedocument.drawing+xml",
    r"xl/styles\.xml": "spreadsheetml.styles+xml",
    r"xl/sharedStrings\.xml": "spreadsheetml.sharedStrings+xml",
    r"xl/theme/[^/]+\.xml": "officedocument.theme+xml",
    r"xl/vbaProject\.bin": "ms-office.vbaProject",
    r"docProps/core\.xml": "core-properties+xml",
    r"docProps/app\.xml": "extended-properties+xml",
    r".*\.rels": "package.relationships+xml",
}
"""How the content type of a part ends, by the part's name."""

LONGEST_ADDRESS = 2079
_ID = re.compile(r"[A-Za-z_][\w.-]*")
_IDS_IN_USE = etree.XPath(f"//@*[namespace-uri()='{OFFICE.strip('{}')}']", smart_strings=False)
_UNESCAPED = re.compile(r"[\s<>\"{}|\\^`]")


def archive(package: Package) -> Iterator[Fault]:
    """Entries that an Office program does not expect."""
    lower = [part.lower() for part in package.parts]
    yield from (Fault("part twice", part) for part in package.parts if lower.count(part.lower()) > 1)
    for entry in package.entries:
        name = entry.filename
        if "\\" in name or name.endswith("/") or not name.isascii():
            yield Fault("name of a part", name)
        if entry.flag_bits & 0b1001:
            yield Fault("encrypted, or its size behind it", name)
        if entry.compress_type not in (0, 8) or entry.extract_version > 20:
            yield Fault("packed in another way", name, str(entry.compress_type))
    if package.parts[0] != CONTENT_TYPES:
        yield Fault("content types not first", package.parts[0])
    damaged = package.archive.testzip()
    if damaged:
        yield Fault("damaged part", damaged)


def xml_parts(package: Package) -> Iterator[Fault]:
    """Parts that are not the plain XML they should be."""
    yield from (Fault("not well formed", part, problem) for part, problem in package.damaged.items())
    for part in package.trees:
        start = package.archive.read(part)[:400]
        if b"<!DOCTYPE" in start:
            yield Fault("document type", part)
        if start.startswith(b"\xef\xbb\xbf"):
            yield Fault("byte order mark", part)


def content_types(package: Package) -> Iterator[Fault]:
    """Content types twice, of no part, missing, or other than the part's."""
    tree = package.trees[CONTENT_TYPES]
    defaults = {
        element.get("Extension").lower(): element.get("ContentType") for element in tree.iter(TYPES + "Default")
    }
    stated: dict[str, str] = {}
    for element in tree.iter(TYPES + "Override"):
        part = element.get("PartName").lstrip("/")
        if part in stated:
            yield Fault("content type twice", part)
        if part not in package.parts:
            yield Fault("content type of no part", part)
        stated[part] = element.get("ContentType")
    for part in package.parts:
        kind = stated.get(part) or defaults.get(part.rpartition(".")[2].lower())
        if kind is None and part != CONTENT_TYPES:
            yield Fault("part without content type", part)
        yield from _other_type(part, kind or "")
    if WORKBOOK_TYPE[package.suffix] not in stated.get("xl/workbook.xml", ""):
        yield Fault("workbook's type", package.name, stated.get("xl/workbook.xml", ""))
    if package.suffix == "xlsx" and any("vbaProject" in part for part in package.parts):
        yield Fault("macros in a plain workbook", package.name)


def _other_type(part: str, kind: str) -> Iterator[Fault]:
    for pattern, ending in PART_TYPES.items():
        if re.fullmatch(pattern, part) and not kind.endswith(ending):
            yield Fault("content type of another part", part, kind)


def relationships(package: Package) -> Iterator[Fault]:
    """Relationships that lead nowhere, and parts that nothing leads to."""
    reached = set()
    for part in package.trees:
        if not part.endswith(RELATIONSHIPS):
            continue
        ids = [element.get("Id") for element in package.trees[part]]
        yield from (Fault("relationship's id", part, each) for each in ids if not _ID.fullmatch(each))
        yield from (Fault("relationship twice", part, each) for each in ids if ids.count(each) > 1)
        for link in package.relationships[owner_of(part)].values():
            reached.add(link.target)
            if link.external:
                if _UNESCAPED.search(link.target) or len(link.target) > LONGEST_ADDRESS:
                    yield Fault("address outside", part, link.target[:60])
            elif link.target not in package.parts:
                yield Fault("relationship to no part", part, link.target)
    for part in package.parts:
        if part not in reached and not part.endswith(RELATIONSHIPS) and part != CONTENT_TYPES:
            yield Fault("part that nothing leads to", part)


def relationship_ids(package: Package) -> Iterator[Fault]:
    """Ids of relationships that are used without being there."""
    for part, tree in package.trees.items():
        known = package.relationships.get(part, {})
        in_use: Any = _IDS_IN_USE(tree)
        yield from (Fault("id of no relationship", part, number) for number in in_use if number not in known)


def ribbon(package: Package) -> Iterator[Fault]:
    """Ids used twice on the ribbon, on which Excel leaves the whole tab out."""
    for part, tree in package.trees.items():
        if part.startswith("customUI/") and not part.endswith(RELATIONSHIPS):
            ids = [element.get("id") for element in tree.iter() if element.get("id")]
            yield from (Fault("ribbon id twice", part, each) for each in {*ids} if ids.count(each) > 1)
