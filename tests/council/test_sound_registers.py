"""Registers as officers keep them: every ordinary spelling is read, and nothing is complained of."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from tests.council.register_files import csv_of, xlsx_of
from xlkpi.core.lot import Contact, Provider
from xlkpi.council import read_register
from xlkpi.council.lists.csv_rows import find_delimiter

WILLOW = Provider(
    provider_id="P007",
    name="Willow Tree CIC",
    kind="voluntary or community",
    lots=("1a", "3"),
    transport=True,
    contract_ref="DS-007",
    contract_start=date(2026, 4, 1),
    contract_end=date(2030, 3, 31),
    extended_to=date(2031, 3, 31),
    review_date=date(2027, 1, 15),
    contract_value="185000",
    contract_manager="Ada Bexon",
    lead_director="Carl Dunmore",
    department="Adult Social Care",
    supplied="Day services",
    email="returns@willow.example",
    contacts=(
        Contact("Eve Fryer", "Manager", "eve@willow.example", "01632 960100"),
        Contact("Gus Hythe", "Deputy", "gus@willow.example", "01632 960101"),
    ),
)
FULL = (
    "provider_id,provider,type,lots,transport,contract_ref,contract_start,contract_end,extended_to,review_date,"
    "contract_value,contract_manager,lead_director,department,supplied,email,contact_1,contact_2,contact_3"
)
WILLOW_ROW = (
    "P007,Willow Tree CIC,voluntary or community,1a;3,yes,DS-007,2026-04-01,31/03/2030,31 March 2031,"
    '15/1/27,"£185,000.00",Ada Bexon,Carl Dunmore,Adult Social Care,Day services,'
    "returns@willow.example,Eve Fryer; Manager; eve@willow.example; 01632 960100,"
    "Gus Hythe; Deputy; gus@willow.example; 01632 960101,"
)


def read(path):
    providers, faults = read_register(path)
    assert [fault.message for fault in faults] == []
    return providers


def test_every_column_reaches_the_provider(tmp_path):
    assert read(csv_of(tmp_path, WILLOW_ROW, header=FULL)) == (WILLOW,)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_every_encoding_excel_writes(tmp_path, encoding):
    path = csv_of(tmp_path, "P1,Café Zoë – Ltd,SME,3", encoding=encoding)
    assert read(path)[0].name == "Café Zoë – Ltd"


@pytest.mark.parametrize("mark", [";", "\t"])
def test_other_marks_between_cells(tmp_path, mark):
    rows = ['P1|"Oast, Hop & Co; Ltd"|SME|"1a;2b"|no'.replace("|", mark)]
    (provider,) = read(csv_of(tmp_path, *rows, header="provider_id|provider|type|lots|transport".replace("|", mark)))
    assert (provider.name, provider.lots) == ("Oast, Hop & Co; Ltd", ("1a", "2b"))


@pytest.mark.parametrize(
    "header",
    [
        "Provider ID,Provider,Lots,Contract start,Contact 1",
        "PROVIDER_ID,PROVIDER,LOTS,CONTRACT_START,CONTACT_1",
        " provider-id , provider name ,Lot(s),ContractStart,contact1",
        "Provider number,Name,Lots,Contract start date,Contact_1",
    ],
)
def test_headers_in_any_case_and_spacing(tmp_path, header):
    (provider,) = read(csv_of(tmp_path, "P1,Oast Ltd,3,1/4/2026,Eve Fryer", header=header))
    assert (provider.provider_id, provider.name, provider.contract_start) == ("P1", "Oast Ltd", date(2026, 4, 1))
    assert provider.contacts == (Contact("Eve Fryer"),)


@pytest.mark.parametrize(
    ("text", "lots"),
    [
        ("1a;1b;3", ("1a", "1b", "3")),
        ("3; 1B ;1A", ("1a", "1b", "3")),
        ("1a 2b", ("1a", "2b")),
        ('"1a,2a,4"', ("1a", "2a", "4")),
        ("Lot 1a", ("1a",)),
        ("Lots 1a and 3", ("1a", "3")),
        ("Lot 2a; Lot 2b", ("2a", "2b")),
        ("4/4/4", ("4",)),
    ],
)
def test_lots_as_people_write_them(tmp_path, text, lots):
    assert read(csv_of(tmp_path, f"P1,Oast Ltd,SME,{text},no"))[0].lots == lots


@pytest.mark.parametrize(
    ("text", "transport"),
    [("yes", True), ("Y", True), ("TRUE", True), ("1", True), ("no", False), ("N", False), ("0", False), ("", False)],
)
def test_transport_as_people_tick_it(tmp_path, text, transport):
    assert read(csv_of(tmp_path, f"P1,Oast Ltd,SME,3,{text}"))[0].transport is transport


def test_transport_alone_is_enough_and_may_stand_among_the_lots(tmp_path):
    alone, among = read(csv_of(tmp_path, "P1,Wheels,SME,,yes", "P2,Vans,SME,3;transport,"))
    assert (alone.lots, alone.transport) == ((), True)
    assert (among.lots, among.transport) == (("3",), True)


@pytest.mark.parametrize(
    "text", ["2026-04-01", "1/4/2026", "01/04/26", "1.4.2026", "01-04-2026", "1 April 2026", "1 Apr 26"]
)
def test_dates_iso_or_day_first(tmp_path, text):
    assert read(csv_of(tmp_path, f"P1,Oast Ltd,SME,3,no,{text}"))[0].contract_start == date(2026, 4, 1)


@pytest.mark.parametrize(
    ("text", "value"),
    [('"£1,250,000"', "1250000"), ("£ 99500.50", "99500.50"), ("75000.00", "75000"), ("0", "0"), ("", "")],
)
def test_sums_of_money(tmp_path, text, value):
    assert read(csv_of(tmp_path, f"P1,Oast Ltd,SME,3,no,,{text}"))[0].contract_value == value


@pytest.mark.parametrize(
    ("text", "contact"),
    [
        (
            "Eve Fryer; Manager; eve@oast.example; 01632 960100",
            Contact("Eve Fryer", "Manager", "eve@oast.example", "01632 960100"),
        ),
        ("Eve Fryer;;;01632 960100", Contact("Eve Fryer", "", "", "01632 960100")),
        ("Eve Fryer; eve@oast.example", Contact("Eve Fryer", "", "eve@oast.example", "")),
        ("Eve Fryer; 01632 960100 ext 4", Contact("Eve Fryer", "", "", "01632 960100 ext 4")),
        ("Eve Fryer; Manager", Contact("Eve Fryer", "Manager")),
    ],
)
def test_contacts_whole_and_in_part(tmp_path, text, contact):
    assert read(csv_of(tmp_path, f"P1,Oast Ltd,SME,3,no,,,,{text}"))[0].contacts == (contact,)


def test_an_empty_first_contact_keeps_the_second_in_its_place(tmp_path):
    path = csv_of(tmp_path, "P1,Oast,3,,Eve", header="provider_id,provider,lots,contact_1,contact_2")
    assert read(path)[0].contacts == (Contact(), Contact("Eve"))


def test_a_workbook_with_a_title_above_and_typed_cells(tmp_path):
    path = xlsx_of(
        tmp_path,
        ["Register of providers, 2026-27"],
        [],
        ["Provider ID", "Provider", "Type", "Lots", "Transport", "Contract start", "Contract value"],
        [7, "Oast  Ltd\n", "large", 3, True, datetime(2026, 4, 1), 185000.5],  # noqa: DTZ001 - as openpyxl has it
        [],
        ["P008", "Hop Ltd", "in house", "4", False, date(2026, 9, 7), 1250000],
    )
    first, second = read(path)
    assert (first.provider_id, first.name, first.kind, first.lots, first.transport) == (
        "7",
        "Oast Ltd",
        "large",
        ("3",),
        True,
    )
    assert (first.contract_start, first.contract_value) == (date(2026, 4, 1), "185000.50")
    assert (second.kind, second.transport, second.contract_start) == ("in-house", False, date(2026, 9, 7))
    assert second.contract_value == "1250000"


def test_the_same_register_reads_the_same_from_both_kinds_of_file(tmp_path):
    import csv
    import io

    rows = list(csv.reader(io.StringIO(f"{FULL}\n{WILLOW_ROW}\n")))
    assert read(xlsx_of(tmp_path, *rows)) == read(csv_of(tmp_path, WILLOW_ROW, header=FULL))


def test_an_apostrophe_accents_and_a_control_character(tmp_path):
    path = csv_of(tmp_path, "P1,O’Hara & Sons\x0b (Zoe\u0308),SME,3")
    assert read(path)[0].name == "O’Hara & Sons (Zoë)"


CONTACT = "Ann Lee; Manager; ann@x.example; 01632 960001"


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("provider_id,provider,lots,contact_1,contact_2\n" + f"P1,Oak,1a;1b,{CONTACT},{CONTACT}\n" * 9, ","),
        ("decided_on,decision,why\n2026-10-01,use," + "one; " * 9 + "\n", ","),
        ("Register of May, June, July, and so on\na;b;c;d\n1;2;3;4\n", ";"),
        ("a;b;c\n" + "1,50;2,50;x\n" * 9, ";"),
        ("a\tb\tc\n" + "1,2,3\t4,5,6\t7\n" * 9, "\t"),
        ("Register, June 2026\nprovider_id;provider;lots\n" + "P1;Oak, Ltd;1a\n" * 9, ";"),
        ("Register, June\na;b\n", ";"),
        ("one column\nx\ny\n", ","),
        ("", ","),
    ],
)
def test_the_header_decides_between_delimiters_that_are_near_each_other(text, delimiter):
    assert find_delimiter(text) == delimiter
