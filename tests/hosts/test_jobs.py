"""The toolkit's jobs on real files, in this process and in one of their own, and what they say of bad ones."""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

import openpyxl
import pytest

from tests.judge.real_returns import CODES, saved
from tests.writing.addin_calls import saved_by_excel
from xlkpi import problem_log
from xlkpi.hosts import subprocess_bridge
from xlkpi.hosts.jobs import run_job
from xlkpi.hosts.macros import Outcome


def here(job, **answers):
    """A job in this process: its outcome, and the steps it told."""
    steps = []
    outcome = run_job(job, {name: str(answer) for name, answer in answers.items()}, lambda *step: steps.append(step))
    return outcome, steps


def contents(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# --- check ---


def test_a_sound_return_has_nothing_to_open(inbox):
    outcome, _ = here("check", file=inbox / "alpha.xlsx")
    assert outcome == Outcome(f"Nothing to fix. {len(CODES)} indicators checked against catalogue 2026-27.2.")


def test_a_return_to_fix_opens_as_a_marked_copy_outside_its_folder(inbox):
    before = contents(inbox)
    outcome, _ = here("check", file=inbox / "more" / "zephyr.xlsx")
    first, *text = outcome.message.splitlines()
    assert first.startswith("2 to fix, 0 to correct or explain. 13 indicators")
    assert text[1].startswith("must fix: KPI S1: x is 60 and y is 50 (F6, G6).")
    assert text[2].startswith("must fix: KPI S3 x is the text “a few”")
    (copy,) = outcome.opens
    assert Path(copy).name == "zephyr - checked.xlsx"
    assert len(openpyxl.load_workbook(copy).sheetnames) == 1 + len(
        openpyxl.load_workbook(inbox / "more" / "zephyr.xlsx").sheetnames
    )
    assert contents(inbox) == before


@pytest.mark.parametrize("name", ["notes.txt", "missing.xlsx", "more"])
def test_what_is_no_return_is_said_in_words(inbox, name):
    outcome, _ = here("check", file=inbox / name)
    assert not outcome.done
    assert outcome.opens == ()
    assert "must fix: " in outcome.message


# --- connect ---


def test_a_workbook_that_calls_an_add_in_opens_as_a_copy_with_plain_calls(tmp_path):
    file = saved(tmp_path / "mine.xlsm", saved_by_excel())
    outcome, _ = here("connect", file=file)
    (copy,) = outcome.opens
    assert Path(copy).name == "mine - connected.xlsm"
    assert Path(copy).parent != tmp_path
    assert outcome.message.startswith("7 calls of the KPI functions connected.")
    again, _ = here("connect", file=copy)
    assert (again.opens, again.message.startswith("mine - connected.xlsm does not call")) == ((), True)
    Path(copy).unlink()


def test_what_cannot_be_connected_is_said_in_words(tmp_path):
    file = saved(tmp_path / "mine.xls", b"\xd0\xcf\x11\xe0 another kind")
    outcome, _ = here("connect", file=file)
    assert not outcome.done
    assert outcome.message.startswith("mine.xls cannot be read: ")


# --- build ---


def test_build_writes_the_returns_and_opens_their_folder(inbox, tmp_path):
    out = tmp_path / "out"
    outcome, steps = here("build", register=tmp_path / "register.csv", period="2026/27 q4", out=out)
    assert outcome == Outcome(f"3 return workbooks for 2026-27 Q4 written to {out}.", (str(out),))
    assert len(list(out.glob("*.xlsx"))) == 3
    assert steps[-1] == ("Building returns", 3, 3)


def test_build_says_what_is_wrong_with_the_register(tmp_path):
    register = tmp_path / "register.csv"
    register.write_text("provider_id,provider,lots\nP1,One,1a\nP2,Two,9z\n", encoding="utf-8")
    outcome, _ = here("build", register=register, period="2026-27 Q2", out=tmp_path / "out")
    assert outcome.message.startswith("1 return workbook for 2026-27 Q2 written to ")
    assert "In the register:" in outcome.message
    assert "9z" in outcome.message


@pytest.mark.parametrize(
    ("register", "period", "says"),
    [
        ("register.csv", "summer", "“summer” is not a reporting period. Write it as “2026-27 Q2”."),
        ("none.csv", "2026-27 Q2", "none.csv does not exist. Check the name and the folder."),
        ("the inbox", "2026-27 Q2", "the inbox is a folder or a device, not a file. Name the workbook itself."),
    ],
)
def test_build_stops_where_it_cannot_begin(inbox, tmp_path, register, period, says):
    outcome, _ = here("build", register=tmp_path / register, period=period, out=tmp_path / "out")
    assert outcome == Outcome(says, done=False)
    assert not (tmp_path / "out").exists()


# --- consolidate ---


def test_consolidate_makes_the_master_and_says_who_is_missing(inbox, tmp_path):
    master = tmp_path / "master.xlsx"
    outcome, steps = here("consolidate", folder=inbox, out=master)
    assert outcome.opens == (str(master),)
    assert outcome.message.splitlines()[:4] == [
        f"Master: {master}",
        "Period: 2026-27 Q4.",
        "3 files found: 2 used, 1 set aside, 0 superseded.",
        "Missing: P-003 (by register.csv).",
    ]
    assert "Data" in openpyxl.load_workbook(master).sheetnames
    assert steps
    assert {step[0] for step in steps} == {"Reading returns"}


def test_consolidate_without_a_register_says_that_nobody_can_be_missing(inbox, tmp_path):
    (tmp_path / "register.csv").unlink()
    outcome, _ = here("consolidate", folder=inbox, out=tmp_path / "master.xlsx")
    assert "Missing returns are not known: put register.csv or register.xlsx beside the folder." in outcome.message


def test_a_folder_of_rubbish_still_gives_a_master_that_says_so(tmp_path):
    rubbish = tmp_path / "rubbish"
    rubbish.mkdir()
    (rubbish / "a.txt").write_text("a", encoding="utf-8")
    outcome, _ = here("consolidate", folder=rubbish, out=tmp_path / "master.xlsx")
    assert "No file in this folder is a return.\n1 file found: 0 used, 1 set aside" in outcome.message


def test_a_folder_that_is_not_there_is_one_message(tmp_path):
    outcome, _ = here("consolidate", folder=tmp_path / "gone", out=tmp_path / "master.xlsx")
    assert outcome == Outcome("gone does not exist. Check the name and the folder.", done=False)
    assert not (tmp_path / "master.xlsx").exists()


def test_a_master_that_cannot_be_written_is_one_message(inbox, tmp_path):
    (tmp_path / "blocked").write_text("a file, not a folder", encoding="utf-8")
    outcome, _ = here("consolidate", folder=inbox, out=tmp_path / "blocked" / "master.xlsx")
    assert not outcome.done
    text = f"master.xlsx was not written ({tmp_path / 'blocked'} is a file, not a folder). Name another folder."
    assert outcome.message == text


def test_a_name_that_excel_would_not_open_is_one_message(inbox, tmp_path):
    (tmp_path / "ledger.csv").write_text(LEDGER, encoding="utf-8")
    for job in ("consolidate", "finance"):
        outcome, _ = here(job, folder=inbox, ledger=tmp_path / "ledger.csv", out=tmp_path / "o.txt")
        assert not outcome.done
        assert outcome.message.startswith("“o.txt” does not end in .xlsx")


# --- finance and about ---


LEDGER = """provider_id,invoice_no,received_date,due_date,disputed_date,paid_date
P001,1,03/08/2026,10/08/2026,,
nobody,2,03/08/2026,,,
"""


def test_finance_opens_its_workbook_and_tells_the_rows(inbox, tmp_path):
    (tmp_path / "ledger.csv").write_text(LEDGER, encoding="utf-8")
    outcome, _ = here("finance", folder=inbox, ledger=tmp_path / "ledger.csv", out=tmp_path / "finance.xlsx")
    assert outcome.done
    assert outcome.opens == (str(tmp_path / "finance.xlsx"),)
    assert "Ledger rows: 2 read, " in outcome.message
    assert "S2 check" in openpyxl.load_workbook(tmp_path / "finance.xlsx").sheetnames


def test_finance_needs_a_ledger_that_is_there(inbox, tmp_path):
    outcome, _ = here("finance", folder=inbox, ledger=tmp_path / "none.csv", out=tmp_path / "o.xlsx")
    assert outcome == Outcome("none.csv does not exist. Check the name and the folder.", done=False)


def test_about_is_what_the_doctor_says():
    outcome, _ = here("about")
    assert "Python" in outcome.message
    assert "LibreOffice" in outcome.message


# --- in a process of its own ---


@pytest.fixture
def record(tmp_path, monkeypatch):
    """A record that leads to this toolkit, and a log."""

    def write(**answer):
        path = tmp_path / "record.json"
        path.write_text(json.dumps({"python": sys.executable, "version": "0.1.0", **answer}), encoding="utf-8")
        monkeypatch.setenv("XLKPI_RECORD", str(path))
        monkeypatch.setenv("XLKPI_LOG", str(tmp_path / "xlkpi.log"))
        return path

    return write


def test_a_job_runs_in_the_toolkits_own_python(record, inbox, tmp_path, monkeypatch):
    record()
    monkeypatch.setenv("PYTHONHOME", str(tmp_path / "of the office"))  # an office sets it for its own Python
    steps = []
    master = str(tmp_path / "März – master.xlsx")
    outcome = subprocess_bridge.do(
        "consolidate", {"folder": str(inbox), "out": master}, lambda *step: steps.append(step)
    )
    assert outcome.done
    assert outcome.opens == (master,)
    assert "2 used" in outcome.message
    assert steps
    assert Path(master).is_file()


def test_what_goes_wrong_there_is_logged_and_said(record, tmp_path):
    record()
    outcome = subprocess_bridge.do("no such job", {}, print)
    log = tmp_path / "xlkpi.log"
    assert outcome == Outcome(f"The command did not finish. Details are in {log}.", done=False)
    assert "KeyError: 'no such job'" in log.read_text(encoding="utf-8")


def test_a_python_that_ends_at_once_is_said(record, tmp_path):
    record(python=str(next(path for path in map(Path, ("/bin/false", "/usr/bin/false")) if path.exists())))
    outcome = subprocess_bridge.do("about", {}, print)
    assert not outcome.done
    assert "it ended with status 1" in (tmp_path / "xlkpi.log").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: path.unlink(),
        lambda path: path.write_text("{", encoding="utf-8"),
        lambda path: path.write_bytes(b"\xff\xfe"),
        lambda path: path.write_text("[]", encoding="utf-8"),
        lambda path: path.write_text('{"python": "/gone/python", "version": "1"}', encoding="utf-8"),
    ],
)
def test_without_a_toolkit_it_says_how_to_install_it(record, damage):
    damage(record())
    outcome = subprocess_bridge.do("about", {}, print)
    assert outcome == Outcome(subprocess_bridge.HOW_TO_INSTALL, done=False)
    assert "python3 install_addin.py install" in outcome.message


