"""The project file of a macro workbook (vbaProject.bin), packed by pyOpenVBA and brought to what [MS-OVBA] asks.

pyOpenVBA 6.5.0 writes source over the project of an empty Excel workbook and leaves two things behind that Excel
itself would not: the version of the Excel that made the empty project, over a cache it has emptied, and spare bytes
after the end of the stream ``dir``. Both are fixed here, and ``compound_file`` fixes the file around them, so the
version is pinned and the result is tested byte by byte (tests/hosts/excel). The same modules give the same bytes.
"""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from xlkpi.errors import MissingPart, PlanError
from xlkpi.writing.vba.compound_file import write_directory_as_specified

if TYPE_CHECKING:
    from pyopenvba.cfb import CFB

CODE_PAGE = "cp1252"
WORKBOOK = "ThisWorkbook"
NO_CACHE = b"\xcc\x61\xff\xff\x00\x00\x00"
"""The stream _VBA_PROJECT of a project without compiled code ([MS-OVBA] 2.3.4.1)."""
UNSET = 0xFFFF
"""A cookie as every writer but Visual Basic itself has to leave it (2.3.4.2.3.1, 2.3.4.2.3.2.7)."""
END_OF_DIR = b"\x10\x00\x00\x00\x00\x00"


def as_stored(source: str) -> str:
    """A module's text with the line ends Visual Basic keeps. Raises UnicodeEncodeError for what its page lacks."""
    text = "\r\n".join(source.split("\n")) if "\r\n" not in source else source
    text.encode(CODE_PAGE)
    return text


def sheet_code_name(number: int) -> str:
    """The code name of a sheet, counted from 1, by which its module is found."""
    return f"Sheet{number}"


def project_file(sheets: int, modules: Mapping[str, str], workbook_code: str = "") -> bytes:
    """The project of a workbook with so many sheets: standard modules by name, and the code of ThisWorkbook.

    A module's text begins with its ``Attribute VB_Name`` line. Raises MissingPart where pyOpenVBA is not installed,
    UnicodeEncodeError where a text contains what Visual Basic cannot.
    """
    stored = tuple((name, as_stored(text)) for name, text in modules.items())
    return _packed(sheets, stored, as_stored(workbook_code))


@lru_cache(maxsize=16)
def _packed(sheets: int, modules: tuple[tuple[str, str], ...], workbook_code: str) -> bytes:
    try:
        from pyopenvba import ExcelFile, VBAModuleKind  # noqa: PLC0415 - only macro workbooks need it
        from pyopenvba.cfb import CFB  # noqa: PLC0415 - as above
    except ImportError as problem:
        raise MissingPart("A macro workbook", "excel") from problem
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "empty.xlsm"
        path.write_bytes(_empty_book(sheets))
        with ExcelFile(path) as book:
            project = book.add_vba_project()
            for name, text in modules:
                project.add_module(name, text, kind=VBAModuleKind.standard)
            if workbook_code:
                book.set_module(WORKBOOK, workbook_code)
            book.save()
        packed = _part(path)
    cfb = CFB.from_bytes(packed)
    _harden(cfb)
    return write_directory_as_specified(bytes(cfb.to_bytes()))


def _empty_book(sheets: int) -> bytes:
    import xlsxwriter  # noqa: PLC0415 - 85 ms that commands which write nothing should not pay

    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    book.set_vba_name(WORKBOOK)
    for number in range(1, sheets + 1):
        book.add_worksheet().set_vba_name(sheet_code_name(number))
    book.close()
    return target.getvalue()


def _part(path: Path) -> bytes:
    with zipfile.ZipFile(path) as package:
        return package.read("xl/vbaProject.bin")


def _harden(cfb: CFB) -> None:
    """Rewrite the project as one of source text only: no cache, no version, no cookie, nothing after the end."""
    from pyopenvba.vba import compress, parse_vba_project, serialize_dir_stream  # noqa: PLC0415 - as above

    project = parse_vba_project(cfb)
    if project.code_page != int(CODE_PAGE[2:]):
        message = f"pyOpenVBA's empty project has code page {project.code_page}"
        raise PlanError(message)
    for module in project.modules:
        cfb.write_stream_in_storage("VBA", module.stream_name, compress(module.source.encode(CODE_PAGE)))
        module.text_offset, module.cookie = 0, UNSET
    project.project_cookie = UNSET
    listing = serialize_dir_stream(project)
    end = listing.rindex(END_OF_DIR) + len(END_OF_DIR)
    if listing[end:].strip(b"\0"):
        message = "pyOpenVBA writes more after the end of dir than it did"
        raise PlanError(message)
    cfb.write_stream_in_storage("VBA", "dir", compress(listing[:end]))
    cfb.write_stream_in_storage("VBA", "_VBA_PROJECT", NO_CACHE)
