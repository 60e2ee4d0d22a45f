"""The master as other programs read it: openpyxl, calamine and pandas."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from fractions import Fraction

import openpyxl
import pandas as pd
import pytest
from lxml import etree
from python_calamine import CalamineWorkbook

from tests.consolidation.county_sample import county
from tests.consolidation.return_builders import CATALOGUE, build_return, manifest, provider, rubbish, together
from tests.every_outturn import DATA
from tests.every_outturn import WORDS as WORDS_OF_ALL
from tests.evidence import some
from tests.judge.oracle import rag_word
from xlkpi.catalogue.model import parse_catalogue
from xlkpi.core.period import Period
from xlkpi.errors import UnwritableFile
from xlkpi.layout.addresses import list_asked
from xlkpi.layout.plan import make_return_key
from xlkpi.plain_text import IN_PLACE, make_visible
from xlkpi.sheets.master.about import RunInfo, plan_about
from xlkpi.sheets.master.plan_master import plan_master
from xlkpi.sheets.master.summary_rag_by_section import SERIES
from xlkpi.sheets.master.write_master import write_master
from xlkpi.writing.workbook import render_workbook
from xlkpi.writing.workbook.cell_styles import MASTER_STYLES, WORDS

A4, A3 = 9, 8
SHEETS = ["Summary", "Data", "Findings", "Files", "Missing", "Readings", "About"]
DATA_COLUMNS = [
    "period", "provider_id", "provider", "section", "indicator", "x", "y", "outturn", "state", "rag", "rag_as_written",
    "reading", "target", "gap", "comment", "file", "sha256", "sheet", "x_cell", "y_cell", "template",
    "agreed_x", "agreed_y", "agreed_by", "agreed_on", "agreed_why", "rag_in_force", "stretch",
]  # fmt: skip
FILE_COLUMNS = [
    "file", "open", "status", "provider_id", "provider", "period", "edition", "received", "saved",
    "declared on", "declared by", "days late", "must fix", "queries", "why", "what to do", "what differs",
    "officer's decision", "sha256",
]  # fmt: skip
FILLS = {"Green": "FFC9E7CB", "Amber": "FFFFE3A1", "Red": "FFF6C0BE"}


def written(result):
    return render_workbook(plan_master(result, CATALOGUE, RunInfo("1.2.3")))


@pytest.fixture(scope="module")
def sample():
    files, register = county()
    return together(files, register=register)


@pytest.fixture(scope="module")
def data(sample):
    return written(sample)


@pytest.fixture(scope="module")
def book(data):
    return openpyxl.load_workbook(io.BytesIO(data))


def records(book, sheet):
    """The rows of a sheet's first table by header; an empty cell is None."""
    header, *rows = book[sheet].iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in rows]


def test_the_sheets_stand_in_their_order_and_it_opens_on_the_first(book):
    assert book.sheetnames == SHEETS, "a new tab: name it in SHEETS, in its place"
    assert book.active.title == "Summary"


def test_the_columns_are_those_that_others_rely_on(book):
    for sheet, columns in (("Data", DATA_COLUMNS), ("Files", FILE_COLUMNS)):
        assert [cell.value for cell in book[sheet][1]] == columns, "scripts rely on them: a new column comes last"


def test_every_row_of_data_is_there_with_its_exact_share(book, sample):
    rows = records(book, "Data")
    assert len(rows) == len(sample.rows)
    for row, expected in zip(rows, sample.rows, strict=True):
        assert (row["provider_id"], row["indicator"]) == (expected.provider_id, expected.indicator)
        assert (row["x"], row["y"], row["gap"]) == (expected.x, expected.y, expected.gap)
        outturn = None if expected.outturn is None else pytest.approx(float(expected.outturn), rel=1e-15)
        assert row["outturn"] == outturn
        assert row["rag"] == (expected.rag.value if expected.rag else None)
        assert (row["file"], row["sha256"], row["x_cell"]) == (expected.file, expected.sha256, expected.x_cell)


def test_a_rag_is_a_word_and_a_fill(book):
    for row in book["Data"].iter_rows(min_row=2, min_col=9, max_col=11):
        for cell in row:
            if cell.value in FILLS:
                assert cell.fill.fgColor.rgb == FILLS[cell.value]


