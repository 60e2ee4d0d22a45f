"""Values, names and formats by hand-made cases."""

from __future__ import annotations

import pickle
from datetime import datetime, timedelta

import openpyxl.styles.numbers
import openpyxl.utils.datetime
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.corpus import damaged_files as damaged
from tests.corpus import raw_workbook as sample
from xlkpi.ooxml.addresses import column_letters, column_number
from xlkpi.ooxml.model import CellKind, CellTarget
from xlkpi.ooxml.number_formats import BUILT_IN, shows_a_date
from xlkpi.ooxml.strings import decoded
from xlkpi.ooxml.values import ValueParser
from xlkpi.ooxml.workbook import open_workbook
from xlkpi.ooxml.workbook_part import ListedSheet, spellings, target_of
from xlkpi.ooxml.xml import BrokenPart

PLAIN, DATED = "0", "7"
VALUES = ValueParser(["zero", "one"], frozenset((DATED,)), from_1904=False)
SPELLING = spellings(ListedSheet(name, "visible", "") for name in ("Sheet1", "It's", "Lot 1", "a!b", "c.d"))


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("n", "42", (CellKind.NUMBER, 42.0)),
        ("n", " 1E-3\n", (CellKind.NUMBER, 0.001)),
        ("n", "", (CellKind.BLANK, None)),
        ("n", " ", (CellKind.BLANK, None)),
        ("s", "1", (CellKind.TEXT, "one")),
        ("s", " 1 ", (CellKind.TEXT, "one")),
        ("s", "", (CellKind.BLANK, None)),
        ("str", "", (CellKind.TEXT, "")),
        ("str", " 007 ", (CellKind.TEXT, " 007 ")),
        ("str", "N/A", (CellKind.TEXT, "N/A")),
        ("e", "#N/A", (CellKind.ERROR, "#N/A")),
        ("b", "true", (CellKind.BOOLEAN, True)),
        ("b", "0", (CellKind.BOOLEAN, False)),
        ("d", "2026-10-14", (CellKind.DATE, datetime.fromisoformat("2026-10-14"))),
        ("d", "2026-10-14T16:30:00Z", (CellKind.DATE, datetime.fromisoformat("2026-10-14T16:30"))),
        ("d", "12:00:00", (CellKind.NUMBER, 0.5)),
    ],
)
def test_what_a_stored_text_means(kind, text, expected):
    assert VALUES.read(kind, PLAIN, text) == expected


@pytest.mark.parametrize(
    ("kind", "text"),
    [("n", "1_0"), ("n", "nan"), ("n", "inf"), ("n", "1e999"), ("n", "٣"), ("n", "x"), ("s", "2"), ("s", "-1"),
     ("s", "x"), ("b", "2"), ("d", "2026-02-30"), ("d", "x"), ("q", "1")],
)  # fmt: skip
def test_what_no_type_promises_is_broken(kind, text):
    with pytest.raises(BrokenPart):
        VALUES.read(kind, PLAIN, text)


@given(st.floats(61, 2_958_465.99) | st.integers(1, 59).map(float))
def test_dates_are_the_days_openpyxl_finds(serial):
    kind, value = VALUES.read("n", DATED, repr(serial))
    assert kind is CellKind.DATE
    assert isinstance(value, datetime)
    assert abs(value - openpyxl.utils.datetime.from_excel(serial)) <= timedelta(milliseconds=1)


@pytest.mark.parametrize("serial", [0.0, 0.75, 60.0, 60.5, -3.0, 2_958_466.0, 1e12])
def test_a_serial_that_is_no_day_stays_a_number(serial):
    assert VALUES.read("n", DATED, repr(serial)) == (CellKind.NUMBER, serial)


def test_an_empty_value_in_a_date_cell_is_nothing():
    data = damaged.in_sheet(sample.sample(), '<c r="A1"', '<c r="A1" s="1"><f>TODAY()</f><v></v></c><c r="AA1"')
    data = damaged.in_sheet(data, 'r="B1"', 'r="AB1" s="1"><v/></c><c r="B1"')
    cover = open_workbook("return.xlsx", data=data).sheets[0]
    assert (cover.cell("A1").kind, cover.cell("AB1").kind) == (CellKind.UNCALCULATED, CellKind.BLANK)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sheet1!$F$7", ("Sheet1", "F7")),
        ("sheet1!F7", ("Sheet1", "F7")),
        ("=Sheet1!$f$7", ("Sheet1", "F7")),
        ("'It''s'!$F$7", ("It's", "F7")),
        ("'Lot 1'!$F$7:$F$7", ("Lot 1", "F7")),
        ("'Lot 1'!$F$7:'Lot 1'!$F$7", ("Lot 1", "F7")),
        ("$'Lot 1'.$F$7", ("Lot 1", "F7")),
        ("$Sheet1.$F$7", ("Sheet1", "F7")),
        ("'a!b'!$A$1", ("a!b", "A1")),
        ("'c.d'!$A$1", ("c.d", "A1")),
        ("Sheet1!$XFD$1048576", ("Sheet1", "XFD1048576")),
        ("Sheet1!$XFE$1", None),
        ("Sheet1!$A$1048577", None),
        ("Sheet1!$A$0", None),
        ("Sheet1!#REF!", None),
        ("#REF!", None),
        ("#REF!$F$7", None),
        ("Sheet2!$F$7", None),
        ("[1]Sheet1!$F$7", None),
        ("'[Book.xlsx]Sheet1'!$F$7", None),
        ("Sheet1!$F$7:$G$7", None),
        ("Sheet1!$F$7:'Lot 1'!$F$7", None),
        ("Sheet1!$F:$F", None),
        ("Sheet1!$F$7,Sheet1!$G$7", None),
        ("Sheet1!$F$7+1", None),
        ("Sheet1:Sheet2!$F$7", None),
        ("OFFSET(Sheet1!$F$7,1,1)", None),
        ("$F$7", None),
        ("42", None),
        ('"Sheet1!F7"', None),
        ("'Lot 1", None),
        ("", None),
    ],
)
def test_where_a_defined_name_points(text, expected):
    assert target_of(text, SPELLING) == (CellTarget(*expected) if expected else None)


