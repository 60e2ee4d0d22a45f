"""The file around a macro project keeps the rules of [MS-CFB], by a reader that Excel's own projects satisfy."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import olefile
import pyopenvba
import pytest
import xlwings

from tests.hosts.excel.compound_file import CompoundFile
from tests.judge.real_returns import ANOTHER, stamped
from xlkpi.hosts.excel.build_xlam import addin_bytes
from xlkpi.writing.vba.compound_file import write_directory_as_specified

PROJECT = "xl/vbaProject.bin"
TEMPLATES = Path(pyopenvba.__file__).parent / "_templates" / "blank_files"
XLWINGS = Path(xlwings.__file__).parent
BY_EXCEL = (XLWINGS / "quickstart.xlsm", TEMPLATES / "blank_excel_addin.xlam")
BY_OLDER_EXCEL = (
    "quickstart_standalone.xlsm",
    "quickstart_addin.xlam",
    "quickstart_addin_ribbon.xlam",
    "addin/xlwings.xlam",
)
HABITS_OF_OLDER_EXCEL = ("header: minor version", "unused entry", "small sector")


def project_in(book):
    with zipfile.ZipFile(book) as package:
        return package.read(PROJECT)


@pytest.fixture(scope="module", params=["addin", "return"])
def ours(request):
    book = addin_bytes() if request.param == "addin" else stamped(ANOTHER, "2026-27 Q1", edition="udf")
    return project_in(io.BytesIO(book))


@pytest.mark.parametrize("book", BY_EXCEL, ids=lambda path: path.name)
def test_a_project_made_by_excel_breaks_no_rule(book):
    file = CompoundFile(project_in(book))
    assert file.broken == []
    assert "VBA/dir" in file.streams


@pytest.mark.parametrize("name", BY_OLDER_EXCEL)
def test_older_projects_differ_only_in_three_habits_of_excel(name):
    broken = CompoundFile(project_in(XLWINGS / name)).broken
    assert broken
    assert [rule for rule in broken if not rule.startswith(HABITS_OF_OLDER_EXCEL)] == []


def test_both_of_our_projects_break_no_rule(ours):
    assert CompoundFile(ours).broken == []


def test_every_stream_is_as_olefile_reads_it(ours):
    streams = CompoundFile(ours).streams
    with olefile.OleFileIO(ours) as theirs:
        assert {"/".join(path): theirs.openstream(path).read() for path in theirs.listdir()} == streams


def test_what_is_as_specified_stays_the_same_bytes(ours):
    assert write_directory_as_specified(ours) == ours


def entries_of(data):
    """Where each entry of the directory is, by name; unused ones by number."""
    file = CompoundFile(data)
    places = {}
    for number, entry in enumerate(file.entries):
        places[entry.name or number] = data.index(entry.raw)
    return places


def changed(data, at, value):
    """The data with other bytes at a place."""
    return data[:at] + value + data[at + len(value) :]


def test_a_fault_of_any_kind_is_noticed(ours):
    at = entries_of(ours)
    root, storage, listing = at["Root Entry"], at["VBA"], at["dir"]
    faults = {
        "a red entry at the top": _all_red(ours, at),
        "two red entries in a row": _all_red(ours, at),
        "has no start and no size": changed(ours, storage + 116, struct.pack("<I", 0xFFFFFFFE)),
        "order of names": _mirrored(ours),
        "is padded with zeros": changed(ours, listing + 60, b"x"),
        "has no child": changed(ours, listing + 76, struct.pack("<I", 1)),
        "has no class and no times": changed(ours, listing + 100, b"\1"),
        "the root has no time of creation": changed(ours, root + 100, b"\1"),
        "length of the chain": changed(ours, listing + 120, struct.pack("<Q", 1)),
        "header: reserved bytes": changed(ours, 34, b"\1"),
        "header: number of tables": changed(ours, 44, struct.pack("<I", 2)),
        "whole sectors": ours + b"\0",
    }
    noticed = {rule: any(rule in broken for broken in CompoundFile(data).broken) for rule, data in faults.items()}
    assert noticed == dict.fromkeys(faults, True)


def _mirrored(data):
    """The entry at the top of the storage VBA with its two neighbours exchanged."""
    entries = CompoundFile(data).entries
    top = entries[next(entry.child for entry in entries if entry.name == "VBA")]
    return changed(data, data.index(top.raw) + 68, struct.pack("<2I", top.right, top.left))


def _all_red(data, at):
    for place in at.values():
        if data[place + 66]:
            data = changed(data, place + 67, b"\0")
    return data


def test_an_unused_entry_as_pyopenvba_leaves_it_is_noticed_and_fixed(ours):
    unused = next(place for name, place in entries_of(ours).items() if isinstance(name, int))
    dirty = changed(ours, unused + 116, struct.pack("<I", 0xFFFFFFFE))
    assert any("is empty" in rule for rule in CompoundFile(dirty).broken)
    assert write_directory_as_specified(dirty) == ours


def test_the_faults_of_pyopenvba_are_all_there_before_and_all_fixed_after(ours):
    at = entries_of(ours)
    dirty = changed(_all_red(ours, at), at["VBA"] + 116, struct.pack("<I", 0xFFFFFFFE))
    rules = " ".join(CompoundFile(dirty).broken)
    assert all(word in rules for word in ("two red entries", "a red entry at the top", "no start and no size"))
    assert write_directory_as_specified(dirty) == ours
