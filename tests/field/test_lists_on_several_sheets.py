"""A workbook given as a list has further sheets, hidden sheets and hidden rows: each is read, or named."""

from __future__ import annotations

import openpyxl
import pytest

from tests.field.list_files import COLUMNS, invoice_cells, messages_of, numbers, read, workbook
from xlkpi.council import read_register
from xlkpi.council.lists.places import ListPlaces
from xlkpi.errors import RegisterError
from xlkpi.findings import Severity

REGISTER = ["provider_id", "provider", "type", "lots"]


def changed(path, change):
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)
    return path


def test_a_sheet_per_month_is_one_ledger(tmp_path):
    april, may = [invoice_cells(1, 4), invoice_cells(2, 4)], [invoice_cells(3, 5), invoice_cells(4, 5)]
    path = workbook(tmp_path / "ledger.xlsx", Apr=[COLUMNS, *april], May=[["May"], COLUMNS, *may], June=[COLUMNS])
    ledger = read(path)
    assert numbers(ledger) == ["INV-1", "INV-2", "INV-3", "INV-4"]
    assert not ledger.findings
    assert (ledger.tally.above, ledger.tally.rows) == (4, 4)


def test_each_sheet_has_its_own_header_and_its_faults_are_named_there(tmp_path):
    turned = [COLUMNS[::-1], invoice_cells(2, 5)[::-1], ["soon", *[None] * 4, "soon", None, None, "INV-9", "P001"]]
    path = workbook(tmp_path / "ledger.xlsx", Apr=[COLUMNS, invoice_cells(1, 4)], May=turned)
    ledger = read(path)
    assert numbers(ledger) == ["INV-1", "INV-2"]
    assert messages_of(ledger, "must fix") == [
        "sheet May of ledger.xlsx line 3 is set aside: received_date (F3) says “soon”, which is not a date."
        " Write day/month/year.",
        "sheet May of ledger.xlsx line 3 is set aside: paid_date (A3) says “soon”, which is not a date."
        " Write day/month/year.",
    ]


def test_the_first_sheet_need_not_be_the_list(tmp_path):
    path = workbook(tmp_path / "ledger.xlsx", Notes=[["Made by Ann Reed"]], Apr=[COLUMNS, invoice_cells(1, 4)], X=[])
    ledger = read(path)
    assert numbers(ledger) == ["INV-1"]
    assert messages_of(ledger, "note") == [
        "ledger.xlsx: The sheet Notes was not read, because no row of it has the names of the columns."
    ]


UNREAD = {
    "without a header": ([invoice_cells(9, 5)], "no row of it has the names of the columns"),
    "with a column renamed": (
        [[*COLUMNS[:4], "Stamped", *COLUMNS[5:]], invoice_cells(9, 5)],
        "it has no column received_date",
    ),
}


@pytest.mark.parametrize(("rows", "why"), UNREAD.values(), ids=UNREAD)
def test_a_sheet_that_may_be_part_of_the_list_is_asked_about(tmp_path, rows, why):
    ledger = read(workbook(tmp_path / "ledger.xlsx", Apr=[COLUMNS, invoice_cells(1, 4)], May=rows))
    assert numbers(ledger) == ["INV-1"]
    assert messages_of(ledger, "query") == [
        f"ledger.xlsx: The sheet May was not read, because {why}."
        " Put the header above its rows, or delete the sheet if it is not part of the list."
    ]


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_with_the_columns_is_named(tmp_path, state):
    path = workbook(tmp_path / "ledger.xlsx", Apr=[COLUMNS, invoice_cells(1, 4)], Old=[COLUMNS, invoice_cells(2, 5)])
    ledger = read(changed(path, lambda book: setattr(book["Old"], "sheet_state", state)))
    assert numbers(ledger) == ["INV-1"]
    assert messages_of(ledger, "query") == [
        "ledger.xlsx: The sheet Old is hidden, so it was not read. Show it to have it read,"
        " or save the sheet that counts as CSV."
    ]


