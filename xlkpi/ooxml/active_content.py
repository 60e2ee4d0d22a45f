"""What in a workbook acts by itself or reaches out of the file: macros, links, objects, formulas. Nothing is run."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from xlkpi.ooxml.limits import SMALL_PART_LIMIT
from xlkpi.ooxml.package import Package, relationships_part
from xlkpi.ooxml.xml import local, tree

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from xlkpi.ooxml.package import Relationship

OUR_ADD_IN = "xlkpi.xlam"
"""A return with functions is saved by Excel with a link to the add-in that has them."""


class Active(Enum):
    """The kinds of active content."""

    MACRO_SHEET = "macro sheet"
    LINK = "link"
    OBJECT = "object"


class ActiveItem(NamedTuple):
    """One thing found: its kind, the sheet it is on ("" for the workbook), what or where it leads to."""

    kind: Active
    sheet: str
    detail: str


@dataclass(frozen=True)
class ActiveParts:
    """What the parts of one workbook file contain besides cells: the items, and the macro project's bytes, if any."""

    items: tuple[ActiveItem, ...] = ()
    project: bytes | None = None


OBJECT_KINDS = ("oleObject", "package", "control")
MACRO_SHEETS = ("xlMacrosheet", "xlIntlMacrosheet")
_SUSPICIOUS = tuple(
    word.encode()
    for word in (
        *("WEBSERVICE", "RTD(", "CALL(", "REGISTER", "EXEC(", "IMAGE(", "DDE(", "SQL.REQUEST", "HYPERLINK(", "FILE:"),
        *("\\\\", "|"),
    )
)
_REACHES_OUT = re.compile(
    r"\b(?:WEBSERVICE|RTD|CALL|REGISTER(?:\.ID)?|EXEC|IMAGE|DDE|SQL\.REQUEST)\s*\("
    r"|\\\\|\bfile:|\bHYPERLINK\s*\(.*(?://|\b[a-z]:)"
    r"|\b[a-z][\w.]*\|(?:'[^']*'|[\w./]+)!",
    re.IGNORECASE | re.DOTALL,
)
_DRIVE = re.compile(r"/?[A-Za-z]:")
_HARMLESS = ("http:", "https:", "mailto:", "tel:", "#")


def formula_reaches_out(formula: str) -> bool:
    """Tell whether a formula asks another program, the network or another computer for something."""
    return bool(_REACHES_OUT.search(formula))


def may_reach_out(part: bytes) -> bool:
    """Tell, from the bytes of a sheet, whether one of its formulas may reach out; never misses one.

    A letter can also be written as its number, and in encodings other than UTF-8: then the formulas are looked at.
    """
    text = part.upper()
    numbered = text.count(b"&#") > text.count(b"&#10;")
    return numbered or b"\0" in part[:4] or any(word in text for word in _SUSPICIOUS)


def link_leads_away(target: str) -> bool:
    """Tell whether a link leads to another computer's share, a drive or a program rather than to a web page."""
    plain = unquote(target).strip().replace("\\", "/").lower()
    if plain.startswith(_HARMLESS):
        return False
    return plain.startswith(("//", "file:")) or bool(_DRIVE.match(plain)) or ":" in plain.partition("/")[0]


def find_active_parts(package: Package, relations: Iterable[Relationship], sheets: Mapping[str, str]) -> ActiveParts:
    """Look through the relationships of the workbook and its sheets.

    Args:
        package: The open file.
        relations: Where the workbook part points to.
        sheets: The name of each sheet by its part.

    Raises:
        BrokenPart, OversizePart: a part that lists links is damaged or too large.
    """
    items: list[ActiveItem] = []
    project = None
    for relation in relations:
        if relation.kind == "vbaProject" and relation.target in package:
            project = package.read(relation.target, SMALL_PART_LIMIT)
        elif relation.kind == "externalLink":
            items.extend(ActiveItem(Active.LINK, "", detail) for detail in outside_links(package, relation.target))
        elif relation.kind == "connections":
            items.append(ActiveItem(Active.LINK, "", "a data connection"))
        elif relation.kind in MACRO_SHEETS:
            items.append(ActiveItem(Active.MACRO_SHEET, sheets.get(relation.target, ""), ""))
    for part, name in sheets.items():
        items.extend(_on_a_sheet(package, part, name))
    return ActiveParts(tuple(dict.fromkeys(items)), project)


def outside_links(package: Package, part: str) -> Iterator[str]:
    """Say where an external link leads to: a file, or a program and topic; nothing for our own add-in."""
    if part not in package:
        return
    root = tree(package.read(part, SMALL_PART_LIMIT))
    for element in root.iter():
        if local(element.tag) == "ddeLink":
            yield f"{element.get('ddeService', '')}|{element.get('ddeTopic', '')}"
    for _, target in external_targets(package, part):
        if not is_our_add_in(target):
            yield unquote(target)


def is_our_add_in(target: str) -> bool:
    """Tell whether a link is to the add-in, on a drive of this computer."""
    path = unquote(target).replace("\\", "/").lower()
    local_path = path.removeprefix("file:///")
    return local_path.rpartition("/")[2] == OUR_ADD_IN and not local_path.startswith(("//", "file:", "http"))


def external_targets(package: Package, part: str) -> Iterator[tuple[str, str]]:
    """Give kind and target of every link out of the file that a part has."""
    rels = relationships_part(part)
    if rels not in package:
        return
    for element in tree(package.read(rels, SMALL_PART_LIMIT)):
        if local(element.tag) == "Relationship" and element.get("TargetMode") == "External":
            yield element.get("Type", "").rpartition("/")[2], element.get("Target", "")


def _on_a_sheet(package: Package, part: str, name: str) -> Iterator[ActiveItem]:
    if relationships_part(part) not in package:
        return
    for relation in package.relationships(part).values():
        if relation.kind in OBJECT_KINDS:
            yield ActiveItem(Active.OBJECT, name, relation.kind)
    for kind, target in external_targets(package, part):
        if kind in OBJECT_KINDS:
            yield ActiveItem(Active.OBJECT, name, unquote(target))
        elif link_leads_away(target):
            yield ActiveItem(Active.LINK, name, unquote(target))
