"""What a master keeps: rows that other systems rely on, and the two decisions an officer can take."""

from __future__ import annotations

import dataclasses
from datetime import date

from xlkpi.core.records import ActionPlanRecord, DataRow, FileAction, FileDecision

COLUMNS = (
    "period provider_id provider section indicator x y outturn state rag rag_as_written reading target gap comment "
    "file sha256 sheet x_cell y_cell template"
)


PLAN = "period provider_id provider indicator outturn on rag issue action outcomes timescale file sheet row progress new_timescale timescales"
"""Appendix A: indicator, current performance level and date, issue, action, expected outcomes, timescale."""


def test_its_fields_are_the_columns_of_data_in_their_order():
    names = " ".join(field.name for field in dataclasses.fields(DataRow))
    assert names == COLUMNS, "scripts rely on the columns of Data: put a new one last, here and in the sheet"


def test_a_plan_holds_every_column_of_appendix_a():
    assert " ".join(field.name for field in dataclasses.fields(ActionPlanRecord)) == PLAN


def test_a_file_is_used_or_set_aside():
    assert [action.value for action in FileAction] == ["use", "set aside"]


def test_a_decision_says_which_content_it_is_about():
    decision = FileDecision("a.xlsx", "f" * 64, FileAction.USE, "Jane Roe", date(2026, 11, 2), "agreed", 2)
    assert {decision, FileDecision("a.xlsx", "e" * 64, FileAction.USE, "Jane Roe", date(2026, 11, 2), "agreed", 2)} != {
        decision
    }
