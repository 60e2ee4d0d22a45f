"""formulon, a third engine, recalculates native workbooks: what it finds is what the file says and the oracle wants."""

from __future__ import annotations

import pytest

from tests.judge.engine_workbooks import oracle_faults, workbooks
from tests.judge.more_engines import by_formulon, cached, differences

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("formulon")]  # the engine is compiled once
BOOKS = {book.name: book for book in workbooks()}


@pytest.mark.parametrize("name", BOOKS)
def test_recalculated_is_cached_is_the_oracles(name):
    book = BOOKS[name]
    wanted = cached(book.content)
    assert len(wanted) >= 30
    values = by_formulon(book.content)
    assert differences(values, wanted)[:5] == []
    assert oracle_faults(book, values)[:5] == []


def test_a_result_that_differs_is_seen():
    values = dict(cached(BOOKS["filled, effective"].content))
    place = next(place for place, value in values.items() if value == "Green")
    assert differences({**values, place: "Red"}, values) == [(place, "Red", "Green")]
    assert differences({place: None}, {place: ""}) == []
    assert differences({place: True}, {place: 1.0}) != []
