"""The facts: read from made-up files, and from environments that are ready, broken or somebody else's."""

from __future__ import annotations

import subprocess
import sys

import dev_machine
import pytest
from dev_machine import look

HERE = f"{sys.version_info[0]}.{sys.version_info[1]}"
PARAGRAPH = """Types: deb
# http://snapshot.test/old
URIs: http://mirror.test/debian
Suites: bookworm bookworm-updates
Components: main

Types: deb
URIs: http://mirror.test/security
Suites: bookworm-security
"""


@pytest.fixture
def apt(tmp_path):
    (tmp_path / "sources.list.d").mkdir()
    return tmp_path


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("sources.list", "# deb http://old.test/x bookworm x\ndeb http://mirror.test/debian bookworm main\n"),
        ("sources.list.d/debian.sources", PARAGRAPH),
        ("sources.list", "deb [signed-by=/k.gpg] http://mirror.test/debian bookworm main contrib\n"),
    ],
)
def test_backports_come_from_the_mirror_the_machine_uses(apt, file, text):
    (apt / file).write_text(text, encoding="utf-8")
    line = "deb http://mirror.test/debian bookworm-backports main"
    assert dev_machine._backports("debian bookworm", apt) == (line, "bookworm-backports")


def test_backports_already_there_and_other_releases_need_no_line(apt):
    (apt / "sources.list").write_text("deb http://mirror.test/debian bookworm main\n", encoding="utf-8")
    assert dev_machine._backports("ubuntu noble", apt) == ("", "")
    assert dev_machine._backports("debian trixie", apt) == ("", "")
    (apt / "sources.list.d/b.list").write_text("deb http://mirror.test/debian bookworm-backports main\n")
    assert dev_machine._backports("debian bookworm", apt)[0] == ""
    assert dev_machine._backports("debian bookworm", apt / "nowhere") == ("", "")


def test_the_release_is_read_from_its_file(tmp_path):
    file = tmp_path / "os-release"
    file.write_text('NAME="Debian"\nID=debian\nVERSION_CODENAME="bookworm"\n', encoding="utf-8")
    assert dev_machine._release(file) == "debian bookworm"
    assert dev_machine._release(tmp_path / "absent") == ""


def test_an_environment_is_known_by_running_it(tmp_path):
    venv = tmp_path / "venv"
    assert dev_machine.environment_state(venv, "linux", HERE) == "absent"
    venv.mkdir()
    assert dev_machine.environment_state(venv, "linux", HERE) == "absent"
    (venv / "thesis.txt").write_text("mine")
    assert dev_machine.environment_state(venv, "linux", HERE) == "not ours"
    (venv / "pyvenv.cfg").write_text("home = /gone")
    assert dev_machine.environment_state(venv, "linux", HERE) == "stale"


def test_a_real_environment_is_ready_until_its_python_goes(tmp_path):
    venv = tmp_path / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(venv)], check=True)
    (next(venv.rglob("site-packages")) / "pip.py").touch()  # it only has to be there: the real one takes ten seconds
    system = "windows" if sys.platform == "win32" else "linux"
    assert dev_machine.environment_state(venv, system, HERE) == "ready"
    assert dev_machine.environment_state(venv, system, "3.99") == "stale"
    next(venv.glob("*/python")).unlink()
    assert dev_machine.environment_state(venv, system, HERE) == "stale"


def test_looking_changes_nothing_and_follows_the_project_file(tmp_path, monkeypatch):
    monkeypatch.setenv("XLKPI_VENV", str(tmp_path / "venv"))
    (tmp_path / "pyproject.toml").write_text("one", encoding="utf-8")
    first = look(tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["pyproject.toml"]
    assert (first.venv, first.venv_state, first.stamps) == (tmp_path / "venv", "absent", ())
    assert look(tmp_path).project_hash == first.project_hash
    (tmp_path / "pyproject.toml").write_text("two", encoding="utf-8")
    assert look(tmp_path).project_hash != first.project_hash
