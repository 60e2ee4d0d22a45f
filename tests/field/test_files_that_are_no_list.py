"""A ledger comes as a PDF, a web page or in an archive: what it is, and what to do about a list."""

from __future__ import annotations

import gzip

import pytest

from tests.field.ledgers import ROWS, check, text_of
from xlkpi.errors import UnreadableFile

EXPORT = "Export the list as CSV or Excel Workbook (.xlsx), and name that file."
NO_LISTS = {
    "ledger.csv.gz": (gzip.compress(b"a"), "Unpack it, and name the list inside."),
    "ledger.xls": (b"<html><table>", EXPORT),
    "ledger.pdf": (b"%PDF-1.4", EXPORT),
    "ledger.csv": (text_of(ROWS).replace("wrong", "wr\0ng").encode(), EXPORT),
    "empty.csv": (b"\n", "Export the list again."),
}


@pytest.mark.parametrize("name", NO_LISTS)
def test_the_remedy_is_for_a_list_and_not_for_a_return(tmp_path, name):
    content, remedy = NO_LISTS[name]
    with pytest.raises(UnreadableFile) as refused:
        check(tmp_path, content, name=name)
    assert str(refused.value).endswith(remedy)
