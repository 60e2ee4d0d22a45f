"""The sheet that lists the findings: title, introduction, one filtered table with links to the cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from xlkpi.layout.styles import Style
from xlkpi.layout.text_size import FORM, count_lines, fold, row_height
from xlkpi.ooxml.addresses import CellPosition, cell_address, column_letters, link_target, range_address
from xlkpi.writing.marked_copy import edit_xml
from xlkpi.writing.marked_copy.mark_styles import LOOKS, Font, Format, Stylesheet
from xlkpi.writing.marked_copy.marks import Remark

_COLUMNS = (("No.", 6), ("Severity", 13), ("Indicator", 14), ("Sheet", 26), ("Cell", 12), ("What to do", 96))
_WIDTHS = tuple(float(width) for _, width in _COLUMNS)
_TYPE = Style(size=12.0)
"""The provider's workbook has its own font: 11 points of one wider than Calibri need as much room as 12 of Calibri."""
_SIZE = 11.0
_PADDING = 3.0  # digits that the indent and the cell's margins take
_LINK_LIMIT = 65_000  # Excel reads 65,530 links in a sheet
_NAVY, _RULE, _GREY = "FF1F3864", "FFD0D7E2", "FF404040"

_TITLE = Format(Font(_NAVY, 16, bold=True), quoted=True)
_INTRO = Format(Font(_GREY), quoted=True)
_HEADER = Format(Font("FFFFFFFF", bold=True), fill=_NAVY, border=_NAVY, horizontal="left", indent=1)
_NUMBER = Format(Font(_GREY), border=_RULE, horizontal="center")
_TEXT = Format(border=_RULE, horizontal="left", indent=1, wrap=True, quoted=True)
_LINK = replace(_TEXT, font=Font("FF0563C1", underline=True))


@dataclass(frozen=True)
class FindingsSheet:
    """The XML of the sheet and the two ranges that the workbook part names."""

    root: edit_xml.Element
    titles: str
    table: str


def build_findings_sheet(
    space: str,
    styles: Stylesheet,
    remarks: Sequence[Remark],
    heading: Sequence[str],
    *,
    linkable: Mapping[str, str],
    views: int,
) -> FindingsSheet:
    """Lay out the sheet.

    Args:
        space: the workbook's namespace.
        styles: where its formats are made.
        remarks: the rows, in order; without any, one row says that nothing is to be fixed.
        heading: the title and the lines under it.
        linkable: casefolded sheet name to the name a link must use; other sheets get no link.
        views: how many windows the workbook has.
    """
    # Text does not wrap across cells: a line of the introduction gets as many rows as it needs.
    lines = [piece for line in heading[1:] for piece in fold(line, sum(_WIDTHS), _TYPE)]
    header = len(lines) + 3
    last = header + max(len(remarks), 1)
    root = edit_xml.new_root(space, "worksheet")
    _front(root, header, views)
    page = _Page(edit_xml.add(root, "sheetData"), styles)
    page.row(1, [(heading[0], _TITLE)], height=30)
    for offset, line in enumerate(lines):
        page.row(2 + offset, [(line, _INTRO)])
    page.row(header, [(name, _HEADER) for name, _ in _COLUMNS], height=24)
    links = _rows(page, header + 1, remarks, linkable)
    table = range_address((header, 1), (last, len(_COLUMNS)))
    edit_xml.add(root, "autoFilter", ref=table)
    _back(root, links)
    columns = f"$A${header}:${column_letters(len(_COLUMNS))}${last}"
    return FindingsSheet(root, f"${header}:${header}", columns)


