"""A list saved as Strict Open XML, with XML in UTF-16, or as Unicode text is read like any other."""

from __future__ import annotations

import codecs

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from tests.corpus.legal_dialects import DIALECTS
from tests.field.list_files import COLUMNS, HEADER, invoice, invoice_cells, numbers, read, text_file, workbook
from xlkpi.council import read_register

OF_THE_SAMPLE_RETURN = ("libreoffice_names", "words_for_truth", "inline_strings", "from_1904")
"""Spellings of what a list does not have, or of cells of that sample."""
ENCODINGS = {
    "utf-16": "utf-16", "utf-16 without mark": "utf-16-le", "utf-16, other order": "utf-16-be", "utf-32": "utf-32",
    "utf-8": "utf-8", "utf-8 with mark": "utf-8-sig", "windows": "cp1252",
}  # fmt: skip


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    rows = [invoice_cells(number, month) for number, month in ((1, 4), (2, 5), (3, 6))]
    return workbook(tmp_path_factory.mktemp("ledger") / "ledger.xlsx", Apr=[COLUMNS, *rows[:2]], May=[COLUMNS, rows[2]])


@pytest.mark.parametrize("name", [name for name in DIALECTS if name not in OF_THE_SAMPLE_RETURN])
def test_a_workbook_in_every_legal_spelling(plain, tmp_path, name):
    path = tmp_path / "ledger.xlsx"
    path.write_bytes(DIALECTS[name](plain.read_bytes()))
    ledger = read(path)
    expected = read(plain)
    assert ledger.invoices.to_dict("records") == expected.invoices.to_dict("records")
    assert len(expected.invoices) == 3


def test_days_counted_from_1904(plain, tmp_path):
    book = openpyxl.load_workbook(plain)
    book.epoch = CALENDAR_MAC_1904
    book.save(tmp_path / "ledger.xlsx")
    assert list(read(tmp_path / "ledger.xlsx").invoices["paid_date"]) == list(read(plain).invoices["paid_date"])


@pytest.mark.parametrize("encoding", ENCODINGS.values(), ids=ENCODINGS)
def test_a_csv_in_every_encoding(tmp_path, encoding):
    ledger = read(text_file(tmp_path, HEADER, invoice(1).replace("INV-1", "Café £5"), encoding=encoding))
    assert numbers(ledger) == ["Café £5"]


@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF16_BE])
def test_a_register_saved_as_unicode_text(tmp_path, mark):
    path = tmp_path / "register.txt"
    path.write_bytes(mark + "provider_id\tprovider\tlots\r\nP001\tWillow Tree\t1a\r\n".encode("utf-16-be"))
    ((provider,), faults) = read_register(path)
    assert (provider.name, faults) == ("Willow Tree", ())


def test_a_formula_that_was_never_calculated_is_not_an_empty_cell(tmp_path):
    cells = invoice_cells(1, 4)
    cells[-1] = "=E2+14"  # openpyxl saves no result
    ledger = read(workbook(tmp_path / "ledger.xlsx", Apr=[COLUMNS, cells, invoice_cells(2, 4)]))
    assert numbers(ledger) == ["INV-2"]
    assert ledger.findings[0].message == (
        "ledger.xlsx line 2 is set aside: paid_date (J2) says “=E2+14”, which is not a date. Write day/month/year."
    )
