"""What in a workbook acts by itself or reaches out of the file: macros, links, objects. Nothing is run or fetched.

What makes a part act is the relationship that leads to it, whatever the part is called, so every list of relationships
in the package is looked through. Formulas are judged in `outside_formulas`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from xlkpi.ooxml.limits import LINK_LIMIT, SMALL_PART_LIMIT, OversizePart
from xlkpi.ooxml.package import Package, Relationship, part_key, read_all_relationships, relationships_part
from xlkpi.ooxml.xml import BrokenPart, local, tree

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

OUR_ADD_IN = "xlkpi.xlam"
"""A return with functions is saved by Excel with a link to the add-in that has them."""


class Active(Enum):
    """The kinds of active content."""

    MACRO_SHEET = "macro sheet"
    LINK = "link"
    OBJECT = "object"


class ActiveItem(NamedTuple):
    """One thing found: its kind, the sheet it is on ("" for the workbook), what it is or where it leads to."""

    kind: Active
    sheet: str
    detail: str


@dataclass(frozen=True)
class ActiveParts:
    """What the parts of one workbook file contain besides cells: the items, and the macro project's bytes, if any."""

    items: tuple[ActiveItem, ...] = ()
    project: bytes | None = None


PROJECT = "vbaProject"
EXTERNAL_LINK = "externalLink"
MACRO_SHEETS = frozenset(("xlMacrosheet", "xlIntlMacrosheet", "dialogsheet"))
LINK_KINDS = {
    "connections": "a data connection",
    "queryTable": "a query",
    "volatileDependencies": "live data of another program",
    "powerPivotData": "a data model",
}
OBJECT_KINDS = frozenset(
    (
        *("oleObject", "package", "control", "attachedToolbars"),
        *("extensibility", "userCustomization", "webextension", "webextensiontaskpanes"),
    )
)
_DRIVE = re.compile(r"/?[A-Za-z]:")
_HARMLESS = ("http:", "https:", "mailto:", "tel:", "#")


def link_leads_away(target: str) -> bool:
    """Tell whether a link leads to another computer's share, a drive or a program rather than to a web page."""
    plain = unquote(target).strip().replace("\\", "/").lower()
    if plain.startswith(_HARMLESS):
        return False
    return plain.startswith(("//", "file:")) or bool(_DRIVE.match(plain)) or ":" in plain.partition("/")[0]


def relation_leads_away(relation: Relationship) -> bool:
    """Tell whether a relationship reaches out of the file: a person follows a link to a page, a program the others."""
    return relation.external and (relation.kind != "hyperlink" or link_leads_away(relation.target))


def find_active_parts(package: Package, sheets: Mapping[str, str]) -> ActiveParts:
    """Look through every list of relationships in the package; ``sheets`` are the names of the sheets by their parts.

    Raises OversizePart where a list of links is too large to be read, or there are too many.
    """
    relations = _all_relations(package)
    places = {part_key(part): name for part, name in sheets.items()}
    for owner, name in list(places.items()):  # a drawing is on its sheet
        for relation in relations.get(owner, ()):
            places.setdefault(part_key(relation.target), name)
    links = {part_key(r.target) for related in relations.values() for r in related if r.kind == EXTERNAL_LINK}
    items: dict[ActiveItem, None] = {}
    project = None
    for owner, related in relations.items():
        for relation in related if owner not in links else ():
            if relation.kind == PROJECT and not relation.external and relation.target in package:
                project = package.read(relation.target, SMALL_PART_LIMIT)
            items.update(dict.fromkeys(_items_of(package, relation, places.get(owner, ""), places)))
    return ActiveParts(tuple(items), project)


def _all_relations(package: Package) -> dict[str, Sequence[Relationship]]:
    relations: dict[str, Sequence[Relationship]] = {}
    count = 0
    for owner in _owners(package):
        relations[owner] = _relations_of(package, owner)
        count += 1 + len(relations[owner])
        if count > LINK_LIMIT:
            raise OversizePart(f"it has over {LINK_LIMIT:,} links between its parts")
    return relations


def _items_of(package: Package, relation: Relationship, sheet: str, places: Mapping[str, str]) -> Iterator[ActiveItem]:
    if relation.kind == EXTERNAL_LINK:
        yield from (ActiveItem(Active.LINK, "", detail) for detail in outside_links(package, relation.target))
    elif relation.kind in LINK_KINDS:
        yield ActiveItem(Active.LINK, sheet, LINK_KINDS[relation.kind])
    elif relation.kind in MACRO_SHEETS:
        yield ActiveItem(Active.MACRO_SHEET, places.get(part_key(relation.target), ""), "")
    elif relation.kind in OBJECT_KINDS:
        yield ActiveItem(Active.OBJECT, sheet, relation.kind)
    elif relation_leads_away(relation):
        yield ActiveItem(Active.LINK, sheet, unquote(relation.target))


def outside_links(package: Package, part: str) -> Iterator[str]:
    """Say where an external link leads to: a file, or a program and topic; nothing for our own add-in."""
    if part not in package:
        return
    try:
        elements = list(tree(package.read(part, SMALL_PART_LIMIT)).iter())
    except BrokenPart:
        yield "another file"
        return
    for element in elements:
        if local(element.tag) == "ddeLink":
            yield f"{element.get('ddeService', '')}|{element.get('ddeTopic', '')}"
    for relation in _relations_of(package, part):
        if relation.external and not is_our_add_in(relation.target):
            yield unquote(relation.target)


def is_our_add_in(target: str) -> bool:
    """Tell whether a link is to the add-in, on a drive of this computer."""
    path = unquote(target).replace("\\", "/").lower()
    local_path = path.removeprefix("file:///")
    return local_path.rpartition("/")[2] == OUR_ADD_IN and not local_path.startswith(("//", "file:", "http"))


def _owners(package: Package) -> Iterator[str]:
    for member in package.members:
        folder, _, name = member.rpartition("/")
        if name.endswith(".rels") and folder.rpartition("/")[2] == "_rels":
            yield f"{folder.rpartition('/')[0]}/{name.removesuffix('.rels')}".lstrip("/")


def _relations_of(package: Package, owner: str) -> Sequence[Relationship]:
    """Where a part points to; nothing where its list is damaged, because then no program can follow it either."""
    rels = relationships_part(owner)
    if rels not in package:
        return ()
    try:
        return read_all_relationships(package.read(rels, SMALL_PART_LIMIT), owner.rpartition("/")[0])
    except BrokenPart:
        return ()