class _Page:
    """Rows of cells, written top to bottom; text is always text and never a formula."""

    def __init__(self, data: edit_xml.Element, styles: Stylesheet) -> None:
        self._data = data
        self._styles = styles

    def row(self, number: int, cells: Sequence[tuple[str | int, Format]], *, height: float = 0) -> None:
        row = edit_xml.add(self._data, "row", r=str(number))
        if height:
            row.set("ht", f"{height:g}")
            row.set("customHeight", "1")
        for column, (value, look) in enumerate(cells, 1):
            style = str(self._styles.format(look))
            cell = edit_xml.add(row, "c", r=cell_address(number, column), s=style)
            if isinstance(value, int):
                edit_xml.add(cell, "v").text = str(value)
            elif value:
                cell.set("t", "inlineStr")
                text = edit_xml.add(edit_xml.add(cell, "is"), "t")
                text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
                text.text = edit_xml.cell_text(value)


def _rows(
    page: _Page, first: int, remarks: Sequence[Remark], linkable: Mapping[str, str]
) -> list[tuple[CellPosition, str, str]]:
    """Write the rows; gives the links as cell, target and tip."""
    links = []
    if not remarks:
        empty = [("", _NUMBER), *[("", _TEXT)] * 4, ("Nothing to fix.", _TEXT)]
        page.row(first, empty, height=row_height(1, _SIZE, FORM))
    for number, remark in enumerate(remarks, 1):
        row = first + number - 1
        sheet = linkable.get(remark.sheet.casefold())
        target = link_target(sheet, remark.cell) if sheet is not None else None
        if target is not None:
            links.append(((row, 5), target, f"Go to {remark.cell} in {sheet}"))
        page.row(row, _cells(number, remark, _LINK if target else _TEXT), height=_height(remark))
    return links[:_LINK_LIMIT]


def _cells(number: int, remark: Remark, cell: Format) -> list[tuple[str | int, Format]]:
    look = LOOKS[remark.severity]
    severity = replace(_TEXT, font=Font(look.ink, bold=True), fill=look.fill)
    return [
        (number, _NUMBER),
        (remark.severity.capitalize(), severity),
        (remark.indicator, _TEXT),
        (remark.sheet, _TEXT),
        (remark.cell, cell),
        (remark.message, _TEXT),
    ]


def _height(remark: Remark) -> float:
    texts = ("", remark.severity, remark.indicator, remark.sheet, remark.cell, remark.message)
    lines = max(count_lines(text, width - _PADDING, _TYPE) for text, width in zip(texts, _WIDTHS, strict=True))
    return row_height(lines, _SIZE, FORM)


def _front(root: edit_xml.Element, header: int, views: int) -> None:
    properties = edit_xml.add(root, "sheetPr")
    edit_xml.add(properties, "tabColor", rgb="FFC00000")
    edit_xml.add(properties, "pageSetUpPr", fitToPage="1")
    every = edit_xml.add(root, "sheetViews")
    for window in range(views):
        view = edit_xml.add(every, "sheetView", showGridLines="0", tabSelected="1", workbookViewId=str(window))
        below = cell_address(header + 1, 1)
        edit_xml.add(view, "pane", ySplit=str(header), topLeftCell=below, activePane="bottomLeft", state="frozen")
        edit_xml.add(view, "selection", pane="bottomLeft", activeCell=below, sqref=below)
    edit_xml.add(root, "sheetFormatPr", defaultRowHeight="15")
    columns = edit_xml.add(root, "cols")
    for index, (_, width) in enumerate(_COLUMNS, 1):
        edit_xml.add(columns, "col", min=str(index), max=str(index), width=f"{width}.7109375", customWidth="1")


def _back(root: edit_xml.Element, links: Sequence[tuple[CellPosition, str, str]]) -> None:
    if links:
        parent = edit_xml.add(root, "hyperlinks")
        for cell, target, tip in links:
            edit_xml.add(parent, "hyperlink", ref=cell_address(*cell), location=target, tooltip=tip)
    edit_xml.add(root, "pageMargins", left="0.5", right="0.5", top="0.6", bottom="0.7", header="0.3", footer="0.3")
    edit_xml.add(root, "pageSetup", paperSize="9", orientation="landscape", fitToHeight="0")
    edit_xml.add(edit_xml.add(root, "headerFooter"), "oddFooter").text = "&L&A&RPage &P of &N"
