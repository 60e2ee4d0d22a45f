"""Templates stay for whoever builds again, as many as fit, and never those of another contract."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import pytest

from tests.small_catalogue import small_catalogue
from xlkpi.core.lot import Provider
from xlkpi.core.period import Period
from xlkpi.layout.plan import make_return_key
from xlkpi.writing.returns import template
from xlkpi.writing.returns.template import template_of

ASH = Provider("P1", "Ash")
CATALOGUE = small_catalogue()


@pytest.fixture(autouse=True)
def nothing_kept():
    template._template.cache_clear()


def key_of(quarter):
    return make_return_key(CATALOGUE, ASH, Period(2026, quarter))


def test_a_template_is_made_once_for_a_catalogue():
    changed = replace(CATALOGUE)
    first = template_of(CATALOGUE, key_of(4))
    assert template_of(CATALOGUE, key_of(4)) is first
    assert template_of(changed, key_of(4)) is not first, "targets may have changed, and the version has not"
    assert template_of(CATALOGUE, key_of(4)).base == first.base


def test_those_used_last_stay(monkeypatch):
    monkeypatch.setattr(template, "_template", lru_cache(maxsize=2)(template._template.__wrapped__))
    first, second = template_of(CATALOGUE, key_of(1)), template_of(CATALOGUE, key_of(2))
    assert template_of(CATALOGUE, key_of(1)) is first
    template_of(CATALOGUE, key_of(3))
    assert template_of(CATALOGUE, key_of(1)) is first
    assert template_of(CATALOGUE, key_of(2)) is not second
