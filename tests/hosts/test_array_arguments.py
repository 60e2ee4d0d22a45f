"""Cells, rows, columns and blocks: what fits together and what comes back."""

from __future__ import annotations

import pytest

from xlkpi.hosts.array_arguments import WrongArgument, over_ranges

joined = over_ranges(lambda *cells: "-".join("" if cell is None else str(cell) for cell in cells))


@pytest.mark.parametrize(
    ("arguments", "gives"),
    [
        (("a", "b"), "a-b"),
        (("a", None), "a-"),
        (([["a"]], "b"), [["a-b"]]),  # LibreOffice's one-cell range
        ((["a", "b"], "c"), ["a-c", "b-c"]),  # xlwings gives one row flat
        ((["a", "b"], [["c", "d"]]), [["a-c", "b-d"]]),
        ((("a", "b"), (1, 2)), ["a-1", "b-2"]),
        (([["a"], ["b"]], "c"), [["a-c"], ["b-c"]]),
        (([["a", "b"], ["c", "d"]], [[1, 2], [3, 4]]), [["a-1", "b-2"], ["c-3", "d-4"]]),
        (([["a"], ["b"]], [[1, 2]]), [["a-1", "a-2"], ["b-1", "b-2"]]),
        (([["a", "b"]], [[1, 2], [3, 4]], "z"), [["a-1-z", "b-2-z"], ["a-3-z", "b-4-z"]]),
    ],
)
def test_what_fits_comes_back_in_its_shape(arguments, gives):
    assert joined(*arguments) == gives


@pytest.mark.parametrize(
    "arguments",
    [
        ([["a"], ["b"]], [[1], [2], [3]]),
        ([["a", "b"]], [[1, 2, 3]]),
        (["a", "b"], [1, 2, 3]),
        ([["a", "b"], ["c"]], 1),
        ([["a"], "b"], 1),
        ([], 1),
        ([[]], 1),
    ],
)
def test_what_does_not_fit_is_a_wrong_argument(arguments):
    with pytest.raises(WrongArgument, match=r"range|Range"):
        joined(*arguments)


@pytest.mark.parametrize("blank", [None, ""])
def test_blank_rows_at_the_end_are_worked_out_once(blank):
    calls = []
    counted = over_ranges(lambda *cells: calls.append(cells) or len(calls))
    assert counted([["a"], [blank], ["b"], *[[blank]] * 1000], "z", [["c"], *[[blank]] * 1002]) == [
        [1], [2], [3], *[[4]] * 1000
    ]  # fmt: skip
    assert calls[-1] == (blank, "z", blank)


def test_a_wholly_blank_range_gives_as_many_answers_as_it_has_cells():
    answers = joined([[None, None]] * 5, "z")
    assert answers == [["-z", "-z"]] * 5
    answers[0][0] = "changed"
    assert answers[1][0] == "-z"


def test_zero_and_text_are_not_blank():
    assert joined([[1], [0.0], [" "]]) == [["1"], ["0.0"], [" "]]


def test_what_came_in_is_not_changed():
    cells = [["a", "b"]]
    joined(cells, [[1], [2], [3]])
    assert cells == [["a", "b"]]
