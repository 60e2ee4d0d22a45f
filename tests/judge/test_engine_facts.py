"""What our workbooks rely on in the engines that judge them, and in the programs that save them.

A fact listed under DIFFERS is a construct that our formulas keep clear of. When one of those tests fails
after an upgrade, an engine was mended: good news, to be noted here.
"""

from __future__ import annotations

import zipfile

import openpyxl
import pytest
import xlsxwriter
from lxml import etree

from tests.conftest import missing
from tests.judge.ironcalc_engine import Ironbook, MissingTool, recalculate

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def nested(depth):
    return 'IF(Data!$A$7={0},"v{0}",{1})'.format(depth, nested(depth - 1) if depth > 1 else '"end"')


# Data: A1 5 · A2 empty · A3 "text" · A4 TRUE · A5 0.5 · A6 " " · A7 100 · A8 "12" · A9 a date
# · A10 no-break space · A11 =1/0 · B1:B5 x, empty, y, empty, x · C1:C5 1 to 5
SAFE = [
    ('IF(AND(Data!A1=5,NOT(Data!A1>5),OR(FALSE,Data!A1>1)),"yes","no")', "yes"),
    ("IF(ISBLANK(Data!A2),IF(ISNUMBER(Data!A2),1,2),3)", 2),
    ("ISNUMBER(Data!A8)", False),
    ("ISTEXT(Data!A6)", True),
    ("ISLOGICAL(Data!A4)", True),
    ("AND(ISNUMBER(Data!A4),NOT(ISLOGICAL(Data!A4)))", False),
    ("ISERROR(Data!A11)", True),
    ('IFERROR(Data!A3+0,"no number")', "no number"),
    ("LEN(TRIM(Data!A2))+LEN(TRIM(Data!A6))", 0),
    ("LEN(TRIM(Data!A10))", 1),
    ('LEN(SUBSTITUTE(Data!A10,"\xa0",""))', 0),
    ("INT(Data!A5)=Data!A5", False),
    ("INT(Data!A1)=Data!A1", True),
    ("ABS(-1)+MOD(-3,5)+INT(-1.5)", 1),
    ('CHOOSE(2,"a","b","c")', "b"),
    ('SUMPRODUCT((Data!B1:B5="x")*1)', 2),
    ("SUMPRODUCT(Data!C1:C5,Data!C1:C5)", 55),
    ('COUNTIF(Data!B1:B5,"x")', 2),
    ('COUNTIF(Data!B1:B5,"")', 2),
    ('COUNTIFS(Data!B1:B5,"x",Data!C1:C5,">"&1)', 1),
    ("SUM(Data!C1:C5)+MAX(Data!C1:C5)+MIN(Data!C1:C5)", 21),
    ('TEXT(0.1234,"0.0%")', "12.3%"),
    ('TEXT(Data!A9,"d mmmm yyyy")', "9 December 2025"),
    ("N(Data!A1)+N(Data!A2)+N(Data!A3)", 5),
    ('VALUE("12")', 12),
    ('INDEX(Data!C1:C5,MATCH("y",Data!B1:B5,0))', 3),
    ('IFERROR(MATCH("z",Data!B1:B5,0),"none")', "none"),
    ('"x is "&Data!A7&" and y is "&123456789012&"."', "x is 100 and y is 123456789012."),
    ("'All lots'!B2", 7),
    ("100*KPI_S1.x-25*KPI_S1.y", -2000),
    ("ISBLANK(KPI_W1.x)", True),
    ('"for "&Return.provider_id', "for P001"),
    ('"“x” – it’s 5% ≥ £"&"√ ""quoted"""', '“x” – it’s 5% ≥ £√ "quoted"'),
    ('HYPERLINK("#\'All lots\'!B2","go")', "go"),
    ("Hidden!A1", 3),
    (nested(20), "end"),
    ("OR(" + ",".join(f"Data!$A$7={n}" for n in range(200)) + ")", True),
    ('LEN("' + '"&"'.join(["abcdefghij" * 20] * 19) + '")', 3800),
    ("100*123456789012>=95*129954514749", True),
    ("100*123456789012>=95*129954514750", False),
]

# formula, Excel by its documentation, IronCalc, LibreOffice
DIFFERS = [
    ("ISNUMBER(Data!A4)", False, False, True),
    ('""&Data!A4', "TRUE", "TRUE", "1"),
    ("Data!A4>Data!A3", True, True, False),
    ("SUMPRODUCT(--ISNUMBER(Data!C1:C5))", 5, 0, 5),
    ("SUMPRODUCT(--(INT(Data!C1:C5)=Data!C1:C5))", 5, "#VALUE!", 5),
    ('IFERROR(AND(FALSE,1/0),"stopped")', "stopped", False, "stopped"),
    ('""&(1/3)', "0.333333333333333", "0.3333333333333333", "0.333333333333333"),
    ('""&1E+20', "100000000000000000000", "100000000000000000000", "1E+020"),
]
PROBES = [formula for formula, *_ in SAFE + DIFFERS]


