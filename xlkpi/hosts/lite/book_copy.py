"""Copy what a script sees of the open workbook, its values and names, into a package that the reader checks.

A script in xlwings Lite cannot open the file it is in. It sees values, sheets and defined names; formulas, locks and
macros stay unseen, so a check of the copy says nothing of them. Standard library only: it runs inside Excel.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from xlkpi.hosts.array_arguments import as_cell
from xlkpi.ooxml.addresses import cell_address

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

Rows = Sequence[Sequence[Any]]


def package_of(sheets: Mapping[str, Rows], names: Iterable[tuple[str, str]]) -> bytes:
    """Make a package of sheets, each a list of rows from A1 on, and of names with what they refer to."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("[Content_Types].xml", _content_types(len(sheets)))
        out.writestr("_rels/.rels", _relationships([("officeDocument", "xl/workbook.xml")]))
        parts = [("worksheet", f"worksheets/sheet{number}.xml") for number in range(1, len(sheets) + 1)]
        out.writestr("xl/_rels/workbook.xml.rels", _relationships(parts))
        out.writestr("xl/workbook.xml", _workbook(sheets, names))
        for number, rows in enumerate(sheets.values(), start=1):
            out.writestr(f"xl/worksheets/sheet{number}.xml", _sheet(rows))
    return packed.getvalue()


def _content_types(sheets: int) -> str:
    parts = [("/xl/workbook.xml", "sheet.main")]
    parts += [(f"/xl/worksheets/sheet{number}.xml", "worksheet") for number in range(1, sheets + 1)]
    stated = "".join(f'<Override PartName="{part}" ContentType="{_SPREADSHEET}.{kind}+xml"/>' for part, kind in parts)
    relationships = "application/vnd.openxmlformats-package.relationships+xml"
    default = f'<Default Extension="rels" ContentType="{relationships}"/>'
    return f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">{default}{stated}</Types>'


def _relationships(parts: Sequence[tuple[str, str]]) -> str:
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(parts, start=1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>'


def _workbook(sheets: Iterable[str], names: Iterable[tuple[str, str]]) -> str:
    listed = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="rId{number}"/>'
        for number, name in enumerate(sheets, start=1)
    )
    defined = "".join(
        f"<definedName name={quoteattr(name)}>{escape(target.lstrip('='))}</definedName>" for name, target in names
    )
    spaces = f'xmlns="{_MAIN}" xmlns:r="{_OFFICE}"'
    return f"{_HEAD}<workbook {spaces}><sheets>{listed}</sheets><definedNames>{defined}</definedNames></workbook>"


def _sheet(rows: Rows) -> str:
    lines = []
    for number, row in enumerate(rows, start=1):
        cells = "".join(_cell(cell_address(number, column), value) for column, value in enumerate(row, start=1))
        if cells:
            lines.append(f'<row r="{number}">{cells}</row>')
    return f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetData>{"".join(lines)}</sheetData></worksheet>'


def _cell(address: str, value: Any) -> str:
    content = as_cell(value)
    if content is None or content == "":
        return ""
    if isinstance(content, bool):
        return f'<c r="{address}" t="b"><v>{content:d}</v></c>'
    if isinstance(content, (int, float)):
        return f'<c r="{address}"><v>{content!r}</v></c>'
    text = "".join(sign if sign >= " " or sign in "\t\n\r" else "\ufffd" for sign in str(content))
    return f'<c r="{address}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'
