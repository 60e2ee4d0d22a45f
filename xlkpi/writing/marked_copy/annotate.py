"""The annotated copy: the provider's own file, its cells marked and its findings listed.

Nothing is loaded into a spreadsheet library. The parts that must change (the marked sheets, the styles, the
workbook's list of sheets) are edited as XML; every other part of the package (macros, ribbon, shared
strings, calculation chain, drawings, extensions) is copied byte for byte.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from lxml import etree

from xlkpi.ooxml.addresses import CellPosition, parse_cell
from xlkpi.ooxml.xml import BrokenPart
from xlkpi.writing.marked_copy import edit_xml
from xlkpi.writing.marked_copy.disarm import disarm
from xlkpi.writing.marked_copy.edit_package import EditablePackage, NotAWorkbookError
from xlkpi.writing.marked_copy.edit_workbook import MarkedWorkbook, SheetPart
from xlkpi.writing.marked_copy.findings_sheet import build_findings_sheet
from xlkpi.writing.marked_copy.mark_cells import MarkedSheet
from xlkpi.writing.marked_copy.mark_styles import Stylesheet
from xlkpi.writing.marked_copy.marks import SEVERITIES, Mark, Remark, worse

__all__ = ["SEVERITIES", "Mark", "NotAWorkbookError", "Remark", "annotate"]

_SHEET_NAME = "Findings"
_LEGEND = "In the other sheets a coloured border marks a cell: red must fix, amber query, blue note."


def annotate(
    source: bytes,
    marks: Sequence[Mark],
    remarks: Sequence[Remark],
    *,
    title: str,
    intro: Sequence[str] = (),
    without: Collection[str] = (),
) -> bytes:
    """Make a copy of a workbook with marked cells and a last sheet, "Findings", on which it opens.

    A marked cell keeps its value, number format, alignment and protection, and gets a light fill, dark text
    and a coloured border; the worst of several severities wins, a merge is marked whole, a blank cell is
    made. Conditional formatting may hide the fill, never the border. A mark on a sheet that is not there (or
    is a chart), or on something that is not a cell, is passed over; its remark stays in the list without a link,
    as one on a hidden sheet does. A digital signature of the source is not valid for the copy.
    The same input gives the same bytes.

    Args:
        source: an .xlsx or .xlsm file as bytes; not changed.
        marks: the cells to mark.
        remarks: the rows of the list, in order; without any, one row says "Nothing to fix."
        title: the heading of the sheet.
        intro: lines of text under it.
        without: kinds of content to leave out of the copy (see `disarm`).

    Raises:
        NotAWorkbookError: the source is damaged, encrypted, oversize or another kind of file.
        NotDisarmedError: something could not be left out.
    """
    try:
        return _annotated(EditablePackage(source), marks, remarks, [title, *intro], without)
    except (etree.XMLSyntaxError, BrokenPart) as problem:
        raise NotAWorkbookError(f"one of its parts is not plain XML ({problem})") from problem


def _annotated(
    package: EditablePackage,
    marks: Sequence[Mark],
    remarks: Sequence[Remark],
    heading: list[str],
    without: Collection[str],
) -> bytes:
    """Leave out what is to be left out, mark the cells and append the list; the workbook as bytes."""
    book = MarkedWorkbook(package)
    entries = book.entries()
    if without:
        disarm(package, book, entries, without)
    styles = Stylesheet(book.stylesheet())
    if _mark_cells(package, entries, marks, styles):
        heading = [*heading, _LEGEND]
    _add_list(book, entries, styles, remarks, heading)
    return package.save()


def _mark_cells(
    package: EditablePackage, entries: Sequence[SheetPart], marks: Sequence[Mark], styles: Stylesheet
) -> bool:
    """Mark what can be marked; False when nothing could."""
    worksheets = {entry.name.casefold(): entry.part for entry in entries if entry.kind == "worksheet"}
    wanted: dict[str, dict[CellPosition, str]] = {}
    for mark in marks:
        part, cell = worksheets.get(mark.sheet.casefold()), parse_cell(mark.cell)
        if part is not None and cell is not None:
            cells = wanted.setdefault(part, {})
            cells[cell] = worse(cells.get(cell), mark.severity)
    for part, cells in wanted.items():
        MarkedSheet(package.edit(part)).mark(cells, styles)
    return bool(wanted)


def _add_list(
    book: MarkedWorkbook,
    entries: Sequence[SheetPart],
    styles: Stylesheet,
    remarks: Sequence[Remark],
    heading: Sequence[str],
) -> None:
    """Append the Findings sheet and make it the only selected tab."""
    shown = [entry.name for entry in entries if entry.kind == "worksheet" and entry.visible]
    linkable = {name.casefold(): name for name in shown}
    space = edit_xml.namespace(book.root)
    sheet = build_findings_sheet(space, styles, remarks, heading, linkable=linkable, views=book.views())
    book.unselect(entries)
    book.append(book.free_sheet_name(_SHEET_NAME), sheet.root, sheet.titles, sheet.table)
