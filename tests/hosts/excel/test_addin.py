"""The add-in and the return's project: by our own strict reader, by olevba, and part by part."""

from __future__ import annotations

import ast
import io
import re
import sys
import zipfile
from xml.etree import ElementTree as ET

import pytest
from oletools.olevba import VBA_Parser

from tests.hosts.excel.project_file import read_project
from tests.house.project_files import name as path_of
from tests.house.project_files import python_files
from tests.house.test_rooms import imported
from tests.judge.real_returns import ANOTHER, EVERYTHING, stamped
from xlkpi.errors import MissingPart, PlanError
from xlkpi.hosts.excel import xlwings_module
from xlkpi.hosts.excel.build_xlam import addin_bytes, addin_modules, build_addin, main
from xlkpi.hosts.excel.vba_source import return_functions
from xlkpi.hosts.excel.xlwings_module import EDITS, edited
from xlkpi.hosts.functions import FUNCTIONS
from xlkpi.writing.vba.project import project_file
from xlkpi.writing.vba.udf_sources import source_text, udfs_folder

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
PROCEDURE = re.compile(r"^(?:Public )?(?:Sub|Function) (\w+)", re.MULTILINE)


@pytest.fixture(scope="module")
def addin():
    return addin_bytes()


def part(data, name):
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(name)


BOOKS = {
    "addin": addin_bytes,
    "every section": lambda: stamped(EVERYTHING, "2026-27 Q4", edition="udf"),
    "one lot": lambda: stamped(ANOTHER, "2026-27 Q1", edition="udf"),
}


@pytest.fixture(scope="module", params=BOOKS)
def book(request):
    return BOOKS[request.param]()


# --- the project file ---


def test_the_project_keeps_every_rule(book):
    project = read_project(part(book, "xl/vbaProject.bin"))
    assert not project.broken
    assert project.streams["VBA/_VBA_PROJECT"] == bytes.fromhex("cc61ffff000000")
    assert {(m["offset"], m["cookie"]) for m in project.modules.values()} == {(0, 0xFFFF)}
    assert project.facts[0x03] == (1252).to_bytes(2, "little")
    assert not [name for name in project.streams if "__SRP" in name]


def test_its_document_modules_are_the_code_names_of_workbook_and_sheets(book):
    project = read_project(part(book, "xl/vbaProject.bin"))
    with zipfile.ZipFile(io.BytesIO(book)) as package:
        parts = ["xl/workbook.xml", *(n for n in package.namelist() if n.startswith("xl/worksheets/sheet"))]
        names = [re.search(rb'codeName="(\w+)"', package.read(n).partition(b"Pr ")[2])[1].decode() for n in parts]
    assert sorted(names) == sorted(name for name, kind in project.declared.items() if kind == "Document")


def test_olevba_shows_our_source_to_the_letter(addin):
    shown = {name: code for _, _, name, code in VBA_Parser("xlkpi.xlam", data=addin).extract_macros()}
    wanted = {f"{name}.bas": text for name, text in addin_modules().items()}
    for name, text in wanted.items():
        assert shown[name].replace("\r\n", "\n").rstrip("\n") == text.rstrip("\n")
    code = source_text("excel", "addin/ThisWorkbook.bas").rstrip("\n")
    assert shown["ThisWorkbook.cls"].replace("\r\n", "\n").rstrip("\n").endswith(code)


def test_a_return_holds_its_two_modules_to_the_letter():
    data = stamped(ANOTHER, "2026-27 Q1", edition="udf")
    shown = {name: code for _, _, name, code in VBA_Parser("return.xlsm", data=data).extract_macros()}
    for name in ("KpiFunctions", "KpiReturn"):
        source = source_text("excel", f"return/{name}.bas").rstrip("\n")
        assert shown[f"{name}.bas"].replace("\r\n", "\n").rstrip("\n") == source


def test_the_wrappers_kept_in_the_repository_follow_from_the_function_table():
    source = source_text("excel", "return/KpiFunctions.bas")
    assert source == return_functions(), "run: python scripts/regenerate.py --only macros"


def test_a_text_that_visual_basic_cannot_hold_is_refused():
    with pytest.raises(UnicodeEncodeError):
        project_file(1, {"M": 'Attribute VB_Name = "M"\n\' \N{MINUS SIGN}\n'})


def test_the_same_input_gives_the_same_bytes(addin, tmp_path):
    assert build_addin(tmp_path / "xlkpi.xlam").read_bytes() == addin
    assert main([str(tmp_path / "again.xlam")]) == 0
    assert (tmp_path / "again.xlam").read_bytes() == addin
    assert main([]) == 2


# --- the package around it ---


def test_the_add_in_is_one_by_its_content_type_and_carries_its_ribbon(addin):
    types = part(addin, "[Content_Types].xml").decode()
    assert types.count("application/vnd.ms-excel.addin.macroEnabled.main+xml") == 1
    assert "sheet.macroEnabled" not in types
    assert '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>' in types
    roots = {r.get("Type"): r.get("Target") for r in ET.fromstring(part(addin, "_rels/.rels")).iter(RELATION)}
    ribbon = roots["http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"]
    assert part(addin, ribbon)
    relations = ET.fromstring(part(addin, "xl/_rels/workbook.xml.rels")).iter(RELATION)
    assert {r.get("Target") for r in relations if r.get("Type", "").endswith("/vbaProject")} == {"vbaProject.bin"}


