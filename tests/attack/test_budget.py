"""The budget of a file, 2 s and 100 MB: kept by limits of the reader, and at the end by whoever reads the file."""

from __future__ import annotations

import io
import re
import sys
import time
import zipfile

import pytest

from tests.consolidation.return_builders import rubbish
from tests.reading.return_edits import checked, clean, respelt
from xlkpi.commands.check import annotated_copy
from xlkpi.consolidation.file_sources import find_sources
from xlkpi.consolidation.read_returns import ReadOptions, read_all
from xlkpi.errors import Unreadable
from xlkpi.ooxml import allowance, part_cache
from xlkpi.ooxml.fast.fast_rows import cut_rows
from xlkpi.ooxml.fast.fast_text import Unfamiliar
from xlkpi.ooxml.large_sheet import LARGE, without_blank_rows
from xlkpi.ooxml.limits import OversizePart
from xlkpi.ooxml.package import Package
from xlkpi.reading.returns import file_budget
from xlkpi.writing.marked_copy import edit_package
from xlkpi.writing.marked_copy.edit_package import NotAWorkbookError

SHEET = "xl/worksheets/sheet2.xml"
WORKBOOK = "xl/workbook.xml"
STYLES = "xl/styles.xml"


def calls(data):
    """How many functions are called while a file is checked: the work, whatever the machine."""
    count = 0

    def profile(_frame, event, _argument):
        nonlocal count
        count += event in ("call", "c_call")

    checked(data)  # what is only done the first time
    sys.setprofile(profile)
    try:
        checked(data)
    finally:
        sys.setprofile(None)
    return count


def rows(text):
    return respelt(SHEET, ("</sheetData>", text + "</sheetData>"))


def cells(count):
    return rows(
        "".join(f'<row r="{row}"><c r="Z{row}" t="str"><v>x{row}</v></c></row>' for row in range(90, 90 + count))
    )


def odd_cells(count):
    """Spelt so that the parser reads them."""
    return respelt(SHEET, ("<sheetData>", "<sheetData >"), data=cells(count))


def blank_cells(count):
    return rows("".join(f'<row r="{row}"><c r="Z{row}" s="1"/></row>' for row in range(90, 90 + count)))


def merges(count):
    entries = "".join(f'<mergeCell ref="ZA{row}:ZB{row}"/>' for row in range(1, count + 1))
    return respelt(SHEET, ("</worksheet>", f"<mergeCells>{entries}</mergeCells></worksheet>"))


def names(count):
    entries = "".join(f'<definedName name="n{row}">Cover!$A${row}</definedName>' for row in range(1, count + 1))
    return respelt(WORKBOOK, ("</definedNames>", f"{entries}</definedNames>"))


def formats(count):
    return respelt(STYLES, ("</cellXfs>", '<xf numFmtId="0" fontId="0"/>' * count + "</cellXfs>"))


def codes(count):
    """Number formats, each with a cell format of its own."""
    entries = "".join(f'<numFmt numFmtId="{1000 + n}" formatCode="0 &quot;{n}&quot;"/>' for n in range(count))
    used = "".join(f'<xf numFmtId="{1000 + n}"/>' for n in range(count))
    return respelt(STYLES, ("</numFmts>", f"{entries}</numFmts>"), ("</cellXfs>", f"{used}</cellXfs>"))


def hidden_columns(count):
    entries = "".join(f'<col min="{n}" max="{n}" hidden="1"/>' for n in range(30, 30 + count))
    return respelt(SHEET, ("</cols>", f"{entries}</cols>"))


def texts(count):
    entries = "".join(f"<si><t>x{n}</t></si>" for n in range(count))
    return respelt("xl/sharedStrings.xml", ("</sst>", f"{entries}</sst>"))


def rules(count):
    ranges = " ".join(f"Z{row}" for row in range(1, count + 1))
    entry = f'<dataValidations><dataValidation sqref="{ranges}"/></dataValidations>'
    return respelt(SHEET, ("</worksheet>", f"{entry}</worksheet>"))


KINDS = (cells, odd_cells, blank_cells, merges, names, formats, codes, hidden_columns, texts, rules)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_work_grows_no_faster_than_the_file(kind, monkeypatch):
    monkeypatch.setattr(part_cache, "LARGEST_REMEMBERED", 0)  # all that is remembered of a part is done again
    base, some, many = calls(clean()), calls(kind(300)), calls(kind(1200))
    assert many - base <= 4.4 * (some - base) + base / 10