@pytest.mark.parametrize("sheet", ["Data", "Findings", "Files", "Missing"])
def test_a_table_sheet_is_one_table_from_a1_with_its_header_in_view(book, sheet):
    (table,) = book[sheet].tables.values()
    assert table.ref.startswith("A1:")
    assert table.ref == book[sheet].dimensions
    assert table.autoFilter is not None
    assert book[sheet].freeze_panes.endswith("2")
    assert book[sheet].print_title_rows in ("1:1", "$1:$1")


@pytest.mark.parametrize("sheet", SHEETS)
def test_every_sheet_prints_across_one_page_and_merges_nothing(book, sheet):
    page = book[sheet]
    assert (page.page_setup.paperSize, page.page_setup.orientation) == (
        A3 if sheet in ("Summary", "Files") else A4,
        "landscape",
    )
    assert (page.page_setup.fitToWidth or 1, page.page_setup.fitToHeight) == (1, 0)
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert not page.merged_cells.ranges
    assert not page.protection.sheet


def test_files_adds_up(book, sample):
    statuses = [row["status"] for row in records(book, "Files")]
    assert len(statuses) == sample.found == 32
    assert {word: statuses.count(word) for word in set(statuses)} == {"used": 24, "set aside": 5, "superseded": 3}


def test_missing_and_findings_are_listed(book, sample):
    (missing,) = records(book, "Missing")
    assert (missing["provider"], missing["lots"], missing["e-mail"]) == (
        "The Orchard (Faversham)", "3", "contact13@example.org",
    )  # fmt: skip
    assert str(missing["due by"].date()) == "2026-10-28"
    assert [row["message"] for row in records(book, "Findings")] == [
        finding.finding.message for finding in sample.findings
    ]


def grid(book, header):
    """The block of Summary below the row that begins with this header, down to the first empty row."""
    rows = list(book["Summary"].iter_rows())
    start = next(number for number, row in enumerate(rows) if row[0].value == header)
    end = next((n for n in range(start, len(rows)) if rows[n][0].value is None), len(rows))
    return rows[start], rows[start + 1 : end]


def test_each_word_of_the_heat_map_leads_to_its_row(book):
    header, lines = grid(book, "Provider")
    codes = some(str(cell.value).replace("\n", " ") for cell in header[1:] if cell.value)
    assert len(lines) == 25
    linked = 0
    for line in lines:
        for code, cell in zip(codes, line[1:], strict=False):
            if cell.hyperlink:
                place = cell.hyperlink.location
                assert place.startswith("'Data'!I")
                row = book["Data"][int(place.removeprefix("'Data'!I"))]
                assert (row[2].value, row[4].value) == (line[0].value, code)
                assert cell.value == {"Information": "Info"}.get(row[8].value, row[8].value)
                linked += 1
    assert linked == book["Data"].max_row - 1


def test_a_missing_provider_is_missing_in_every_cell_it_should_fill(book):
    _, lines = grid(book, "Provider")
    words = next([cell.value for cell in line[1:]] for line in lines if line[0].value == "The Orchard (Faversham)")
    (missing,) = [row for row in county()[1] if row.name == "The Orchard (Faversham)"]
    key = make_return_key(CATALOGUE, missing, Period(2026, 2), ())
    due = [row for row in list_asked(CATALOGUE, key) if row.due]
    assert [word for word in words if word] == ["Missing"] * len(due)


def test_the_county_equals_what_pandas_makes_of_the_raw_counts(book, data):
    frame = pd.read_excel(io.BytesIO(data), sheet_name="Data", engine="openpyxl")
    usable = frame[~frame["state"].isin(["Check", "Incomplete", "Not entered"])]
    totals = usable.groupby("indicator")[["x", "y"]].sum().astype(int)
    _, lines = grid(book, "Indicator")
    shown = {line[0].value: [cell.value for cell in line[1:6]] for line in lines}
    assert set(shown) == set(totals.index)
    for code, (x, y, outturn, rag, returns) in shown.items():
        assert (x, y) == tuple(totals.loc[code])
        assert returns == (usable["indicator"] == code).sum()
        top = y - x if code == "KPI S2" else x
        assert Fraction(outturn).limit_denominator(10**6) == Fraction(top, y)
        assert rag in ("Green", "Amber", "Red", "Info")


