"""A council's ledger names suppliers by number and name, and most of them are none of ours."""

from __future__ import annotations

import pytest

from tests.field.list_files import DATES, HEADER, NUMBERED, invoice, messages_of, numbers, read, text_file
from tests.finance.ledger_builders import checked, registered
from xlkpi.core.lot import Provider
from xlkpi.council import read_register
from xlkpi.council.finance_settings import FinanceSettings
from xlkpi.finance import near_names
from xlkpi.finance.providers import ProviderDirectory
from xlkpi.sheets.finance.set_aside import plan_set_aside

BOTH = "Supplier No,Supplier Name," + HEADER.split(",", 1)[1]
NOT_OURS = (
    "If one is ours, enter its number in the register (supplier_numbers),"
    " or its name under providers in xlkpi-ledger.toml."
)


def named(number, name, invoice_no=1):
    return f"{number},{name},INV-{invoice_no},{DATES}"


WHOSE = {
    "a number of the register": ("104523", "Whoever", "P001"),
    "another number of the same provider": ("104988", "", "P001"),
    "zeros that another system adds": ("0000104523", "", "P001"),
    "a number as a spreadsheet exports it": ("104523.00", "", "P001"),
    "the name where the number is not known": ("777", "OAST  HOUSE LTD", "P002"),
    "the id in the column of numbers": ("p002", "", "P002"),
    "the number in the column of names": ("", "104523", "P001"),
}


@pytest.mark.parametrize(("number", "name", "provider_id"), WHOSE.values(), ids=WHOSE)
def test_whichever_is_known_says_whose_it_is(tmp_path, number, name, provider_id):
    ledger = read(text_file(tmp_path, BOTH, named(number, name)))
    assert list(ledger.invoices["provider_id"]) == [provider_id]
    assert not ledger.findings


HEADERS = ("provider_id", "Supplier Number", "Supplier", "Vendor ID", "Creditor name", "Provider", "Payee")


@pytest.mark.parametrize("header", HEADERS)
@pytest.mark.parametrize("text", ["P001", "104523", "Willow Tree CIC"])
def test_one_column_is_enough_whatever_it_contains(tmp_path, header, text):
    ledger = read(text_file(tmp_path, HEADER.replace("provider_id", header), invoice(1, text)))
    assert list(ledger.invoices["provider_id"]) == ["P001"]


def test_a_row_that_names_two_providers_is_set_aside_once_for_all_its_like(tmp_path):
    rows = [named("104523", "Oast House Ltd", number) for number in range(3)]
    ledger = read(text_file(tmp_path, BOTH, *rows))
    assert messages_of(ledger, "must fix") == [
        "ledger.csv line 2 is set aside with 2 more rows: “104523” is P001, but “Oast House Ltd” is P002."
        " Correct one of the two cells, or the register."
    ]
    assert (ledger.rows_read, ledger.rows_set_aside) == (3, 3)


def test_a_row_that_names_nobody_says_which_cell_is_empty(tmp_path):
    ledger = read(text_file(tmp_path, BOTH, named("", "")))
    assert messages_of(ledger, "must fix") == [
        "ledger.csv line 2 is set aside: supplier_number (A2) is empty. Enter it."
    ]


def test_the_suppliers_that_are_not_ours_are_one_note(tmp_path):
    others = [named(2000 + number % 40, f"Stationers {number % 40} Ltd", number) for number in range(600)]
    mistake = named("104523", "", 7).replace("03/05/2026", "soon")
    faulty = named("2001", "Stationers 1 Ltd", 8).replace("03/05/2026", "soon")
    check = checked_list = read(text_file(tmp_path, BOTH, *others, named("104523", ""), mistake, faulty))
    assert numbers(check) == ["INV-1"]
    assert [message.split(":")[0] for message in messages_of(check, "must fix")] == ["ledger.csv line 603 is set aside"]
    assert messages_of(check, "note") == [
        "ledger.csv: not ours and set aside: 601 rows of 40 suppliers, the first “Stationers 0 Ltd” in line 2. "
        + NOT_OURS
    ]
    assert (check.rows_set_aside, sum(row.rows for row in checked_list.set_aside)) == (602, 602)


def test_set_aside_lists_each_supplier_once(tmp_path):
    rows = [invoice(number, f"Stationers {number % 2} Ltd") for number in range(5)]
    check = checked(tmp_path, rows, {1: (0, 0)}, register=registered(1))
    assert [(row[0], row[1], row[3]) for row in plan_set_aside(check).tables[0].rows] == [
        (2, "Stationers 0 Ltd", "“Stationers 0 Ltd” is not a known provider. Rows: 3."),
        (3, "Stationers 1 Ltd", "“Stationers 1 Ltd” is not a known provider. Rows: 2."),
    ]


