"""A pipe or a device under the name of a file: never opened, because reading it would never end; and large ones."""

from __future__ import annotations

import inspect
import os
import sys
from pathlib import Path

import pytest

from tests.council.register_files import csv_of
from tests.reading.return_edits import clean
from tests.small_catalogue import folder_files
from xlkpi import consolidate
from xlkpi.cli.main import main
from xlkpi.commands.check import CheckRequest, check_files
from xlkpi.commands.letter_templates import TEMPLATE_NAMES, read_templates
from xlkpi.consolidation.result import FileStatus
from xlkpi.council.catalogue_folder import find_catalogue_faults
from xlkpi.council.contract_folder import ContractFolder
from xlkpi.council.list_files import files_within
from xlkpi.council.lists.list_parts import file_digest, list_parts
from xlkpi.council.read_toml import read_toml
from xlkpi.errors import Unreadable, UnreadableFile
from xlkpi.ooxml import plain_file
from xlkpi.ooxml.plain_file import read_plain
from xlkpi.problem_log import NO_LOG, log
from xlkpi.reading.returns.seal_key import read_key
from xlkpi.writing.own_outputs import OutputWriter

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
HUGE = 60 << 30


def pipe(path):
    os.mkfifo(path)


def endless(path):
    path.symlink_to("/dev/zero")


def huge(path):
    with path.open("wb") as file:
        file.write(b"PK\x03\x04")
        file.truncate(HUGE)  # it takes no room on the disk


NO_FILES = {"pipe": pipe, "device": endless}


@pytest.mark.parametrize("kind", NO_FILES)
@pytest.mark.parametrize("name", ["p.eml", "p.xlsx"])
def test_one_in_the_inbox_is_set_aside_and_the_others_are_used(tmp_path, kind, name):
    inbox = tmp_path / "in"
    inbox.mkdir()
    (inbox / "good.xlsx").write_bytes(clean())
    NO_FILES[kind](inbox / name)
    result = consolidate(inbox, tmp_path / "m.xlsx", keep=False, jobs=1).consolidation
    (row,) = [row for row in result.files if row.status is FileStatus.SET_ASIDE]
    assert result.used == 1
    assert "is a folder or a device, not a file" in row.why


@pytest.mark.parametrize("kind", NO_FILES)
def test_one_that_is_named_to_check_is_a_finding(tmp_path, capsys, kind):
    for name in ("p.eml", "p.xlsx"):
        NO_FILES[kind](tmp_path / name)
        assert main(["check", str(tmp_path / name)]) == 3
    assert capsys.readouterr().out.count("is a folder or a device, not a file") == 2


@pytest.mark.parametrize("read", [read_plain, read_key, file_digest, read_toml, lambda path: list(list_parts(path))])
@pytest.mark.parametrize("kind", NO_FILES)
def test_one_that_is_named_as_a_key_a_list_or_settings_is_refused(tmp_path, kind, read):
    NO_FILES[kind](tmp_path / "named")
    with pytest.raises(UnreadableFile) as caught:
        read(tmp_path / "named")
    assert caught.value.reason is Unreadable.NOT_A_FILE


@pytest.mark.parametrize("make", [*NO_FILES.values(), huge])
def test_one_in_a_catalogue_folder_is_a_fault_of_that_file(tmp_path, make):
    for name, data in folder_files().items():
        (tmp_path / name).write_text(data, encoding="utf-8")
    make(tmp_path / "2099-00.1.json")
    (fault,) = find_catalogue_faults(tmp_path)
    assert fault.startswith("2099-00.1.json: it ")


def test_a_template_and_a_list_of_60_gigabytes_are_refused_by_their_size(tmp_path):
    (tmp_path / "templates").mkdir()
    huge(tmp_path / "templates" / TEMPLATE_NAMES[0])
    huge(tmp_path / "ledger.xlsx")
    for read in (lambda: read_templates(ContractFolder(tmp_path)), lambda: list(list_parts(tmp_path / "ledger.xlsx"))):
        with pytest.raises(UnreadableFile) as caught:
            read()
        assert caught.value.reason is Unreadable.TOO_LARGE


def test_a_list_that_is_a_workbook_is_refused_by_its_size_before_it_is_in_memory(tmp_path):
    with (tmp_path / "ledger.xlsx").open("wb") as file:
        file.write(b"PK\x03\x04")
        file.truncate(3 << 30)
    with pytest.raises(UnreadableFile, match="too large to open safely: it has 3072 MB"):
        list(list_parts(tmp_path / "ledger.xlsx"))


def test_a_file_of_60_gigabytes_in_the_place_of_an_output_is_not_looked_through(tmp_path):
    huge(tmp_path / "m.xlsx")
    assert OutputWriter().write(tmp_path / "m.xlsx", b"x").name == "m (2).xlsx"


def test_a_log_and_a_record_of_outputs_that_are_pipes_stop_nothing(tmp_path, monkeypatch):
    for name in ("XLKPI_LOG", "XLKPI_OUTPUTS"):
        pipe(tmp_path / name)
        monkeypatch.setenv(name, str(tmp_path / name))
    for number in range(2):
        OutputWriter().write(tmp_path / "m.xlsx", b"%d" % number)
    assert {path.name for path in tmp_path.glob("m*")} == {"m.xlsx", "m (2).xlsx"}
    assert log(ValueError("x"), "a test") == NO_LOG


