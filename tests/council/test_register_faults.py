"""Registers with something wrong: each fault by its place, and never at the cost of the other rows."""

from __future__ import annotations

import pickle
import re
import zipfile
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.council.register_files import csv_of, xlsx_of
from tests.lots import LOTS
from xlkpi.council import read_register
from xlkpi.council.lists.cell_text import clean
from xlkpi.errors import RegisterError, UnreadableFile
from xlkpi.findings import Severity

SOUND = "P099,Sound Ltd,SME,3,no"
MUST, QUERY, NOTE = Severity.MUST_FIX, Severity.QUERY, Severity.NOTE

FAULTY_ROWS = [
    (",Oast,SME,3", MUST, "Row 2, provider_id (A2) is empty. Enter the provider's number."),
    ("P1,,SME,3", MUST, "Row 2, provider (B2) is empty. Enter the provider's name."),
    (
        "P1,Oast,SME,1c",
        MUST,
        "Row 2, lots (D2) says “1c”, and “1c” is not a lot. Use 1a, 1b, 2a, 2b, 3 or 4, with ; between them.",
    ),
    (
        "P1,Oast,SME,1;3",
        MUST,
        "Row 2, lots (D2) says “1;3”, and lot 1 is split into 1a and 1b. Say which the provider holds.",
    ),
    (
        "P1,Oast,SME,,no",
        MUST,
        "Row 2 has no lot and no transport, so there is nothing to report. Enter its lots, or yes under transport.",
    ),
    ("P1,Oast,SME,3,maybe", MUST, "Row 2, transport (E2) says “maybe”. Write yes or no."),
    (
        "P1,Oast,SME,3;transport,no",
        MUST,
        "Row 2 has transport among the lots, but says no under transport. Correct one of them.",
    ),
    ("P1,#N/A,SME,3", MUST, "Row 2, provider (B2) shows #N/A. Type what belongs there over it."),
    (
        "P1,Oast,SME,3,no,,,,Eve,Hop",
        MUST,
        "Row 2 has more cells than the header has columns. Put text that has a comma in it in quotation marks.",
    ),
    (
        "P1,Oast,quango,3",
        QUERY,
        "Row 2, type (C2) says “quango”. Write voluntary or community, SME, large or in-house.",
    ),
    (
        "P1,Oast,SME,3,no,31/02/2026",
        QUERY,
        "Row 2, contract_start (F2) says “31/02/2026”, which is not a date. Write day/month/year.",
    ),
    (
        "P1,Oast,SME,3,no,,£185k",
        QUERY,
        "Row 2, contract_value (G2) says “£185k”. Write the contract's value in pounds, in digits only.",
    ),
    (
        "P1,Oast,SME,3,no,,,none yet",
        QUERY,
        "Row 2, email (H2) says “none yet”. Write an email address such as name@provider.org.uk.",
    ),
    (
        "P1,Oast,SME,3,no,,,,A; B; C",
        QUERY,
        "Row 2, contact_1 (I2) says “A; B; C”. Write it as name; position; email; telephone.",
    ),
]


@pytest.mark.parametrize(("row", "severity", "message"), FAULTY_ROWS, ids=[row for row, *_ in FAULTY_ROWS])
def test_a_faulty_row_says_where_and_what_to_do(tmp_path, row, severity, message):
    providers, faults = read_register(csv_of(tmp_path, row, SOUND))
    first = faults[0]
    assert (first.message, first.severity, first.row) == (message, severity, 2)
    assert first.cell == "".join(re.findall(r"\(([A-Z]2)\)", message))
    assert [p.provider_id for p in providers] == (["P099"] if severity is MUST else ["P1", "P099"])


def test_a_cell_that_cannot_be_read_is_left_out_and_the_rest_of_its_row_kept(tmp_path):
    providers, faults = read_register(csv_of(tmp_path, "P1,Oast,quango,3,yes,soon,£7,o@oast.example"))
    assert [fault.column for fault in faults] == ["type", "contract_start"]
    (remaining,) = providers
    assert (remaining.kind, remaining.contract_start, remaining.contract_value, remaining.email) == (
        "",
        None,
        "7",
        "o@oast.example",
    )


def test_every_fault_of_a_row_is_told_at_once(tmp_path):
    _, faults = read_register(csv_of(tmp_path, ",,quango,9,perhaps"))
    assert [fault.column for fault in faults] == ["provider_id", "provider", "type", "lots", "transport"]