NEAR = {
    "a letter": "Willow Tre CIC",
    "another form of company": "Willow Tree Limited",
    "signs": "Willow-Tree CIC",
    "letters for digits": "PO01",
    "a sign": "P-001",
}


@pytest.mark.parametrize("text", NEAR.values(), ids=NEAR)
def test_what_could_be_ours_is_asked_once_however_many_rows(tmp_path, text):
    ledger = read(text_file(tmp_path, HEADER, invoice(1, text), invoice(2, text)))
    assert messages_of(ledger, "must fix") == [
        f"ledger.csv line 2 is set aside with 1 more row: “{text}” is not a known provider; it looks like P001 Willow"
        ' Tree CIC. Correct it, or say which provider it is ("" for none) under providers in xlkpi-ledger.toml.'
    ]


def test_an_officer_settles_that_a_near_name_is_none_of_ours(tmp_path):
    path = text_file(tmp_path, HEADER, invoice(1, "Willow Tre CIC"))
    settings = FinanceSettings(providers={"willow tre cic": ""})
    assert not messages_of(read(path, also=settings.providers), "must fix")
    assert len(messages_of(read(path, also=settings.providers), "note")) == 1


@pytest.mark.parametrize("text", ["104524", "1045230", "P003", "V104523"])
def test_another_number_is_another_supplier(tmp_path, text):
    ledger = read(text_file(tmp_path, HEADER, invoice(1, text)))
    assert [finding.severity.value for finding in ledger.findings] == ["note"]


def test_words_that_every_name_has_make_no_name_near(tmp_path):
    register = (Provider("P001", "Hop Services Limited", "SME", ("1a",)),)
    ledger = read(
        text_file(tmp_path, HEADER, invoice(1, "Oast Services Limited"), invoice(2, "Elan Services")), register
    )
    assert [finding.severity.value for finding in ledger.findings] == ["note"]


def test_a_name_with_another_number_is_another_supplier(tmp_path):
    register = (Provider("P024", "Day Centre 24 Ltd", "SME", ("1a",)),)
    rows = [invoice(1, "Day Centre 25 Ltd"), invoice(2, "Day Center 24 Ltd")]
    ledger = read(text_file(tmp_path, HEADER, *rows), register)
    assert [(finding.code.name, finding.severity.value) for finding in ledger.findings] == [
        ("LEDGER_PROVIDER", "must fix"), ("LEDGER_OTHERS", "note")
    ]  # fmt: skip


def test_a_number_of_two_providers_is_used_for_neither(tmp_path):
    path = text_file(
        tmp_path,
        "provider_id,provider,lots,supplier_numbers",
        "P001,Willow Tree,1a,104523;104988",
        "P002,Oast House,4,0104523",
        name="register.csv",
    )
    providers, faults = read_register(path)
    assert [fault.message for fault in faults] == [
        "Row 3, supplier_numbers (D3) has 0104523, which row 2 has too, so it is used for neither. Correct one of them."
    ]
    directory = ProviderDirectory(providers, {})
    assert directory.match("", "104523").provider_id == ""
    assert directory.match("", "104988").provider_id == "P001"


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("104523;104988", ("104523", "104988")),
        ("104523, 104988 / 7", ("104523", "104988", "7")),
        ("", ()),
        ("V-1", ("V-1",)),
    ],
)
def test_supplier_numbers_as_people_list_them(tmp_path, cell, expected):
    header = "provider_id,provider,lots,Supplier No"
    path = text_file(tmp_path, header, f'P001,Willow Tree,1a,"{cell}"', name="register.csv")
    ((provider,), faults) = read_register(path)
    assert (provider.supplier_numbers, faults) == (expected, ())


def test_a_number_that_a_spreadsheet_has_shortened_is_asked_about(tmp_path):
    path = text_file(tmp_path, "provider_id,provider,lots,supplier_numbers", "P1,W,1a,1.05E+12", name="register.csv")
    ((provider,), (fault,)) = read_register(path)
    assert provider.supplier_numbers == ()
    assert fault.message == (
        "Row 2, supplier_numbers (D2) says “1.05E+12”, a number that lost its digits. Format the cell as text first."
    )


def test_a_name_of_two_providers_needs_number_or_id(tmp_path):
    register = (*NUMBERED, Provider("P003", "Willow Tree CIC", "SME", ("4",)))
    path = text_file(tmp_path, BOTH, named("104523", "Willow Tree CIC"), named("", "Willow Tree CIC", 2))
    assert numbers(read(path, register)) == ["INV-1"]


def test_a_list_with_more_suppliers_than_can_be_compared_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr(near_names, "MOST_PAIRS", 3)
    ledger = read(text_file(tmp_path, HEADER, *(invoice(1, f"Stationers {letter} Ltd") for letter in "abcd")))
    assert "and not all of them were compared with the names of ours." in messages_of(ledger, "note")[0]
