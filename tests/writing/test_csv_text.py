"""CSV for spreadsheets: every text is read to the letter, and none runs as a formula."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlkpi.writing.csv_text import FORMULA_SIGNS, csv_bytes, csv_lines, guard_formula, unguard_formula


@pytest.mark.parametrize("sign", FORMULA_SIGNS)
def test_a_text_that_would_run_is_guarded_and_a_number_is_not(sign):
    rows = list(csv.reader(io.StringIO(csv_bytes([(f"{sign}1+1", -1.5, 7, None)]).decode("utf-8-sig"), newline="")))
    shown = "\n" if sign == "\r" else sign  # every line break is a line feed
    assert rows == [[f"'{shown}1+1", "-1.5", "7", ""]]


@given(st.text())
def test_a_guarded_text_is_read_as_it_was(text):
    assert unguard_formula(guard_formula(text)) == (text[1:] if text[:2] in {f"'{s}" for s in FORMULA_SIGNS} else text)
    assert not guard_formula(text).startswith(FORMULA_SIGNS)


def test_the_file_begins_with_its_mark_and_what_is_no_text_is_replaced():
    assert csv_bytes([("é",)]) == "\ufeffé\r\n".encode()
    assert csv_lines([("a\ud800b",)]) == "a\ufffdb\r\n".encode()
