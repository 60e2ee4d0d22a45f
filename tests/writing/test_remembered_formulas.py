"""Formulas that are prepared once give the bytes that XlsxWriter gives, which prepares each time."""

from __future__ import annotations

import io

import pytest
import xlsxwriter

from tests.layout.planned_returns import plan
from xlkpi.writing.remembered_formulas import remember_formulas
from xlkpi.writing.returns import write_return as returns

FORMULAS = ("=SUM(A1)", "{=SUM(A1:A2)}", "=SORT(A1:A3)", "=_xlfn.SORT(A1:A3)", "=STDEV.S(A1:A3)", "=SUM(A1)")


def test_a_return_has_the_same_bytes_with_and_without(monkeypatch):
    filled = plan(4, filled="badly", before=True)
    with_memory = returns.write_return(filled)
    monkeypatch.setattr(returns, "remember_formulas", lambda _: None)
    assert returns.write_return(filled) == with_memory


@pytest.mark.parametrize("future", [False, True])
def test_every_kind_of_formula_is_prepared_as_the_library_does(future):
    with xlsxwriter.Workbook(io.BytesIO(), {"use_future_functions": future}) as book:
        plain, remembering = book.add_worksheet(), book.add_worksheet()
        remember_formulas(remembering)
        for formula in FORMULAS:
            for expand in (False, True):
                wanted = plain._prepare_formula(formula, expand)
                assert remembering._prepare_formula(formula, expand) == wanted
                assert remembering._prepare_formula(formula, expand_future_functions=expand) == wanted
