"""A Mac spells é as e and an accent: both are one name, in decisions, for providers and in `decide`."""

from __future__ import annotations

import unicodedata

import pytest

from tests.council.decision_builders import about_file, log_of
from xlkpi.commands.decide import decide
from xlkpi.consolidation.apply_decisions import apply_decisions
from xlkpi.core.lot import fold_name
from xlkpi.errors import UnreadableFile

COMPOSED = "KPI return 2026-27 Q4 - Oak & Ash Café CIC.xlsx"
APART = unicodedata.normalize("NFD", COMPOSED)
SPELLINGS = (COMPOSED, APART)


def log(file, sha256=""):
    return log_of(about_file(file, sha256=sha256))


@pytest.mark.parametrize("named", SPELLINGS)
@pytest.mark.parametrize("there", SPELLINGS)
def test_a_decision_finds_its_file(named, there):
    applied = apply_decisions(log(named), {there: "a" * 64, "test.xlsx": "b" * 64})
    assert list(applied.by_file) == [there]
    assert applied.findings == ()


def test_doubled_spaces_in_a_files_name_are_found_too():
    applied = apply_decisions(log("return of Ann.xlsx"), {"return  of Ann.xlsx": "a" * 64})
    assert list(applied.by_file) == ["return  of Ann.xlsx"]


def test_a_decision_about_other_content_of_that_name_says_so():
    applied = apply_decisions(log(COMPOSED, "c" * 64), {APART: "a" * 64})
    assert [each.finding.code.name for each in applied.findings] == ["DECISION_CHANGED"]


@pytest.mark.parametrize("named", SPELLINGS)
@pytest.mark.parametrize("there", SPELLINGS)
def test_decide_finds_the_file_and_writes_its_content(named, there, tmp_path):
    inbox = tmp_path / "inbox"
    (inbox / "May").mkdir(parents=True)
    (inbox / "May" / there).write_bytes(b"a return")
    recorded = decide("use", folder=inbox, file=f"May/{named}", why="The other was a test", by="Ada")
    assert recorded.decision.file == f"May/{there}"
    assert len(recorded.decision.value) == 64


def test_decide_still_says_when_there_is_no_such_file(tmp_path):
    (tmp_path / "inbox").mkdir()
    with pytest.raises(UnreadableFile, match="does not exist"):
        decide("use", folder=tmp_path / "inbox", file=APART, why="w", by="Ada")


def test_a_provider_is_known_by_its_name_in_a_files_name():
    assert fold_name(APART) == fold_name(COMPOSED)
    assert fold_name("Oak  &\xa0Ash") == fold_name("oak & ash")
    assert fold_name("e\u0301" * 5_000) == "e\u0301" * 5_000
