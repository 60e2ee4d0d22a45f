"""docs/functions.md says what is true: its table is the code's, and its examples show in Calc what it says."""

from __future__ import annotations

import re

import pytest

from tests.house.project_files import ROOT
from xlkpi.hosts.functions import FIELDS, FUNCTIONS
from xlkpi.hosts.macros import MACROS

PAGE = (ROOT / "docs" / "functions.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^\| `(=KPI_.+?)` \| (.+) \|$", PAGE, re.MULTILINE)


def rows(heading):
    """The first cells of the first table below a heading."""
    _, _, below = PAGE.partition(f"| {heading} |")
    table = below.partition("\n\n")[0]
    return re.findall(r"^\| (.+?) \|", table, re.MULTILINE)[1:]


def test_every_function_is_told_with_its_arguments():
    shown = [
        f"`{function.name}({', '.join(a.name for a in function.arguments if not a.optional)})`"
        for function in FUNCTIONS
    ]
    assert rows("Function") == shown, "describe each function in docs/functions.md"


def test_every_argument_and_field_is_told():
    names = {name for cell in rows("Argument") for name in cell.split(", ")}
    assert names == {argument.name for function in FUNCTIONS for argument in function.arguments}
    (fields,) = re.findall(r"^\| field \| (.+) \|$", PAGE, re.MULTILINE)
    assert re.split(", | or ", fields) == list(FIELDS)


def test_every_macro_is_told():
    assert rows("Entry") == [macro.label for macro in MACROS]
    (texts,) = re.findall(r"The commands are (.+?)\. Dispatch", PAGE, re.DOTALL)
    assert re.findall(r"`(?:org\.xlkpi\.calc:)?(\w+)`", texts) == [macro.id for macro in MACROS]


def test_there_are_examples_of_every_function():
    shown = {re.match(r"=(\w+)", formula)[1] for formula, _ in EXAMPLES}
    assert shown == {function.name for function in FUNCTIONS}, "show an example of each function in docs/functions.md"


@pytest.mark.office
@pytest.mark.xdist_group("kpi office")
@pytest.mark.parametrize(("formula", "shows"), EXAMPLES)
def test_an_example_shows_what_the_page_says(kpi_calc, formula, shows):
    book = kpi_calc()
    book.cell(0, "A1").FormulaLocal = formula  # as typed, with commas
    shown_value = book.get(0, "A1")
    assert (shown_value if isinstance(shown_value, str) else f"{shown_value:g}") == shows