def test_the_counts_by_section_equal_what_pandas_counts(book, data):
    frame = pd.read_excel(io.BytesIO(data), sheet_name="Data", engine="openpyxl", keep_default_na=False)
    frame = frame[frame["indicator"].str.startswith("KPI ")]
    block = book["Summary"].iter_rows(min_row=8, max_row=13, values_only=True)
    rows = {row[3]: list(row[6:10]) for row in block}
    for section, part in frame.groupby("section"):
        assert rows[section] == [int((part["rag"] == rag).sum()) for rag in ("Green", "Amber", "Red", "")]


def test_the_summary_counts(book):
    counts = {row[0].value: row[1].value for row in book["Summary"].iter_rows(min_row=5, max_row=24)}
    wanted = {
        "Expected": 24, "Returned": 23, "Missing": 1, "Late": 3, "With something to fix": 1,
        "Returned, not expected": 1,
        "Found": 32, "= used": 24, "+ set aside": 5, "+ superseded": 3, "Must fix": 3, "Query": 5, "Note": 9,
    }  # fmt: skip
    assert {label: counts.get(label) for label in wanted} == wanted


def test_mixed_readings_are_told_on_summary_and_listed_on_readings(book):
    assert "KPI S2, KPI I4" in book["Summary"]["A3"].value
    readings = {row[0]: row[4:7] for row in book["Readings"].iter_rows(min_row=2, max_row=11, values_only=True)}
    rows = [(row["x"], row["y"]) for row in records(book, "Data") if row["indicator"] == "KPI S2" and row["y"]]
    unlike = [row for row in rows if rag_word("KPI S2", *row, "effective") != rag_word("KPI S2", *row, "as written")]
    assert readings["KPI S2"] == ("mixed: see returns", "23 effective, 1 as written", len(unlike))
    assert readings["KPI S5"][0] == "effective"
    assert {table.name for table in book["Readings"].tables.values()} == {"KPI_Readings", "KPI_TwoResults"}


def test_calamine_reads_every_sheet_and_the_same_figures(data, sample):
    reader = CalamineWorkbook.from_filelike(io.BytesIO(data))
    assert reader.sheet_names == SHEETS
    rows = reader.get_sheet_by_name("Data").to_python()
    assert rows[0] == DATA_COLUMNS
    assert [(row[1], row[4], row[5]) for row in rows[1:]] == [
        (row.provider_id, row.indicator, "" if row.x is None else row.x) for row in sample.rows
    ]


def test_the_same_consolidation_gives_the_same_bytes(sample, data):
    assert written(sample) == data


