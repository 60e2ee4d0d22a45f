"""An Excel add-in (.xlam): a workbook of one sheet that stays hidden, a project, and a ribbon tab."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import datetime

from xlkpi.errors import PlanError
from xlkpi.writing.package_parts import EPOCH, LEVEL
from xlkpi.writing.vba.project import WORKBOOK, project_file, sheet_code_name
from xlkpi.writing.xlsxwriter_strict import check_status, raise_warnings

WITH_MACROS = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
ADD_IN = b"application/vnd.ms-excel.addin.macroEnabled.main+xml"
RIBBON = "customUI/customUI14.xml"
RIBBON_RELATION = "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"
TYPES, ROOTS, BOOK = "[Content_Types].xml", "_rels/.rels", "xl/workbook.xml"


def write_addin(modules: Mapping[str, str], workbook_code: str, ribbon: str, *, title: str, description: str) -> bytes:
    """The add-in's bytes, the same for the same input.

    Args:
        modules: Standard modules by name, each text with its ``Attribute VB_Name`` line.
        workbook_code: The code of ThisWorkbook.
        ribbon: The ribbon tab, customUI of Office 2010 and later.
        title: What the list of add-ins calls it.
        description: One line on what it is, in that list and on its sheet.

    Raises:
        MissingPart: pyOpenVBA is not installed.
        PlanError: XlsxWriter no longer writes what is replaced here.
    """
    base = _workbook(project_file(1, modules, workbook_code), title, description)
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(base)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        for part in source.namelist():
            out.writestr(zipfile.ZipInfo(part, EPOCH), _part(part, source.read(part)), zipfile.ZIP_DEFLATED, LEVEL)
        out.writestr(zipfile.ZipInfo(RIBBON, EPOCH), ribbon, zipfile.ZIP_DEFLATED, LEVEL)
    return target.getvalue()


def _workbook(project: bytes, title: str, description: str) -> bytes:
    import xlsxwriter  # noqa: PLC0415 - 85 ms that commands which write nothing should not pay

    target = io.BytesIO()
    with raise_warnings():
        book = xlsxwriter.Workbook(target, {"in_memory": True})
        book.set_properties({"title": title, "comments": description, "author": "xlkpi", "created": datetime(*EPOCH)})  # noqa: DTZ001 - as stored
        book.set_vba_name(WORKBOOK)
        sheet = book.add_worksheet("xlkpi")
        sheet.set_vba_name(sheet_code_name(1))
        check_status(sheet.write_string(0, 0, description))
        check_status(book.add_vba_project(io.BytesIO(project), is_stream=True))
        book.close()
    return target.getvalue()


def _part(name: str, content: bytes) -> bytes:
    if name == TYPES:
        return _once(content, WITH_MACROS, ADD_IN)
    if name == ROOTS:
        close = b"</Relationships>"
        relation = f'<Relationship Id="rIdRibbon" Type="{RIBBON_RELATION}" Target="{RIBBON}"/>'
        return _once(content, close, relation.encode() + close)
    if name == BOOK:
        # Nobody looks at an add-in's window, and it has no formulas: calculating it would only delay Excel's start.
        content = _once(content, b"<workbookView ", b'<workbookView visibility="veryHidden" ')
        return _once(content, b' fullCalcOnLoad="1"', b"")
    return content


def _once(content: bytes, old: bytes, new: bytes) -> bytes:
    if content.count(old) != 1:
        message = f"XlsxWriter no longer writes {old.decode()} once"
        raise PlanError(message)
    return content.replace(old, new)
