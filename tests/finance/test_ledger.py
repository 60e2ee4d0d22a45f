"""Reading a ledger: headers, files of every kind, rows set aside with their line, repeats."""

from __future__ import annotations

import copy
from datetime import date, datetime
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest

from tests.consolidation.return_builders import provider
from tests.finance.ledger_builders import HEADER, checked, codes, ledger, messages, registered
from xlkpi.council import ContractFolder, CouncilFiles
from xlkpi.council.finance_settings import FinanceSettings, read_finance_settings, remember_columns
from xlkpi.council.lists.finance_columns import parse_columns
from xlkpi.council.lists.finding_collector import MOST_OF_A_KIND
from xlkpi.errors import LedgerError, SettingsError, UnreadableFile
from xlkpi.finance.ledger import read_ledger
from xlkpi.finance.providers import ProviderDirectory

GOOD = "P001,INV-1,01/05/2026,05/05/2026,03/05/2026,£10.00,,,,20/05/2026"
MORNING = datetime(2026, 5, 3, 9, 30)  # noqa: DTZ001 - a cell has no time zone
NAMES = {"P001": "Willow Tree CIC", "P002": "Oast House Ltd"}


def read(path, settings=None, *, register=None, returned=NAMES):
    return read_ledger(path, ProviderDirectory(register, returned), settings or FinanceSettings())


def test_a_row_is_read_cell_by_cell(tmp_path):
    (row,) = read(ledger(tmp_path, [GOOD])).invoices.to_dict("records")
    assert (row["line"], row["provider_id"], row["invoice_no"], row["kind"]) == (2, "P001", "INV-1", "invoice")
    assert (row["received_date"], row["paid_date"]) == (date(2026, 5, 3).toordinal(), date(2026, 5, 20).toordinal())
    assert (row["disputed_date"], row["amount"]) == (0, 1000)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_every_encoding_that_excel_saves(tmp_path, encoding):
    path = ledger(tmp_path, [GOOD.replace("INV-1", "Café £5")], encoding=encoding)
    assert list(read(path).invoices["invoice_no"]) == ["Café £5"]


def test_a_byte_that_is_no_utf_8_late_in_the_file_is_windows_spelling(tmp_path):
    path = ledger(tmp_path, [GOOD.replace("£", "")])
    path.write_bytes(path.read_bytes() + b"P002,Caf\xe9,,05/05/2026,03/05/2026,,,,,\r\n")
    assert list(read(path).invoices["invoice_no"]) == ["INV-1", "Café"]


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_other_delimiters(tmp_path, delimiter):
    path = tmp_path / "ledger.csv"
    path.write_text(f"{HEADER}\n{GOOD}".replace(",", delimiter), encoding="utf-8")
    assert read(path).rows_used == 1


def test_a_workbook_with_dates_and_serial_numbers(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["Invoices of the half-year"])
    book.active.append(HEADER.split(","))
    book.active.append(["P001", 1001, date(2026, 5, 1), 46147, MORNING, -12.5, None, None, None, date(2026, 5, 9)])
    book.active.append([None] * 10)
    book.active.append(["P001", 1002, None, None, MORNING])
    book.save(tmp_path / "ledger.xlsx")
    ledger_read = read(tmp_path / "ledger.xlsx")
    row, below = ledger_read.invoices.to_dict("records")
    assert (row["line"], row["invoice_no"], row["kind"], row["amount"]) == (3, "1001", "credit note", -1250)
    assert row["due_date"] == date(2026, 5, 5).toordinal()
    assert row["received_date"] == date(2026, 5, 3).toordinal()
    assert (ledger_read.tally.blank, below["line"]) == (1, 5)


def test_headers_under_other_names_are_known(tmp_path):
    header = (
        "Supplier No,Invoice Number,Date of invoice,Due,Date Received,Amount (£),Disputed on,Reason,Resolved,Paid on"
    )
    assert read(ledger(tmp_path, [GOOD], header=header)).rows_used == 1


def test_a_header_can_be_mapped_and_is_remembered(tmp_path):
    header = HEADER.replace("provider_id", "Whose").replace("paid_date", "Cleared")
    path, settings = ledger(tmp_path, [GOOD], header=header), tmp_path / "xlkpi-ledger.toml"
    with pytest.raises(LedgerError, match=r"no columns provider_id, paid_date.*--columns \"provider_id=Its header\""):
        read(path)
    settings.write_text('# ours\ntolerance = 2\n\n[columns]\namount = "Old"\n\n[providers]\n"Wilow" = "P001"\n')
    remember_columns(settings, parse_columns(["provider_id=Whose, paid_date=Cleared"]))
    known = read_finance_settings(settings)
    assert (known.tolerance, known.providers) == (2, {"Wilow": "P001"})
    assert known.columns == {"provider_id": "Whose", "paid_date": "Cleared"}
    assert settings.read_text().startswith("# ours\n")
    assert read(path, known).rows_used == 1