def test_more_formulas_than_cells_are_left_to_the_parser_before_they_are_cut_out():
    sheet = b"<worksheet><sheetData>%s</sheetData></worksheet>"
    with pytest.raises(Unfamiliar):
        cut_rows(sheet % (b"<f>" * 11), 10)
    assert not cut_rows(sheet % b"", 10).pieces


def test_names_that_copied_tabs_left_are_read_and_marked():
    data = names(60_000)
    plain, bloated = checked(clean()), checked(data)
    assert (bloated.entries, bloated.findings) == (plain.entries, plain.findings)


class TestBlankRows:
    def test_formats_down_the_sheet_change_nothing(self):
        down = "".join(f'<row r="{row}"><c r="A{row}" s="5"/><c r="B{row}" s="5"/></row>' for row in range(90, 140_000))
        data = rows(down)
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            assert archive.getinfo(SHEET).file_size > LARGE
        plain, bloated = checked(clean()), checked(data)
        assert (bloated.entries, bloated.findings) == (plain.entries, plain.findings)

    def test_heights_of_rows_down_the_sheet_change_nothing(self):
        data = rows("".join(f'<row r="{row}" ht="15" customHeight="1"/>' for row in range(90, 200_000)))
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            assert archive.getinfo(SHEET).file_size > LARGE
        plain, bloated = checked(clean()), checked(data)
        assert (bloated.entries, bloated.findings) == (plain.entries, plain.findings)

    def test_rows_without_cells_are_left_out_and_nothing_after_them(self):
        text = b"<?xml?><sheetData>" + b"".join(b'<row r="%d" ht="9"/>' % n for n in range(999))
        last = b'<row r="1000"><c r="A1000"><v>5</v></c></row><row r="1001"/></sheetData><mergeCells/><rowBreaks/>'
        for size in (100, 333, 1000):
            data = text + last
            left = without_blank_rows(data[at : at + size] for at in range(0, len(data), size))
            assert left.startswith(b"<?xml?><sheetData>")
            assert b'<row r="1000"><c r="A1000"><v>5</v></c></row>' in left
            assert left.endswith(b"</sheetData><mergeCells/><rowBreaks/>")
            assert left.count(b"<row ") < 200

    def test_what_is_left_out_is_rows_without_content(self):
        blank = b'<row r="1"><c r="A1" s="5"/></row>' * 100
        for content in (b"<v>1</v>", b"<x:v>1</x:v>", b"<f>A1</f>", b"<is><t>x</t></is>", b"<!-- x -->", b"<?x?>"):
            filled = b'<row r="7"><c r="A7">%s</c></row>' % content
            pieces = [b'<?xml version="1.0"?><worksheet><sheetData>', blank, blank + filled, blank, b"</sheetData>"]
            left = without_blank_rows(pieces)
            assert left.count(filled) == 1
            assert left.count(b"<row") <= 101 + 100

    def test_a_row_is_never_cut(self):
        text = b"<?xml?><sheetData>" + b"".join(b'<row r="%d"><c r="A%d"/></row>' % (n, n) for n in range(999))
        text += b'<row r="1000"><c r="A1000"><v>5</v></c></row></sheetData>'
        for size in (100, 333, 1000):
            left = without_blank_rows(text[at : at + size] for at in range(0, len(text), size))
            assert left.startswith(b"<?xml?><sheetData>")
            assert left.endswith(b'<row r="1000"><c r="A1000"><v>5</v></c></row></sheetData>')
            assert left.count(b"<row ") == left.count(b"</row>") < 200

    def test_rows_that_go_by_their_order_are_refused(self):
        pieces = [b"<?xml?>", b"<row><c/></row>" * 9, b"<row><c><v>1</v></c></row>"]
        with pytest.raises(OversizePart, match="without their numbers"):
            without_blank_rows(pieces)

    def test_what_is_left_is_bounded(self):
        with pytest.raises(OversizePart, match="over 0 MB of cells"):
            without_blank_rows([b'<row r="1"><c r="A1"><v>1</v></c></row>' * 9], kept_limit=100)

    def test_a_large_part_is_checked_to_its_last_byte(self):
        junk = f"<!--{'abc 1234' * 600_000}-->"
        data = bytearray(rows(junk))
        assert not checked(bytes(data)).unreadable or "KB" in checked(bytes(data)).findings[0].message
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            info = archive.getinfo(SHEET)
        crc = info.CRC.to_bytes(4, "little")
        for at in [match.start() for match in re.finditer(re.escape(crc), bytes(data))]:
            data[at] ^= 1
        assert "is not as it was written" in checked(bytes(data)).findings[0].message


