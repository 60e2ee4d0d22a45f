"""A file that cannot be read ends in one UnreadableFile with the right reason; nothing else is ever raised."""

from __future__ import annotations

import io
import pickle
import re
import time
import tracemalloc
import zipfile

import pytest

from tests.corpus import damaged_files as damaged
from tests.corpus import raw_workbook as sample
from xlkpi.errors import Unreadable, UnreadableFile
from xlkpi.ooxml.limits import FILE_LIMIT, LIST_FILE_LIMIT
from xlkpi.ooxml.plain_file import read_plain
from xlkpi.ooxml.workbook import open_workbook

GOOD = sample.sample()
FORBIDDEN = re.compile(r"\b(please|sorry|valid|invalid|error|null|Traceback)\b", re.IGNORECASE)


def everything(data: bytes) -> dict[str, object]:
    return sample.facts(open_workbook("folder/return.xlsx", data=data).read_all())


def refusal(data: bytes) -> UnreadableFile:
    with pytest.raises(UnreadableFile) as caught:
        everything(data)
    return caught.value


@pytest.mark.parametrize("name", damaged.FOREIGN)
def test_each_foreign_file_is_told_apart(name):
    data, reason = damaged.FOREIGN[name]
    assert refusal(data).reason is reason


@pytest.mark.parametrize(("name", "data"), list(damaged.truncated(GOOD)))
def test_a_file_cut_short_is_damaged(name, data):
    assert refusal(data).reason is Unreadable.DAMAGED


@pytest.mark.parametrize("name", damaged.broken(GOOD))
def test_content_that_no_writer_meant_is_damaged(name):
    data = damaged.broken(GOOD)[name]
    assert data != GOOD
    begun = time.process_time()
    assert refusal(data).reason is Unreadable.DAMAGED
    assert time.process_time() - begun < 60  # an entity of entities has no end


@pytest.mark.parametrize("part", zipfile.ZipFile(io.BytesIO(GOOD)).namelist())
def test_a_missing_part_is_damage_where_the_part_is_needed(part):
    changed = damaged.without(GOOD, part)
    if (part.startswith("xl/") and "theme" not in part) or part == "_rels/.rels":
        assert refusal(changed).reason is Unreadable.DAMAGED
    else:
        before, was = everything(changed), everything(GOOD)
        assert {**before, "saved": None} == {**was, "saved": None}


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet2.xml", "xl/sharedStrings.xml"])
def test_a_wrong_checksum_is_damage(part):
    assert refusal(damaged.wrong_crc(GOOD, part)).reason is Unreadable.DAMAGED


def test_damage_in_one_sheet_leaves_the_others_readable_and_is_named():
    data = damaged.in_sheet(GOOD, "</row>", "")
    book = open_workbook("return.xlsx", data=data)
    kpi = book.sheet(sample.KPI)
    assert kpi is not None
    assert kpi.cell("F7").value == 42
    with pytest.raises(UnreadableFile, match="sheet Cover"):
        book.sheets[0].cell("A1")


@pytest.mark.parametrize("name", ["one huge part", "packed beyond reason"])
def test_a_bomb_is_refused_before_it_goes_off(name):
    data = damaged.bombs(GOOD)[name]
    tracemalloc.start()
    try:
        assert refusal(data).reason is Unreadable.TOO_LARGE
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 4 << 20  # of the 8 and 65 MB in it


def test_a_part_that_lies_about_its_size_is_damaged_not_unpacked():
    data = bytearray(damaged.bombs(GOOD)["one huge part"])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        info = archive.getinfo("xl/worksheets/sheet1.xml")
    place = data.rindex(b"xl/worksheets/sheet1.xml") - 46
    data[place + 24 : place + 28] = (1000).to_bytes(4, "little")
    assert info.file_size > 64 << 20
    assert refusal(bytes(data)).reason is Unreadable.DAMAGED


@pytest.mark.parametrize("spelling", ["<sheetData>", "<sheetData >"])
def test_formatting_down_to_the_last_row_is_read(spelling):
    rows = "".join(f'<row r="{row}"><c r="A{row}" s="1"/></row>' for row in range(100, 150_000))
    data = damaged.in_sheet(GOOD, '<row r="1048576"', rows + '<row r="1048576"')
    assert everything(damaged.in_sheet(data, "<sheetData>", spelling)) == everything(GOOD)


def outcome(data: bytes) -> Unreadable | None:
    try:
        everything(data)
    except UnreadableFile as problem:
        return problem.reason
    return None


@pytest.mark.parametrize("start", range(0, 300, 50))
def test_flipped_bytes_give_a_readable_workbook_or_a_refusal(start):
    codes_found = {outcome(damaged.flipped(GOOD, seed)) for seed in range(start, start + 50)}
    possible = {Unreadable.DAMAGED, Unreadable.NOT_A_WORKBOOK, Unreadable.PASSWORD, Unreadable.TOO_LARGE, None}
    assert {None, Unreadable.DAMAGED} <= codes_found <= possible


@pytest.mark.parametrize("start", range(0, 300, 50))
def test_misspelt_parts_give_a_readable_workbook_or_a_refusal(start):
    codes_found = {outcome(damaged.misspelt(GOOD, seed)) for seed in range(start, start + 50)}
    assert {None, Unreadable.DAMAGED} <= codes_found <= {None, Unreadable.DAMAGED, Unreadable.NOT_A_WORKBOOK}


