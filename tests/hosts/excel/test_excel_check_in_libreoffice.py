"""The script for a PC with Excel and its list, over real returns: LibreOffice stands in for Excel."""

from __future__ import annotations

import json
import shutil
from types import SimpleNamespace

import pytest

from tests.hosts.excel.made_up_excel import as_things
from tests.hosts.excel.powershell import Script
from tests.hosts.excel.test_excel_check import SCRIPT, SHIPPED
from tests.house.project_files import ROOT

pytestmark = pytest.mark.office

ROUNDS = 2
WHAT_LIBREOFFICE_LACKS = ("typing ", "green triangles")


class OfficeExcel:
    """LibreOffice behind the names of Excel that the script uses."""

    Version, Build, OperatingSystem = "LibreOffice", "", ""

    def __init__(self, office):
        self.office, self.books = office, []
        self.Workbooks = SimpleNamespace(Open=lambda path, _links: self._open(path))
        self.ProtectedViewWindows = SimpleNamespace(Open=self._view)

    def _open(self, path):
        self.books.append(OfficeBook(self.office.open(path)))
        return self.books[-1]

    def _view(self, path):
        book = self._open(path)
        return SimpleNamespace(Workbook=book, Close=lambda: book.Close(False))

    def CalculateFull(self):  # noqa: N802 - Excel's name
        self.books[-1].book.recalc()

    def Quit(self):  # noqa: N802 - Excel's name
        """The fixture ends the office."""


class OfficeBook:
    """An open workbook."""

    def __init__(self, book):
        self.book = book
        book.document.enableAutomaticCalculation(False)  # or each cell that is typed would cost a calculation
        self.Names = SimpleNamespace(
            Item=lambda name: SimpleNamespace(RefersToRange=OfficeCell(book, *book.named(name)))
        )
        self.Windows = SimpleNamespace(Item=lambda _n: SimpleNamespace(Caption=""))
        self.Worksheets = OfficeSheets(book)

    def SaveAs(self, path, _format):  # noqa: N802 - Excel's name
        self.book.save(path)

    def Close(self, _save):  # noqa: N802 - Excel's name
        self.book.close()


class OfficeSheets(list):
    def __init__(self, book):
        super().__init__(SimpleNamespace(UsedRange=_used(book.sheet(name))) for name in book.sheet_names)
        self.Count, self.book = len(self), book

    def Item(self, sheet):  # noqa: N802 - Excel's name
        return SimpleNamespace(Range=lambda cell: OfficeCell(self.book, sheet, cell))


def _used(sheet):
    cursor = sheet.createCursor()
    cursor.gotoStartOfUsedArea(False)
    cursor.gotoEndOfUsedArea(True)
    formulas = tuple(cell for row in cursor.getFormulaArray() for cell in row if str(cell).startswith("="))
    errors = tuple(-1 for row in cursor.getDataArray() for cell in row if cell is None)
    return SimpleNamespace(Formula=formulas, Value2=errors)  # what is counted of them, and nothing else


class OfficeCell:
    """One cell; an error shows as a whole number, as in Excel."""

    Errors = SimpleNamespace(Item=lambda _kind: SimpleNamespace(Value=False, Ignore=False))
    Validation = SimpleNamespace(Value=False)

    def __init__(self, book, sheet, cell):
        self.book, self.place = book, (sheet, cell)

    @property
    def Value2(self):  # noqa: N802 - Excel's name
        return self.book.get(*self.place)

    @Value2.setter
    def Value2(self, value):  # noqa: N802 - Excel's name
        self.book.set(*self.place, value)

    @property
    def Text(self):  # noqa: N802 - Excel's name
        return self.book.text(*self.place)

    def ClearContents(self):  # noqa: N802 - Excel's name
        self.book.set(*self.place, None)


def shortened():
    """The shipped list: a blank return and a returned one, and some of the rounds."""
    plan = json.loads(SHIPPED.read_text(encoding="utf-8"))
    entries = [entry for entry in plan["workbooks"] if entry["values"]][:2]
    for entry in entries:
        entry["rounds"] = [*entry["rounds"][:ROUNDS], *entry["rounds"][-1:]]
    return {**plan, "workbooks": entries}


def test_real_returns_show_what_the_list_expects(office, tmp_path):
    report = []
    commands = {
        "Join-Path": lambda folder, name: f"{folder}/{name}",
        "Get-Content": lambda **_how: json.dumps(shortened()),
        "ConvertFrom-Json": as_things,
        "New-Object": lambda *_kind, **how: OfficeExcel(office) if "ComObject" in how else [],
        "New-Item": lambda **_how: (tmp_path / "xlkpi-excel-check-1").mkdir(),
        "Copy-Item": lambda **how: shutil.copy(how["LiteralPath"], how["Destination"]) and None,
        "Remove-Item": lambda **_how: None,
        "Get-Date": lambda: 0,
        "Get-ChildItem": lambda **_how: [],
        "Write-Host": lambda _text: None,
        "Where-Object": lambda test, rows: [row for row in rows if test(row)],
        "Format-Table": lambda rows, **_how: rows,
        "Out-String": lambda rows, **_how: str(rows),
        "Export-Csv": lambda rows, **_how: report.extend(rows),
    }
    script = Script(SCRIPT, commands, {"TEMP": str(tmp_path)})
    script.run(Workbooks=str(ROOT / "workbooks"), Expected="list", Report="report.csv")
    compared = [row for row in report if not row["Check"].startswith(WHAT_LIBREOFFICE_LACKS)]
    assert len(compared) > 200
    differing = [
        (row["File"], row["Check"], row["Expected"], row["Found"]) for row in compared if row["Result"] != "ok"
    ]
    assert not differing, "run: python scripts/regenerate.py --only workbooks,excel"
