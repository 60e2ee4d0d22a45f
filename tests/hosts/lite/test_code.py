"""The code that a workbook carries for xlwings Lite: functions and scripts, as its runtime calls them.

None of this was run in Excel. What stands in for xlwings notes what the decorators are given.
"""

from __future__ import annotations

import json
import zipfile
from io import BytesIO
from xml.etree import ElementTree as ET

import pytest

from tests.evidence import some
from tests.hosts.lite import lite_cases
from tests.hosts.lite.open_book import Name, OpenBook, OpenSheet, opened
from tests.house.project_files import ROOT
from xlkpi import check_return
from xlkpi.hosts.array_arguments import WrongArgument
from xlkpi.hosts.functions import FUNCTIONS
from xlkpi.hosts.lite.build_starters import CODE, FUNCTIONS_BOOK, RETURN_BOOK, starter_files
from xlkpi.hosts.lite.in_workbook import LAST_ROW, RESULTS, UNSEEN, answer, explanation_of
from xlkpi.hosts.lite.in_workbook import check_this_return as check_book

WE = "{http://schemas.microsoft.com/office/webextensions/webextension/2010/11}"
SAMPLES = sorted((ROOT / "workbooks/inbox").rglob("KPI return 2026-27 Q2 - P0*.xlsx"))
FOLDER = ROOT / "udfs/lite"


@pytest.fixture(scope="module")
def code():
    with lite_cases.loaded((FOLDER / CODE).read_text(encoding="utf-8")) as names:
        yield names


@pytest.fixture(scope="module")
def starters():
    return starter_files()


def properties(content):
    """The texts that xlwings Lite keeps in a workbook, by name."""
    with zipfile.ZipFile(BytesIO(content)) as package:
        tree = ET.fromstring(package.read("xl/webextensions/webextension1.xml"))
    return {each.get("name"): json.loads(each.get("value")) for each in tree.iter(f"{WE}property")}


@pytest.mark.parametrize("name", [CODE, FUNCTIONS_BOOK, RETURN_BOOK])
def test_the_files_in_the_project_are_those_that_are_made(name, starters):
    """To write them again, run: python scripts/regenerate.py --only lite"""
    stored = (FOLDER / name).read_bytes()
    is_same = stored == starters[name] if name == CODE else properties(stored) == properties(starters[name])
    assert is_same, name  # to show how such long texts differ would take minutes


def test_a_workbook_carries_the_code_and_asks_for_xlwings_alone():
    text = (FOLDER / CODE).read_text(encoding="utf-8")
    for name in (FUNCTIONS_BOOK, RETURN_BOOK):
        assert properties((FOLDER / name).read_bytes()) == {"main.py": text, "requirements.txt": "xlwings\n"}


# --- functions -------------------------------------------------------------------------------------------------------


def test_every_function_is_there_under_its_name_with_its_help(code):
    for function in some(FUNCTIONS):
        here = code[function.name]
        assert here.__doc__ == function.help
        wanted = [((a.name,), {"ndim": 2, "err_to_str": True, "doc": a.help}) for a in reversed(function.arguments)]
        assert here.described == wanted


def test_arguments_in_every_shape_give_results_of_the_same_shape(code):
    assert lite_cases.shapes(code) == [
        "Green",
        "Green",
        [["Green"], ["Incomplete"], ["Check"]],
        [["Green", "Red", "Red"]],
        [["Green", "Green"], ["Red", "Red"]],
        "",
        115 / 120,
        "Due",
        answer("KPI_CHECK", "KPI S3", "#N/A", 50),
    ]


def test_an_unknown_indicator_is_an_error(code):
    with pytest.raises(WrongArgument, match="not an indicator"):
        code["KPI_RAG"]([["KPI X9"]], [[1]], [[2]])


# --- scripts ---------------------------------------------------------------------------------------------------------


def test_the_scripts_have_their_names(code):
    assert code["check_this_return"].scripts == [((), {"name": "Check this return"})]
    assert code["explain"].scripts == [((), {"name": "Explain"})]


@pytest.mark.parametrize("path", SAMPLES[:4], ids=lambda path: path.name[24:28])
def test_a_return_that_is_open_gets_the_findings_of_its_file(path, capsys):
    book = opened(path)
    book.sheets.append(OpenSheet(RESULTS, {(1, 1): "old", (99, 1): "older"}))
    lines = check_book(book)
    wanted = [each for each in check_return(path).findings if each.code not in UNSEEN]
    assert [line.rpartition(each.message)[1:] for line, each in zip(lines[1:], wanted, strict=True)] == [
        (each.message, "") for each in wanted
    ]
    assert capsys.readouterr().out == "\n".join(lines) + "\n"
    shown = book.sheets[-1].cells
    assert shown == {(row, 1): "'" + line for row, line in enumerate(lines, start=1)}


def test_a_workbook_that_is_no_return_says_so():
    lines = check_book(OpenBook("Book1.xlsx", [OpenSheet("Sheet1", {(1, 1): "x\x07", (2, 3): True})], [Name("a", "")]))
    assert len(lines) == 2
    assert "must fix" in lines[1]


def test_the_sample_return_has_something_to_say():
    lines = check_book(opened(FOLDER / RETURN_BOOK))
    assert any("KPI S3" in line or "x is larger" in line for line in lines)
    assert len(lines) <= LAST_ROW


def test_the_selected_row_is_explained(code, capsys):
    sheet = OpenSheet("All lots", {(6, 1): "KPI S2", (6, 2): 5})
    book = OpenBook("a.xlsx", [sheet], selection=sheet.range((6, 1)))
    code["explain"](book)
    assert capsys.readouterr().out.startswith("KPI S2: ")


@pytest.mark.parametrize(
    ("texts", "start"),
    [([], "There is no indicator"), (["see kpi_s4a"], "KPI S4a: "), (["KPI W9"], "There is no indicator")],
)
def test_what_is_selected_may_be_anything(texts, start):
    assert explanation_of(texts)[0].startswith(start)
