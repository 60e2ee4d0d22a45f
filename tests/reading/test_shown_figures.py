"""A figure that is not a share, shown by the format of its cell: as it is, or rounded to other figures."""

from __future__ import annotations

import pytest

from xlkpi.core.vocabulary import OutturnRule
from xlkpi.reading.returns.shown_figures import ROUNDED, shown_otherwise


@pytest.mark.parametrize(
    ("code", "number", "shown"),
    [
        ("0.0", 12.5, ""), ("0.0", 12.25, ROUNDED), ("0", 12.5, ROUNDED), ("0", 195.99999999999997, ""),
        ("£#,##0.0", 12.5, ""), ("£#,##0", 12.5, ROUNDED), ("0.00", 12.345, ""), ("0", 1e300, ""),
        ("General", 12.345, ""),
    ],
)  # fmt: skip
def test_only_a_format_that_shows_other_figures_is_named(code, number, shown):
    assert shown_otherwise(code, number, OutturnRule.AMOUNT) == shown
