"""A Mac spells é as e and an accent: both are one name, in decisions, for providers and in `decide`."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest

from xlkpi.commands.decide import record_decision
from xlkpi.consolidation.apply_decisions import apply_decisions
from xlkpi.core.lot import fold_name
from xlkpi.core.records import FileAction, FileDecision
from xlkpi.errors import UnreadableFile

COMPOSED = "KPI return 2026-27 Q4 - Oak & Ash Café CIC.xlsx"
APART = unicodedata.normalize("NFD", COMPOSED)
SPELLINGS = (COMPOSED, APART)


def decision(file, sha256=""):
    return FileDecision(file, sha256, FileAction.USE, "Ada Officer", date(2027, 5, 1), "The later one was a test", 2)


@pytest.mark.parametrize("named", SPELLINGS)
@pytest.mark.parametrize("there", SPELLINGS)
def test_a_decision_finds_its_file(named, there):
    applied = apply_decisions([decision(named)], {there: "a" * 64, "test.xlsx": "b" * 64})
    assert list(applied.by_file) == [there]
    assert applied.findings == ()


def test_doubled_spaces_in_a_files_name_are_found_too():
    applied = apply_decisions([decision("return of Ann.xlsx")], {"return  of Ann.xlsx": "a" * 64})
    assert list(applied.by_file) == ["return  of Ann.xlsx"]


def test_a_decision_about_other_content_of_that_name_says_so():
    applied = apply_decisions([decision(COMPOSED, "c" * 64)], {APART: "a" * 64})
    assert [one.code.name for one in applied.findings] == ["DECISION_CHANGED"]


@pytest.mark.parametrize("named", SPELLINGS)
@pytest.mark.parametrize("there", SPELLINGS)
def test_decide_finds_the_file_and_writes_its_content(named, there, tmp_path):
    inbox = tmp_path / "inbox"
    (inbox / "May").mkdir(parents=True)
    (inbox / "May" / there).write_bytes(b"a return")
    recorded = record_decision(inbox, f"May/{named}", "use", why="The other was a test", who="Ada")
    assert recorded.decision.file == f"May/{there}"
    assert len(recorded.decision.sha256) == 64


def test_decide_still_says_when_there_is_no_such_file(tmp_path):
    (tmp_path / "inbox").mkdir()
    with pytest.raises(UnreadableFile, match="does not exist"):
        record_decision(tmp_path / "inbox", APART, "use", why="w", who="Ada")


def test_a_provider_is_known_by_its_name_in_a_files_name():
    assert fold_name(APART) == fold_name(COMPOSED)
    assert fold_name("Oak  &\xa0Ash") == fold_name("oak & ash")
    assert fold_name("e\u0301" * 5_000) == "e\u0301" * 5_000