def test_a_number_of_two_providers_leaves_both_out(tmp_path):
    providers, faults = read_register(csv_of(tmp_path, "P1,Oast,SME,3", SOUND, "p1,Hop,SME,4"))
    assert [p.name for p in providers] == ["Sound Ltd"]
    assert [(f.cell, f.message, f.severity) for f in faults] == [
        (
            "B4",
            "Row 4, provider (B4) says “Hop”, but row 2 (B2) says “Oast” for the same provider_id, p1."
            " Correct one of them, or give each provider its own number.",
            MUST,
        )
    ]


def test_a_name_twice_is_asked_about_and_both_kept(tmp_path):
    providers, faults = read_register(csv_of(tmp_path, "P1,Oast,SME,3", "P2,OAST,SME,4"))
    assert len(providers) == 2
    assert [f.cell for f in faults] == ["B3"]
    assert [(f.message, f.severity) for f in faults] == [
        ("Row 3, provider (B3) is OAST, the name in row 2 too. Delete one row, or tell the names apart.", QUERY)
    ]


def test_columns_nobody_knows_and_columns_twice(tmp_path):
    path = csv_of(
        tmp_path, "P1,Oast,3,North,b@oast.example,x,", header="provider_id,provider,lots,Region,email,lotss,E-mail"
    )
    providers, faults = read_register(path)
    assert [(f.message, f.severity) for f in faults] == [
        ("Column D, “Region”, is not one the register uses. It does no harm.", NOTE),
        ("Column F, “lotss”, is not one the register uses. If it is lots, rename it; otherwise leave it.", NOTE),
        ("Column G, “E-mail”, is a second email; column E was read. Delete or rename one of them.", QUERY),
    ]
    assert [f.cell for f in faults] == ["D1", "F1", "G1"]
    assert providers[0].email == "b@oast.example"


def test_rows_are_counted_as_excel_counts_them(tmp_path):
    quoted = csv_of(tmp_path, '"P1","Oast\nLtd",SME,3', "", ",Hop,SME,4")
    assert [fault.row for fault in read_register(quoted)[1]] == [4]
    gaps = xlsx_of(tmp_path, ["provider_id", "provider", "lots"], [], [], [None, "Hop", "4"])
    assert [fault.message for fault in read_register(gaps)[1]] == [
        "Row 4, provider_id (A4) is empty. Enter the provider's number."
    ]


def test_a_register_with_no_provider_says_so(tmp_path):
    providers, faults = read_register(csv_of(tmp_path))
    assert providers == ()
    assert [f.message for f in faults] == ["Row 2: the register has no providers. Enter one per row, below its header."]


def test_a_character_lost_on_the_way_is_not_printed_on_returns(tmp_path):
    _, faults = read_register(csv_of(tmp_path, "P1,Caf\ufffd,SME,3"))
    assert "a character that was lost" in faults[0].message


@pytest.mark.parametrize(
    ("header", "missing"),
    [
        ("provider_id,provider", ("lots",)),
        ("supplier,lots", ("provider_id", "provider")),
        ("a,b", ("provider_id", "provider", "lots")),
    ],
)
def test_a_register_without_an_essential_column_is_refused(tmp_path, header, missing):
    with pytest.raises(RegisterError) as caught:
        read_register(csv_of(tmp_path, "P1,Oast", header=header))
    assert caught.value.missing == missing
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)  # noqa: S301 - our own pickle


def test_the_refusal_says_what_stands_there_instead(tmp_path):
    with pytest.raises(RegisterError) as caught:
        read_register(csv_of(tmp_path, header="provider_id,provider"))
    assert str(caught.value) == (
        "register.csv has no column lots; its first row says “provider_id”, “provider”."
        " Rename its columns to these names, or name another file."
    )


def package(path, parts):
    with zipfile.ZipFile(path, "w") as out:
        for name, content in parts.items():
            out.writestr(name, content)
    return path.read_bytes()


def main_part(name, content):
    """A package whose main part this is."""
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    rels = f'<Relationships><Relationship Id="a" Type="{office}" Target="{name}"/></Relationships>'
    return {"_rels/.rels": rels, name: content}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"  \r\n", "empty"),
        (b"%PDF-1.7 ...", "pdf"),
        (b"\xef\xbb\xbf<!DOCTYPE html><table>", "html"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old xls"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"PK\x03\x04 cut off", "damaged"),
        (b"\x00\x01\x02provider_id", "not a workbook"),
    ],
)
def test_a_file_that_is_no_register_says_what_it_is(tmp_path, content, code):
    path = tmp_path / "register.csv"
    path.write_bytes(content)
    with pytest.raises(UnreadableFile) as caught:
        read_register(path)
    assert caught.value.reason.code == code


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        (main_part("word/document.xml", "<document/>"), "word"),
        ({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<a/>"}, "ods"),
        (main_part("xl/workbook.bin", "x"), "xlsb"),
        ({"a": "<a/>"}, "not a workbook"),
        ({"a.xlsx": "x"}, "archive"),
        (main_part("xl/workbook.xml", "<workbook/>"), "damaged"),
    ],
)
def test_other_packages_are_told_apart(tmp_path, parts, code):
    path = tmp_path / "register.xlsx"
    package(path, parts)
    with pytest.raises(UnreadableFile) as caught:
        read_register(path)
    assert caught.value.reason.code == code


