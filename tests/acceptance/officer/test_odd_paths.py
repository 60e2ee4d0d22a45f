"""Paths that are empty, in the way, or no text: each told plainly, none taken for another."""

from __future__ import annotations

import sys

import openpyxl
import pytest

from tests.acceptance.officer.officer_command import ordered
from tests.corpus.many_returns import filled, providers
from xlkpi.plain_text import IN_PLACE

WHO = providers(3)
ROWS = (f"{provider.provider_id},{provider.name},{';'.join(provider.lots)}" for provider in WHO)
REGISTER = "\n".join(("provider_id,provider,lots", *ROWS, ""))
MASTER = ("consolidate", "inbox", "--out", "m.xlsx")
BUILD = ("build", "register.csv", "--period", "2026-27 Q2", "--out", "b")
FEEDBACK = ("feedback", "inbox", "--out", "f")
FINANCE = ("finance", "inbox", "--ledger", "register.csv", "--out", "f.xlsx")
CHECK = ("check", "inbox/a.xlsx", "--annotate", "marked")
DECIDE = ("decide", "inbox", "a.xlsx", "--use", "--why", "agreed")


@pytest.fixture
def desk(tmp_path):
    """An inbox with one return of three providers, and their register."""
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "a.xlsx").write_bytes(filled(WHO[0], 1)[0])
    (tmp_path / "register.csv").write_text(REGISTER, encoding="utf-8")
    return tmp_path


def without(order, option):
    """The order with the option's value empty, or the argument in that place."""
    at = order.index(option) + 1 if isinstance(option, str) else option
    return (*order[:at], "", *order[at + 1 :])


def tree(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


@pytest.mark.parametrize(
    ("order", "named"),
    [
        (without(MASTER, 1), "The folder is empty. Name it."),
        (without(MASTER, "--out"), "--out is empty. Name what to write."),
        *(
            ((*MASTER, option, ""), f"{option} is empty. Name it, or leave the option out.")
            for option in ("--register", "--previous", "--data", "--decisions", "--ledger", "--extract")
        ),
        (without(BUILD, 1), "The register is empty. Name it."),
        (without(BUILD, "--out"), "--out is empty. Name what to write."),
        ((*BUILD, "--previous", ""), "--previous is empty. Name it, or leave the option out."),
        ((*BUILD, "--settings", " "), "--settings is empty. Name it, or leave the option out."),
        (without(FEEDBACK, 1), "The first argument is empty. Name the master, or the folder with the returns."),
        (without(FEEDBACK, "--out"), "--out is empty. Name what to write."),
        ((*FEEDBACK, "--register", ""), "--register is empty. Name it, or leave the option out."),
        (without(FINANCE, 1), "The folder is empty. Name it."),
        (without(FINANCE, "--ledger"), "--ledger is empty. Name it, or leave the option out."),
        (without(CHECK, 1), "One of the files is empty. Name each."),
        (without(CHECK, "--annotate"), "--annotate is empty. Name it, or leave the option out."),
        (without(DECIDE, 1), "The folder is empty. Name it."),
        (without(DECIDE, 2), "The file is empty. Name it as the sheet Files has it."),
        (("demo", ""), "The folder is empty. Name it."),
    ],
    ids=lambda value: " ".join(part or "''" for part in value) if isinstance(value, tuple) else None,
)
def test_an_empty_path_is_said_and_nothing_is_read_or_written(desk, order, named):
    before = tree(desk)
    done = ordered(desk, *order)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"xlkpi: {named}\n"
    assert tree(desk) == before


@pytest.mark.parametrize(
    ("order", "expected_text"),
    [
        ((*FEEDBACK[:3], "register.csv"), "register.csv was not written (it is a file, not a folder)."),
        ((*FEEDBACK[:3], "register.csv/a/b"), "b was not written (register.csv is a file, not a folder)."),
        ((*MASTER, "--data", "register.csv"), "register.csv was not written (it is a file, not a folder)."),
        ((*MASTER, "--data", "register.csv/a"), "a was not written (register.csv is a file, not a folder)."),
        ((*MASTER[:3], "register.csv/m.xlsx"), "m.xlsx was not written (register.csv is a file, not a folder)."),
        ((*BUILD[:5], "register.csv"), "register.csv was not written (it is a file, not a folder)."),
        ((*FINANCE[:5], "register.csv/a/f.xlsx"), "f.xlsx was not written (register.csv is a file, not a folder)."),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_a_file_in_a_folders_place_is_named_before_anything_is_done(desk, order, expected_text):
    before = tree(desk)
    done = ordered(desk, *order)
    assert done.returncode == 4
    assert done.stderr == f"xlkpi: {expected_text} Name another folder.\n"
    assert tree(desk) == before
    assert (desk / "register.csv").read_text(encoding="utf-8") == REGISTER


def test_tables_never_take_the_place_of_a_list_that_is_read(desk):
    (desk / "register.csv").rename(desk / "Data.csv")
    done = ordered(desk, *MASTER, "--register", "Data.csv", "--data", ".")
    assert done.returncode == 4
    assert "Data.csv was not written (it is one of the files to read)." in done.stderr
    assert (desk / "Data.csv").read_text(encoding="utf-8") == REGISTER
    assert not (desk / "m.xlsx").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are text on this system")
def test_a_file_whose_name_is_no_text_is_shown_without_a_link_and_can_be_decided_on(desk):
    inbox = bytes(desk / "inbox")
    name = b"caf\xe9.xlsx"
    with open(inbox + b"/" + name, "wb") as file:  # noqa: PTH123 - a path of bytes
        file.write(filled(WHO[1], 1)[0])
    with open(inbox + b"/\xff" + WHO[2].provider_id.encode() + b".xlsx", "wb") as file:  # noqa: PTH123 - as above
        file.write(b"")
    order = (*MASTER, "--register", "register.csv", "--data", "data", "--json")
    assert ordered(desk, *order).returncode == 1
    shown = {f"caf{IN_PLACE}.xlsx": WHO[1].provider_id, f"{IN_PLACE}{WHO[2].provider_id}.xlsx": None}
    book = openpyxl.load_workbook(desk / "m.xlsx")
    files = {row[0].value: row for row in book["Files"].iter_rows(min_row=2)}
    assert files.keys() == {"a.xlsx", *shown}
    assert files["a.xlsx"][1].hyperlink.target == "inbox/a.xlsx"
    for expected_texts, whose in shown.items():
        assert (files[expected_texts][1].value, files[expected_texts][1].hyperlink, files[expected_texts][3].value) == (
            None,
            None,
            whose,
        )
    results = [row for row in book["Findings"].iter_rows(min_row=2) if row[8].value in shown]
    assert results
    assert not [row for row in results if row[5].hyperlink]
    assert (
        f"“{IN_PLACE}{WHO[2].provider_id}.xlsx” (matched to you by its file name) is empty"
        in book["Missing"]["I2"].value
    )
    named = name.decode("utf-8", "surrogateescape")
    done = ordered(desk, "decide", "inbox", named, "--set-aside", "--why", "a test")
    assert done.returncode == 0
    assert done.stdout.startswith(f"caf{IN_PLACE}.xlsx: set aside")
    assert ordered(desk, *order).returncode == 1
    files = {row[0].value: row for row in openpyxl.load_workbook(desk / "m.xlsx")["Files"].iter_rows(min_row=2)}
    assert files[f"caf{IN_PLACE}.xlsx"][2].value == "set aside"
