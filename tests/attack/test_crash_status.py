"""A fault of our own has an exit status and a log entry of its own, and is never taken for findings."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from tests.cli.run_command import xlkpi as command
from tests.evidence import some
from tests.house.project_files import ROOT
from tests.reading.return_edits import clean, typed
from xlkpi import check_return, problem_log
from xlkpi.commands import check as checking
from xlkpi.commands.check import CheckRequest, StoppedCopy, annotated_copy, check_files
from xlkpi.hosts.jobs import run_job

cli = import_module("xlkpi.cli.main")  # the package gives the function of that name
PROBLEMS = [ZeroDivisionError("9" * 50_000), RecursionError("too deep"), MemoryError(), ValueError("\ud800")]


def stop_at(problem, name):
    """A stand-in for a function that raises the problem for files of that name."""

    def stopping(file, *_):
        if name in str(getattr(file, "file", file)):
            raise problem
        return b"a marked copy"

    return stopping


@pytest.fixture
def log(tmp_path, monkeypatch):
    path = tmp_path / "logs" / "xlkpi.log"
    monkeypatch.setenv("XLKPI_LOG", str(path))
    return path


@pytest.fixture
def returns(tmp_path):
    (tmp_path / "bad.xlsx").write_bytes(typed(**{"KPI_S1.x": "12 visits"}))
    (tmp_path / "good.xlsx").write_bytes(clean())
    return str(tmp_path / "bad.xlsx"), str(tmp_path / "good.xlsx")


@pytest.mark.parametrize("problem", PROBLEMS, ids=lambda problem: type(problem).__name__)
def test_a_crash_of_the_command_is_one_line_with_the_log_and_status_70(log, monkeypatch, capsys, problem):
    monkeypatch.setattr(cli, "_run", stop_at(problem, ""))
    assert cli.main(["consolidate", "in", "--out", "m.xlsx"]) == 70
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert f"stopped unexpectedly ({type(problem).__name__})" in err
    assert str(log) in err
    entry = log.read_text(encoding="utf-8")
    assert "xlkpi consolidate\n" in entry
    assert "Traceback" in entry
    assert len(entry) < 2 * problem_log.LONGEST_ENTRY


@pytest.mark.parametrize(
    ("number", "status"), [(errno.ENOSPC, 4), (errno.EACCES, 3), (errno.ENAMETOOLONG, 3), (errno.EBADF, 70)]
)
def test_what_the_system_refuses_is_no_fault_of_the_program(log, monkeypatch, capsys, number, status):
    monkeypatch.setattr(cli, "_run", stop_at(OSError(number, "the system's words", "folder/name.xlsx"), ""))
    assert cli.main(["consolidate", "in", "--out", "m.xlsx"]) == status
    assert ("stopped unexpectedly" in capsys.readouterr().err) is (status == 70) is log.exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux only")
def test_a_full_disk_behind_the_output_is_no_fault_of_the_program(log):
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "xlkpi", "explain", "KPI S1"], stdout=full, stderr=subprocess.PIPE, text=True,
            check=False, env={**os.environ, "XLKPI_LOG": str(log)}, cwd=ROOT,
        )  # fmt: skip
    assert (done.returncode, log.exists()) == (4, False)
    assert done.stderr.startswith("xlkpi: Not everything was written")


def test_it_is_so_where_the_command_is_a_process(log, tmp_path):
    broken = tmp_path / "broken" / "sitecustomize.py"
    broken.parent.mkdir()
    broken.write_text("import xlkpi.cli.explain as e\ndef run(_): raise RuntimeError('here')\ne.run = run\n")
    done = command("explain", "KPI S1", PYTHONPATH=f"{broken.parent}:{ROOT}", XLKPI_LOG=str(log))
    assert (done.returncode, done.stdout) == (70, "")
    assert "Traceback" not in done.stderr
    assert "here" in log.read_text(encoding="utf-8")


def test_a_log_that_cannot_be_written_stops_nothing(tmp_path, monkeypatch, capsys):
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("XLKPI_LOG", str(tmp_path / "file" / "xlkpi.log"))
    monkeypatch.setattr(cli, "_run", stop_at(MemoryError(), ""))
    assert cli.main(["doctor"]) == 70
    assert problem_log.NO_LOG in capsys.readouterr().err


def test_the_log_keeps_to_its_size(log, monkeypatch):
    monkeypatch.setattr(problem_log, "LOG_BYTES", 5_000)
    for _ in range(200):
        problem_log.log(ValueError("x" * 500), "test")
    assert sorted(path.name for path in log.parent.iterdir()) == ["xlkpi.log", "xlkpi.log.1"]
    assert all(path.stat().st_size < 7_000 for path in some(log.parent.iterdir()))


@pytest.mark.parametrize("problem", PROBLEMS, ids=lambda problem: type(problem).__name__)
class TestMarkedCopies:
    """A copy that cannot be made: a line that names the file, and the others are written."""

    def test_the_others_are_written(self, log, monkeypatch, returns, tmp_path, problem):
        monkeypatch.setattr(checking, "_annotated", stop_at(problem, "bad"))
        bad, good = check_files(CheckRequest(returns, str(tmp_path / "marked"))).copies
        assert (bad.file, bad.path) == (returns[0], None)
        assert f"stopped unexpectedly ({type(problem).__name__})" in bad.problem
        assert str(log) in bad.problem
        assert good.path.read_bytes() == b"a marked copy"
        assert "making a marked copy of" in log.read_text(encoding="utf-8")

    @pytest.mark.usefixtures("log")
    def test_the_macro_still_shows_the_findings(self, monkeypatch, returns, problem):
        monkeypatch.setattr(checking, "_annotated", stop_at(problem, "bad"))
        outcome = run_job("check", {"file": returns[0]}, lambda *_: None)
        assert outcome.done
        assert "1 to fix" in outcome.message
        assert "No marked copy was made. Making it stopped unexpectedly" in outcome.message


@pytest.mark.usefixtures("log")
def test_a_copy_that_stops_is_an_exception_of_ours_to_whoever_calls(monkeypatch, returns):
    monkeypatch.setattr(checking, "_annotated", stop_at(KeyError("x"), "bad"))
    with pytest.raises(StoppedCopy):
        annotated_copy(check_return(returns[0]), b"")