def test_the_record_lies_where_the_installer_puts_it():
    home = Path.home()
    assert problem_log.data_folder({"LOCALAPPDATA": "L"}, "win32") == Path("L", "xlkpi")
    assert problem_log.data_folder({}, "darwin") == home / "Library" / "Application Support" / "xlkpi"
    assert problem_log.data_folder({"XDG_DATA_HOME": "/x"}, "linux") == Path("/x/xlkpi")
    assert problem_log.data_folder({}, "linux") == home / ".local" / "share" / "xlkpi"
    assert subprocess_bridge.record_path({"XLKPI_RECORD": "r.json"}) == Path("r.json")
    assert problem_log.log_path({"XDG_DATA_HOME": "/x"}).name == "xlkpi.log"


@pytest.mark.parametrize(("system", "platform"), [("windows", "win32"), ("darwin", "darwin"), ("linux", "linux")])
def test_the_installer_knows_the_same_folder(system, platform):
    paths = pytest.importorskip("xlkpi.installer.paths")
    home = Path.home()
    assert problem_log.data_folder({}, platform) == paths.install_paths(system, home, {}).data
    assert paths.install_paths(system, home, {}).record.name == subprocess_bridge.record_path({}).name
    assert paths.install_paths(system, home, {}).log.name == problem_log.log_path({}).name


