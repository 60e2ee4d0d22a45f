"""Rewrite calls of the KPI functions to their plain names, which every program with the functions binds by itself.

Excel keeps a call of an add-in's function with the place of that add-in: ``[1]!KPI_RAG(A2,B2,C2)``, and a link to
``xlkpi.xlam`` in a startup folder. Where the add-in is elsewhere, or in LibreOffice, such a call shows #NAME?. The
plain name works in both. A program without the functions may save yet another spelling (``_xludf.KPI_RAG``).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import lru_cache

from lxml import etree

from xlkpi.ooxml.active_content import EXTERNAL_LINK, OUR_ADD_IN
from xlkpi.ooxml.xml import BrokenPart
from xlkpi.writing.marked_copy import edit_xml
from xlkpi.writing.marked_copy.edit_package import EditablePackage, NotAWorkbookError
from xlkpi.writing.marked_copy.edit_workbook import MarkedWorkbook

_FORMULAS = frozenset(("f", "formula", "formula1", "formula2"))
"""The elements of a sheet that contain a formula: of a cell, a highlight, an entry rule."""
_NUMBERED = re.compile(r"\[([0-9]+)\]")


def connect_functions(source: bytes, names: Collection[str]) -> tuple[bytes, int]:
    """Make a copy in which these functions are called by their plain names; gives it and the number of calls changed.

    Every formula loses its remembered result, so that whichever program opens the copy calculates it. The link to the
    add-in goes where nothing else uses it. Without such a call the copy is the source.

    Raises:
        NotAWorkbookError: the source is damaged, encrypted, oversize or another kind of file.
    """
    try:
        package = EditablePackage(source)
        book = MarkedWorkbook(package)
        sheets = [package.edit(entry.part) for entry in book.entries() if entry.kind == "worksheet"]
        changed = sum(_rewrite(element, names) for element in _formulas(book, sheets))
        if not changed:
            return source, 0
        for sheet in sheets:
            _forget_results(sheet)
        _remove_link(package, book, sheets)
        book.recalculate_on_load()
        return package.save(), changed
    except (etree.XMLSyntaxError, BrokenPart) as problem:
        raise NotAWorkbookError(f"one of its parts is not plain XML ({problem})") from problem


def plain_call(formula: str, names: Collection[str]) -> tuple[str, int]:
    """Give a formula with plain names, and how many calls were changed; texts in quotation marks stay."""
    count = 0

    def plain(match: re.Match[str]) -> str:
        nonlocal count
        if not match["name"] or not (match["place"] or match["unknown"]):
            return match[0]
        count += 1
        return match["name"].upper()

    return _calls(tuple(sorted(names))).sub(plain, formula), count


@lru_cache(maxsize=4)
def _calls(names: tuple[str, ...]) -> re.Pattern[str]:
    add_in = re.escape(OUR_ADD_IN)
    place = rf"(?:\[[0-9]+\]|'[^'\"]*{add_in}\]?'|(?<![\w.]){add_in})!"
    alternatives = "|".join(map(re.escape, names))
    return re.compile(
        rf'"(?:[^"]|"")*"|(?P<place>{place})?(?P<unknown>_xludf\.)?(?<![A-Z0-9])(?P<name>{alternatives})(?=\s*\()',
        re.IGNORECASE,
    )


def _formulas(book: MarkedWorkbook, sheets: list[edit_xml.Element]) -> Iterator[edit_xml.Element]:
    for sheet in sheets:
        yield from (element for element in sheet.iter("*") if edit_xml.local(element) in _FORMULAS)
    yield from edit_xml.children(edit_xml.child(book.root, "definedNames"), "definedName")


def _rewrite(element: edit_xml.Element, names: Collection[str]) -> int:
    formula, changed = plain_call(element.text or "", names)
    if changed:
        element.text = formula
    return changed


def _forget_results(sheet: edit_xml.Element) -> None:
    for formula in list(sheet.iter(edit_xml.tag(sheet, "f"))):
        cell = formula.getparent()
        result = None if cell is None else edit_xml.child(cell, "v")
        if cell is not None and result is not None:
            cell.remove(result)
            cell.attrib.pop("t", "")


def _remove_link(package: EditablePackage, book: MarkedWorkbook, sheets: list[edit_xml.Element]) -> None:
    """Remove the link to the add-in, if it is the last of the list: formulas name the others by their place in it."""
    listed = edit_xml.child(book.root, "externalReferences")
    links = [] if listed is None else list(edit_xml.elements(listed))
    if listed is None or not links:
        return
    last = {str(fact) for fact in links[-1].attrib.values()}
    relation = next((item for item in package.relations(book.part) if item.id in last), None)
    still_used = any(str(len(links)) in _NUMBERED.findall(item.text or "") for item in _formulas(book, sheets))
    if (
        relation is None
        or relation.kind != EXTERNAL_LINK
        or still_used
        or not _leads_to_add_in(package, relation.target)
    ):
        return
    listed.remove(links[-1])
    if len(links) == 1:
        book.root.remove(listed)
    book.unrelate(relation.id)
    package.remove(relation.target)


def _leads_to_add_in(package: EditablePackage, part: str) -> bool:
    return any(item.target.lower().endswith(OUR_ADD_IN) for item in package.relations(part))
