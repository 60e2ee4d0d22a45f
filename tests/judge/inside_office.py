"""Loops that run inside LibreOffice, in its own Basic: from outside, each row costs dozens of calls over the bridge."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.judge.libreoffice import Office
    from tests.judge.open_workbook import Book

LIBRARY, MODULE = "Judge", "Loops"
BASIC = """
Function Heights(sheet As Object, last As Long)
    Dim results(last) As Long, number As Long, every As Object
    every = sheet.Rows
    For number = 0 To last
        results(number) = every.getByIndex(number).Height
    Next number
    Heights = results
End Function
"""


def row_heights(book: Book, sheet: str, rows: int) -> tuple[int, ...]:
    """The heights of the first rows of a sheet, in hundredths of a millimetre."""
    heights: tuple[int, ...] = _routine(book.office, "Heights").invoke((book.sheet(sheet), rows - 1), (), ())[0]
    return heights


def _routine(office: Office, name: str) -> Any:
    libraries = office.service("com.sun.star.script.ApplicationScriptLibraryContainer")
    if libraries.hasByName(LIBRARY):
        libraries.loadLibrary(LIBRARY)  # which an office that was started again has not done
    else:
        libraries.createLibrary(LIBRARY).insertByName(MODULE, BASIC)
    factory = "/singletons/com.sun.star.script.provider.theMasterScriptProviderFactory"
    scripts = office.context.getValueByName(factory).createScriptProvider("")
    place = f"vnd.sun.star.script:{LIBRARY}.{MODULE}.{name}?language=Basic&location=application"
    return scripts.getScript(place)