def test_a_file_that_grows_while_it_is_read_is_refused(tmp_path, monkeypatch):
    (tmp_path / "a").write_bytes(b"x" * 20)
    monkeypatch.setattr(plain_file, "size_of_plain", lambda _: 5)
    with pytest.raises(UnreadableFile) as caught:
        read_plain(tmp_path / "a", 10)
    assert caught.value.reason is Unreadable.TOO_LARGE


@pytest.mark.parametrize("option", ["--register", "--decisions", "--previous", "--ledger", "--extract", "--data"])
def test_a_name_longer_than_any_file_has_is_no_crash(tmp_path, capsys, option):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "good.xlsx").write_bytes(clean())
    arguments = ["consolidate", str(tmp_path / "in"), "--out", str(tmp_path / "m.xlsx"), "--jobs", "1", "--no-cache"]
    assert main([*arguments, option, str(tmp_path / ("n" * 300))]) in (1, 3, 4)
    assert "stopped unexpectedly" not in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [["check", "{}"], ["check", "{}*"], ["build", "{}", "--period", "2026-27 Q2", "--out", "o"],
     ["key", "--import", "{}"], ["catalogue", "check", "{}"], ["catalogue", "example", "{}"], ["new", "{}"],
     ["key", "--export", "{}"],
     ["feedback", "{}", "--out", "o"], ["finance", "{}", "--ledger", "{}", "--out", "f.xlsx"]],
)  # fmt: skip
def test_such_a_name_is_no_crash_of_any_command(tmp_path, monkeypatch, capsys, arguments):
    monkeypatch.chdir(tmp_path)
    assert main([argument.format("n" * 300) for argument in arguments]) in (2, 3, 4)
    assert "stopped unexpectedly" not in capsys.readouterr().err


LONG = "n" * 300


@pytest.mark.parametrize(
    "arguments",
    [["build", "r.csv", "--period", "2026-27 Q2", "--out", LONG], ["consolidate", "in", "--out", f"{LONG}.xlsx"],
     ["consolidate", "in", "--out", f"{LONG}/m.xlsx"], ["consolidate", "in", "--out", "m.xlsx", "--data", LONG],
     ["finance", "in", "--ledger", "l.csv", "--out", f"{LONG}.xlsx"], ["feedback", "in", "--out", LONG],
     ["escalate", "in", "--out", LONG], ["check", "in/good.xlsx", "--annotate", LONG], ["new", LONG], ["demo", LONG],
     ["decide", "--workbook", f"{LONG}.xlsx"], ["sbom", "--licences", "--out", LONG], ["key", "--export", LONG],
     ["catalogue", "example", LONG]],
)  # fmt: skip
def test_such_a_name_of_an_output_is_one_that_cannot_be_written(tmp_path, monkeypatch, capsys, arguments):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XLKPI_KEY", str(tmp_path / "key"))
    Path("key").write_text("00" * 32, encoding="ascii")
    Path("in").mkdir()
    Path("in/good.xlsx").write_bytes(clean())
    assert main(arguments) == 4
    assert "was not written (file name too long)" in capsys.readouterr().err.lower()


def test_the_longest_names_of_returns_are_shortened_for_their_marked_copies(tmp_path):
    names = [f"{'é' * 120}{number}.xlsx" for number in (1, 2)]
    for name in names:
        (tmp_path / name).write_bytes(clean())
    first, second = check_files(CheckRequest(tuple(str(tmp_path / name) for name in names), str(tmp_path / "o"))).copies
    assert first.path.name.startswith("é" * 100)
    assert first.path.name.endswith(" - checked.xlsx")
    assert first.path.name != second.path.name
    assert "(2)" not in second.path.name


@pytest.mark.parametrize("name", ["register.csv", "decisions.csv"])
@pytest.mark.parametrize("make", [*NO_FILES.values(), lambda path: path.symlink_to("/not/connected/list.csv")])
def test_a_list_that_is_none_is_no_empty_contract(tmp_path, capsys, monkeypatch, make, name):
    assert main(["new", str(tmp_path / "k")]) == 0
    monkeypatch.chdir(tmp_path / "k")
    Path(name).unlink()
    make(Path(name))
    assert main(["status"]) == 3
    assert name in capsys.readouterr().err


def test_a_file_of_a_list_that_leads_nowhere_is_named(tmp_path):
    (tmp_path / "ledger").mkdir()
    (tmp_path / "ledger" / "may.csv").symlink_to("/not/connected/may.csv")
    with pytest.raises(UnreadableFile, match=r"may\.csv does not exist"):
        list(list_parts(*files_within(tmp_path / "ledger")))


def test_a_folder_of_a_list_may_be_deeper_than_functions_may_call_each_other(tmp_path):
    register = csv_of(tmp_path, "P001,Oak,1a,no", header="provider_id,provider,lots,transport")
    tmp_path.joinpath(*("a" * 200)).mkdir(parents=True)
    usual = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack(0)) + 100)
    try:
        assert files_within(tmp_path) == (register,)
    finally:
        sys.setrecursionlimit(usual)
