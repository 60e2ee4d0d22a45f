"""Asking the machine: programs that hang back, fail or are missing, and the environment they run in."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from xlkpi.installer import system
from xlkpi.installer.system import (
    MISLEADING,
    output_of,
    program_roots,
    read_registry,
    run_program,
    this_machine,
    this_python,
)


def python(code):
    return (sys.executable, "-c", code)


@pytest.mark.parametrize(
    ("command", "expected_text"),
    [
        (python("print(' yes ')"), "yes"),
        (python("import sys; sys.stdout.buffer.write(b'\\xff')"), "\ufffd"),
        (python("print('no'); raise SystemExit(3)"), None),
        (("no-such-program-here",), None),
    ],
)
def test_a_program_says_something_or_nothing(command, expected_text):
    assert output_of(command) == expected_text


def test_where_programs_are_installed():
    windows = {"ProgramFiles": "C:/P", "ProgramW6432": "C:/P", "ProgramFiles(x86)": "C:/P86", "LOCALAPPDATA": ""}
    assert program_roots("windows", Path("h"), windows) == (Path("C:/P"), Path("C:/P86"))
    assert program_roots("darwin", Path("h"), {}) == (Path("/Applications"), Path("h/Applications"))
    assert Path("/opt") in program_roots("linux", Path("h"), {})


@pytest.mark.skipif(sys.platform == "win32", reason="there it has one")
def test_there_is_no_registry_here():
    assert read_registry(r"HKLM\SOFTWARE\Python", "") == ""


def test_this_python_knows_itself():
    here = this_python()
    assert Path(here.path).samefile(sys.executable)
    assert here.version == sys.version_info[:2]
    assert Path(here.base).is_dir()
    assert this_machine().python == here


def test_what_would_mislead_another_python_is_not_handed_on(monkeypatch, tmp_path):
    for name in MISLEADING:
        monkeypatch.setenv(name, "somewhere")
    monkeypatch.setenv("PIP_INDEX_URL", "kept")
    answer = tmp_path / "told"
    code = f"import os; open({str(answer)!r}, 'w').write(' '.join(sorted(os.environ)))"
    assert run_program((sys.executable, "-I", "-c", code)) == 0
    names = answer.read_text().split()
    assert not set(MISLEADING) & set(names)
    assert "PIP_INDEX_URL" in names


def test_the_status_of_a_program_is_told(capfd):
    assert run_program(python("raise SystemExit(4)")) == 4
    assert run_program(("no-such-program-here",)) == 1
    assert "no-such-program-here" in capfd.readouterr().err
    if sys.platform != "win32":
        assert run_program(python("import os; os.kill(os.getpid(), 9)")) == 137


@pytest.mark.parametrize("path", [r"\\server\share\x", "//server/share/x"])
def test_a_network_path_is_on_another_computer(path):
    assert system.is_remote(Path(path))
