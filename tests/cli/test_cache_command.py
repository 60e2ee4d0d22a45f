"""`xlkpi cache`: where the cache is, how large, and how to clear it."""

from __future__ import annotations

import pytest

from xlkpi.cli.main import main
from xlkpi.consolidation import return_cache
from xlkpi.consolidation.return_cache import ReturnCache


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("XLKPI_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def fill(folder, *names):
    cache = ReturnCache(folder)
    cache.keep(dict.fromkeys(names, b"x"))
    cache.close()


def test_an_empty_cache_is_said_to_be_empty_and_none_is_made(folder, capsys):
    assert main(["cache"]) == 0
    printed = capsys.readouterr().out
    assert str(folder) in printed
    assert "It contains no returns." in printed
    assert not folder.exists()


def test_it_says_where_how_many_how_large_and_how_long(folder, capsys):
    fill(folder, "a", "b")
    assert main(["cache"]) == 0
    printed = capsys.readouterr().out
    assert f"The cache is in {folder}\nIt contains 2 returns, 0." in printed
    assert "deleted 400 days after it was read" in printed
    assert "xlkpi cache clear" in printed


def test_clear_deletes_every_file_of_the_cache_and_no_other(folder, capsys):
    fill(folder, "a")
    (folder / "other.txt").write_text("mine")
    assert main(["cache", "clear"]) == 0
    assert "Deleted 1 return from the cache" in capsys.readouterr().out
    assert [path.name for path in folder.iterdir()] == ["other.txt"]
    assert main(["cache", "clear"]) == 0


def test_clear_can_keep_what_is_recent(folder, monkeypatch):
    fill(folder, "old")
    today = return_cache._today()
    monkeypatch.setattr(return_cache, "_today", lambda: today + 31)
    fill(folder, "new")
    assert main(["cache", "clear", "--older-than", "30"]) == 0
    assert list(ReturnCache(folder).find(["old", "new"])) == ["new"]


def test_days_without_clear_are_refused(folder, capsys):
    assert main(["cache", "--older-than", "30"]) == 2
    assert "Add the word clear." in capsys.readouterr().err