def test_the_environment_of_the_office_stays_behind():
    given = {"PATH": "p", "PYTHONHOME": "h", "PYTHONPATH": "p", "LD_LIBRARY_PATH": "l", "URE_BOOTSTRAP": "u"}
    assert subprocess_bridge.clean({**given, "Home": "h"}) == {"PATH": "p", "Home": "h"}


def test_a_log_that_cannot_be_written_stops_nothing(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("XLKPI_LOG", str(tmp_path / "file" / "xlkpi.log"))
    assert problem_log.log(ValueError("x"), "test") == "a log that could not be written"
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_the_log_is_bounded_in_size_and_age_and_read_by_nobody_else(tmp_path, monkeypatch):
    path = tmp_path / "xlkpi.log"
    monkeypatch.setenv("XLKPI_LOG", str(path))
    monkeypatch.setattr(problem_log, "LOG_BYTES", 1000)
    for number in range(40):
        problem_log.log(ValueError(f"problem {number} {'x' * 100}"), "test")
    files = {file.name: file.stat() for file in tmp_path.iterdir()}
    assert sorted(files) == ["xlkpi.log", "xlkpi.log.1"]
    assert all(facts.st_size < 2500 for facts in files.values())
    assert "problem 39" in path.read_text(encoding="utf-8")
    if sys.platform != "win32":
        assert {facts.st_mode & 0o777 for facts in files.values()} == {0o600}


def test_what_was_logged_long_ago_is_deleted(tmp_path, monkeypatch):
    path = tmp_path / "xlkpi.log"
    monkeypatch.setenv("XLKPI_LOG", str(path))
    problem_log.log(ValueError("of last year"), "test")
    path.chmod(0o644)
    long_ago = time.time() - 401 * 86400
    os.utime(path, (long_ago, long_ago))
    problem_log.log(ValueError("of today"), "test")
    written = path.read_text(encoding="utf-8")
    assert "of today" in written
    assert "of last year" not in written


def test_the_installer_removes_the_log_that_was_set_aside():
    plan = Path(__file__).parents[1] / "installer" / "plans" / "uninstall-linux.txt"
    assert problem_log.old_log_path(Path("xlkpi.log")).name + "\n" in plan.read_text(encoding="utf-8")
