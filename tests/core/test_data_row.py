"""The row that other systems rely on."""

from __future__ import annotations

import dataclasses

from xlkpi.core.data_row import DataRow

COLUMNS = (
    "period provider_id provider section indicator x y outturn state rag rag_as_written reading target gap comment "
    "file sha256 sheet x_cell y_cell template"
)


def test_its_fields_are_the_columns_of_data_in_their_order():
    assert " ".join(field.name for field in dataclasses.fields(DataRow)) == COLUMNS