@pytest.fixture(scope="module")
def probe(tmp_path_factory):
    """Every formula of both lists in column A of sheet Probe, with a wrong cached value."""
    path = tmp_path_factory.mktemp("probe") / "probe.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet, data, lots, hidden = (book.add_worksheet(n) for n in ("Probe", "Data", "All lots", "Hidden"))
        hidden.hide()
        hidden.write("A1", 3)
        lots.write("B2", 7)
        lots.write("B4", "P001")
        for row, value in enumerate([5, None, "text", True, 0.5, " ", 100]):
            data.write(row, 0, value)
        data.write_string("A8", "12")
        data.write("A9", 46000)
        data.write_string("A10", "\xa0")
        data.write_formula("A11", "=1/0", None, "#DIV/0!")
        for row, text in enumerate(["x", None, "y", None, "x"]):
            data.write(row, 1, text)
            data.write(row, 2, row + 1)
        for name, cell in [
            ("KPI_S1.x", "Data!$A$1"),
            ("KPI_S1.y", "Data!$A$7"),
            ("KPI_W1.x", "Data!$A$2"),
            ("Return.provider_id", "'All lots'!$B$4"),
        ]:
            book.define_name(name, f"={cell}")
        for row, formula in enumerate(PROBES):
            sheet.write_formula(row, 0, f"={formula}", None, "stale")
    return path


@pytest.fixture(scope="module")
def iron(probe):
    try:
        values = recalculate(probe)
    except MissingTool as problem:
        missing(problem)
        raise
    return [values.get(("Probe", f"A{row}")) for row in range(1, len(PROBES) + 1)]


def strange(cases, values, expected):
    """The formulas whose value isn't the expected one; 1 and TRUE are the same (LibreOffice has no TRUE)."""
    pairs = zip(cases, values, strict=True)
    return {case[0]: value for case, value in pairs if value != expected(case)}


def test_ironcalc_computes_what_our_formulas_use(iron):
    assert strange(SAFE, iron[: len(SAFE)], lambda case: case[1]) == {}


def test_ironcalc_differs_where_we_say(iron):
    assert strange(DIFFERS, iron[len(SAFE) :], lambda case: case[2]) == {}


@pytest.mark.office
def test_libreoffice_computes_what_our_formulas_use_and_differs_where_we_say(calc, probe):
    book = calc(probe)
    results = [book.get("Probe", f"A{row}") for row in range(1, len(PROBES) + 1)]
    assert strange(SAFE, results[: len(SAFE)], lambda case: case[1]) == {}
    assert strange(DIFFERS, results[len(SAFE) :], lambda case: case[3]) == {}


def test_a_cached_value_is_all_that_a_reader_sees(probe):
    sheet = openpyxl.load_workbook(probe, data_only=True)["Probe"]
    assert {cell.value for (cell,) in sheet.iter_rows(max_col=1)} == {"stale"}


def test_ironcalc_follows_changed_inputs_and_finds_names(probe, iron):
    book = Ironbook(probe)
    row = PROBES.index("100*KPI_S1.x-25*KPI_S1.y") + 1
    assert book.named("kpi_s1.X") == ("Data", "A1")
    assert book.named("Return.provider_id") == ("All lots", "B4")
    for value, result in [(6, -1900), (None, -2500), (True, -2400), ("12", -1300), ("=2+2", -2100)]:
        book.set("Data", "A1", value)
        book.calculate()
        assert book.get("Probe", f"A{row}") == result
    with pytest.raises(LookupError, match=r"KPI_S9\.x names no cell"):
        book.named("KPI_S9.x")


def test_ironcalc_understands_a_scalar_function_over_a_range_as_one_cell(probe, iron):
    row = PROBES.index("SUMPRODUCT(--ISNUMBER(Data!C1:C5))") + 1
    assert "@Data!C1:C5" in Ironbook(probe).formula("Probe", f"A{row}")


