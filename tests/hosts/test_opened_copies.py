"""The menu's marked copies: the mark of the web stays, and copies of an earlier day go. Windows itself is not here:
its second stream is a file whose name has a colon, which is what the same path means on any other system."""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path

import pytest

from xlkpi.hosts.opened_copies import (
    FOLDERS,
    HOURS_KEPT,
    MARK,
    delete_old_copies,
    keep_mark_of_the_web,
    write_opened_copy,
)

FROM_THE_WEB = b"[ZoneTransfer]\r\nZoneId=3\r\nHostUrl=https://mail.example/\r\n"


@pytest.fixture(autouse=True)
def temporary(tmp_path, monkeypatch):
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def test_a_copy_keeps_the_mark_of_its_source(tmp_path):
    source, copy = tmp_path / "return.xlsx", tmp_path / "copy.xlsx"
    Path(f"{source}{MARK}").write_bytes(FROM_THE_WEB)
    keep_mark_of_the_web(source, copy, "win32")
    assert Path(f"{copy}{MARK}").read_bytes() == FROM_THE_WEB


def test_a_source_without_a_mark_gives_none(tmp_path):
    keep_mark_of_the_web(tmp_path / "return.xlsx", tmp_path / "copy.xlsx", "win32")
    assert list(tmp_path.glob("copy*")) == []


def test_elsewhere_there_is_no_mark(tmp_path):
    source, copy = tmp_path / "return.xlsx", tmp_path / "copy.xlsx"
    Path(f"{source}{MARK}").write_bytes(FROM_THE_WEB)
    keep_mark_of_the_web(source, copy, "linux")
    assert not Path(f"{copy}{MARK}").exists()


def test_copies_of_an_earlier_day_are_deleted_and_nothing_else(tmp_path, temporary):
    first = write_opened_copy(tmp_path / "a.xlsx", "a - checked.xlsx", b"1")
    other = temporary / "somebody"
    other.mkdir()
    long_ago = time.time() - (HOURS_KEPT + 1) * 3600
    for folder in (first.parent, other):
        os.utime(folder, (long_ago, long_ago))
    second = write_opened_copy(tmp_path / "a.xlsx", "a - checked.xlsx", b"2")
    assert not first.exists()
    assert other.is_dir()
    assert second.read_bytes() == b"2"
    assert second.parent.name.startswith(FOLDERS)


def test_a_link_to_another_folder_is_not_followed(tmp_path, temporary):
    spared = tmp_path / "spared"
    spared.mkdir()
    (temporary / f"{FOLDERS}x").symlink_to(spared)
    os.utime(spared, (0, 0))
    delete_old_copies()
    assert spared.is_dir()
