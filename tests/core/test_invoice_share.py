"""KPI S2 in its own words, against shares worked out by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest

from xlkpi.core.invoice_share import share_on_time_and_undisputed


@pytest.mark.parametrize(
    ("submitted", "disputed", "late", "share"),
    [
        (40, 2, 1, Fraction(37, 40)),
        (40.0, 0, 0, Fraction(1)),
        (3, 1, 2, Fraction(0)),
        (10**20, 1, 0, Fraction(10**20 - 1, 10**20)),
        (0, 0, 0, None),
        (3, 2, 2, None),
        (None, 0, 0, None),
        (5, "1", 0, None),
        (5, -1, 0, None),
        (5, 0, 0.5, None),
    ],
)
def test_the_share_on_time_and_undisputed(submitted, disputed, late, share):
    assert share_on_time_and_undisputed(submitted, disputed, late) == share
