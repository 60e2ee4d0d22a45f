"""Commands as they are mistyped: what is read stays as it is, nothing ends in a traceback, and the status tells."""

from __future__ import annotations

import json
import os

import openpyxl
import pytest

from tests.acceptance.officer.officer_command import ordered
from tests.corpus.many_returns import filled, providers

WHO = providers(3)
REGISTER = "provider_id,provider,type,lots,transport\n" + "".join(
    f"{provider.provider_id},{provider.name},SME,{';'.join(provider.lots)},{'yes' if provider.transport else 'no'}\n"
    for provider in WHO
)
OURS = ("master.xlsx", "Data.csv", "Data.parquet", "Findings.csv", "Findings.parquet")


@pytest.fixture
def desk(tmp_path):
    """A folder with an inbox of two returns, an empty one, and a register of three providers."""
    (tmp_path / "inbox").mkdir()
    (tmp_path / "empty").mkdir()
    for provider in WHO[:2]:
        (tmp_path / "inbox" / f"{provider.provider_id}.xlsx").write_bytes(filled(provider, 1)[0])
    (tmp_path / "register.csv").write_text(REGISTER, encoding="utf-8")
    return tmp_path


def test_a_return_is_never_written_over(desk):
    path = desk / "inbox" / f"{WHO[0].provider_id}.xlsx"
    before = path.read_bytes()
    for inbox in ("inbox", f"inbox/{path.name}"):
        done = ordered(desk, "consolidate", inbox, "--out", f"inbox/{path.name}")
        assert done.returncode == 4
        assert f"{path.name} was not written (it is a file of the inbox)." in done.stderr
        assert path.read_bytes() == before


@pytest.mark.parametrize("option", ["--register", "--previous", "--decisions"])
def test_no_named_input_is_written_over(desk, option):
    assert ordered(desk, "consolidate", "inbox", "--out", "named.xlsx").returncode == 0
    before = (desk / "named.xlsx").read_bytes()
    done = ordered(desk, "consolidate", "inbox", "--out", "named.xlsx", option, "named.xlsx")
    assert done.returncode == 4
    assert "named.xlsx was not written (it is one of the files to read)." in done.stderr
    assert (desk / "named.xlsx").read_bytes() == before


def test_a_master_in_the_inbox_is_written_again_and_our_own_files_are_no_returns(desk):
    where = ("--out", "inbox/master.xlsx", "--data", "inbox", "--register", "inbox/register.csv", "--json")
    (desk / "register.csv").rename(desk / "inbox" / "register.csv")
    for _ in range(2):
        done = ordered(desk, "consolidate", "inbox", *where)
        assert done.returncode == 1, done.stderr  # one is missing
        document = json.loads(done.stdout)
        assert (document["found"], document["used"], document["missing"]) == (2, 2, [WHO[2].provider_id])
    assert {path.name for path in (desk / "inbox").iterdir()} >= set(OURS)


@pytest.mark.parametrize("name", ["master", "master.csv", "master.xlsm", "register.csv"])
def test_a_master_is_named_so_that_excel_opens_it(desk, name):
    done = ordered(desk, "consolidate", "inbox", "--out", name)
    assert done.returncode == 2
    assert f"“{name}” does not end in .xlsx" in done.stderr
    assert (desk / name).exists() == (name == "register.csv")
    assert (desk / "register.csv").read_text(encoding="utf-8") == REGISTER


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "24/13/2026", "tomorrow", ""])
@pytest.mark.parametrize("order", [("consolidate", "inbox", "--as-of"), ("feedback", "inbox", "--answer-by")])
def test_a_day_that_cannot_be_meant(desk, order, day):
    done = ordered(desk, *order, day, "--out", "out.xlsx")
    assert done.returncode == 2
    assert f"“{day}”" in done.stderr
    assert not (desk / "out.xlsx").exists()


