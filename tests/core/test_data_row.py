"""The rows that other systems rely on."""

from __future__ import annotations

import dataclasses

from xlkpi.core.data_row import DataRow
from xlkpi.core.plan_line import PlanLine

COLUMNS = (
    "period provider_id provider section indicator x y outturn state rag rag_as_written reading target gap comment "
    "file sha256 sheet x_cell y_cell template"
)


PLAN = "period provider_id provider indicator outturn on rag issue action outcomes timescale file sheet row"
"""Appendix A: indicator, current performance level and date, issue, action, expected outcomes, timescale."""


def test_its_fields_are_the_columns_of_data_in_their_order():
    assert " ".join(field.name for field in dataclasses.fields(DataRow)) == COLUMNS


def test_a_plan_holds_every_column_of_appendix_a():
    assert " ".join(field.name for field in dataclasses.fields(PlanLine)) == PLAN