def test_paths_that_lead_to_no_file(tmp_path):
    cases = {
        tmp_path / "absent.xlsx": Unreadable.MISSING,
        tmp_path / "absent" / "return.xlsx": Unreadable.MISSING,
        tmp_path / "nul\0.xlsx": Unreadable.MISSING,
        tmp_path: Unreadable.NOT_A_FILE,
        tmp_path / "~$return.xlsx": Unreadable.LOCK_FILE,
        tmp_path / ".~lock.return.xlsx#": Unreadable.LOCK_FILE,
    }
    for path, reason in cases.items():
        with pytest.raises(UnreadableFile) as caught:
            open_workbook(path)
        assert caught.value.reason is reason, path


def test_a_file_that_may_not_be_opened(tmp_path, monkeypatch):
    path = tmp_path / "return.xlsx"
    path.write_bytes(GOOD)

    def refuse(*_: object) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(path), "open", refuse)
    with pytest.raises(UnreadableFile, match="permission denied") as caught:
        open_workbook(path)
    assert caught.value.reason is Unreadable.PERMISSION


def test_a_refusal_is_two_sentences_that_name_the_file_and_cross_to_another_process():
    problems = [refusal(data) for data, _ in damaged.FOREIGN.values()]
    problems += [refusal(data) for data in (*damaged.bombs(GOOD).values(), *damaged.broken(GOOD).values())]
    for problem in problems:
        text = str(problem)
        assert text.startswith("return.xlsx ")
        assert not FORBIDDEN.search(text), text
        assert "{" not in text
        assert text.endswith(".")
        assert problem.remedy in text
        again = pickle.loads(pickle.dumps(problem))  # noqa: S301 - our own, as another process sends it
        assert (str(again), again.reason, again.path) == (text, problem.reason, problem.path)


def test_no_file_is_changed_by_reading(tmp_path):
    path = tmp_path / "return.xlsx"
    path.write_bytes(GOOD)
    before = path.stat().st_mtime_ns
    book = open_workbook(path).read_all()
    assert (path.read_bytes(), path.stat().st_mtime_ns, book.size) == (GOOD, before, len(GOOD))


def flagged(data: bytes, offset: int, value: bytes) -> bytes:
    """The file with bytes of the first member's entry in the directory changed."""
    place = data.index(b"PK\x01\x02") + offset
    return data[:place] + value + data[place + len(value) :]


def test_a_zip_file_with_a_password_of_its_own():
    assert refusal(flagged(GOOD, 8, b"\x01\x00")).reason is Unreadable.PASSWORD


def test_a_compression_that_no_workbook_uses():
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(GOOD)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_BZIP2) as new:
        for info in old.infolist():
            new.writestr(info.filename, old.read(info))
    assert refusal(target.getvalue()).reason is Unreadable.DAMAGED


def test_two_parts_of_one_name():
    assert refusal(sample.renamed(GOOD, lambda part: part.replace("sheet2", "SHEET1"))).reason is Unreadable.DAMAGED


@pytest.mark.parametrize(
    ("limit", "value"),
    [
        ("limits.MEMBER_LIMIT", 5),
        ("limits.PACKAGE_LIMIT", 5000),
        ("limits.PART_LIMIT", 500),
        ("workbook.CELL_LIMIT", 3),
        ("workbook.SMALL_PART_LIMIT", 100),
    ],
)
def test_every_limit_is_kept(limit, value, monkeypatch):
    monkeypatch.setattr(f"xlkpi.ooxml.{limit}", value)
    loose = damaged.in_sheet(GOOD, "<sheetData>", "<sheetData >")  # cells are counted where the parser reads them
    assert refusal(loose).reason is Unreadable.TOO_LARGE


def test_a_file_too_large_to_be_read_at_all(tmp_path):
    path = tmp_path / "return.xlsx"
    with path.open("wb") as file:
        file.write(GOOD)
        file.truncate(FILE_LIMIT + 1)  # which takes no room on the disk
    with pytest.raises(UnreadableFile) as caught:
        open_workbook(path)
    assert caught.value.reason is Unreadable.TOO_LARGE


@pytest.mark.parametrize("limit", [FILE_LIMIT, LIST_FILE_LIMIT])
def test_a_file_takes_as_much_memory_as_it_has_bytes_whatever_the_limit(tmp_path, limit):
    path = tmp_path / "list.csv"
    path.write_bytes(b"x" * 1_000_000)
    tracemalloc.start()
    try:
        assert len(read_plain(path, limit)) == 1_000_000
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 3_000_000


def test_a_package_that_does_not_name_its_workbook():
    data = sample.respelt(GOOD, lambda text: text.replace("/officeDocument", "/other"), re.compile("_rels/.rels"))
    assert refusal(data).reason is Unreadable.DAMAGED


def test_two_addresses_alike_where_the_parser_reads_them():
    data = damaged.in_sheet(GOOD, 'r="B1"', 'r="A1"')
    assert refusal(damaged.in_sheet(data, "<sheetData>", "<sheetData >")).reason is Unreadable.DAMAGED
