"""One changed bit anywhere in the cache: the figures are those of the file, and nothing is said.

By hand, with more of them: XLKPI_FLIPS=1500 python -m pytest tests/attack/test_changed_cache.py
"""

from __future__ import annotations

import os
import random
import sqlite3
import sys

import pytest

from tests.consolidation.return_builders import SMALL, manifest
from xlkpi.consolidation.cache_folder import KEY, STORE
from xlkpi.consolidation.file_sources import find_sources
from xlkpi.consolidation.pack_return import pack
from xlkpi.consolidation.read_returns import ReadOptions, read_all
from xlkpi.consolidation.return_cache import ReturnCache
from xlkpi.reading.returns.check_return import check_return

FLIPS = int(os.environ.get("XLKPI_FLIPS", "300"))


@pytest.fixture(scope="module")
def inbox(tmp_path_factory, pytestconfig):
    """Two returns, what a fresh reading of them gives, and the check that gives it without the time it takes."""
    folder = tmp_path_factory.mktemp("in")
    for path in sorted((pytestconfig.rootpath / "workbooks/inbox").glob("KPI return*.xlsx"))[:2]:
        (folder / path.name).write_bytes(path.read_bytes())
    return folder, {path.name: check_return(path) for path in folder.iterdir()}


def run(folder, store, right):
    read = []

    def check(path, **_):
        read.append(path.name)
        return right[path.name]

    return read_all(find_sources(folder), ReadOptions(check, 1, cache=ReturnCache(store))), read


def test_one_changed_bit_anywhere_in_the_cache_changes_no_figure(inbox, tmp_path):
    folder, right = inbox
    good, _ = run(folder, tmp_path, right)
    assert run(folder, tmp_path, right) == (good, [])
    clean = (tmp_path / STORE).read_bytes()
    chance, again = random.Random(1), 0
    for _ in range(FLIPS):
        changed = bytearray(clean)
        changed[chance.randrange(len(clean))] ^= 1 << chance.randrange(8)
        (tmp_path / STORE).write_bytes(changed)
        result, read = run(folder, tmp_path, right)
        assert result == good
        again += bool(read)
    assert again > FLIPS / 8  # a good part of the file is records, the rest is empty


@pytest.mark.parametrize("place", range(0, 32, 5))
def test_a_changed_key_makes_every_record_void(inbox, tmp_path, place):
    folder, right = inbox
    good, _ = run(folder, tmp_path, right)
    key = bytearray((tmp_path / KEY).read_bytes())
    key[place] ^= 1
    (tmp_path / KEY).write_bytes(key)
    result, read = run(folder, tmp_path, right)
    assert (result, len(read)) == (good, 2)
    assert run(folder, tmp_path, right) == (good, [])


@pytest.mark.parametrize("key", [b"", b"short", None, "a folder"])
def test_a_key_that_is_lost_is_made_again(inbox, tmp_path, key):
    folder, right = inbox
    good, _ = run(folder, tmp_path, right)
    (tmp_path / KEY).unlink()
    if key == "a folder":
        (tmp_path / KEY).mkdir()
    elif key is not None:
        (tmp_path / KEY).write_bytes(key)
    result, read = run(folder, tmp_path, right)
    assert (result, len(read)) == (good, 2)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no file modes")
def test_a_key_that_others_could_read_makes_every_record_void(inbox, tmp_path):
    folder, right = inbox
    good, _ = run(folder, tmp_path, right)
    before = (tmp_path / KEY).read_bytes()
    (tmp_path / KEY).chmod(0o644)
    result, read = run(folder, tmp_path, right)
    assert (result, len(read)) == (good, 2)
    assert (tmp_path / KEY).read_bytes() != before
    assert (tmp_path / KEY).stat().st_mode & 0o077 == 0


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no owners of this kind")
def test_a_cache_of_another_user_is_not_used(inbox, tmp_path, monkeypatch):
    """Whoever made the key could forge a record with other figures."""
    folder, right = inbox
    good, _ = run(folder, tmp_path, right)
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    assert [len(read) for _, read in (run(folder, tmp_path, right), run(folder, tmp_path, right))] == [2, 2]
    monkeypatch.undo()
    assert run(folder, tmp_path, right)[0] == good


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipes with names")
def test_a_key_that_is_a_pipe_is_not_read(inbox, tmp_path):
    folder, right = inbox
    good, _ = run(folder, tmp_path, right)
    (tmp_path / KEY).unlink()
    os.mkfifo(tmp_path / KEY)
    result, read = run(folder, tmp_path, right)
    assert (result, len(read)) == (good, 2)


def test_a_record_that_was_written_without_the_key_is_not_used(inbox, tmp_path):
    """A forger who knows the form of a record, and its reader, but not this user's key."""
    folder, right = inbox
    good, _ = run(folder, tmp_path, right)
    forged = pack(SMALL.build_return(manifest(1, "Willow"), {"KPI S1": (40, 40)}))
    with sqlite3.connect(tmp_path / STORE) as store:
        store.execute("update returns set packed = ?, bytes = ?", (forged, len(forged)))
    result, read = run(folder, tmp_path, right)
    assert (result, len(read)) == (good, 2)


def test_a_record_of_one_file_is_not_used_for_another(inbox, tmp_path):
    folder, right = inbox
    good, _ = run(folder, tmp_path, right)
    with sqlite3.connect(tmp_path / STORE) as store:
        (first_row, two) = store.execute("select sha256, packed, seal, rowid from returns").fetchall()
        store.execute("update returns set packed = ?, seal = ? where rowid = ?", (*two[1:3], first_row[3]))
    result, read = run(folder, tmp_path, right)
    assert result == good
    assert len(read) == 1


@pytest.mark.parametrize("packed", ["text", 7, None, 1.5])
def test_a_value_of_another_type_is_read_past(inbox, tmp_path, packed):
    folder, right = inbox
    good, _ = run(folder, tmp_path, right)
    with sqlite3.connect(tmp_path / STORE) as store:
        if packed is None:
            store.execute("update returns set seal = 'text'")
        else:
            store.execute("update returns set packed = ?", (packed,))
    assert run(folder, tmp_path, right)[0] == good
