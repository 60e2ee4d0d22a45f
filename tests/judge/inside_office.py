"""Loops that run inside LibreOffice, in its own Basic: from outside, each row costs dozens of calls over the bridge."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

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

Function Names(book As Object)
    Dim known, number As Long
    known = book.NamedRanges.ElementNames
    Dim results(UBound(known)) As String
    For number = 0 To UBound(known)
        results(number) = known(number) & Chr(9) & book.NamedRanges.getByName(known(number)).Content
    Next number
    Names = Join(results, Chr(10))
End Function

Function Rules(sheet As Object, cells)
    Dim results(UBound(cells)) As String, number As Long, rule As Object
    For number = 0 To UBound(cells)
        rule = sheet.getCellRangeByName(cells(number)).Validation
        results(number) = Join(Array(rule.Type, rule.getOperator(), rule.ErrorAlertStyle, rule.ShowErrorMessage, _
            rule.IgnoreBlankCells, rule.getFormula1(), rule.getFormula2(), rule.ErrorTitle, rule.ErrorMessage, _
            rule.InputTitle, rule.InputMessage), Chr(9))
    Next number
    Rules = Join(results, Chr(30))
End Function
"""


def row_heights(book: Book, sheet: str, rows: int) -> tuple[int, ...]:
    """The heights of the first rows of a sheet, in hundredths of a millimetre."""
    heights: tuple[int, ...] = _run(book.office, "Heights", book.sheet(sheet), rows - 1)
    return heights


def names(book: Book) -> dict[str, str]:
    """What each defined name means, in LibreOffice's grammar."""
    return dict(line.split("\t", 1) for line in _run(book.office, "Names", book.document).split("\n"))


def cell_rules(book: Book, sheet: str | int, cells: Sequence[str]) -> list[list[str]]:
    """The rule on each cell: kind, operator and alert by their numbers, two answers by "True", and six texts."""
    rules = _run(book.office, "Rules", book.sheet(sheet), tuple(cells))
    return [rule.split("\t") for rule in rules.split("\x1e")]


def _run(office: Office, name: str, *arguments: Any) -> Any:
    if name not in office.routines:
        office.routines[name] = _routine(office, name)
    return office.routines[name].invoke(arguments, (), ())[0]


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