@given(st.text(max_size=60))
def test_any_text_of_a_defined_name_is_a_cell_or_nothing(text):
    assert target_of(text, SPELLING) is None or "!" in text or "." in text


@given(st.integers(1, 16_384))
def test_columns_have_the_letters_openpyxl_gives_them(number):
    assert column_letters(number) == openpyxl.utils.get_column_letter(number)
    assert column_number(column_letters(number)) == number


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a_x000D_b", "a\rb"),
        ("_x005F_x0041_", "_x0041_"),
        ("_x0041", "_x0041"),
        ("_xD83D__xDE00_", "😀"),
        ("_xD83D_!", "\ufffd!"),
        ("_x", "_x"),
    ],
)
def test_escapes_are_characters(text, expected):
    assert decoded(text) == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("General", False), ("0", False), ("0.00%", False), ("dd/mm/yyyy", True), ("[$-809]dddd d mmmm yyyy", True),
        ("mmm-yy", True), ("mmm", True), ("h:mm", False), ("[h]:mm:ss", False), ("mm:ss.0", False), ("[mm]:ss", False),
        ('0 "days"', False), ("0\\d", False), ("[Red]0", False), ("#,##0_d", False), ("@", False), ('0;"d"', False),
        ("m/d/yy h:mm", True), ("[$£-809]#,##0.00", False), ("[Magenta]0", False),
    ],
)  # fmt: skip
def test_which_formats_show_a_date(code, expected):
    assert shows_a_date(code) is expected


def test_built_in_formats_are_those_openpyxl_knows():
    theirs = openpyxl.styles.numbers.BUILTIN_FORMATS
    assert {key: BUILT_IN[key] for key in (0, 1, 2, 3, 4, 9, 10, 11, 12, 13, 49, *range(14, 23))} == {
        key: theirs[key] for key in (0, 1, 2, 3, 4, 9, 10, 11, 12, 13, 49, *range(14, 23))
    }


def test_names_and_sheets_are_found_in_any_case_and_absent_ones_are_none():
    book = open_workbook("return.xlsx", data=sample.sample())
    assert book.target("kpi_s4A.X") == CellTarget(sample.KPI, "F7")
    assert book.target("KPI_S4a.z") is None
    assert book.sheet("COVER") is book.sheets[0]
    assert book.sheet("absent") is None
    cell = book.cell("KPI_S4a.x")
    assert cell is not None
    assert cell.value == 42
    assert book.sheets[0].cell("$b$1").value == 'A & B <"C"> Ltd'
    assert book.sheets[0].cell("ZZ99").is_blank


def test_a_name_of_the_workbook_goes_before_its_like_on_a_sheet():
    def scoped(text: str) -> str:
        own = '<definedName name="kpi_s4a.X" localSheetId="0">Cover!$A$1</definedName>'
        alone = '<definedName name="Only.here" localSheetId="0">Cover!$A$1</definedName>'
        return text.replace("<definedNames>", f"<definedNames>{own}{alone}")

    data = sample.respelt(sample.sample(), scoped, damaged.re.compile(r"xl/workbook\.xml"))
    book = open_workbook("return.xlsx", data=data)
    assert book.target("KPI_S4a.x") == CellTarget(sample.KPI, "F7")
    assert book.target("only.HERE") == CellTarget("Cover", "A1")


def test_locks_macros_and_extension_validations_are_seen():
    def book(text: str) -> str:
        return text.replace("<workbookPr", '<workbookProtection lockStructure="true"/><workbookPr')

    def rels(text: str) -> str:
        kind = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
        macro = f'<Relationship Id="rIdM" Type="{kind}" Target="vbaProject.bin"/>'
        return text.replace("</Relationships>", macro + "</Relationships>")

    extension = (
        '<extLst><ext uri="u" xmlns:x14="urn:x14" xmlns:xm="urn:xm"><x14:dataValidations>'
        "<x14:dataValidation><x14:formula1><xm:f>Lists!$A$1:$A$9</xm:f></x14:formula1><xm:sqref>F7 G7:G9</xm:sqref>"
        "</x14:dataValidation></x14:dataValidations><x14:conditionalFormatting><xm:sqref>A1:A9</xm:sqref>"
        "</x14:conditionalFormatting></ext></extLst></worksheet>"
    )
    data = sample.respelt(sample.sample(), book, damaged.re.compile(r"xl/workbook\.xml"))
    data = sample.respelt(data, rels, damaged.re.compile(r"xl/_rels/workbook\.xml\.rels"))
    sheet = open_workbook("return.xlsm", data=damaged.in_sheet(data, "</worksheet>", extension))
    assert (sheet.structure_locked, sheet.has_macros) == (True, True)
    assert sheet.sheets[0].validations == ("F7", "G7:G9")


def test_a_chart_sheet_has_no_cells():
    data = damaged.in_sheet(sample.sample(), "<worksheet ", "<chartsheet ")
    data = damaged.in_sheet(data, "</worksheet>", "</chartsheet>")
    assert list(open_workbook("return.xlsx", data=data).sheets[0].cells()) == []


def test_a_workbook_can_cross_to_another_process():
    book = open_workbook("return.xlsx", data=sample.sample())
    again = pickle.loads(pickle.dumps(book))  # noqa: S301 - our own, as another process sends it
    assert sample.facts(again) == sample.facts(book)
