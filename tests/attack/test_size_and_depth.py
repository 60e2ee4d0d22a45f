"""Very large files and very deep folders: refused by their size without being read, and walked without recursion."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tests.reading.return_edits import clean
from xlkpi import consolidate
from xlkpi.cli.main import main
from xlkpi.consolidation import file_sources
from xlkpi.consolidation.file_sources import fetch
from xlkpi.consolidation.inbox import find_files
from xlkpi.consolidation.result import FileStatus
from xlkpi.errors import Unreadable, UnreadableFile
from xlkpi.ooxml.limits import FILE_LIMIT
from xlkpi.ooxml.workbook import digest_of

DEEP = 1100
HUGE = 60 << 30


@pytest.fixture
def inbox(tmp_path):
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "good.xlsx").write_bytes(clean())
    return folder


@pytest.fixture
def never_read(monkeypatch):
    """Reading a large file whole fails the test, before it fills the memory."""
    whole = Path.read_bytes

    def read_bytes(path):
        if path.stat().st_size > 1 << 30:
            raise AssertionError(path)
        return whole(path)

    monkeypatch.setattr(Path, "read_bytes", read_bytes)


@pytest.mark.usefixtures("never_read")
@pytest.mark.parametrize("name", ["video.mp4", "P01 Oak & Ash.xlsx"])
@pytest.mark.parametrize("keep", [True, False])
def test_a_file_of_60_gigabytes_is_refused_by_its_size(inbox, tmp_path, name, keep):
    with (inbox / name).open("wb") as file:
        file.truncate(HUGE)  # it takes no room on the disk
    for _ in range(2):  # the second time the cache knows the good one
        result = consolidate(inbox, tmp_path / "m.xlsx", keep=keep, jobs=1).consolidation
        row = next(row for row in result.files if row.file == name)
        assert row.status is FileStatus.SET_ASIDE
        assert row.why == f"{name} is too large to open safely: it has 61440 MB."
        assert row.remedy == Unreadable.TOO_LARGE.remedy
        assert (row.sha256, result.used) == ("", 1)


@pytest.mark.usefixtures("never_read")
def test_check_names_the_size_and_the_remedy(inbox, capsys):
    with (inbox / "large.xlsx").open("wb") as file:
        file.truncate(HUGE)
    assert main(["check", str(inbox / "large.xlsx"), str(inbox / "good.xlsx")]) == 3
    out = capsys.readouterr().out
    assert "large.xlsx is too large to open safely: it has 61440 MB. Copy the figures" in out
    assert "good.xlsx: complete" in out


def test_two_large_files_are_not_copies_of_each_other(inbox, tmp_path):
    for name in ("a.xlsx", "b.xlsx"):
        with (inbox / name).open("wb") as file:
            file.truncate(HUGE)
    result = consolidate(inbox, tmp_path / "m.xlsx", keep=False, jobs=1).consolidation
    assert (result.used, result.set_aside, result.superseded) == (1, 2, 0)


def test_the_large_file_of_a_provider_is_named_in_the_message_to_it(inbox, tmp_path):
    register = tmp_path / "register.csv"
    register.write_text("provider_id,provider,lots\nP01,Oak & Ash,1a\nP02,Elm Tree Homes,1a\n", encoding="utf-8")
    with (inbox / "Elm Tree Homes.xlsx").open("wb") as file:
        file.truncate(HUGE)
    result = consolidate(inbox, tmp_path / "m.xlsx", register=register, keep=False, jobs=1).consolidation
    (sentence,) = next(absent for absent in result.missing if absent.provider.provider_id == "P02").unusable_files
    assert "is too large to open safely" in sentence


def test_the_digest_of_a_large_file_and_of_what_is_no_file_is_empty(tmp_path):
    (tmp_path / "small").write_bytes(b"x")
    with (tmp_path / "large").open("wb") as file:
        file.truncate(FILE_LIMIT + 1)
    assert len(digest_of(tmp_path / "small")) == 64
    assert digest_of(tmp_path / "large") == digest_of(tmp_path) == ""


def test_no_more_of_a_file_elsewhere_is_fetched_than_a_workbook_may_have(tmp_path, monkeypatch):
    fsspec = pytest.importorskip("fsspec")
    fsspec.filesystem("memory").pipe("/large/a.xlsx", b"x" * 11)
    monkeypatch.setattr(file_sources, "FILE_LIMIT", 10)
    (tmp_path / "a.xlsx").write_bytes(b"x" * 11)
    for place in ("memory://large/a.xlsx", str(tmp_path / "a.xlsx")):
        with pytest.raises(UnreadableFile) as caught:
            fetch(place)
        assert caught.value.reason is Unreadable.TOO_LARGE
    fsspec.filesystem("memory").rm("/large", recursive=True)


@pytest.fixture
def deep(inbox):
    """A folder 1,100 deep, made and removed step by step: its whole path may be too long for the system."""
    start = Path.cwd()
    os.chdir(inbox)
    for _ in range(DEEP):
        Path("a").mkdir()
        os.chdir("a")
    Path("late.xlsx").write_bytes(clean())
    os.chdir(start)
    yield inbox
    os.chdir(inbox)
    depth = 0
    while Path("a").is_dir():
        os.chdir("a")
        depth += 1
    Path("late.xlsx").unlink(missing_ok=True)
    for _ in range(depth):
        os.chdir("..")
        Path("a").rmdir()
    os.chdir(start)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no paths this long unless its user allows them")
class TestDepth:
    def test_a_folder_of_1100_is_walked(self, deep):
        paths = find_files(deep)
        assert [path.name for path in paths] == ["late.xlsx", "good.xlsx"]
        assert len(paths[0].relative_to(deep).parts) == DEEP + 1

    def test_its_file_is_used_like_any_other(self, deep, tmp_path, capsys):
        assert main(["consolidate", str(deep), "--out", str(tmp_path / "m.xlsx"), "--no-cache"]) in (0, 1)
        out, err = capsys.readouterr()
        assert "Files found: 2 = 1 used + 0 set aside + 1 superseded" in out
        assert "Traceback" not in out + err

    def test_a_path_too_long_for_the_system_is_a_file_set_aside(self, inbox, tmp_path, capsys):
        start = Path.cwd()
        os.chdir(inbox)
        name = "b" * 250
        for _ in range(20):
            Path(name).mkdir()
            os.chdir(name)
        os.chdir(start)
        try:
            assert main(["consolidate", str(inbox), "--out", str(tmp_path / "m.xlsx"), "--no-cache"]) in (0, 1)
        finally:
            os.chdir(inbox)
            for _ in range(20):
                os.chdir(name)
            for _ in range(20):
                os.chdir("..")
                Path(name).rmdir()
            os.chdir(start)
        out, err = capsys.readouterr()
        assert "Files found: 2 = 1 used + 1 set aside" in out
        assert "Traceback" not in out + err
