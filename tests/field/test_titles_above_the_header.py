"""A title, a note or a line of totals above the header may have other separators in it than the table."""

from __future__ import annotations

import pytest

from tests.field.ledgers import RIGHT, ROWS, check, counted, text_of

TITLES = (
    "Kent County Council, Purchase ledger, April to September 2026\n\n",
    "Printed 01/10/2026; by A. Person; page 1, of 1\nAll amounts in £; gross\n",
    "sep=;\n",
    '"Ledger; all, of | it"\tfor finance\n',
)


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_table_says_what_separates_its_cells(tmp_path, title, delimiter):
    finance = check(tmp_path, title + text_of(ROWS).replace(",", delimiter))
    assert counted(finance) == RIGHT


def test_commas_in_texts_of_a_table_with_semicolons(tmp_path):
    rows = text_of(ROWS).replace(",", ";").replace("wrong rate", "rate, hours, dates, all wrong, and so on, and on")
    assert counted(check(tmp_path, rows)) == RIGHT
