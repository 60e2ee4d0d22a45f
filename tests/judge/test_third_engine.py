"""formulon, a third engine, recalculates native workbooks: what it finds is what the file says and the oracle wants."""

from __future__ import annotations

import pytest

from tests.judge.engine_workbooks import oracle_faults, workbooks
from tests.judge.more_engines import by_formulon, cached, differences

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("formulon")]  # the engine is compiled once
BOOKS = {name: rest for name, *rest in workbooks()}


@pytest.mark.parametrize("name", BOOKS)
def test_recalculated_is_cached_is_the_oracles(name):
    content, entries, reading = BOOKS[name]
    wanted = cached(content)
    assert len(wanted) >= 30
    values = by_formulon(content)
    assert differences(values, wanted)[:5] == []
    assert oracle_faults(content, values, entries, reading)[:5] == []


def test_a_result_that_differs_is_seen():
    content = BOOKS["filled, effective"][0]
    values = dict(cached(content))
    place = next(place for place, value in values.items() if value == "Green")
    assert differences({**values, place: "Red"}, values) == [(place, "Red", "Green")]
    assert differences({place: None}, {place: ""}) == []
    assert differences({place: True}, {place: 1.0}) != []