def test_no_moment_of_the_run_is_in_the_file(data):
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        assert {part.date_time for part in parts.infolist()} == {(2026, 1, 1, 0, 0, 0)}
        core = etree.fromstring(parts.read("docProps/core.xml"))
    assert {str(text) for text in core.itertext() if str(text).startswith("20")} == {"2026-09-30T00:00:00Z"}


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(colour, other):
    low, high = sorted((luminance(colour), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("style", [*MASTER_STYLES.items(), *WORDS.items()], ids=lambda pair: pair[0])
def test_every_text_stands_out_from_its_fill(style):
    assert contrast(style[1].ink, style[1].fill or "#FFFFFF") >= 4.5


@pytest.mark.parametrize("series", SERIES, ids=lambda series: series.colour)
def test_the_numbers_in_the_chart_stand_out_and_its_parts_differ_in_lightness(series):
    assert contrast(series.ink, series.colour) >= 4.5
    others = [other for other in SERIES if other is not series]
    assert min(contrast(series.colour, other.colour) for other in others) >= 1.3


HOSTILE = ["=cmd|' /C calc'!A0", "+1", "-late", "@SUM(1)", "\t=1", "\r=1", '=HYPERLINK("http://x")', "http://x.test/a"]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_stays_text_whatever_it_begins_with(text):
    filled_return = build_return(manifest(1, text), {"KPI S1": (1, 40, text)})
    register = [provider(1, text), provider(2, text, ["3"])]
    made_book = written(together({f"{text.strip()}.xlsx": filled_return, "x": rubbish(text)}, register=register))
    with zipfile.ZipFile(io.BytesIO(made_book)) as parts:
        sheets = [etree.fromstring(parts.read(name)) for name in parts.namelist() if "worksheets/sheet" in name]
        assert not any(sheet.findall(".//{*}f") for sheet in sheets)
        relations = b"".join(parts.read(name) for name in parts.namelist() if name.endswith(".rels"))
    assert b'TargetMode="External"' not in relations
    rows = records(openpyxl.load_workbook(io.BytesIO(made_book)), "Data")
    assert {row["provider"] for row in rows} == {make_visible(text)}
    assert rows[0]["comment"] == make_visible(text)


def test_odd_texts_and_numbers_are_kept_as_far_as_a_cell_can_hold_them():
    long, huge = "a" * 40_000, 10**400
    files = {"bad \udcff name.xlsx": build_return(manifest(1, "\x00 & < _x0041_"), {"KPI S1": (0, huge, long)})}
    first = records(openpyxl.load_workbook(io.BytesIO(written(together(files)))), "Data")[0]
    assert first["y"] == str(huge)
    assert first["file"] == f"bad {IN_PLACE} name.xlsx"
    assert len(first["comment"]) == 32_767
    assert first["comment"].endswith("a…")


def test_a_folder_without_returns_still_gives_a_master():
    book = openpyxl.load_workbook(io.BytesIO(written(together({"x.pdf": rubbish("x.pdf")}))))
    assert book.sheetnames == SHEETS
    assert book["Summary"]["A1"].value == "KPI master: no return found"
    assert [row["status"] for row in records(book, "Files")] == ["set aside"]
    document = records(book, "Missing")[0]["provider"]
    assert document == "Not known: no file is a return, so the period is not known."


def test_nothing_wrong_is_said_clearly():
    figures = {"KPI S1": (0, 40), "KPI S2": (0, 40), "KPI S3": (0, 0)}
    result = together({"a.xlsx": build_return(manifest(1, "A"), figures)}, register=[provider(1, "A")])
    book = openpyxl.load_workbook(io.BytesIO(written(result)))
    assert records(book, "Findings")[0]["message"] == "Nothing to fix, nothing to explain."
    assert records(book, "Missing")[0]["provider"] == "No returns are missing."
    assert records(book, "Files")[0]["what to do"] == "Nothing to fix."


def test_a_table_longer_than_a_sheet_goes_on_in_the_next(sample):
    plan = plan_master(sample, CATALOGUE, RunInfo("1.2.3"))
    book = openpyxl.load_workbook(io.BytesIO(render_workbook(plan, most_rows=101)))
    parts = [name for name in book.sheetnames if name.startswith("Data")]
    assert parts[:3] == ["Data", "Data (2)", "Data (3)"]
    rows = [row["x_cell"] for name in parts for row in records(book, name)]
    assert rows == [row.x_cell for row in sample.rows]


def test_a_master_that_cannot_be_written_leaves_what_was_there(sample, tmp_path, monkeypatch):
    path = tmp_path / "master.xlsx"
    path.write_bytes(b"old")

    def refuse(*_):
        raise PermissionError(13, "open elsewhere")

    monkeypatch.setattr("pathlib.Path.replace", refuse)
    with pytest.raises(UnwritableFile, match="open elsewhere"):
        write_master(sample, path, catalogue=CATALOGUE)
    assert [file.name for file in tmp_path.iterdir()] == ["master.xlsx"]
    assert path.read_bytes() == b"old"


def test_it_is_written_under_its_name(sample, tmp_path, data):
    path = tmp_path / "new folder" / "master.xlsx"
    write_master(sample, path, catalogue=CATALOGUE, run=RunInfo("1.2.3"))
    assert path.read_bytes() == data


def test_about_leaves_out_a_topic_of_which_the_contract_says_nothing():
    def topics(**texts):
        catalogue = parse_catalogue(DATA, replace(WORDS_OF_ALL, texts=tuple(texts.items())))
        return [cell.value for cell in plan_about(together({}), catalogue, RunInfo("1")).cells if cell.style == "topic"]

    left_out = topics(**{"about performance": ""})
    assert [topic for topic in topics() if topic not in left_out] == ["Action plans, Escalation, Monitoring"]
