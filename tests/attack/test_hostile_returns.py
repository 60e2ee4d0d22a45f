"""Returns made to break the reader: each is a finding with a remedy, and the good return beside it is used."""

from __future__ import annotations

import io
import json
import re
import struct
import zipfile

import pytest

from tests.reading.return_edits import (
    MANIFEST,
    by_openpyxl,
    clean,
    filled,
    messages,
    place,
    respelt,
    typed,
)
from tests.reading.return_edits import checked as read_return
from xlkpi import consolidate
from xlkpi.cli.main import main
from xlkpi.core.checks import Entry
from xlkpi.core.lot import Provider
from xlkpi.errors import Unreadable, UnreadableFile
from xlkpi.ooxml import part_cache
from xlkpi.ooxml.part_cache import once_per_part, once_per_repeated_part
from xlkpi.ooxml.serial_days import moment_from_serial
from xlkpi.ooxml.workbook import open_workbook
from xlkpi.writing.marked_copy import edit_xml

DIGITS = "9" * 5000
SHEET = "xl/worksheets/sheet2.xml"
GOOD = filled(provider=Provider("P02", "Elm", lots=("1a",)))


def manifest(**changes):
    """The return with other contents in its hidden manifest."""

    def change(book):
        cell = book[MANIFEST]["A2"]
        content = {**json.loads(cell.value), **changes}
        cell.value = json.dumps(content)  # ASCII: half a surrogate pair is an escape

    return by_openpyxl(change)


def saved(moment):
    """The return as if saved at another moment."""
    with zipfile.ZipFile(io.BytesIO(clean())) as archive:
        core = archive.read("docProps/core.xml").decode()
    text = re.search(r"<dcterms:modified[^>]*>([^<]*)</dcterms:modified>", core)[0]
    return respelt("docProps/core.xml", (text, re.sub(">[^<]*<", f">{moment}<", text)))


def columns(entries, sheet_data="<sheetData>"):
    """Hidden columns in the first section sheet."""
    hidden = "".join(f'<col min="{first}" max="{last}" hidden="1"/>' for first, last in entries)
    return respelt(SHEET, ("</cols>", f"{hidden}</cols>"), ("<sheetData>", sheet_data))


def merges(*refs):
    """Merged ranges in the first section sheet."""
    cells = "".join(f'<mergeCell ref="{ref}"/>' for ref in refs)
    return respelt(SHEET, ("</worksheet>", f"<mergeCells>{cells}</mergeCells></worksheet>"))


def pairs(count):
    """That many merged pairs of cells, far from the figures."""
    return merges(*(f"ZA{row}:ZB{row}" for row in range(1, count + 1)))


def offset(value, part="[Content_Types].xml"):
    """The return whose directory says that a part is at a place before the file."""
    data = bytearray(clean())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entry = archive.start_dir
        for info in archive.infolist():
            if info.filename == part:
                break
            entry += 46 + len(info.filename.encode()) + len(info.extra) + len(info.comment)
    end = data.rindex(b"PK\x05\x06")
    # zipfile takes what is missing between directory and end as something in front of the file
    start = struct.unpack_from("<L", data, end + 16)[0]
    data[end + 16 : end + 20] = struct.pack("<L", start + value)
    return bytes(data)


def long_attribute():
    """A property whose start tag has an attribute of 3 MB."""
    return respelt("docProps/core.xml", ("<dc:creator", f'<dc:creator long="{"x" * (3 << 20)}"'))


UNREADABLE = {
    "Infinity": (lambda: manifest(layout=float("inf")), "has lost its hidden sheet"),
    "NaN": (lambda: manifest(layout=float("nan")), "has lost its hidden sheet"),
    "half a surrogate pair": (lambda: manifest(provider="Oak \ud800"), "has lost its hidden sheet"),
    "an empty provider_id": (lambda: manifest(provider_id=""), "has lost its hidden sheet"),
    "a provider_id of spaces": (lambda: manifest(provider_id=" \xa0"), "has lost its hidden sheet"),
    "a last figure of 400 digits": (lambda: manifest(previous_y={"KPI S3": 10**400}), "has lost its hidden sheet"),
    "a merge of 5,000 digits": (lambda: merges(f"A1:B{DIGITS}"), "is damaged"),
    "a column of 5,000 digits": (lambda: columns([(1, DIGITS)]), "is damaged"),
    "20,000 overlapping columns": (lambda: columns([(1, 2 + n % 9) for n in range(20_000)]), "is damaged"),
    "100,000 merges": (lambda: pairs(100_000), "is too large"),
    "a part before the file": (lambda: offset(100_000), "is damaged"),
}
READ = {
    "text of 5,000 digits": (lambda: typed(**{"KPI_S1.x": DIGITS}), "KPI S1 x is the text"),
    "5,000 digits and a word": (lambda: typed(**{"KPI_S1.x": f"{DIGITS} visits"}), "KPI S1 x is the text"),
    "saved on the first day there is": (lambda: saved("0001-01-01T00:00:00+14:00"), ""),
    "saved on the last day there is": (lambda: saved("9999-12-31T23:59:59-14:00"), ""),
    "16,300 hidden columns, by the parser": (
        lambda: columns([(n, n) for n in range(1, 16_300)], "<sheetData >"),
        "is hidden. It was still read.",
    ),
    "an attribute of 3 MB": (long_attribute, ""),
}


