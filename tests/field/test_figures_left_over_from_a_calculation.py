"""Counts pasted as values from a calculation: 195.99999999999997 shows as 196 everywhere, and is 196."""

from __future__ import annotations

import pytest

from tests.field.returned import check_cell, figures
from tests.reading.return_edits import messages
from xlkpi.council.lists.parse_values import read_whole
from xlkpi.hosts.functions import FUNCTIONS

CALL = {function.name: function.call for function in FUNCTIONS}
RESIDUE = [(195.99999999999997, 196), (28.999999999999996, 29), (7.000000000000001, 7), (35.00000000000001, 35)]


@pytest.mark.parametrize(("stored", "count"), RESIDUE)
def test_in_a_return_it_is_the_whole_number_that_the_sheet_shows(stored, count):
    cell = check_cell("G6", stored)
    assert figures(cell, "KPI S1") == (1, count)
    assert not [message for message in messages(cell) if "whole number" in message]


@pytest.mark.parametrize(("stored", "count"), RESIDUE)
def test_the_functions_say_what_they_say_of_the_whole_number(stored, count):
    for name in ("KPI_OUTTURN", "KPI_RAG", "KPI_CHECK", "KPI_GAP"):
        assert CALL[name]("KPI S1", 1, stored) == CALL[name]("KPI S1", 1, count), name
    assert CALL["KPI_S2"](stored, 1, 0) == CALL["KPI_S2"](count, 1, 0)
    assert (
        CALL["KPI_RAG"]("KPI S1", [[1.0], [1.0]], [[stored], [count]])[0]
        == CALL["KPI_RAG"]("KPI S1", [[1]], [[count]])[0]
    )


@pytest.mark.parametrize(("stored", "count"), RESIDUE)
def test_a_list_reads_the_same(stored, count):
    assert read_whole(repr(stored)) == count


@pytest.mark.parametrize("stored", [7.0000001, 6.999999999, 7.5, 0.30000000000000004])
def test_any_other_fraction_stays_one(stored):
    (message,) = messages(check_cell("F6", stored))
    assert message == f"KPI S1 x is {stored:.15g} (F6). It is a count: enter a whole number."
    with pytest.raises(ValueError, match="whole number"):
        read_whole(repr(stored))
