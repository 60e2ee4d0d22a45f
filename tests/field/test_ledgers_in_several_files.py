"""A ledger per month, or a folder of them: every file is read, and none of them twice."""

from __future__ import annotations

import shutil

import pytest

from tests.field.list_files import HEADER, invoice, messages_of, numbers, read, text_file
from tests.finance.ledger_builders import finance_council, registered, returns
from xlkpi.cli.main import make_parser
from xlkpi.council import list_files, local_paths, locate_lists
from xlkpi.errors import LedgerError, UnreadableFile
from xlkpi.finance.finance_check import check_finance
from xlkpi.sheets.finance.plan_finance import plan_finance
from xlkpi.sheets.finance.set_aside import plan_set_aside


@pytest.fixture
def months(tmp_path):
    (tmp_path / "ledger").mkdir()
    for name, number in (("april.csv", 1), ("may.csv", 2), ("june.csv", 3)):
        text_file(tmp_path / "ledger", HEADER, invoice(number), f"P001,INV-9{number},,,soon,,,,,", name=name)
    return tmp_path / "ledger"


def test_every_file_is_read_and_findings_name_it(months):
    ledger = read([months / "april.csv", months / "may.csv"])
    assert numbers(ledger) == ["INV-1", "INV-2"]
    assert [message.split(" is set")[0] for message in messages_of(ledger, "must fix")] == [
        "april.csv line 3",
        "may.csv line 3",
    ]
    assert (ledger.file, ledger.rows_read, ledger.tally.above) == ("april.csv, may.csv", 4, 2)


def test_an_invoice_in_two_files_is_counted_once(months):
    text_file(months, HEADER, invoice(2), invoice(1), name="may.csv")
    ledger = read([months / "april.csv", months / "may.csv"])
    assert numbers(ledger) == ["INV-1", "INV-2"]
    assert messages_of(ledger, "note") == [
        "may.csv line 3 repeats line 2 of april.csv: P001, invoice INV-1. It is counted once."
    ]
    assert [row.why for row in ledger.set_aside if row.invoice_no == "INV-1"] == ["Repeats line 2 of april.csv."]


def test_a_copy_of_a_file_is_read_once(months):
    shutil.copy(months / "april.csv", months / "copy of april.csv")
    ledger = read([months / "april.csv", months / "copy of april.csv", months / "april.csv"])
    assert numbers(ledger) == ["INV-1"]
    assert messages_of(ledger, "note") == [
        "copy of april.csv: This is an exact copy of ledger/april.csv. It was read once.",
        "ledger/april.csv: This is an exact copy of ledger/april.csv. It was read once.",
    ]


def test_files_of_one_name_are_told_apart_by_their_folders(tmp_path):
    for year in ("2025", "2026"):
        (tmp_path / year).mkdir()
        text_file(tmp_path / year, HEADER, f"P001,INV-{year},,,soon,,,,,")
    ledger = read(list_files(tmp_path))
    assert [message.split(" is set")[0] for message in messages_of(ledger, "must fix")] == [
        "2025/ledger.csv line 2", "2026/ledger.csv line 2"
    ]  # fmt: skip


def test_each_file_has_its_own_header(months):
    turned = ",".join(invoice(2).split(",")[::-1])
    text_file(months, "Title", ";".join(HEADER.split(",")[::-1]), turned.replace(",", ";"), name="may.csv")
    assert numbers(read([months / "april.csv", months / "may.csv"])) == ["INV-1", "INV-2"]
    text_file(months, "a,b", "1,2", name="may.csv")
    with pytest.raises(LedgerError, match=r"may\.csv has no columns"):
        read([months / "april.csv", months / "may.csv"])


def test_a_folder_gives_every_file_in_it_but_what_programs_leave(months):
    for name in ("~$may.xlsx", ".~lock.may.csv#", "Thumbs.db", "desktop.ini", ".DS_Store", "xlkpi-ledger.toml"):
        (months / name).write_text("x")
    (months / "older").mkdir()
    (months / "older" / "march.csv").write_text("x")
    paths = list_files(months)
    assert [file.relative_to(months).as_posix() for file in paths] == [
        "april.csv", "june.csv", "may.csv", "older/march.csv"
    ]  # fmt: skip
    assert list_files([months / "may.csv", str(months)])[0] == months / "may.csv"
    assert list_files(None) == list_files("") == ()
    assert local_paths(months, None, "s3://lists/x.csv") == paths


def test_an_empty_folder_is_said(tmp_path):
    with pytest.raises(UnreadableFile, match="is a folder without a file in it"):
        list_files(tmp_path)


def test_settings_are_looked_for_in_the_folder_or_beside_the_first_file(months):
    (months / "xlkpi-ledger.toml").write_text("tolerance = 2\n")
    for named in (months, months / "may.csv", [months / "april.csv", months / "may.csv"]):
        assert locate_lists(ledger=named).finance_settings == months / "xlkpi-ledger.toml"
    assert locate_lists(extract=months.parent / "x.csv").finance_settings is None


def test_the_workbook_names_file_and_line(months):
    files = list_files(months)
    council = finance_council(files, register=registered(1))
    check = check_finance(returns({1: (0, 3)}, register=registered(1)), council)
    assert [row[0] for row in plan_set_aside(check).tables[0].rows] == ["3, april.csv", "3, june.csv", "3, may.csv"]
    overview, *_, invoices = plan_finance(check).sheets
    assert [row[0] for row in invoices.tables[0].rows] == ["2, april.csv", "2, june.csv", "2, may.csv"]
    subtitle = next(cell.value for cell in overview.cells if (cell.row, cell.col) == (2, 1))
    assert all(file.name in subtitle for file in files)


def test_an_option_given_twice_is_read_twice_or_refused(capsys):
    words = ["finance", "inbox", "--out", "f.xlsx", "--ledger", "a.csv", "--ledger", "b.csv", "--extract", "c.csv"]
    parsed = make_parser(("finance",)).parse_args(words)
    assert (parsed.ledger, parsed.extract) == (["a.csv", "b.csv"], ["c.csv"])
    with pytest.raises(SystemExit) as ended:
        make_parser(("finance",)).parse_args([*words, "--register", "r.csv", "--register", "s.csv"])
    assert ended.value.code == 2
    assert "--register is given twice. Give it once." in capsys.readouterr().err
