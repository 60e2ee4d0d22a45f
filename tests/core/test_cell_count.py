"""What a cell of x or y is taken for."""

from __future__ import annotations

import pytest
from hypothesis import given

from tests.core.cell_contents import contents, examples
from tests.judge.oracle import is_empty, whole
from xlkpi.core.cell_count import Count, CountKind, is_blank, is_error_value, read_count

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
    (0.5, CountKind.DECIMAL, 0, "0.5"),
    (0.1 + 0.2, CountKind.DECIMAL, 0, "0.3"),
    (-1, CountKind.NEGATIVE, 0, "-1"),
    (-1.5, CountKind.NEGATIVE, 0, "-1.5"),
    (True, CountKind.OTHER, 0, "TRUE"),
    (False, CountKind.OTHER, 0, "FALSE"),
    ("#N/A", CountKind.OTHER, 0, "#N/A"),
    ("#n/a", CountKind.TEXT, 0, "#n/a"),
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


def test_a_lone_space_is_blank_and_an_error_value_is_known_by_its_whole_text():
    assert is_blank("\xa0")
    assert not is_blank(" 0 ")
    assert is_error_value("#DIV/0!")
    assert not is_error_value("#DIV/0! again")
