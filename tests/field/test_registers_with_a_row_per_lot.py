"""A register exported with a row per lot is joined; rows that contradict each other build nothing for that provider."""

from __future__ import annotations

from datetime import date

import pytest

from tests.field.list_files import text_file, workbook
from xlkpi.core.lot import Contact
from xlkpi.council import read_register
from xlkpi.findings import Severity

HEADER = "provider_id,provider,type,lots,transport,contract_start,email,contact_1,supplier_numbers"
OTHER = "P099,Stour Living,large,4,,,,,"


def register(folder, *rows, header=HEADER):
    return read_register(text_file(folder, header, *rows, OTHER, name="register.csv"))


def test_rows_that_differ_in_their_lots_are_one_provider(tmp_path):
    rows = [
        "P001,Willow Tree CIC,SME,3,,,,,",
        "P001,Willow Tree CIC,SME,1a,,,,,",
        "P001,Willow Tree CIC,SME,2b;1a,,,,,",
    ]
    providers, faults = register(tmp_path, *rows)
    assert [(provider.provider_id, provider.lots) for provider in providers] == [
        ("P001", ("1a", "2b", "3")),
        ("P099", ("4",)),
    ]
    assert not faults


def test_what_only_one_row_says_is_kept(tmp_path):
    rows = [
        "P001,Willow Tree CIC,,1a,,,,,104523",
        "p001,willow  tree cic,SME,2b,yes,01/04/2026,a@willow.example,,104988;0104523",
        "P001,Willow Tree CIC,sme,3,,2026-04-01,,Ann Reed;;;,",
    ]
    (provider, _), faults = register(tmp_path, *rows)
    assert (provider.name, provider.kind, provider.transport) == ("Willow Tree CIC", "SME", True)
    assert (provider.contract_start, provider.email) == (date(2026, 4, 1), "a@willow.example")
    assert (provider.contacts, provider.supplier_numbers) == ((Contact("Ann Reed"),), ("104523", "104988", "0104523"))
    assert not faults


CONTRADICTIONS = {
    "name": ("P001,Willow Oak,SME,2b,,,,,", "provider (B4) says “Willow Oak”, but row 2 (B2) says “Willow Tree CIC”"),
    "type": ("P001,Willow Tree CIC,large,2b,,,,,", "type (C4) says “large”, but row 2 (C2) says “SME”"),
    "transport": ("P001,Willow Tree CIC,SME,2b,no,,,,", "transport (E4) says “no”, but row 2 (E2) says “yes”"),
    "start": (
        "P001,Willow Tree CIC,SME,2b,,1/5/26,,,",
        "contract_start (F4) says “1/5/26”, but row 2 (F2) says “1/4/26”",
    ),
    "contact": ("P001,Willow Tree CIC,SME,2b,,,,Bo;;;,", "contact_1 (H4) says “Bo;;;”, but row 2 (H2) says “Ann;;;”"),
}


@pytest.mark.parametrize(("row", "says"), CONTRADICTIONS.values(), ids=CONTRADICTIONS)
def test_a_contradiction_names_both_cells_and_leaves_the_provider_out(tmp_path, row, says):
    first = "P001,Willow Tree CIC,SME,1a,yes,1/4/26,,Ann;;;,"
    providers, faults = register(tmp_path, first, "P002,Oast House Ltd,SME,4,,,,,", row)
    assert [provider.provider_id for provider in providers] == ["P002", "P099"]
    assert [(fault.message, fault.severity) for fault in faults] == [
        (
            f"Row 4, {says} for the same provider_id, P001. Correct one of them, or give each provider its own number.",
            Severity.MUST_FIX,
        )
    ]


def test_transport_among_the_lots_contradicts_a_no(tmp_path):
    rows = ["P001,Willow Tree CIC,SME,1a;transport,,,,,", "P001,Willow Tree CIC,SME,2b,no,,,,"]
    assert [provider.provider_id for provider in register(tmp_path, *rows)[0]] == ["P099"]


def test_a_row_that_cannot_be_used_leaves_the_whole_provider_out(tmp_path):
    rows = ["P001,Willow Tree CIC,SME,1a,,,,,", "P001,Willow Tree CIC,SME,1c,,,,,"]
    providers, faults = register(tmp_path, *rows)
    assert [provider.provider_id for provider in providers] == ["P099"]
    assert faults[0].message == "Row 2 is left out too, because row 3 of P001 cannot be used. Correct row 3."
    assert faults[1].message.startswith("Row 3, lots (D3) says “1c”")


def test_a_row_with_an_open_quotation_mark_leaves_the_whole_provider_out(tmp_path):
    rows = ["P001,Willow Tree CIC,SME,1a,,,,,", 'P001,Willow Tree CIC,SME,"2b,,,,,']
    providers, faults = register(tmp_path, *rows)
    assert [provider.provider_id for provider in providers] == ["P099"]
    assert [fault.row for fault in faults] == [2, 3]


def test_a_row_that_adds_nothing_is_noted(tmp_path):
    rows = ["P001,Willow Tree CIC,SME,1a,,,,,", "P001,Willow Tree CIC,SME,1a,,,,,"]
    providers, faults = register(tmp_path, *rows)
    assert len(providers) == 2
    assert [(fault.message, fault.severity) for fault in faults] == [
        ("Row 3 adds no lot to P001 of row 2. Delete one of them.", Severity.NOTE)
    ]


def test_a_sheet_per_lot(tmp_path):
    head = ["provider_id", "provider", "type", "lots"]
    path = workbook(
        tmp_path / "register.xlsx",
        **{
            "Lot 1a": [head, ["P001", "Willow Tree", "SME", "1a"], ["P002", "Oast House", "SME", "1a"]],
            "Lot 4": [head, ["P002", "Oast House", "large", 4], ["P001", "Willow Tree", "SME", 4]],
            "Lot 3": [head, ["P003", "Stour", "SME", 3], ["P003", "Stour Ltd", "SME", 4]],
        },
    )
    providers, faults = read_register(path)
    assert [(provider.provider_id, provider.lots) for provider in providers] == [("P001", ("1a", "4"))]
    assert [(fault.sheet, fault.message.split(" for the")[0]) for fault in faults] == [
        ("Lot 4", "Sheet Lot 4, row 2, type (C2) says “large”, but row 3 (C3) says “SME”"),
        ("Lot 3", "Sheet Lot 3, row 3, provider (B3) says “Stour Ltd”, but row 2 (B2) says “Stour”"),
    ]
