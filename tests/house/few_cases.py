"""A plugin of pytest: of each dear test with cases, only some, spread over all; few examples of those that search.

    python -m pytest -p tests.house.few_cases --hypothesis-profile=few

For a run that looks which lines are taken: the cases of a test nearly all take the same ones.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from hypothesis import settings

if TYPE_CHECKING:
    import pytest

CASES = {"core": 12, "catalogue": 20, "layout": 2}
"""So many of each test, by folder: a case of layout plans a whole return."""

settings.register_profile("few", deadline=None, max_examples=5)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out all but so many cases of each test, the first and the last among those that stay."""
    tests = defaultdict(list)
    for item in items:
        tests[item.nodeid.partition("[")[0]].append(item)
    chosen = {item.nodeid for cases in tests.values() for item in spread(cases, CASES.get(cases[0].path.parent.name))}
    items[:] = [item for item in items if item.nodeid in chosen]


def spread(cases: list[pytest.Item], count: int | None) -> list[pytest.Item]:
    """Choose so many of the cases, as far apart as possible; all without a count."""
    last, most = len(cases) - 1, min(count or len(cases), len(cases)) - 1
    return [cases[number * last // most] for number in range(most + 1)] if most else cases
