"""The two decisions an officer can take, in the words of the list beside the inbox."""

from __future__ import annotations

from datetime import date

from xlkpi.core.decision import Action, Decision


def test_a_file_is_used_or_set_aside():
    assert [action.value for action in Action] == ["use", "set aside"]


def test_a_decision_says_which_content_it_is_about():
    one = Decision("a.xlsx", "f" * 64, Action.USE, "Jane Roe", date(2026, 11, 2), "agreed", 2)
    assert {one, Decision("a.xlsx", "e" * 64, Action.USE, "Jane Roe", date(2026, 11, 2), "agreed", 2)} != {one}