@pytest.mark.parametrize(
    ("files", "name"),
    [
        (CouncilFiles(), "xlkpi-ledger.toml"),
        (CouncilFiles(contract=ContractFolder(Path())), "xlkpi.toml"),
        (CouncilFiles(contract=ContractFolder(Path()), finance_settings=Path("xlkpi-ledger.toml")), "xlkpi.toml"),
        (CouncilFiles(finance_settings=Path("ours.toml"), has_named_finance_settings=True), "ours.toml"),
    ],
)
def test_messages_name_the_settings_file_in_use(tmp_path, files, name):
    assert files.finance_settings_name == name
    directory = ProviderDirectory((provider(1, "Willow Tree CIC"),), NAMES, settings=name)
    rows = [f"{GOOD},invoice", f"{GOOD.replace('INV-1', 'INV-2')},credit note", f"{GOOD.replace('INV-1', '3')},zz"]
    path = ledger(tmp_path, [*rows, f"{GOOD.replace('P001', 'Acme')},invoice"], header=f"{HEADER},type")
    found = read_ledger(path, directory, FinanceSettings()).findings
    naming = {each.code.name for each in found if f"in {name}" in each.message}
    assert naming == {"LEDGER_TYPE", "LEDGER_OTHERS"}
    lacks = ledger(tmp_path, [GOOD], header=HEADER.replace("paid_date", "Cleared"))
    with pytest.raises(LedgerError, match=rf"or \[columns\] in {name}\.$") as problem:
        read_ledger(lacks, directory, FinanceSettings())
    assert str(copy.copy(problem.value)) == str(problem.value), "it can cross to another process"


@pytest.mark.parametrize("text", ["provider_id", "creditor=Creditor", "paid_date=", "=x"])
def test_a_mapping_that_names_no_column_says_what_to_write(text):
    with pytest.raises(ValueError, match="Write column=header"):
        parse_columns([text])


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("tolerance = -1", "tolerance says “-1”"),
        ("tolerence = 1", "no setting tolerence"),
        ('[columns]\nsupplier = "x"', "names supplier"),
    ],
)
def test_settings_that_say_what_we_do_not_know_are_refused(tmp_path, text, says):
    (tmp_path / "s.toml").write_text(text)
    with pytest.raises(SettingsError, match=says):
        read_finance_settings(tmp_path / "s.toml")


def test_a_header_that_means_nothing_is_told(tmp_path):
    check = checked(tmp_path, [GOOD + ",42"], {1: (0, 1)}, header=HEADER + ",Cost centre")
    assert messages(check, "LIST_COLUMN") == [
        "ledger.csv: column K, “Cost centre”, is not one of ours and was not read."
    ]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (",INV-1,,,03/05/2026,,,,,", "ledger.csv line 3 is set aside: provider_id (A3) is empty. Enter it."),
        ("P001,,,,03/05/2026,,,,,", "ledger.csv line 3 is set aside: invoice_no (B3) is empty. Enter it."),
        ("P001,I,,,,,,,,", "ledger.csv line 3 is set aside: received_date (E3) is empty. Enter it."),
        (
            "P001,I,,,03/05/2026,,30/02/2026,,,",
            "ledger.csv line 3 is set aside: disputed_date (G3) says “30/02/2026”, which is not a date."
            " Write day/month/year.",
        ),
        (
            "P001,I,,,03/05/2026,,,,,,,x",
            "ledger.csv line 3 is set aside: the row has more cells than the header has columns."
            " Put text that has a comma in it in quotation marks.",
        ),
        (
            "P-1,I,,,03/05/2026,,,,,",
            "ledger.csv line 3 is set aside: “P-1” is not a known provider; it looks like P001 Provider 1."
            ' Correct it, or say which provider it is ("" for none) under providers in xlkpi-ledger.toml.',
        ),
    ],
)
def test_a_row_that_cannot_be_used_is_told_with_its_line(tmp_path, row, message):
    check = checked(tmp_path, ["", row, GOOD], {1: (0, 1)}, register=registered(1))
    assert [finding.finding.message for finding in check.findings] == [message]
    assert check.must_fix == 1
    assert (check.ledger.rows_read, check.ledger.rows_used, check.ledger.rows_set_aside) == (2, 1, 1)
    assert [set_aside_row.line for set_aside_row in check.ledger.set_aside] == [3]


def test_two_wrong_cells_of_a_row_are_two_findings_and_one_row(tmp_path):
    check = checked(tmp_path, ["P001,I,,x,y,,,,,"], {1: (0, 0)})
    assert codes(check).count("LIST_ROW") == 2
    assert check.ledger.rows_set_aside == 1


