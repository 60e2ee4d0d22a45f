"""What the toolkit keeps about people in a home folder: where, for whom, for how long, and that uninstall removes it.

docs/privacy.md promises it.
"""

from __future__ import annotations

import os
import sys
import time

import pytest

from tests.reading.return_edits import typed
from xlkpi import problem_log
from xlkpi.cli.main import main

PERSON = "Philippa Made-Up"
VARIABLES = ("XLKPI_LOG", "XLKPI_OUTPUTS", "XLKPI_CACHE", "XLKPI_CACHE_DAYS", "XDG_DATA_HOME", "XDG_CACHE_HOME")
REGISTER = "provider_id,provider_name,contract_ref,lots,transport,contact_email\nP01,Oak & Ash,C/17,1a;2b,yes,a@b.org\n"
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="file modes are of POSIX")


@pytest.fixture
def home(make_world, monkeypatch):
    """A made-up machine with the toolkit installed, whose home is that of this process too."""
    world = make_world("linux")
    assert world.run("install") == 0
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(world.home))
    return world


@pytest.fixture
def used(home, tmp_path):
    """The same home after a return that names a person was consolidated, and a problem was written to the log."""
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "return.xlsx").write_bytes(typed(**{"KPI_S1.comment": f"Ask {PERSON}"}))
    (tmp_path / "register.csv").write_text(REGISTER, encoding="utf-8")
    out = ("--out", str(tmp_path / "master.xlsx"), "--register", str(tmp_path / "register.csv"), "--jobs", "1")
    assert main(["consolidate", str(inbox), *out, "--period", "2026-27 Q2"]) in (0, 1)
    problem_log.log(ValueError(f"about {PERSON}"), "test")
    return home


def files(home):
    return {path.relative_to(home.home).as_posix(): path for path in home.home.rglob("*") if path.is_file()}


def test_what_is_kept_is_where_the_page_says_and_for_its_user_alone(used):
    names = {name for name in files(used) if "/env-" not in name and "libreoffice/" not in name}
    data, cache = ".local/share/xlkpi", ".cache/xlkpi"
    installed = {f"{data}/record.json", f"{data}/xlkpi.oxt"}
    private = {f"{cache}/returns.sqlite3", f"{cache}/cache.key", f"{data}/outputs.txt", f"{data}/xlkpi.log"}
    assert names == installed | private
    assert {oct(files(used)[name].stat().st_mode & 0o777) for name in private} == {"0o600"}
    assert oct((used.home / cache).stat().st_mode & 0o777) == "0o700"


def test_the_list_of_outputs_and_the_record_say_nothing_of_anybody(used):
    for name in (".local/share/xlkpi/outputs.txt", ".local/share/xlkpi/record.json"):
        text = files(used)[name].read_text(encoding="utf-8")
        assert PERSON not in text
        assert "master" not in text


def test_clearing_the_cache_leaves_nothing_of_it(used):
    assert main(["cache", "clear"]) == 0
    assert not (used.home / ".cache/xlkpi/returns.sqlite3").exists()
    naming = [name for name, path in files(used).items() if PERSON.encode() in path.read_bytes()]
    assert naming == [".local/share/xlkpi/xlkpi.log"]


def test_uninstalling_removes_all_of_it(used):
    assert used.run("uninstall") == 0
    assert [name for name in files(used) if "libreoffice/" not in name] == []
    assert not (used.home / ".cache/xlkpi").exists()


# --- for how long ----------------------------------------------------------------------------------------------------


def entry(days_ago, text):
    written = time.localtime(time.time() - days_ago * 86_400)
    return f"{time.strftime('%Y-%m-%d %H:%M:%S', written)} {text}\nTraceback\n  of several lines\n\n"


@pytest.fixture
def log(tmp_path, monkeypatch):
    monkeypatch.setenv("XLKPI_LOG", str(tmp_path / "xlkpi.log"))
    for name in ("xlkpi.log", "xlkpi.log.1"):
        (tmp_path / name).write_text(entry(500, "oldest") + entry(300, "older") + entry(3, "new"), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("days", "left"), [("", ["older", "new"]), ("100", ["new"]), ("900", ["oldest", "older", "new"]), ("1", [])]
)
def test_entries_leave_the_logs_when_their_days_are_over(log, monkeypatch, days, left):
    monkeypatch.setenv("XLKPI_CACHE_DAYS", days)
    problem_log.log(ValueError("now"), "now")
    texts = [(log / name).read_text(encoding="utf-8") for name in ("xlkpi.log", "xlkpi.log.1")]
    starts = [[line.split()[2] for line in text.splitlines() if line[:2] == "20"] for text in texts]
    assert starts == [[*left, "now"], left]
    assert sorted(path.name for path in log.iterdir()) == ["xlkpi.log", "xlkpi.log.1"]


def test_a_log_last_written_too_long_ago_is_deleted_as_a_whole(log):
    long_ago = time.time() - 401 * 86_400
    os.utime(log / "xlkpi.log.1", (long_ago, long_ago))
    problem_log.log(ValueError("now"), "now")
    assert not (log / "xlkpi.log.1").exists()


def test_a_shortened_log_is_still_for_its_user_alone(log):
    problem_log.log(ValueError("now"), "now")
    assert {oct(path.stat().st_mode & 0o777) for path in log.iterdir()} == {"0o600"}
