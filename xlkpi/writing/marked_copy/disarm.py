"""A copy without what acts by itself or reaches out of the file; every figure stays as the file shows it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

from xlkpi.errors import XlkpiError
from xlkpi.ooxml.active_content import (
    EXTERNAL_LINK,
    LINK_KINDS,
    MACRO_SHEETS,
    OBJECT_KINDS,
    PROJECT,
    relation_leads_away,
)
from xlkpi.ooxml.outside_formulas import formula_reaches_out
from xlkpi.ooxml.package import Relationship, relationships_part
from xlkpi.writing.marked_copy import edit_xml
from xlkpi.writing.marked_copy.edit_package import EditablePackage
from xlkpi.writing.marked_copy.edit_workbook import MarkedWorkbook, SheetPart

MACROS, LINKS, OBJECTS, FORMULAS = "macros", "links", "objects", "formulas"
"""What a copy can be made without."""

_KINDS: Mapping[str, Collection[str]] = {
    MACROS: (PROJECT,),
    LINKS: (EXTERNAL_LINK, *LINK_KINDS),
    OBJECTS: OBJECT_KINDS,
    FORMULAS: (),
}
_OTHER_FILE = re.compile(r"\[[0-9]+\]")
"""How a formula names another file."""
_RULES = ("cfRule", "dataValidation")
_CONTAINERS = frozenset(
    (
        *("hyperlinks", "oleObjects", "controls", "externalReferences", "ext", "extLst", "AlternateContent"),
        *("conditionalFormatting", "conditionalFormattings", "dataValidations"),
    )
)
"""Elements that say nothing when they are empty, and that some programs take for damage then."""
_QUERY_FACTS = ("tableType", "connectionId", "queryTableFieldId")


class NotDisarmedError(XlkpiError):
    """The copy would still act by itself, or would have other figures. The text says what to do."""


def disarm(
    package: EditablePackage, book: MarkedWorkbook, sheets: Iterable[SheetPart], without: Collection[str]
) -> None:
    """Remove these kinds of content from the package.

    A formula that depends on them becomes the value that the file shows for it.

    Raises:
        NotDisarmedError: the workbook has a sheet of macros or a pivot table of other data: neither can be taken out.
    """
    _refuse_what_cannot_go(package, without)
    before = package.reachable()
    for part in before:
        _drop_relations(package, part, without)
    if {LINKS, FORMULAS} & set(without):
        for name in list(edit_xml.children(edit_xml.child(book.root, "definedNames"), "definedName")):
            if leads_out(name.text or ""):
                _remove(name)
        for sheet in sheets:
            if sheet.kind == "worksheet":
                _keep_values(package.edit(sheet.part))
    package.remove(*before - package.reachable())


def _refuse_what_cannot_go(package: EditablePackage, without: Collection[str]) -> None:
    parts = package.reachable()
    kinds = {relation.kind for part in parts for relation in package.relations(part)}
    if MACROS in without and kinds & MACRO_SHEETS:
        raise NotDisarmedError("It has a sheet of macros, so no marked copy was made. Ask for a fresh copy.")
    caches = (item.target for part in parts for item in package.relations(part) if item.kind == "pivotCacheDefinition")
    if LINKS in without and any(_is_of_other_data(package, cache) for cache in caches):
        raise NotDisarmedError("It has a pivot table of other data, so no marked copy was made. Ask for a fresh copy.")


def _is_of_other_data(package: EditablePackage, cache: str) -> bool:
    if not package.has(cache):
        return False
    source = edit_xml.child(package.edit(cache), "cacheSource")
    return source is None or source.get("type") != "worksheet" or any(source.iter("{*}worksheetSource[@{*}id]"))


def _drop_relations(package: EditablePackage, part: str, without: Collection[str]) -> None:
    """Remove the unwanted relationships of a part, and in its XML what refers to them."""
    unwanted = [relation for relation in package.relations(part) if _is_unwanted(relation, without)]
    if not unwanted:
        return
    ids = {relation.id for relation in unwanted}
    rels = package.edit(relationships_part(part))
    for item in list(edit_xml.elements(rels)):
        if item.get("Id") in ids:
            _remove(item)
    if part and package.is_xml(part):
        root = package.edit(part)
        _remove_all(item for item in list(root.iter("*")) if _refers_to(item, ids))
        if any(relation.kind == "queryTable" for relation in unwanted):
            for element in root.iter("*"):
                for fact in _QUERY_FACTS:
                    if element.get(fact) is not None:
                        del element.attrib[fact]


def _is_unwanted(relation: Relationship, without: Collection[str]) -> bool:
    kinds = {kind for name in without for kind in _KINDS[name]}
    if {LINKS, FORMULAS} & set(without):
        kinds.add("calcChain")  # the program makes it again; one that lists a lost formula is damage
    if relation.kind in kinds:
        return True
    return LINKS in without and relation.kind not in OBJECT_KINDS and relation_leads_away(relation)


def _refers_to(element: edit_xml.Element, ids: Collection[str]) -> bool:
    """Tell whether an element refers to a relationship: its attributes for that are in a namespace of their own."""
    facts = ((str(name), str(value)) for name, value in element.items())
    return any(value in ids for name, value in facts if name.startswith("{") and "elationships" in name)


def _keep_values(root: edit_xml.Element) -> None:
    """Leave the value alone where a formula leads out; one that others share goes from all of them. Rules go."""
    formulas = list(root.iter(edit_xml.tag(root, "f")))
    leading = {formula for formula in formulas if leads_out(formula.text or "")}
    shared = {formula.get("si") for formula in leading if formula.get("t") == "shared"}
    for formula in formulas:
        if formula in leading or (formula.get("t") == "shared" and formula.get("si") in shared):
            _remove(formula)
    rules = [item for item in root.iter("*") if edit_xml.local(item) in _RULES]
    _remove_all(rule for rule in rules if any(leads_out(piece.text or "") for piece in rule.iter("*")))


def leads_out(formula: str) -> bool:
    """Tell whether a formula reaches out of the file, or names another file by its number."""
    return formula_reaches_out(formula) or bool(_OTHER_FILE.search(formula))


def _remove_all(elements: Iterable[edit_xml.Element]) -> None:
    """Remove elements as `_remove_up` does; what is left is counted once, at the end."""
    parents = {parent: None for element in elements if (parent := _remove_up(element)) is not None}
    for parent in parents:
        if parent.get("count") is not None:
            parent.set("count", str(sum(1 for _ in edit_xml.elements(parent))))


def _remove_up(element: edit_xml.Element) -> edit_xml.Element | None:
    """Remove an element, all it is an alternative of, and what contained nothing else. Gives what contained that."""
    for above in list(element.iterancestors()):
        if edit_xml.local(above) == "AlternateContent":
            element = above
    parent = element.getparent()
    _remove(element)
    is_empty = parent is not None and not any(True for _ in edit_xml.elements(parent))
    if parent is not None and is_empty and edit_xml.local(parent) in _CONTAINERS:
        return _remove_up(parent)
    return parent


def _remove(element: edit_xml.Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