def test_the_add_in_shows_no_window_and_calculates_nothing(addin):
    book = ET.fromstring(part(addin, "xl/workbook.xml"))
    (view,) = book.iter(f"{MAIN}workbookView")
    assert view.get("visibility") == "veryHidden"
    (calculation,) = book.iter(f"{MAIN}calcPr")
    assert "fullCalcOnLoad" not in calculation.attrib


def test_a_return_is_a_macro_workbook_by_its_content_type():
    types = part(stamped(ANOTHER, "2026-27 Q1", edition="udf"), "[Content_Types].xml").decode()
    assert 'PartName="/xl/workbook.xml" ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"' in types


def test_every_macro_that_is_named_anywhere_exists_once(addin):
    project = read_project(part(addin, "xl/vbaProject.bin"))
    there = [name for source in project.sources.values() for name in PROCEDURE.findall(source.replace("\r\n", "\n"))]
    ours = [name for name in there if name.startswith(("Kpi", "KPI_")) or name in ("RunKpi", "NoAnswer", "RunPython")]
    assert len(ours) == len(set(ours))
    ribbon = part(addin, "customUI/customUI14.xml").decode()
    called = set(re.findall(r'onAction="(\w+)"', ribbon)) | {"RegisterHelp", "RunPython", "NoAnswer"}
    called |= {function.name for function in FUNCTIONS}
    called |= set(re.findall(r"'!(Kpi\w+)\"", source_text("excel", "return/KpiReturn.bas")))
    assert called <= set(there)


def test_the_statement_that_runs_a_macro_finds_what_it_names():
    (statement,) = re.findall(r'RunPython "(.+?);', source_text("excel", "addin/KpiRun.bas"))
    space = {}
    exec(statement, space)  # noqa: S102 - our own text
    assert callable(space["server"].run_macro)


def test_the_buttons_of_a_return_run_macros_it_has():
    data = stamped(ANOTHER, "2026-27 Q1", edition="udf")
    project = read_project(part(data, "xl/vbaProject.bin"))
    there = {name for source in project.sources.values() for name in PROCEDURE.findall(source.replace("\r\n", "\n"))}
    buttons = part(data, "xl/drawings/vmlDrawing1.vml").decode()
    assert re.findall(r">\[0\]!(\w+)<", buttons) == ["CheckThisReturn", "RefreshThisReturn"]
    assert {"CheckThisReturn", "RefreshThisReturn"} <= there


# --- xlwings' module ---


def test_nothing_is_taken_from_the_active_workbook(addin):
    text = read_project(part(addin, "xl/vbaProject.bin")).sources["xlwings"].replace("\r\n", "\n")
    config = text[text.index("Function GetConfig(") :]
    config = config[: config.index("End Function")]
    for source in ("sheet", "directory"):  # reached only by asking for them by name, which nothing does
        assert f'    If source = "{source}" Then' in config
        assert f'"{source}")' not in text
    run = text[text.index("Public Function RunPython(") :]
    run = run[: run.index("End Function")]
    assert [line.strip() for line in run.splitlines() if "ActiveWorkbook" in line] == [
        'XLPy.SetAttr XLPy.Module("xlwings._xlwindows"), "BOOK_CALLER", ActiveWorkbook'
    ]
    command = text[text.index("Function XLPyCommand(") :]
    assert "ActiveWorkbook" not in command[: command.index("End Function")]
    for line in text.splitlines():
        assert "-c" not in line.split() or "-I" in line.split() or "Mac" in line
    assert 'GetConfig("PYTHONPATH")' not in text
    assert "ActiveWorkbook.Name" not in text
    assert "ActiveWorkbook.FullName" not in text


def test_another_module_of_xlwings_stops_the_build():
    with pytest.raises(PlanError, match="0 times, not 1"):
        edited("Attribute VB_Name")
    assert all(edit.why for edit in EDITS)


def test_another_version_of_xlwings_stops_the_build(monkeypatch):
    monkeypatch.setattr(xlwings_module.metadata, "version", lambda _name: "0.38.0")
    with pytest.raises(PlanError, match=r"0\.38\.0 is installed"):
        xlwings_module.addin_module()


def test_without_xlwings_it_says_what_to_install(monkeypatch):
    monkeypatch.setattr(xlwings_module, "find_spec", lambda _name: None)
    with pytest.raises(MissingPart) as answer:
        xlwings_module.addin_module()
    assert str(answer.value).startswith("The Excel add-in needs a part of xlkpi that is not installed.")
    assert "xlkpi[excel]" in str(answer.value)


def test_the_texts_that_excel_loads_are_found():
    assert sorted(path.name for path in (udfs_folder() / "excel").iterdir()) == ["addin", "return", "ribbon.xml"]


def test_one_module_imports_xlwings():
    sources = {path: path.read_text("utf-8") for path in python_files("xlkpi")}
    naming = {path: ast.parse(source) for path, source in sources.items() if "xlwings" in source}
    importing = [path for path, tree in naming.items() if "xlwings" in imported(tree)]
    assert list(map(path_of, importing)) == ["xlkpi/hosts/excel/server.py"]


def test_without_pyopenvba_it_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyopenvba", None)
    with pytest.raises(MissingPart, match="A macro workbook needs a part of xlkpi that is not installed"):
        project_file(77, {})
