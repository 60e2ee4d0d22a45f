"""What a cell of x or y is taken for."""

from __future__ import annotations

import pytest
from hypothesis import given

from tests.core.cell_contents import contents, examples
from tests.judge.oracle import is_empty, whole
from xlkpi.core.cell_count import Count, CountKind, read_count

KINDS = [
    (None, CountKind.EMPTY, 0, ""),
    ("", CountKind.EMPTY, 0, ""),
    (" \xa0 ", CountKind.EMPTY, 0, ""),
    (0, CountKind.WHOLE, 0, "0"),
    (-0.0, CountKind.WHOLE, 0, "0"),
    (12, CountKind.WHOLE, 12, "12"),
    (12.0, CountKind.WHOLE, 12, "12"),
    (1e21, CountKind.WHOLE, 10**21, "1" + "0" * 21),
    ("12", CountKind.TEXT, 0, "12"),
    ("½", CountKind.TEXT, 0, "½"),
    ("\u200b", CountKind.EMPTY, 0, ""),
    ("\u2003\ufeff", CountKind.EMPTY, 0, ""),
    ("196\u200b", CountKind.TEXT, 0, "196\u200b"),
    (195.99999999999997, CountKind.WHOLE, 196, "196"),
    (28.999999999999996, CountKind.WHOLE, 29, "29"),
    (124599.99999999999, CountKind.WHOLE, 124_600, "124600"),
    (7.000000000000001, CountKind.WHOLE, 7, "7"),
    (1_000_000_000_000_000.5, CountKind.WHOLE, 10**15, "1000000000000000"),
    (7.0000001, CountKind.DECIMAL, 0, "7.0000001"),
    (195.9999999999, CountKind.DECIMAL, 0, "195.9999999999"),
    (5.551115123125783e-17, CountKind.DECIMAL, 0, "5.55111512312578e-17"),
    (-195.99999999999997, CountKind.NEGATIVE, 0, "-196"),
    (0.5, CountKind.DECIMAL, 0, "0.5"),
    (0.1 + 0.2, CountKind.DECIMAL, 0, "0.3"),
    (-1, CountKind.NEGATIVE, 0, "-1"),
    (-1.5, CountKind.NEGATIVE, 0, "-1.5"),
    (True, CountKind.OTHER, 0, "TRUE"),
    (False, CountKind.OTHER, 0, "FALSE"),
    ("#N/A", CountKind.OTHER, 0, "#N/A"),
    ("#n/a", CountKind.TEXT, 0, "#n/a"),
    ("Err:502", CountKind.OTHER, 0, "Err:502"),
    (float("nan"), CountKind.OTHER, 0, "nan"),
    (float("-inf"), CountKind.OTHER, 0, "-inf"),
]


@pytest.mark.parametrize(("raw", "kind", "number", "shown"), KINDS)
def test_a_content_has_one_kind(raw, kind, number, shown):
    assert read_count(raw) == Count(kind, number, shown)


def test_the_kinds_are_numbered_as_the_hidden_columns_number_them():
    assert {kind.name: int(kind) for kind in CountKind} == {
        "EMPTY": 0, "WHOLE": 1, "TEXT": 2, "DECIMAL": 3, "NEGATIVE": 4, "OTHER": 5,
    }  # fmt: skip


@examples(300)
@given(contents)
def test_what_is_empty_and_what_is_a_count_the_oracle_says_too(raw):
    count = read_count(raw)
    assert (count.kind is CountKind.EMPTY) == is_empty(raw)
    assert (count.number if count.kind is CountKind.WHOLE else None) == whole(raw)