class TestLimits:
    @pytest.mark.parametrize(
        ("data", "words"),
        [
            (
                lambda: rows("".join(f'<c s="{n * 7919 % 9973}"/>' for n in range(150_000))),
                "it has too many cells, most of them empty",
            ),
            (lambda: codes(5_001), "it has over 5,000 number formats"),
            (lambda: respelt(WORKBOOK, ("</sheets>", "</sheets><x/>" + "<x/>" * 300_000)), "over 300,000 tags"),
            (lambda: respelt(SHEET, ("<sheetData>", f'<sheetData x="{"x" * (2 << 20)}">')), "has over 512 KB"),
        ],
        ids=["empty cells", "number formats", "tags of a tree", "a long tag"],
    )
    def test_a_file_beyond_one_is_refused(self, data, words, monkeypatch):
        monkeypatch.setattr(allowance, "TAGS_PER_CELL", 1)
        checked_return = checked(data())
        assert checked_return.unreadable
        assert words in checked_return.findings[0].message
        assert Unreadable.TOO_LARGE.remedy in checked_return.findings[0].message

    def test_many_sheets_have_no_more_than_one(self):
        left = allowance.Allowance(10)
        left.take_cells(6)
        with pytest.raises(OversizePart, match="over 10 cells"):
            left.take_cells(6)


def spin(path):
    """Reads one file for ever, the others at once."""
    while path.name == "7":
        time.process_time()
    return rubbish(path)


def swallow(path):
    """Takes all memory for one file."""
    hold = []
    while path.name == "7":
        hold.append(bytearray(16 << 20))
    return rubbish(path)


def litter(path):
    """Leaves most of what a file may take in a cycle, as a parser and its handlers do."""
    cycle = [bytearray(70 << 20)]
    cycle.append(cycle)
    return rubbish(path)


@pytest.fixture
def inbox(tmp_path, monkeypatch):
    monkeypatch.setattr(file_budget, "CPU_SECONDS", 0.3)
    monkeypatch.setenv("XLKPI_LOG", str(tmp_path / "xlkpi.log"))
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(12):
        (folder / str(number)).write_text("x")
    return folder


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no timer of processor time")
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_file_that_takes_too_long_is_a_finding_and_the_others_are_read(inbox, jobs):
    results = read_all(find_sources(inbox), ReadOptions(spin, jobs))
    (slow,) = [result for result in results if "takes too long to read" in result.findings[0].message]
    assert slow.file.endswith("7")
    assert Unreadable.TOO_SLOW.remedy in slow.findings[0].message
    assert sum(result == rubbish(result.file) for result in results) == 11


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux bounds a worker's memory")
def test_a_file_that_takes_all_memory_is_a_finding_and_the_others_are_read(inbox, monkeypatch):
    monkeypatch.setattr(file_budget, "CPU_SECONDS", 60.0)
    results = read_all(find_sources(inbox), ReadOptions(swallow, 2))
    (large,) = [result for result in results if "stopped unexpectedly (MemoryError)" in result.findings[0].message]
    assert large.file.endswith("7")
    assert sum(result == rubbish(result.file) for result in results) == 11


@pytest.mark.skipif(sys.platform != "linux", reason="as above")
def test_what_large_files_leave_in_memory_is_not_missing_for_the_next_ones(inbox):
    results = read_all(find_sources(inbox), ReadOptions(litter, 2))
    assert [result == rubbish(result.file) for result in results] == [True] * 12


@pytest.mark.skipif(sys.platform == "win32", reason="as above")
def test_waiting_is_not_counted(monkeypatch):
    monkeypatch.setattr(file_budget, "CPU_SECONDS", 0.05)
    with file_budget.within_budget():
        time.sleep(0.3)


class TestMemory:
    def test_parts_that_are_read_have_a_bound_each_and_together(self, monkeypatch):
        monkeypatch.setattr(Package.read, "__defaults__", (1_000,))
        assert "unpacks to 0 MB" in checked(texts(300)).findings[0].message
        monkeypatch.undo()
        left = allowance.Allowance(10)
        left.take_part(b"<a/>" + b"x" * 1_500)
        with pytest.raises(OversizePart, match="its sheets have over 0 MB"):
            left.take_part(b"<a/>" + b"x" * 1_500)

    def test_a_marked_copy_is_not_made_where_the_parts_it_changes_take_too_much(self, monkeypatch):
        data = cells(300)
        monkeypatch.setattr(edit_package, "COPY_TREE_LIMIT", 100_000)
        with pytest.raises(NotAWorkbookError, match="too much on its sheets to mark them"):
            annotated_copy(checked(data), data)

    def test_a_worker_may_have_what_a_file_may(self):
        assert file_budget.MEMORY_BYTES <= 100 << 20
