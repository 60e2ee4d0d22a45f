"""Carrying a plan out, and the door itself as a person runs it."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import dev_machine_plan
import pytest
from dev_machine_plan import CommandPlan, CommandStep
from dev_machine_run import carry_out, show

from tests.installer.test_dev_machine_plan import BARE_DEBIAN

DOOR = Path(__file__).parents[2] / "install_addin.py"


def python(code):
    return (sys.executable, "-c", code)


def run(*arguments, **environment):
    command = [sys.executable, str(DOOR), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, **environment)


def test_the_first_command_that_works_is_enough(tmp_path):
    mark = tmp_path / "mark"
    tries = (python("raise SystemExit(3)"), python(f"open({str(mark)!r}, 'a').write('x')")) * 2
    assert carry_out(CommandPlan((CommandStep("Try", "", tries),))) == 0
    assert mark.read_text() == "x"


def test_the_status_is_that_of_the_program_asked_for():
    assert carry_out(CommandPlan((CommandStep("Run", "", (python("raise SystemExit(5)"),), last=True),))) == 5


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")
def test_a_killed_program_counts_as_a_shell_counts_it():
    killed = python("import os; os.kill(os.getpid(), 9)")
    assert carry_out(CommandPlan((CommandStep("Run", "", (killed,), last=True),))) == 137


def test_a_failed_step_stops_the_plan_with_its_remedy(tmp_path, capfd):
    after = tmp_path / "after"
    fail = CommandStep("Fetch", "", (("no-such-program-here",),), "Check the network.")
    then = CommandStep("Then", "", (python(f"open({str(after)!r}, 'w')"),))
    assert carry_out(CommandPlan((fail, then))) == 1
    assert not after.exists()
    assert "Check the network." in capfd.readouterr().err
    optional = CommandStep("Fetch", "", fail.commands, "Never mind.", optional=True)
    assert carry_out(CommandPlan((optional, then))) == 0
    assert after.exists()


def test_a_stamp_is_written_after_success_only(tmp_path):
    stamp = tmp_path / "stamp"
    carry_out(CommandPlan((CommandStep("No", "", (python("raise SystemExit(1)"),), stamp=stamp, stamp_text="a"),)))
    assert not stamp.exists()
    carry_out(CommandPlan((CommandStep("Yes", "", (python("pass"),), stamp=stamp, stamp_text="a"),)))
    assert stamp.read_text() == "a"


def test_a_stop_runs_nothing(tmp_path, capsys):
    mark = tmp_path / "mark"
    plan = CommandPlan((CommandStep("Go", "", (python(f"open({str(mark)!r}, 'w')"),)),), stop="Install a thing.")
    assert (carry_out(plan), show(plan)) == (1, 1)
    assert not mark.exists()
    assert "Install a thing." in capsys.readouterr().out


def test_a_dry_run_prints_the_plan_and_changes_nothing(tmp_path):
    venv = tmp_path / "venv"
    done = run("--dry-run", "demo", "there", env={"XLKPI_VENV": str(venv), "PATH": ""})
    assert done.returncode == 0, done.stderr
    assert f"Make {venv}" in done.stdout
    assert "demo there" in done.stdout
    assert not venv.exists()


@pytest.mark.parametrize(
    "words", [["--dry-run", "install"], ["install", "--dry-run"], ["uninstall", "--dry-run"], ["status"]]
)
def test_what_only_looks_changes_nothing_in_a_new_home(tmp_path, words):
    home = tmp_path / "home"
    home.mkdir()
    done = run(*words, env={"HOME": str(home), "PATH": os.environ["PATH"]})
    assert done.stderr == ""
    assert done.stdout
    assert list(home.iterdir()) == []


def test_arguments_after_test_are_for_pytest(tmp_path):
    done = run("--dry-run", "test", "tests/house", "-k", "names", "--dry-run")
    assert "loadgroup tests/house -k names --dry-run" in done.stdout or "Not on this machine" in done.stdout


@pytest.mark.parametrize(
    "words",
    [[], ["nonsense"], ["demo", "a", "b"], ["demo", "--what"], ["install", "--only", "word"], ["status", "x"]],
)
def test_usage_is_status_2(words):
    done = run(*words)
    assert done.returncode == 2
    assert "usage:" in done.stderr


def test_an_older_python_can_read_the_door_and_is_told():
    source = DOOR.read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 7))
    text = f"import sys; sys.version_info = (3, 9, 2); sys.argv = ['x', 'demo']; exec({source!r})"
    code = f"__file__ = {str(DOOR)!r}; __name__ = '__main__'; {text}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.strip() == "This is Python 3.9. Run it with 3.11 or later."


@pytest.fixture
def apt(tmp_path, monkeypatch):
    """A made-up apt-get, first on the PATH, that logs its words and fails where `fails` says so."""
    tool, log, fails = tmp_path / "apt-get", tmp_path / "log", tmp_path / "fails"
    tool.write_text(f'#!/bin/sh\necho "$*" >> {log}\n! grep -qs "$1 $2" {fails}\n', encoding="utf-8")
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setattr(dev_machine_plan, "BACKPORTS_FILE", str(tmp_path / "b'p.list"))
    return tmp_path


@pytest.mark.skipif(sys.platform == "win32", reason="apt is Debian's")
def test_libreoffice_comes_from_backports_and_else_from_the_release(apt):
    plan = dev_machine_plan.plan_office(BARE_DEBIAN)
    assert carry_out(plan) == 0
    assert (apt / "b'p.list").read_text() == f"{BARE_DEBIAN.backports}\n"
    assert logged(apt)[-1].startswith("install -qy --no-install-recommends -t bookworm-backports libre")
    (apt / "fails").write_text("update -q\n")
    assert carry_out(plan) == 0
    assert not (apt / "b'p.list").exists()
    (apt / "fails").write_text("install -qy\n")
    assert carry_out(plan) == 1
    tried = [line.split() for line in logged(apt)[-6:] if line.startswith("install")]
    assert [words[words.index("python3-uno") - 1] for words in tried] == [
        "libreoffice-calc-nogui",
        "libreoffice-calc-nogui",
        "libreoffice-calc",
    ]


def logged(folder):
    return (folder / "log").read_text(encoding="utf-8").splitlines()