# --- what a save keeps ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def rich(tmp_path_factory):
    """One of everything that a return workbook carries besides figures."""
    plain = tmp_path_factory.mktemp("rich") / "plain.xlsx"
    with xlsxwriter.Workbook(plain) as book:
        sheet, secret = book.add_worksheet("All lots"), book.add_worksheet("Manifest")
        secret.very_hidden()
        sheet.protect("", {"autofilter": True, "format_columns": True})
        sheet.set_row(3, 42)
        sheet.set_column("H:H", None, None, {"hidden": True})
        sheet.freeze_panes(2, 1)
        sheet.set_tab_color("#005EA5")
        sheet.write_formula("A1", '="a"&"b"', None, "ab")
        sheet.data_validation("F9", {
            "validate": "integer", "criteria": ">=", "value": 0, "error_type": "stop",
            "input_title": "KPI S1 x", "input_message": "Enter “0” if there were none.",
            "error_title": "A whole number", "error_message": "Enter 0 or more.",
        })  # fmt: skip
        green = book.add_format({"bg_color": "#C6EFCE"})
        rule = {"type": "cell", "criteria": "==", "value": '"Green"', "format": green}
        sheet.conditional_format("H9", rule)
        for name in ("KPI_S4a.x", "Return.provider_id"):
            book.define_name(name, "='All lots'!$F$9")
        book.set_properties({"title": "Return – P001"})
        book.set_custom_property("return_id", "R1")
    path = plain.with_name("rich.xlsx")
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            part = old.read(name).replace(b"<dc:creator>", b"<dc:language>en-GB</dc:language><dc:creator>")
            lock = b'<workbookProtection lockStructure="1"/><bookViews>'
            new.writestr(name, part.replace(b"<bookViews>", lock) if name == "xl/workbook.xml" else part)
    return path


def part(path, name):
    with zipfile.ZipFile(path) as package:
        return etree.fromstring(package.read(name))


def only(tree, tag, **attributes):
    elements = [e for e in tree.iter(MAIN + tag) if all(e.get(k) == v for k, v in attributes.items())]
    assert len(elements) == 1, f"{len(elements)} {tag} {attributes}"
    return elements[0]


TRUE = {"1", "true"}


def parts_in_copy(path):
    """What of the rich workbook stands in a saved copy."""
    book, sheet = part(path, "xl/workbook.xml"), part(path, "xl/worksheets/sheet1.xml")
    core, rule = part(path, "docProps/core.xml"), only(sheet, "dataValidation")
    with zipfile.ZipFile(path) as package:
        custom = package.read("docProps/custom.xml").decode()
    names = {e.get("name"): e.text for e in book.iter(MAIN + "definedName") if "." in e.get("name")}
    lock, guard = book.find(MAIN + "workbookProtection"), only(sheet, "sheetProtection")
    return {
        "names with a dot": sorted(names) == ["KPI_S4a.x", "Return.provider_id"]
        and {*names.values()} == {"'All lots'!$F$9"},
        "validation": (rule.get("type"), rule.get("operator"), rule.findtext(MAIN + "formula1"))
        == ("whole", "greaterThanOrEqual", "0"),
        "validation texts": [rule.get(k) for k in ("promptTitle", "prompt", "errorTitle", "error")]
        == ["KPI S1 x", "Enter “0” if there were none.", "A whole number", "Enter 0 or more."],
        "conditional format": only(sheet, "cfRule").findtext(MAIN + "formula") == '"Green"',
        "sheet protection": guard.get("sheet") in TRUE
        and {guard.get(k) for k in ("autoFilter", "formatColumns")} <= {"0", "false"},
        "row height": float(only(sheet, "row", r="4").get("ht")) == 42,
        "hidden column": only(sheet, "col", min="8").get("hidden") in TRUE,
        "frozen panes": only(sheet, "pane").get("topLeftCell") == "B3",
        "title": core.findtext("{*}title") == "Return – P001",
        "language": core.findtext("{*}language") == "en-GB",
        "custom property": "return_id" in custom,
        "tab colour": sheet.find(f"{MAIN}sheetPr/{MAIN}tabColor") is not None,
        "workbook lock": lock is not None and lock.get("lockStructure") in TRUE,
        "very hidden sheet": only(book, "sheet", name="Manifest").get("state") == "veryHidden",
        "cached value": only(sheet, "c", r="A1").findtext(MAIN + "v") == "ab",
    }


def lost(path):
    return {what for what, there in parts_in_copy(path).items() if not there}


def test_the_rich_workbook_has_one_of_everything(rich):
    assert lost(rich) == set()


@pytest.mark.office
def test_what_libreoffice_loses_on_saving(calc, rich, tmp_path):
    saved = calc(rich).save(tmp_path / "saved.xlsx")
    assert lost(saved) == {"workbook lock", "very hidden sheet", "tab colour"}
    assert only(part(saved, "xl/workbook.xml"), "sheet", name="Manifest").get("state") == "hidden"


def test_what_openpyxl_loses_on_saving(rich, tmp_path):
    openpyxl.load_workbook(rich).save(tmp_path / "saved.xlsx")
    assert lost(tmp_path / "saved.xlsx") == {"cached value"}
