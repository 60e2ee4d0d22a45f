"""What a program shows that opens our files without recalculating, as a preview does; footers; green triangles."""

from __future__ import annotations

import io
import re
import zipfile
from functools import cache

import pytest
from lxml import etree

from tests.evidence import some
from tests.layout.planned_returns import CATALOGUE, EVERYTHING, SENDER, plan
from tests.reading.return_edits import clean
from tests.writing import workbook_sample
from xlkpi.core.period import Period
from xlkpi.layout.plan import plan_return
from xlkpi.writing.returns.write_return import write_return
from xlkpi.writing.workbook import render_workbook
from xlkpi.writing.workbook.page_setup import footer_of

WORKBOOKS = ("native", "filled", "udf")


@cache
def written(workbook):
    if workbook == "filled":
        return clean()
    functions = plan_return(CATALOGUE, EVERYTHING, Period(2026, 4), sender=SENDER, edition="udf")
    return write_return(functions if workbook == "udf" else plan())


def sheets(data):
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        names = [name for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
        return {name: etree.fromstring(parts.read(name)) for name in names}


@pytest.mark.parametrize("edition", WORKBOOKS)
def test_an_empty_result_is_a_text_and_not_the_number_0(edition):
    cells = [cell for sheet in sheets(written(edition)).values() for cell in sheet.iterfind(".//{*}c[{*}f]")]
    empty = [cell for cell in cells if not cell.findtext("{*}v")]
    assert len(empty) > 20
    assert {cell.get("t") for cell in empty} == {"str"}
    numbers = some(cell for cell in cells if cell.get("t") is None)
    assert all(re.fullmatch(r"-?[\d.]+(E-?\d+)?", cell.findtext("{*}v")) for cell in numbers)


@pytest.mark.parametrize("edition", WORKBOOKS)
def test_no_green_triangle_where_formulas_differ_on_purpose(edition):
    for name, sheet in sheets(written(edition)).items():
        (area,) = sheet.findall("{*}ignoredErrors/{*}ignoredError")
        assert area.get("formula") == "1", name
        assert area.get("sqref").startswith("A1:")


def test_every_table_of_a_sheet_is_without_triangles():
    tables = 0
    for sheet in sheets(render_workbook(workbook_sample.book())).values():
        wanted = len(sheet.findall("{*}tableParts/{*}tablePart"))
        entries = sheet.findall("{*}ignoredErrors/{*}ignoredError")
        for kind in ("numberStoredAsText", "formula"):
            areas = [area for entry in entries if entry.get(kind) == "1" for area in entry.get("sqref").split()]
            assert len(areas) == wanted, kind
        tables += wanted
    assert tables >= 2


@pytest.mark.parametrize("length", [0, 20, 200, 234, 235, 236, 237, 238, 250, 251, 252, 253, 254, 255, 300])
@pytest.mark.parametrize("end", ["", "&", "&&", "x&"])
@pytest.mark.parametrize("numbered", [True, False])
def test_a_footer_has_room_for_any_title_and_no_half_ampersand(length, end, numbered):
    footer = footer_of("a" * length + end + " name" * 40, numbered=numbered)
    assert len(footer) <= 255  # what Excel takes
    title = footer.removeprefix("&L").removesuffix("&C&A&RPage &P of &N")
    assert "&" not in title.replace("&&", "")


def test_a_short_title_is_whole_in_the_footer():
    assert footer_of("Oak & Ash", numbered=False) == "&LOak && Ash"
    assert footer_of("Oak", numbered=True) == "&LOak&C&A&RPage &P of &N"