def test_providers_by_name_and_by_other_spellings_the_officer_has_settled(tmp_path):
    rows = ["willow  tree cic,1,,,03/05/2026,,,,,", "p001,2,,,03/05/2026,,,,,", "Wilow,3,,,03/05/2026,,,,,"]
    path = ledger(tmp_path, rows)
    ledger_read = read_ledger(path, ProviderDirectory(None, NAMES, {"wilow": "P001"}), FinanceSettings())
    assert list(ledger_read.invoices["provider_id"]) == ["P001"] * 3


def test_a_near_name_is_suggested_and_never_used(tmp_path):
    ledger_read = read(ledger(tmp_path, ["Willow Tree C.I.C.,1,,,03/05/2026,,,,,"]))
    assert ledger_read.rows_used == 0
    assert "it looks like P001 Willow Tree CIC." in ledger_read.findings[0].message


def test_without_a_register_an_id_of_its_own_is_a_provider_without_a_return(tmp_path):
    check = checked(tmp_path, [GOOD.replace("P001", "X900")], {1: (0, 0)})
    assert {line.provider_id: line.agreement.value for line in check.lines} == {"P001": "Agreed", "X900": "No return"}


def test_repeats(tmp_path):
    rows = [
        GOOD,
        GOOD,
        GOOD.replace("INV-1", "inv-1").replace("£10.00", "£11"),
        GOOD.replace("03/05/2026", "13/05/2026").replace("£10.00", "£21"),
        GOOD.replace("£10.00", "-£10.00"),
        GOOD.replace("P001", "P002"),
    ]
    ledger_read = read(ledger(tmp_path, rows))
    assert list(ledger_read.invoices["line"]) == [2, 5, 6, 7]
    assert list(ledger_read.invoices["kind"]) == ["invoice", "resubmitted invoice", "credit note", "invoice"]
    assert list(ledger_read.invoices["lines"]) == [2, 1, 1, 1]
    assert [finding.message for finding in ledger_read.findings] == [
        "ledger.csv: invoices on several lines: 1 (first: INV-1 of P001, line 2)."
        " Each is counted once: disputed if a line is, paid when the last line is.",
        "ledger.csv line 3 repeats line 2: P001, invoice INV-1. It is counted once.",
        "ledger.csv line 5 resubmits invoice INV-1 for P001 (also on line 2). It is counted once.",
    ]
    assert [(set_aside_row.line, set_aside_row.why) for set_aside_row in ledger_read.set_aside] == [
        (3, "Repeats line 2.")
    ]
    assert (ledger_read.rows_read, ledger_read.rows_used, ledger_read.rows_set_aside, ledger_read.invoice_count) == (
        6,
        5,
        1,
        2,
    )


def test_a_cell_of_two_lines_keeps_the_count_of_lines(tmp_path):
    two = ["P001", "INV-1", "", "", "03/05/2026", "", "04/05/2026", "wrong\nrate", "", ""]
    ledger_read = read(ledger(tmp_path, [two, "P001,INV-2,,,nonsense,,,,,"]))
    assert list(ledger_read.invoices["dispute_reason"]) == ["wrong rate"]
    assert [set_aside_row.line for set_aside_row in ledger_read.set_aside] == [4]


def test_of_very_many_faults_of_a_kind_the_rest_is_counted(tmp_path):
    many = MOST_OF_A_KIND + 7
    ledger_read = read(ledger(tmp_path, [GOOD, *["P001,I,,,never,,,,,"] * many]))
    assert ledger_read.rows_set_aside == ledger_read.rows_read - 1 == many
    assert len(ledger_read.set_aside) == MOST_OF_A_KIND
    assert ledger_read.findings[-1].message.startswith("ledger.csv: 7 more rows have the same problem (LIST_ROW).")
    assert ledger_read.findings[-1].severity.value == "must fix"


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04 cut off"])
def test_a_file_that_is_no_list_says_what_to_do(tmp_path, data):
    (tmp_path / "ledger.csv").write_bytes(data)
    with pytest.raises(UnreadableFile):
        read(tmp_path / "ledger.csv")
    with pytest.raises(UnreadableFile):
        read(tmp_path / "nowhere.csv")


def test_a_workbook_is_read_whatever_its_name(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(HEADER.split(","))
    book.active.append(GOOD.split(","))
    book.save(tmp_path / "ledger.xlsx")
    named = (tmp_path / "ledger.xlsx").rename(tmp_path / "ledger.csv")
    assert read(named).rows_used == 1
    with ZipFile(named) as whole, ZipFile(tmp_path / "broken.xlsx", "w") as broken:
        for part in whole.namelist():
            content = whole.read(part)
            broken.writestr(part, content[: len(content) // 2] if part.endswith("sheet1.xml") else content)
    with pytest.raises(UnreadableFile, match="damaged"):
        read(tmp_path / "broken.xlsx")


def test_a_ledger_of_a_header_alone_is_read(tmp_path):
    ledger_read = read(ledger(tmp_path, []))
    assert (ledger_read.rows_read, ledger_read.rows_used) == (0, 0)