def test_a_hidden_sheet_of_something_else_is_let_be(tmp_path):
    path = workbook(tmp_path / "ledger.xlsx", Apr=[COLUMNS, invoice_cells(1, 4)], Lookups=[["a", "b"], [1, 2]])
    assert not read(changed(path, lambda book: setattr(book["Lookups"], "sheet_state", "hidden"))).findings


def test_hidden_rows_are_read_and_named(tmp_path):
    rows = [invoice_cells(number, 4) for number in (1, 2, 3)]
    path = workbook(tmp_path / "ledger.xlsx", Apr=[COLUMNS, *rows], May=[COLUMNS, invoice_cells(4, 5)])

    def hide(book):
        for sheet, row in (("Apr", 3), ("Apr", 4), ("Apr", 9), ("May", 2)):
            book[sheet].row_dimensions[row].hidden = True

    ledger = read(changed(path, hide))
    assert numbers(ledger) == ["INV-1", "INV-2", "INV-3", "INV-4"]
    assert messages_of(ledger, "note") == [
        "ledger.xlsx: 2 rows are hidden, perhaps by a filter, from row 3 on; they were read.",
        "ledger.xlsx: Row 2 of the sheet May is hidden, perhaps by a filter; it was read.",
    ]


def test_a_register_on_two_sheets(tmp_path):
    first, second = ["P001", "Willow Tree CIC", "SME", "1a"], ["P002", "Oast House Ltd", "large", "4"]
    faulty = ["P003", "Stour Living", "SME", "9"]
    path = workbook(
        tmp_path / "register.xlsx", **{"Lots 1-2": [REGISTER, first], "Lots 3-4": [REGISTER, second, faulty]}
    )
    providers, faults = read_register(path)
    assert [provider.provider_id for provider in providers] == ["P001", "P002"]
    assert [(fault.message, fault.sheet, fault.cell) for fault in faults] == [
        (
            "Sheet Lots 3-4, row 3, lots (D3) says “9”, and “9” is not a lot."
            " Use 1a, 1b, 2a, 2b, 3 or 4, with ; between them.",
            "Lots 3-4",
            "D3",
        )
    ]


def test_a_register_with_contacts_on_a_sheet_of_their_own_says_so(tmp_path):
    sound, contacts = (
        ["P001", "Willow Tree CIC", "SME", "1a"],
        [["provider_id", "provider", "contact"], ["P001", "W", "A"]],
    )
    _, faults = read_register(workbook(tmp_path / "register.xlsx", Providers=[REGISTER, sound], Contacts=contacts))
    assert [(fault.severity, fault.sheet) for fault in faults] == [(Severity.QUERY, "Contacts")]


def test_no_sheet_with_the_columns_is_said_of_the_first(tmp_path):
    with pytest.raises(RegisterError, match="has no column lots; its first row says “provider_id”"):
        read_register(workbook(tmp_path / "register.xlsx", A=[REGISTER[:3], ["P001"]], B=[["x"]]))


def test_running_lines_lead_back_to_sheet_and_line():
    places = ListPlaces()
    assert places.begin("april.csv") == 0
    places.last = 12
    assert places.label(12) == 12
    assert places.begin("may.csv") == 12
    assert (places.find(12), places.find(13)) == (("april.csv", 12), ("may.csv", 1))
    assert (places.beside(13, 15), places.beside(13, 7)) == ("3", "7 of april.csv")
    assert places.label(13) == "1, may.csv"


def test_exports_pasted_below_each_other_each_have_their_header(tmp_path):
    rows = [COLUMNS, invoice_cells(1, 4), [], COLUMNS[::-1], invoice_cells(2, 5)[::-1], COLUMNS, invoice_cells(3, 6)]
    ledger = read(workbook(tmp_path / "ledger.xlsx", All=rows))
    assert numbers(ledger) == ["INV-1", "INV-2", "INV-3"]
    assert (ledger.findings, ledger.tally) == ((), (3, 3, 1, 0))