@pytest.fixture
def inbox(tmp_path):
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "good.xlsx").write_bytes(GOOD)
    return folder


@pytest.fixture
def log(tmp_path, monkeypatch):
    """The log, which stays empty: every cause is known, none is a crash that was caught."""
    path = tmp_path / "xlkpi.log"
    monkeypatch.setenv("XLKPI_LOG", str(path))
    return path


@pytest.mark.parametrize("kind", UNREADABLE)
def test_a_file_that_cannot_be_read_is_a_finding_and_the_good_one_is_used(kind, inbox, tmp_path, log, capsys):
    make, words = UNREADABLE[kind]
    (inbox / "hostile.xlsx").write_bytes(make())
    status = main(["consolidate", str(inbox), "--out", str(tmp_path / "m.xlsx"), "--no-cache", "--jobs", "1"])
    out, err = capsys.readouterr()
    assert status == 1
    assert "2 = 1 used + 1 set aside" in out
    assert "Traceback" not in out + err
    assert (tmp_path / "m.xlsx").stat().st_size > 10_000
    assert not log.exists()
    assert main(["check", str(inbox / "hostile.xlsx"), str(inbox / "good.xlsx")]) == 3
    out = capsys.readouterr().out
    assert f"hostile.xlsx {words}" in out
    assert re.search(r"must fix: .*\. (Copy|Open) .*\.", out)  # what is there, and what to do
    assert "good.xlsx: complete" in out


@pytest.mark.parametrize("kind", READ)
def test_a_file_that_can_be_read_is_read_and_its_copy_is_made(kind, inbox, tmp_path, log, capsys):
    make, words = READ[kind]
    file = inbox / "hostile.xlsx"
    file.write_bytes(make())
    result = consolidate(inbox, tmp_path / "m.xlsx", keep=False, jobs=1).consolidation
    assert (result.used, result.set_aside) == (2, 0)
    assert main(["check", str(file), "--annotate", str(tmp_path / "marked")]) in (0, 1)
    out = capsys.readouterr().out
    assert words in out
    assert len(list((tmp_path / "marked").iterdir())) == 1
    assert not log.exists()


def test_a_sheet_id_of_5000_digits_does_not_stop_the_marked_copy(tmp_path, log, capsys):
    file = tmp_path / "a.xlsx"
    file.write_bytes(respelt("xl/workbook.xml", ('sheetId="2"', f'sheetId="{DIGITS}"'), data=clean()))
    assert main(["check", str(file), "--annotate", str(tmp_path / "marked")]) == 0
    assert "Marked copy:" in capsys.readouterr().err
    assert not log.exists()
    assert (edit_xml.number(DIGITS, 7), edit_xml.number("12", 7), edit_xml.number(None, 7)) == (7, 12, 7)


class TestDays:
    @pytest.mark.parametrize("number", [2_958_465.999_999_999_5, 2_958_466.0, 1e300])
    def test_a_number_that_rounds_to_the_year_10000_is_no_day(self, number):
        assert moment_from_serial(number) is None

    def test_the_last_millisecond_there_is(self):
        assert moment_from_serial(2_958_465.999_999_98).year == 9999

    def test_such_a_number_in_a_date_cell_is_read_as_a_number(self):
        sheet, ref = place("KPI_S1.x")

        def change(book):
            book[sheet][ref].value = 2_958_465
            book[sheet][ref].number_format = "dd/mm/yyyy"

        data = respelt(SHEET, ("2958465", "2958465.9999999995"), data=by_openpyxl(change))
        assert any(
            "KPI S1 x (F6) is 2958466, but the cell's format shows it as a date" in message
            for message in messages(read_return(data))
        )


LIMITS = [
    ("parse_facts.MERGE_LIMIT", 1, "it merges over 1 ranges"),
    ("parse_facts.RULE_LIMIT", 3, "it has rules for over 3 ranges"),
    ("workbook_part.SHEET_LIMIT", 2, "it lists over 2 sheets"),
    ("workbook_part.NAME_LIMIT", 10, "it lists over 10 names"),
    ("values.TEXT_LIMIT", 5, "a text in it has"),
    ("workbook.CELL_LIMIT", 3, "it contains over 3 cells"),
    ("workbook.SMALL_PART_LIMIT", 100, "unpacks to 0 MB"),
]


@pytest.mark.parametrize(("limit", "value", "words"), LIMITS, ids=[limit for limit, _, _ in LIMITS])
def test_every_limit_of_the_reader_is_kept(limit, value, words, monkeypatch):
    monkeypatch.setattr(f"xlkpi.ooxml.{limit}", value)
    monkeypatch.setattr("xlkpi.ooxml.allowance.TAGS_PER_CELL", 10**6)
    monkeypatch.setattr("xlkpi.ooxml.allowance.BYTES_PER_CELL", 10**6)
    # Nothing that another test remembers of these parts is used.
    data = respelt("xl/workbook.xml", ("</sheets>", f"</sheets><!-- {limit} -->"), data=pairs(2))
    data = respelt(SHEET, ("</mergeCells></worksheet>", f"</mergeCells><!-- {limit} --></worksheet>"), data=data)
    with pytest.raises(UnreadableFile) as caught:
        open_workbook("return.xlsx", data=data).read_all()
    assert caught.value.reason is Unreadable.TOO_LARGE
    assert words in caught.value.message


