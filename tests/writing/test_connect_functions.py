"""Calls of the KPI functions, as Excel keeps those of an add-in, become calls that every program binds."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from tests.writing.addin_calls import saved_by_excel
from xlkpi.hosts.functions import FUNCTIONS
from xlkpi.writing.connect_functions import connect_functions, plain_call
from xlkpi.writing.marked_copy.edit_package import NotAWorkbookError

NAMES = {function.name for function in FUNCTIONS}


def parts_of(data):
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name).decode("utf-8", "replace") for name in package.namelist()}


@pytest.mark.parametrize(
    ("formula", "plain", "calls"),
    [
        ("[1]!KPI_RAG(A2,B2,C2)", "KPI_RAG(A2,B2,C2)", 1),
        ("[12]!kpi_rag(A2,B2,C2)", "KPI_RAG(A2,B2,C2)", 1),
        (
            r"'D:\People\ann\AppData\Roaming\Microsoft\Excel\XLSTART\xlkpi.xlam'!KPI_GAP(A2,B2,C2)",
            "KPI_GAP(A2,B2,C2)",
            1,
        ),
        (r"'D:\People\Zoë Żak\[xlkpi.xlam]'!KPI_S2(1,2,3)", "KPI_S2(1,2,3)", 1),
        ("xlkpi.xlam!KPI_DUE(A2,B2)", "KPI_DUE(A2,B2)", 1),
        ("_xludf.KPI_RAG(A2,B2,C2)", "KPI_RAG(A2,B2,C2)", 1),
        (
            'IF([1]!KPI_RAG(A2,B2,C2)="Green",[1]!KPI_GAP(A2,B2,C2),0)',
            'IF(KPI_RAG(A2,B2,C2)="Green",KPI_GAP(A2,B2,C2),0)',
            2,
        ),
        ("KPI_RAG(A2,B2,C2)", "KPI_RAG(A2,B2,C2)", 0),
        ('"[1]!KPI_RAG(A2)"&A1', '"[1]!KPI_RAG(A2)"&A1', 0),
        ("[1]!MY_RAG(A2)", "[1]!MY_RAG(A2)", 0),
        ("[1]!KPI_RAG", "[1]!KPI_RAG", 0),
        ("[1]Sheet1!A1+KPI_RAGGED(1)", "[1]Sheet1!A1+KPI_RAGGED(1)", 0),
        (r"'C:\other.xlam'!KPI_RAG(A2)", r"'C:\other.xlam'!KPI_RAG(A2)", 0),
    ],
)
def test_a_call_gets_its_plain_name_and_nothing_else_changes(formula, plain, calls):
    assert plain_call(formula, NAMES) == (plain, calls)


def test_every_function_is_known():
    for name in NAMES:
        assert plain_call(f"[1]!{name}(1)", NAMES) == (f"{name}(1)", 1)


def test_cells_names_and_rules_are_rewritten_and_the_link_goes():
    copy, calls = connect_functions(saved_by_excel(), NAMES)
    parts = parts_of(copy)
    everything = "".join(parts.values())
    assert calls == 7
    assert "]!" not in everything
    assert "xlkpi.xlam" not in everything
    assert not [name for name in parts if "externalLink" in name]
    assert "externalReference" not in everything
    assert 'fullCalcOnLoad="1"' in parts["xl/workbook.xml"]


def test_no_formula_keeps_a_result_and_typed_cells_stay():
    sheet = parts_of(connect_functions(saved_by_excel(), NAMES)[0])["xl/worksheets/sheet1.xml"]
    assert not re.search(r"</f>\s*<v>", sheet)
    assert "#NAME?" not in sheet
    assert "<v>48</v>" in sheet


def test_links_to_other_files_keep_their_numbers():
    parts = parts_of(connect_functions(saved_by_excel(others=1), NAMES)[0])
    assert "[1]Elsewhere!A1" in parts["xl/worksheets/sheet1.xml"]
    assert parts["xl/workbook.xml"].count("<externalReference ") == 1
    assert "xl/externalLinks/externalLink1.xml" in parts
    assert "xl/externalLinks/externalLink2.xml" not in parts


def test_a_link_that_a_formula_still_uses_stays():
    parts = parts_of(connect_functions(saved_by_excel(extra="[1]!MINE(1)"), NAMES)[0])
    assert "[1]!MINE(1)" in parts["xl/worksheets/sheet1.xml"]
    assert "xl/externalLinks/externalLink1.xml" in parts


def test_without_such_a_call_the_copy_is_the_source():
    plain, _ = connect_functions(saved_by_excel(), NAMES)
    assert connect_functions(plain, NAMES) == (plain, 0)


def test_the_same_input_gives_the_same_bytes():
    assert connect_functions(saved_by_excel(), NAMES) == connect_functions(saved_by_excel(), NAMES)


@pytest.mark.parametrize("data", [b"", b"not a workbook", saved_by_excel()[:900]])
def test_what_is_no_workbook_is_refused(data):
    with pytest.raises(NotAWorkbookError):
        connect_functions(data, NAMES)
