"""The sheet About says of every sheet of a master what is on it, and which file counts as the contract folder does."""

from __future__ import annotations

import pytest

from xlkpi.sheets.master.about import READING_GUIDE, RULES

SHEETS = (
    "Summary", "Data", "Findings", "Files", "Missing", "Trends", "Trend charts", "Open matters", "Action plans",
    "Escalation", "Monitoring", "Questions", "Contacts", "Decisions", "What changed", "Cross-check", "Readings",
)  # fmt: skip


@pytest.mark.parametrize("sheet", SHEETS)
def test_every_sheet_is_explained(sheet):
    assert sheet in [name for topic, _ in READING_GUIDE for name in topic.split(", ")]


def test_an_officers_decision_goes_before_complete_before_received_before_saved_before_declared():
    text = dict(RULES)["Which file counts"]
    words = ("an officer decided", "complete and declared", "received later", "saved later", "declared later")
    places = [text.index(word) for word in words]
    assert places == sorted(places)
    assert "received" in dict(RULES)["Late"].casefold()
