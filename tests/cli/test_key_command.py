"""`xlkpi key`: where the Council's key is, how it gets to a colleague's PC, and what happens without it."""

from __future__ import annotations

import stat
import sys

import pytest

from xlkpi.cli.main import main
from xlkpi.demo.sample import REGISTER
from xlkpi.errors import UnwritableFile
from xlkpi.reading.returns.seal_key import find_key, find_or_make_key, key_path


@pytest.fixture
def here(tmp_path, monkeypatch):
    path = tmp_path / "data" / "council.key"
    monkeypatch.setenv("XLKPI_KEY", str(path))
    return path


def test_without_a_key_it_says_how_one_is_made_and_makes_none(here, capsys):
    assert main(["key"]) == 0
    printed = capsys.readouterr().out
    assert f"This PC has no key yet: {here} does not exist." in printed
    assert "The first xlkpi build makes one." in printed
    assert not here.exists()


def test_it_says_where_the_key_is_but_never_what_it_is(here, capsys):
    key = find_or_make_key()
    assert (len(key), find_or_make_key()) == (32, key)
    assert main(["key"]) == 0
    printed = capsys.readouterr().out
    assert f"The Council's key is in {here}" in printed
    assert "xlkpi key --import FILE" in printed
    assert "Without the key" in printed
    assert key.hex() not in printed


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no file modes")
def test_only_its_user_can_read_it_and_a_wider_mode_is_said(here, capsys):
    find_or_make_key()
    assert stat.S_IMODE(here.stat().st_mode) == 0o600
    here.chmod(0o644)
    assert main(["key"]) == 0
    assert "Other users of this PC can read the key." in capsys.readouterr().out


def test_it_gets_to_a_colleague_by_a_file(here, tmp_path, monkeypatch, capsys):
    key = find_or_make_key()
    assert main(["key", "--export", str(tmp_path / "copy.key")]) == 0
    monkeypatch.setenv("XLKPI_KEY", str(tmp_path / "colleague" / "council.key"))
    assert find_key() is None
    assert main(["key", "--import", str(tmp_path / "copy.key")]) == 0
    assert find_key() == key
    assert main(["key", "--import", str(tmp_path / "copy.key")]) == 0
    assert key.hex() not in "".join(capsys.readouterr())


def test_another_key_is_never_replaced(here, tmp_path, capsys):
    key = find_or_make_key()
    (tmp_path / "other.key").write_text("ab" * 32)
    assert main(["key", "--import", str(tmp_path / "other.key")]) == 4
    assert "already has another key" in capsys.readouterr().err
    assert find_key() == key
    assert main(["key", "--export", str(tmp_path / "other.key")]) == 4
    assert (tmp_path / "other.key").read_text() == "ab" * 32


@pytest.mark.parametrize("content", [b"", b"ab" * 31, b"zz" * 32, b"\xff" * 64, b"ab" * 5000])
def test_a_file_that_is_no_key_is_named(here, tmp_path, content, capsys):
    (tmp_path / "bad.key").write_bytes(content)
    assert main(["key", "--import", str(tmp_path / "bad.key")]) == 3
    assert "bad.key is not a key of xlkpi" in capsys.readouterr().err
    assert not here.exists()
    here.parent.mkdir()
    here.write_bytes(content)
    assert main(["key"]) == 3
    (tmp_path / "a.xlsx").write_bytes(b"")
    assert main(["check", str(tmp_path / "a.xlsx")]) == 3
    assert "council.key is not a key of xlkpi" in capsys.readouterr().err


def test_files_that_are_not_there_are_named(here, tmp_path, capsys):
    assert main(["key", "--import", str(tmp_path / "none.key")]) == 3
    assert main(["key", "--export", str(tmp_path / "out.key")]) == 3
    assert not (tmp_path / "out.key").exists()
    assert main(["key", "--import", ""]) != 0


def test_the_usual_place_is_the_users_data_folder(monkeypatch):
    monkeypatch.delenv("XLKPI_KEY")
    assert key_path().name == "council.key"
    assert "xlkpi" in key_path().parent.parts


def test_seals_can_be_off(monkeypatch, capsys):
    monkeypatch.setenv("XLKPI_KEY", "off")
    assert (find_key(), find_or_make_key()) == (None, None)
    assert main(["key"]) == 0
    assert "Seals are off" in capsys.readouterr().out


def test_the_first_build_makes_it_and_says_so_once(here, tmp_path, capsys):
    register = tmp_path / "register.csv"
    register.write_text("\n".join(REGISTER.read_text(encoding="utf-8").splitlines()[:2]) + "\n", encoding="utf-8")
    command = ["build", str(register), "--period", "2026-27 Q2", "--out", str(tmp_path / "out")]
    words = "This PC now has a key of the Council, which seals the workbooks."
    assert main(command) == 0
    assert words in capsys.readouterr().err
    assert main(command) == 0
    assert words not in capsys.readouterr().err


def test_where_no_key_can_be_made_the_build_says_what_to_do(here, tmp_path, capsys):
    here.parent.write_text("a file where the folder should be")
    with pytest.raises(UnwritableFile) as caught:
        find_or_make_key()
    assert caught.value.remedy == "Set XLKPI_KEY to the path of another file for the Council's key, or to off."
