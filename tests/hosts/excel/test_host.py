"""Excel as the macros see it, over an Excel of paper: what it is asked, and what it hands back."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.judge.real_returns import EVERYTHING, stamped
from xlkpi.hosts.excel import dialogs as excel_dialogs
from xlkpi.hosts.excel import host as excel_host
from xlkpi.hosts.excel import server
from xlkpi.hosts.excel.dialogs import MacDialogs, WindowsDialogs
from xlkpi.hosts.excel.host import ExcelHost, local_copy
from xlkpi.hosts.macros import macro_of, run
from xlkpi.hosts.protocol import Outcome


class Paper:
    """An `xlwings.App` that notes what it is asked. `answers` are what the dialogs give, in turn."""

    def __init__(self, *answers, path="", saved=True, row=()):
        self.answers = list(answers)
        self.asked, self.told, self.opened, self.bars = [], [], [], []
        book = SimpleNamespace(api=SimpleNamespace(FullName=path, Saved=saved))
        self.books = [book] if path else []
        self.books = Books(self, self.books)
        values = SimpleNamespace(value=[*row, *[None] * (100 - len(row))])
        sheet = SimpleNamespace(range=lambda *_corners: SimpleNamespace(options=lambda **_how: values))
        self.selection = SimpleNamespace(sheet=sheet, row=7)
        self.api = SimpleNamespace(
            FileDialog=self._dialog, GetSaveAsFilename=self._next("save"), InputBox=self._next("text")
        )

    def __setattr__(self, name, value):
        if name == "status_bar":
            self.bars.append(value)
        else:
            super().__setattr__(name, value)

    def _next(self, kind):
        def ask(**how):
            self.asked.append((kind, how))
            return self.answers.pop(0)

        return ask

    def _dialog(self, kind):
        filters = []
        dialog = SimpleNamespace(
            kind=kind,
            Filters=SimpleNamespace(Clear=filters.clear, Add=lambda *answer: filters.append(answer)),
            filters=filters,
            Show=lambda: self.answers[0] is not None,
            SelectedItems=lambda _n: self.answers.pop(0),
        )
        self.asked.append(("dialog", dialog))
        return dialog

    def alert(self, prompt, title, buttons, _mode):
        self.told.append((title, prompt))
        return self.answers.pop(0) if buttons == "yes_no" else "ok"


class Books(list):
    def __init__(self, app, books):
        super().__init__(books)
        self.app = app

    @property
    def active(self):
        return self[0]

    def open(self, path):
        self.app.opened.append(path)


@pytest.fixture(autouse=True)
def log(monkeypatch, tmp_path):
    monkeypatch.setenv("XLKPI_LOG", str(tmp_path / "xlkpi.log"))


def host(app, do=server._do):
    return ExcelHost(app, do)


def test_check_this_return_checks_the_file_in_front_and_opens_the_marked_copy(tmp_path):
    path = tmp_path / "return.xlsm"
    path.write_bytes(stamped(EVERYTHING, "2026-27 Q4", edition="udf"))
    app = Paper(path=str(path))
    assert run(macro_of("check"), host(app)).done
    ((title, message),) = app.told
    assert title == "Check this return"
    assert "to fix" in message
    (marked,) = app.opened
    assert Path(marked).name == "return - checked.xlsm"
    assert app.bars[-1] is False


@pytest.mark.parametrize(
    ("app", "says"),
    [
        (Paper(), "not on this computer yet"),
        (Paper(path="Book1"), "not on this computer yet"),
        (Paper(path="https://x.example/a/b.xlsx"), "not on this computer yet"),
        (Paper(path="/tmp/x.xlsx", saved=False), "changes that are not saved"),
    ],
)
def test_a_workbook_that_cannot_be_checked_is_told_so(app, says):
    outcome = run(macro_of("check"), host(app))
    assert not outcome.done
    assert says in app.told[0][1]


def test_folder_file_text_and_progress_go_through_excel(monkeypatch, tmp_path):
    monkeypatch.setattr(excel_host.os, "startfile", lambda _folder: None, raising=False)
    register = tmp_path / "register.csv"
    register.write_text("provider_id,provider,type,lots,transport\nP1,Ash,SME,1a,no\n", encoding="utf-8")
    app = Paper(str(tmp_path), str(register), "2026-27 Q2", str(tmp_path / "out"))
    assert run(macro_of("build"), host(app)).done
    kinds = [(question.kind if kind == "dialog" else kind) for kind, question in app.asked]
    folder = excel_dialogs.PICK_FOLDER
    assert kinds == [folder, excel_dialogs.PICK_FILE, "text", folder]
    assert app.asked[1][1].filters[0][1].startswith("*.csv")
    assert "KPI: Building returns, 1 of 1" in app.bars
    assert app.bars[-1] is False


@pytest.mark.parametrize(("of", "expected_text"), [(120_000, "50,000 of 120,000"), (0, "50,000")])
def test_how_far_it_is_never_names_an_end_that_nobody_knows(of, expected_text):
    app = SimpleNamespace(status_bar=None)
    server._show(app, "Reading the ledger", 50_000, of)
    assert app.status_bar == f"KPI: Reading the ledger, {expected_text}"


def test_a_cancelled_dialog_does_nothing():
    app = Paper(None)
    outcome = run(macro_of("consolidate"), host(app))
    assert (outcome.done, app.told) == (False, [("Consolidate folder", "Nothing was done.")])
    assert WindowsDialogs(Paper(False).api).text("Which?", "") is None
    assert WindowsDialogs(Paper(False).api).save("Where?", "x.xlsx") is None


def test_a_file_is_written_over_only_after_a_yes(tmp_path):
    there = tmp_path / "master.xlsx"
    there.touch()
    without_ending = str(there)[: -len(".xlsx")]
    for answer, wanted in (("yes", str(there)), ("no", None)):
        app = Paper(without_ending, answer)
        assert host(app).ask_save("Save the master as", "master.xlsx") == wanted
        assert app.told == [("Save the master as", "master.xlsx exists already. Replace it?")]
    assert host(Paper(str(tmp_path / "new"))).ask_save("Save", "x") == str(tmp_path / "new.xlsx")


def test_explain_takes_the_code_of_the_selected_row():
    app = Paper(path="/tmp/x.xlsx", row=("KPI S2", 3.0, None, "text"))
    assert run(macro_of("explain"), host(app)).done
    assert "KPI S2" in app.told[0][1]


def test_a_bug_is_logged_and_said(monkeypatch, tmp_path):
    monkeypatch.setenv("XLKPI_LOG", str(tmp_path / "xlkpi.log"))

    def broken(_app, _job, _answers):
        raise ZeroDivisionError

    app = Paper(path=str(tmp_path / "x.xlsx"))
    assert not run(macro_of("check"), host(app, broken)).done
    assert str(tmp_path / "xlkpi.log") in app.told[0][1]
    assert "ZeroDivisionError" in (tmp_path / "xlkpi.log").read_text(encoding="utf-8")


def test_the_status_bar_is_given_back_also_when_a_job_fails():
    app = Paper()
    with pytest.raises(KeyError):
        server._do(app, "no such job", {})
    assert app.bars == [False]


def test_a_workbook_in_onedrive_is_found_in_its_folder(tmp_path):
    there = tmp_path / "KPI" / "return one.xlsx"
    there.parent.mkdir()
    there.touch()
    address = "https://kcc-my.sharepoint.example/personal/ann/Documents/KPI/return%20one.xlsx"
    assert local_copy(address, {"OneDriveCommercial": str(tmp_path)}) == str(there)
    assert local_copy(address, {}) == ""
    assert local_copy("https://x.example/../../return one.xlsx", {"OneDrive": str(there.parent)}) == ""
    other = tmp_path / "other" / "KPI" / "return one.xlsx"
    other.parent.mkdir(parents=True)
    other.touch()
    both = {"OneDriveCommercial": str(tmp_path), "OneDriveConsumer": str(tmp_path / "other")}
    assert local_copy(address, both) == ""


def test_run_macro_runs_it_in_the_excel_that_called(monkeypatch):
    app = Paper(path="/tmp/x.xlsx", row=("INFO W1",))
    monkeypatch.setattr(server, "_application", lambda: app)
    server.run_macro("explain")
    assert app.told
    with pytest.raises(KeyError):
        server.run_macro("__import__")


def test_on_a_mac_texts_never_become_script(monkeypatch):
    asked = []

    def osascript(command, **_how):
        asked.append(command)
        return SimpleNamespace(returncode=0, stdout="/Volumes/KPI/x/\n")

    monkeypatch.setattr(excel_dialogs.subprocess, "run", osascript)
    dialogs = MacDialogs()
    hostile = 'x" & (do shell script "y") & "'
    assert dialogs.folder(hostile) == "/Volumes/KPI/x/"
    dialogs.file(hostile, (".csv", ".xlsx"))
    dialogs.save(hostile, "/a/b.xlsx")
    dialogs.text(hostile, "2026-27 Q2")
    for program, flag, script, *texts in asked:
        assert (program, flag) == ("osascript", "-e")
        assert hostile not in script
        assert texts[0] == hostile
    monkeypatch.setattr(excel_dialogs.subprocess, "run", lambda *_a, **_k: SimpleNamespace(returncode=1, stdout=""))
    assert dialogs.folder("x") is None


def test_a_folder_opens_in_the_file_manager_and_a_workbook_in_excel(monkeypatch, tmp_path):
    started = []
    monkeypatch.setattr(excel_host.os, "startfile", started.append, raising=False)
    app = Paper()
    host(app, lambda *_a: Outcome("")).open(str(tmp_path))
    host(app).open(str(tmp_path / "x.xlsx"))
    assert (started, app.opened) == ([str(tmp_path)], [str(tmp_path / "x.xlsx")])
