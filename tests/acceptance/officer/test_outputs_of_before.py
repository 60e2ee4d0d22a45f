"""Promise: a letter or an email of an earlier run that is out of date is named, so that nobody sends it by mistake."""

from __future__ import annotations

import pytest

from tests.acceptance.officer.officer_command import xlkpi
from tests.corpus.many_returns import filled, providers
from xlkpi.commands.outputs_of_before import describe_outputs_of_before
from xlkpi.core.period import Period
from xlkpi.writing.own_outputs import KeptFile

NOW = Period(2026, 2)
OLD = "KPI reminder 2026-27 Q2 - P009 Old.txt"


def test_only_files_of_the_period_that_this_run_has_neither_written_nor_kept_are_named(tmp_path):
    names = (
        "KPI email 2026-27 Q2 - P1 A.txt",
        "KPI email 2026-27 Q1 - P1 A.txt",
        "index.csv",
        "KPI x 2026-27 Q2 - P2 B.txt",
    )
    for name in (*names, OLD):
        (tmp_path / name).touch()
    kept = (KeptFile(tmp_path / names[3], tmp_path / "other"),)
    text = describe_outputs_of_before(tmp_path, NOW, {names[0]}, kept)
    assert text == f"The folder has a file of an earlier run that this one did not make: {OLD}. Do not send old ones."
    assert describe_outputs_of_before(tmp_path, Period(2025, 2), (), ()) == ""
    assert describe_outputs_of_before(tmp_path, None, (), ()) == ""


def test_of_many_the_first_are_named(tmp_path):
    for number in range(7):
        (tmp_path / f"KPI email 2026-27 Q2 - P{number} A.txt").touch()
    text = describe_outputs_of_before(tmp_path, NOW, (), ())
    assert text.startswith("The folder has 7 files of an earlier run")
    assert " and 2 more. " in text


@pytest.mark.parametrize(("command", "options"), [("feedback", ["--without-pdf"]), ("escalate", [])])
def test_the_command_says_so(tmp_path, command, options):
    inbox, out = tmp_path / "inbox", tmp_path / "out"
    inbox.mkdir()
    out.mkdir()
    (who,) = providers(1)
    (inbox / "a.xlsx").write_bytes(filled(who, 1, NOW)[0])
    (out / OLD).touch()
    done = xlkpi(command, inbox, "--out", out, "--period", "2026-27 Q2", "--as-of", "2026-11-24", *options)
    assert OLD in done.stderr, done.stderr
