"""What cells hold, as strategies: counts of every size, and what people type instead."""

from __future__ import annotations

import os

from hypothesis import settings
from hypothesis import strategies as st

from tests.judge.schedule_text import schedule

CODES = tuple(schedule())
READINGS = ("effective", "as written")
ERROR_VALUES = ("#N/A", "#VALUE!", "#REF!", "#DIV/0!", "#NUM!", "#NAME?", "#NULL!")
TYPED = ("12", " 12 ", "12 visits", "1,200", "twelve", "45%", "n/a", "None", "-", "0", "1e3", "=1+1", "é", "½")
SPACES = ("", " ", "   ", "\xa0", " \xa0 ")

small = st.integers(0, 130)
counts = st.one_of(small, st.integers(0, 100_000), st.integers(0, 10**30))
odd = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**12), -1),
    st.floats(allow_nan=True, allow_infinity=True),
    st.sampled_from((*TYPED, *SPACES, *ERROR_VALUES)),
    st.text(st.characters(exclude_categories=("C", "Z")), max_size=12),  # nothing but what can be seen
)
contents = st.one_of(counts, counts.map(float), odd)


def examples(count):
    """So many examples; a tenth of them where a run only looks which lines are taken (tests/house/test_coverage.py)."""
    few = max(20, count // 10)
    return settings(deadline=None, max_examples=few if os.environ.get("XLKPI_FEW_EXAMPLES") else count)