def test_a_file_that_is_not_there_and_a_folder(tmp_path):
    for path, code in ((tmp_path / "none.csv", "missing"), (tmp_path, "not a file")):
        with pytest.raises(UnreadableFile) as caught:
            read_register(path)
        assert caught.value.reason.code == code


CELL = st.text(st.characters(min_codepoint=32, max_codepoint=0xFF, exclude_categories=["Cc", "Cf"]), max_size=12)
USUAL = st.sampled_from(("P1", "P2", "Oast", "3", "yes", "1a;9", "£5", "#REF!", "1/4/26", "a@b.example", ""))


@given(st.lists(st.lists(CELL | USUAL, max_size=11), max_size=5))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_row_whatever_raises_and_every_filled_row_is_accounted_for(tmp_path, rows):
    lines = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows]
    providers, faults = read_register(csv_of(tmp_path, *lines))
    unusable = {fault.row for fault in faults if fault.severity is MUST}
    known = {provider.provider_id.casefold() for provider in providers}
    for place, row in enumerate(rows, start=2):
        if any(cell.strip() for cell in row):
            ours = [cells[0] for cells in rows if cells and clean(cells[0]).casefold() == clean(row[0]).casefold()]
            assert place in unusable or clean(row[0]).casefold() in known or len(ours) > 1
    assert providers or unusable
    for provider in providers:
        assert provider.provider_id
        assert provider.name
        assert provider.lots or provider.transport
        assert set(provider.lots) <= set(LOTS)


DAYS = "provider_id,provider,lots,contract_start,contract_end,extended_to,review_date"
CONTRADICTIONS = [
    ("1/4/2026,31/3/2025,,", "contract_end", "31/03/2025, before contract_start (D2), 01/04/2026"),
    ("1/4/2026,31/3/2028,31/3/2027,", "extended_to", "31/03/2027, before contract_end (E2), 31/03/2028"),
    ("1/4/2026,,31/3/2025,", "extended_to", "31/03/2025, before contract_start (D2), 01/04/2026"),
    ("1/4/2026,,,1/1/2026", "review_date", "01/01/2026, before contract_start (D2), 01/04/2026"),
]


@pytest.mark.parametrize(("days", "column", "words"), CONTRADICTIONS)
def test_a_day_that_contradicts_another_is_left_out_and_said_by_cell(tmp_path, days, column, words):
    (provider,), (fault,) = read_register(csv_of(tmp_path, f"P1,Oast,3,{days}", header=DAYS))
    assert getattr(provider, column) is None
    assert provider.contract_start == date(2026, 4, 1)
    assert fault.message == f"Row 2, {column} ({fault.cell}) is {words}. Correct one of them."
    assert (fault.column, fault.severity) == (column, QUERY)


def test_an_extension_is_not_blamed_for_an_end_that_is_before_the_start(tmp_path):
    row = "P1,Oast,3,1/4/2026,31/3/2006,31/3/2028,"
    (provider,), (fault,) = read_register(csv_of(tmp_path, row, header=DAYS))
    assert (fault.column, provider.last_day) == ("contract_end", date(2028, 3, 31))


@pytest.mark.parametrize("text", ["", "-", "n/a", "ongoing", "Open-ended", "rolling"])
def test_a_contract_may_have_no_end(tmp_path, text):
    (provider,), faults = read_register(csv_of(tmp_path, f"P1,Oast,3,1/4/2026,{text},,", header=DAYS))
    assert (provider.last_day, faults) == (None, ())


def test_a_day_that_no_contract_can_have_is_said(tmp_path):
    (provider,), (fault,) = read_register(csv_of(tmp_path, "P1,Oast,3,1/4/2026,31/12/9999,,", header=DAYS))
    assert provider.last_day is None
    assert fault.message == (
        "Row 2, contract_end (E2) says “31/12/9999”, which is outside 2000 to 2099. Correct the year."
    )
