"""Registers by the contract's own lots: none at all, lots written in many ways, and rows under a provider's."""

from __future__ import annotations

import json

import pytest
from pydantic_core import PydanticCustomError

from tests.council.register_files import csv_of, xlsx_of
from tests.lots import LOTS
from tests.small_catalogue import SMALL
from xlkpi.catalogue.load import ContractTerms, load_terms
from xlkpi.catalogue.model import parse_catalogue
from xlkpi.council import CouncilFiles, read_council, read_register
from xlkpi.council.register.lots import parse_lots
from xlkpi.findings import Severity

HEADER = "provider_id,provider,lots"


def test_a_provider_without_a_lot_reports_what_everyone_does(tmp_path):
    path = csv_of(tmp_path, "P1,Oast,", "P2,Hop,none", "P3,Stour,3", header=HEADER)
    providers, faults = read_register(path, ("3",), lots_optional=True)
    assert [(provider.provider_id, provider.lots) for provider in providers] == [("P1", ()), ("P2", ()), ("P3", ("3",))]
    assert not faults


def test_a_contract_without_a_section_for_everyone_asks_for_a_lot(tmp_path):
    providers, faults = read_register(csv_of(tmp_path, "P1,Oast,", header=HEADER), ("North", "South"))
    assert not providers
    assert [fault.message for fault in faults] == [
        "Row 2 has no lot, so there is nothing to report. Enter its lots.",
    ]


def test_a_contract_without_lots_has_none_to_name(tmp_path):
    path = csv_of(tmp_path, "P1,Oast,", "P2,Hop,3", header=HEADER)
    providers, faults = read_register(path, (), lots_optional=True)
    assert [provider.provider_id for provider in providers] == ["P1"]
    assert faults[0].message.endswith("says “3”, and the contract has no lots. Leave the cell empty.")


def test_every_version_needs_a_section_for_everyone():
    data = json.loads(SMALL)
    for_everyone = parse_catalogue(data, load_terms().words)
    data["sections"][0]["lots"] = ["1a"]
    for_lots = parse_catalogue(data, load_terms().words)
    assert ContractTerms((for_everyone,)).has_sections_for_everyone
    assert not ContractTerms((for_everyone, for_lots)).has_sections_for_everyone


def test_our_own_contract_asks_for_a_lot_or_transport(tmp_path):
    register = read_council(CouncilFiles(register=csv_of(tmp_path, "P1,Oast,", header=HEADER))).register
    assert register.providers == ()
    assert read_council(CouncilFiles()).register.providers is None


@pytest.mark.parametrize(
    ("text", "known", "lots"),
    [
        ("1(a)", LOTS, ("1a",)),
        ("1.a; 2 (b)", LOTS, ("1a", "2b")),
        ("1 a", LOTS, ("1a",)),
        ("1 a 2 b 3", LOTS, ("1a", "2b", "3")),
        ("3|4", LOTS, ("3", "4")),
        ("Lot 1a and lot 4", LOTS, ("1a", "4")),
        ("Lots 1a 2b", LOTS, ("1a", "2b")),
        ("n/a", LOTS, ()),
        (";", LOTS, ()),
        ("1|2", ("Lot 1", "Lot 2"), ("Lot 1", "Lot 2")),
        ("lot 1 and Lot 2", ("Lot 1", "Lot 2"), ("Lot 1", "Lot 2")),
        ("north kent | Lot south", ("North Kent", "South"), ("North Kent", "South")),
        ("Bins/bulky; sorting", ("Bins/bulky", "Sorting"), ("Bins/bulky", "Sorting")),
        ("1 a", ("1", "a", "1a"), ("1", "a")),
        ("N", ("N", "S"), ("N",)),
    ],
)
def test_lots_are_read_by_the_contracts_own_names(text, known, lots):
    assert parse_lots(text, known) == lots


@pytest.mark.parametrize(
    ("text", "known"),
    [("1.2", ("1", "2", "12")), ("3.0", ("3", "30")), ("1(a)", ("1", "a", "1a")), ("3-4", LOTS), ("1(c)", LOTS)],
)
def test_what_could_be_several_lots_or_is_none_is_asked_about(text, known):
    with pytest.raises(PydanticCustomError, match=r"is not a lot|is split into"):
        parse_lots(text, known)


@pytest.mark.parametrize("name", ["", "Willow tree"])
def test_rows_under_a_provider_with_only_lots_are_its_lots_and_asked_about(tmp_path, name):
    rows = (
        ["provider_id", "provider", "lots"],
        ["P1", "Willow Tree", "1a"],
        [None, name or None, "2a"],
        [],
        [None, None, 3],
    )
    providers, faults = read_register(xlsx_of(tmp_path, *rows, ["P2", "Oast", "4"]))
    assert [(provider.provider_id, provider.lots) for provider in providers] == [
        ("P1", ("1a", "2a", "3")),
        ("P2", ("4",)),
    ]
    assert [(fault.severity, fault.message) for fault in faults] == [
        (
            Severity.QUERY,
            f"Row {row}, provider_id (A{row}) is empty. The row is read as more lots of P1, the provider above;"
            " enter its number.",
        )
        for row in (3, 5)
    ]


def test_a_row_under_a_provider_that_cannot_be_used_leaves_the_provider_out(tmp_path):
    providers, faults = read_register(csv_of(tmp_path, "P1,Oast,1a", ",,9", "P2,Hop,3", header=HEADER))
    assert [provider.provider_id for provider in providers] == ["P2"]
    assert [fault.severity for fault in faults].count(Severity.MUST_FIX) == 2


def test_a_row_with_a_name_of_its_own_is_not_the_provider_above(tmp_path):
    providers, faults = read_register(csv_of(tmp_path, "P1,Oast,1a", ",Hop,3", ",,4", header=HEADER))
    assert [(provider.provider_id, provider.lots) for provider in providers] == [("P1", ("1a",))]
    assert [fault.cell for fault in faults] == ["A3", "A4", "B4"]
