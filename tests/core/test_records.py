"""What a master keeps: rows that other systems rely on, and the figures that officers agreed."""

from __future__ import annotations

import dataclasses
from datetime import date
from fractions import Fraction

from xlkpi.core.assess import Assessment
from xlkpi.core.period import Period
from xlkpi.core.records import ActionPlanRecord, AgreedFigures, DataRow, list_timescales
from xlkpi.core.vocabulary import Rag, Reading, State

COLUMNS = (
    "period provider_id provider section indicator x y outturn state rag rag_as_written reading target gap comment "
    "file sha256 sheet x_cell y_cell template agreed stretch"
)


PLAN = (
    "period provider_id provider indicator outturn on rag issue action outcomes timescale file sheet row "
    "progress new_timescale timescales"
)
"""Appendix A: indicator, current performance level and date, issue, action, expected outcomes, timescale."""


def test_its_fields_are_the_columns_of_data_in_their_order():
    names = " ".join(field.name for field in dataclasses.fields(DataRow))
    assert names == COLUMNS, "scripts rely on the columns of Data: put a new one last, here and in the sheet"


def test_a_plan_holds_every_column_of_appendix_a():
    assert " ".join(field.name for field in dataclasses.fields(ActionPlanRecord)) == PLAN


ROW = DataRow(
    Period(2026, 2), "P001", "Willow", "All lots", "KPI S2", 0, 12, Fraction(1), State.GREEN, Rag.GREEN, Rag.RED,
    Reading.EFFECTIVE, ">95%", 0, "", "a.xlsx", "f" * 64, "All lots", "F7", "G7", "2026-27.1",
)  # fmt: skip
RED = Assessment(State.RED, Fraction(2, 3), Rag.RED, "")
IN_FORCE = ("x_in_force", "y_in_force", "outturn_in_force", "state_in_force", "rag_in_force", "gap_in_force")


def test_what_was_returned_is_in_force_until_figures_are_agreed():
    assert [getattr(ROW, name) for name in IN_FORCE] == [0, 12, Fraction(1), State.GREEN, Rag.GREEN, 0]
    agreed = AgreedFigures(4, 12, "Jane Roe", date(2026, 11, 2), "seen the invoices", RED, -4)
    row = dataclasses.replace(ROW, agreed=agreed)
    assert [getattr(row, name) for name in IN_FORCE] == [4, 12, Fraction(2, 3), State.RED, Rag.RED, -4]
    assert (row.x, row.y, row.rag) == (0, 12, Rag.GREEN)


def test_a_plan_is_re_dated_only_by_another_timescale():
    assert list_timescales(("", "31 March 2027", " 31  March 2027", " ", "May 2027")) == ("31 March 2027", "May 2027")
    assert list_timescales(()) == ()