@pytest.mark.parametrize("prologue", ["<!--" + ">" * 99 + "x" * 70_000 + "-->", "<?x " + "x" * 70_000 + "?>"])
def test_what_comes_before_the_first_element_is_bounded(prologue):
    data = respelt(SHEET, ("<worksheet", f"{prologue}<worksheet"))
    assert "its XML does not begin with an element" in read_return(data).findings[0].message


@pytest.mark.parametrize("address", ["F6 ", "F6&#x85;", " F6", "$F$6"])
def test_an_address_with_more_than_letters_and_digits_is_damage(address):
    data = respelt(SHEET, ("<sheetData>", "<sheetData >"), ('r="F6"', f'r="{address}"'))
    assert "is not the address of one cell" in read_return(data).findings[0].message


def test_rows_and_columns_that_no_sheet_has():
    for old, new in (('<row r="1"', '<row r="1048577"'), ('<row r="1"', f'<row r="{DIGITS}"')):
        data = respelt(SHEET, ("<sheetData>", "<sheetData >"), (old, new))
        assert "is damaged" in read_return(data).findings[0].message
    cells = "<c/>" * 16_385
    data = respelt(SHEET, ("<sheetData>", f'<sheetData ><row r="1048576">{cells}</row>'))
    assert "it lists a column that no sheet has" in read_return(data).findings[0].message


@pytest.mark.parametrize("spelling", ["shared", "inline"])
def test_a_long_text_is_refused_whichever_way_the_sheet_is_read(spelling):
    words = "Because of " + "x" * 30_000
    data = filled(KPI_S1=Entry(1, 40, words)) if spelling == "shared" else typed(**{"KPI_S1.comment": words})
    part = "xl/sharedStrings.xml" if spelling == "shared" else SHEET
    assert not read_return(data).unreadable
    checked_return = read_return(respelt(part, (words, "x" * 100_001), data=data))
    assert "sheet All lots: a text in it has 100,001 characters" in checked_return.findings[0].message


class TestCachesByContent:
    def test_what_is_remembered_is_bounded_in_bytes(self, monkeypatch):
        monkeypatch.setattr(part_cache, "BYTES_REMEMBERED", 1000)
        monkeypatch.setattr(part_cache, "LARGEST_REMEMBERED", 400)
        read = []

        @once_per_part
        def length(data, more=0):
            read.append(data)
            return len(data) + more

        parts = [bytes([number]) * 300 for number in range(4)]
        assert [length(part) for part in parts] == [300] * 4
        assert [length(part) for part in reversed(parts)] == [300] * 4  # the last three are remembered
        assert len(read) == 5
        assert length(parts[3], more=1) == 301  # other arguments, another answer
        large = b"x" * 401
        assert length(large) == length(large) == 401
        assert read.count(large) == 2

    def test_what_files_rarely_share_is_remembered_from_the_second_time_with_what_was_made_of_it(self, monkeypatch):
        monkeypatch.setattr(part_cache, "BYTES_REMEMBERED", 1000)
        monkeypatch.setattr(part_cache, "MOST_MET", 3)
        read = []

        @once_per_repeated_part(len)
        def doubled(data):
            read.append(data)
            return data * 2

        first, second, third = (bytes([number]) * 200 for number in range(3))
        assert [doubled(first) for _ in range(4)] == [first * 2] * 4
        assert read == [first, first]  # the second time it is remembered
        for part in (second, second, first):
            doubled(part)
        assert read == [first, first, second, second, first]  # both would take 1,200 bytes
        for part in (third, b"x", b"y", second):  # three are known to have been met once, not four
            doubled(part)
        assert read[-1] == second

    def test_a_few_bytes_that_list_many_columns_are_not_remembered(self):
        from xlkpi.ooxml.fast.fast_surroundings import surroundings

        sheet = b'<worksheet><cols><col min="1" max="%d" hidden="1"/></cols><sheetData></sheetData></worksheet>'
        few, many = (surroundings(sheet % last) for last in (3, 16_384))
        assert few.facts is few.facts
        assert len(many.facts.hidden_columns) == 16_384
        assert many.facts is not many.facts

    def test_no_cache_of_parts_counts_entries(self):
        from xlkpi.ooxml import number_formats, package, workbook_part, xml
        from xlkpi.ooxml.fast import fast_rows, fast_surroundings

        for function in (
            number_formats.read_styles, package.read_relationships, workbook_part.read_workbook, xml.first_text,
            fast_surroundings.surroundings, fast_rows.cut_rows, package._unpacked,
        ):  # fmt: skip
            assert not hasattr(function, "cache_info"), function
            assert function.__wrapped__
