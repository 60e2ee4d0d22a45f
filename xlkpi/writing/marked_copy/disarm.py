"""A copy without what acts by itself or reaches out of the file; every figure stays as the file shows it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable

from xlkpi.errors import XlkpiError
from xlkpi.ooxml.active_content import MACRO_SHEETS, OBJECT_KINDS, formula_reaches_out, link_leads_away
from xlkpi.ooxml.package import relationships_part
from xlkpi.writing.marked_copy import edit_xml
from xlkpi.writing.marked_copy.edit_package import EditablePackage
from xlkpi.writing.marked_copy.edit_workbook import MarkedWorkbook, SheetPart

MACROS, LINKS, OBJECTS, FORMULAS = "macros", "links", "objects", "formulas"
"""What a copy can be made without."""

_WORKBOOK_KINDS = {MACROS: ("vbaProject",), LINKS: ("externalLink", "connections")}
_OTHER_FILE = re.compile(r"\[[0-9]+\]")
"""How a formula names another file."""


class NotDisarmedError(XlkpiError):
    """The copy would still act by itself, or would have other figures. The text says what to do."""


def disarm(
    package: EditablePackage, book: MarkedWorkbook, sheets: Iterable[SheetPart], without: Collection[str]
) -> None:
    """Remove these kinds of content from the package.

    A formula that depends on them becomes the value that the file shows for it.

    Raises:
        NotDisarmedError: the workbook has a sheet of macros, which nothing can be taken out of.
    """
    if MACROS in without and any(item.kind in MACRO_SHEETS for item in package.relationships(book.part)):
        raise NotDisarmedError("It has a sheet of macros, so no marked copy was made. Ask for a fresh copy.")
    unwanted = [kind for name, kinds in _WORKBOOK_KINDS.items() if name in without for kind in kinds]
    if LINKS in without:
        _remove_children(book.root, ("externalReferences",))
        for name in list(edit_xml.children(edit_xml.child(book.root, "definedNames"), "definedName")):
            if _leads_out(name.text or ""):
                _remove(name)
    if {LINKS, FORMULAS} & set(without):
        unwanted.append("calcChain")  # the program makes it again; one that lists a lost formula is damage
    _drop(package, book.part, lambda item: _kind(item) in unwanted)
    for sheet in sheets:
        if sheet.kind == "worksheet":
            _disarm_sheet(package, sheet.part, without)


def _disarm_sheet(package: EditablePackage, part: str, without: Collection[str]) -> None:
    root = package.edit(part)
    if {LINKS, FORMULAS} & set(without):
        _keep_values(root)
    if OBJECTS in without:
        _remove_children(root, ("oleObjects", "controls"))
        _drop(package, part, lambda item: _kind(item) in OBJECT_KINDS)
    if LINKS in without:
        away = _drop(package, part, lambda item: _external(item) and link_leads_away(item.get("Target", "")))
        links = edit_xml.child(root, "hyperlinks")
        for link in list(edit_xml.children(links, "hyperlink")):
            if away.intersection(map(str, link.attrib.values())):
                _remove(link)
        if links is not None and not len(links):
            _remove(links)


def _keep_values(root: edit_xml.Element) -> None:
    """Leave the value alone where a formula leads out; one that others share goes from all of them."""
    formulas = list(root.iter(edit_xml.tag(root, "f")))
    leading = [formula for formula in formulas if _leads_out(formula.text or "")]
    shared = {formula.get("si") for formula in leading if formula.get("t") == "shared"}
    for formula in formulas:
        if formula in leading or (formula.get("t") == "shared" and formula.get("si") in shared):
            _remove(formula)


def _drop(package: EditablePackage, part: str, unwanted: Callable[[edit_xml.Element], bool]) -> set[str]:
    """Remove relationships of a part, and the parts they lead to; gives their ids."""
    dropped: set[str] = set()
    rels = relationships_part(part)
    if not package.has(rels):
        return dropped
    targets = {item.id: item.target for item in package.relationships(part)}
    for item in list(edit_xml.elements(package.edit(rels))):
        if unwanted(item):
            identity = item.get("Id", "")
            dropped.add(identity)
            if not _external(item):
                package.remove(targets.get(identity, ""))
            _remove(item)
    return dropped


def _kind(item: edit_xml.Element) -> str:
    return item.get("Type", "").rpartition("/")[2]


def _external(item: edit_xml.Element) -> bool:
    return item.get("TargetMode") == "External"


def _leads_out(formula: str) -> bool:
    return formula_reaches_out(formula) or bool(_OTHER_FILE.search(formula))


def _remove_children(root: edit_xml.Element, names: Collection[str]) -> None:
    """Remove elements by name, also where they are offered as an alternative to an older form."""
    for element in list(edit_xml.elements(root)):
        inside = (edit_xml.local(piece) for piece in element.iter("*"))
        if edit_xml.local(element) in names or (
            edit_xml.local(element) == "AlternateContent" and any(name in names for name in inside)
        ):
            _remove(element)


def _remove(element: edit_xml.Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