def test_an_empty_inbox_does_not_say_that_nobody_is_missing(desk):
    done = ordered(desk, "consolidate", "empty", "--out", "m.xlsx", "--register", "register.csv")
    assert done.returncode == 1
    assert "Missing: not known" in done.stdout
    book = openpyxl.load_workbook(desk / "m.xlsx")
    text = "no file is a return, so the period is not known."
    assert book["Missing"]["B2"].value == f"Not known: {text}"
    assert f"Missing returns are not known: {text}" in {row[1].value for row in book["About"].iter_rows()}
    order = ("consolidate", "empty", "--out", "m.xlsx", "--register", "register.csv", "--period", "2026-27 Q2")
    done = ordered(desk, *order)
    assert f"Missing: {', '.join(provider.provider_id for provider in WHO)}" in done.stdout


@pytest.mark.parametrize("named", ["../register.csv", "{desk}/register.csv"])
def test_a_decision_is_about_a_file_of_the_inbox(desk, named):
    done = ordered(desk, "decide", "inbox", named.format(desk=desk), "--use", "--why", "agreed")
    assert done.returncode == 2
    assert "register.csv is not in inbox." in done.stderr
    assert not (desk / "inbox decisions.csv").exists()


def test_a_decision_may_name_the_file_in_any_way(desk):
    name = f"{WHO[0].provider_id}.xlsx"
    for named in (name, desk / "inbox" / name, f"../inbox/{name}"):
        done = ordered(desk, "decide", "inbox", named, "--set-aside", "--why", "agreed")
        assert done.returncode == 0, done.stderr
        assert done.stdout.startswith(f"{name}: set aside")


def test_a_register_without_columns_is_an_input_that_cannot_be_read(desk):
    (desk / "other.csv").write_text("name,town\nA,B\n", encoding="utf-8")
    for option in ("--register", "--decisions"):
        done = ordered(desk, "consolidate", "inbox", "--out", "m.xlsx", option, "other.csv")
        assert done.returncode == 3
        assert not (desk / "m.xlsx").exists()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_in_the_inbox_keeps_nobody_waiting(desk):
    os.mkfifo(desk / "inbox" / "pipe.xlsx")
    done = ordered(desk, "consolidate", "inbox", "--out", "m.xlsx", "--json")
    assert json.loads(done.stdout)["set_aside"] == 1


def test_decisions_count_however_the_inbox_is_named(desk):
    name = f"{WHO[0].provider_id}.xlsx"
    (desk / "inbox" / "sub").mkdir()
    ordered(desk, "decide", "inbox/sub/..", name, "--set-aside", "--why", "agreed")
    assert (desk / "inbox decisions.csv").exists()
    for where, inbox in ((desk, "inbox"), (desk / "inbox", "."), (desk / "inbox" / "sub", "..")):
        done = ordered(where, "consolidate", inbox, "--out", desk / "out" / "m.xlsx", "--json")
        assert json.loads(done.stdout)["set_aside"] == 1, inbox


def test_decisions_named_count_for_the_master_and_for_feedback_alike(desk):
    kept_folder = desk / "kept" / "ours.csv"
    name = f"{WHO[0].provider_id}.xlsx"
    ordered(desk, "decide", "inbox", name, "--set-aside", "--why", "agreed", "--decisions", kept_folder)
    given = ("--register", "register.csv", "--decisions", kept_folder)
    ordered(desk, "consolidate", "inbox", "--out", "m.xlsx", *given)
    for source, out, more in (("m.xlsx", "of master", given[:2]), ("inbox", "of folder", given)):
        order = ("--out", out, "--answer-by", "2026-12-08", "--without-pdf", *more)
        assert ordered(desk, "feedback", source, *order).returncode == 1
    written = {path.name: path.read_bytes() for path in (desk / "of master").iterdir()}
    assert written == {path.name: path.read_bytes() for path in (desk / "of folder").iterdir()}
    (reminder,) = [text.decode() for file, text in written.items() if "reminder" in file and WHO[0].provider_id in file]
    assert f"- “{name}” is set aside: agreed. Send the return you want us to use." in reminder
