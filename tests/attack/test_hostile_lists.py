"""Somebody exports, or makes, a list or settings file that no person writes: one message, never a traceback."""

from __future__ import annotations

import zipfile

import pytest

from tests.acceptance.officer.officer_command import xlkpi as command
from tests.processor_time import at_most
from tests.reading.return_edits import clean
from xlkpi.cli import main
from xlkpi.core.period import Period
from xlkpi.council.decisions import read_decisions
from xlkpi.council.finance_settings import FinanceSettings, read_finance_settings
from xlkpi.council.lists.cell_text import clean as tidy
from xlkpi.council.lists.list_parts import list_parts
from xlkpi.council.register import read as read_registers
from xlkpi.council.register.read import MOST_PROVIDERS, read_register
from xlkpi.council.settings import read_settings
from xlkpi.errors import SettingsError, UnreadableFile
from xlkpi.finance.extract import read_extract
from xlkpi.finance.ledger import read_ledger
from xlkpi.finance.providers import ProviderDirectory
from xlkpi.findings import Code

LEDGER = "provider_id,invoice_no,due_date,received_date,amount,disputed_date,dispute_reason,paid_date"
REGISTER = "provider_id,provider,lots"
DECISIONS = "file,sha256,decision,who,when,why"
S2 = "provider_id,period,agreed_x,agreed_y,who,when,why"
EXTRACT = "provider_id,period,indicator,x,y"
ACCENTS = "a" + "\u0301" * 60_000 + "\u0327" * 60_000
LONG = "9" * 100_000
NOBODY = ProviderDirectory(None, {})
QUICK = 8.0
"""Seconds of a usual machine's processor, ten times what the slowest takes; each took minutes or had no end."""


def listed(tmp_path, text, name="list.csv"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def rows_of(path):
    return [row for part in list_parts(path) for row in part.rows]


def ledger(path):
    return read_ledger(path, NOBODY, FinanceSettings())


READERS = {
    "ledger": (LEDGER, ledger),
    "register": (REGISTER, read_register),
    "decisions": (DECISIONS, lambda path: read_decisions([path])),
    "S2 decisions": (S2, lambda path: read_decisions([path])),
    "extract": (EXTRACT, lambda path: read_extract(path, Period(2026, 2), NOBODY, {})),
}
HOSTILE = {"digits": LONG, "accents": ACCENTS, "spaces": "\u2003" * 100_000, "invisible": "\u200b" * 100_000,
           "signs": "-" * 100_000, "dots": "1" + "." * 100_000, "commas": "1,000" * 20_000, "formula": "=" * 100_000,
           "lone surrogate": "\ud800" * 1000, "nulls": "\x01" * 100_000}  # fmt: skip


class TestCells:
    @pytest.mark.parametrize("cell", HOSTILE.values(), ids=HOSTILE)
    @pytest.mark.parametrize("kind", READERS)
    def test_whatever_is_in_every_cell_the_list_is_read_at_once(self, tmp_path, kind, cell):
        header, read = READERS[kind]
        row = ",".join([f'"{cell}"'] * len(header.split(",")))
        path = tmp_path / "list.csv"
        path.write_bytes(f"{header}\n{row}\n{row}\n".encode("utf-8", "surrogatepass"))
        with at_most(QUICK):
            read(path)

    def test_an_amount_of_400_digits_is_left_out_with_its_cell(self, tmp_path):
        rows = f"P001,I0,1/8/2026,1/8/2026,{'9' * 400},,,\nP002,I1,1/8/2026,1/8/2026,100.00,,,\n"
        result = ledger(listed(tmp_path, f"{LEDGER}\n{rows}"))
        assert (result.rows_used, result.rows_set_aside) == (2, 0)
        assert list(result.invoices["amount"].isna()) == [True, False]
        (read_list,) = (finding for finding in result.findings if finding.code is Code.LEDGER_AMOUNT)
        assert read_list.message == (
            f"list.csv: amount has cells that are not sums of money (cells: 1; first E2, “{'9' * 59}…”)."
            " The invoices are counted without a sum; correct the cells."
        )

    @pytest.mark.parametrize("amount", ["999999999999.99", "0" * 400 + "7.50"])
    def test_the_largest_amount_is_exact(self, tmp_path, amount):
        result = ledger(listed(tmp_path, f"{LEDGER}\nP001,I0,1/8/2026,1/8/2026,{amount},,,\n"))
        assert result.invoices["amount"][0] == round(float(amount) * 100)

    def test_a_cell_longer_than_a_cell_can_be_is_a_fault_with_its_place(self, tmp_path):
        providers, faults = read_register(listed(tmp_path, f"{REGISTER},contract_ref\nP001,Orchard,1a,{LONG}\n"))
        assert [provider.contract_ref for provider in providers] == [""]
        assert [fault.message for fault in faults] == [
            "Row 2, contract_ref (D2) is 100,000 characters long. Shorten it to 2,000 at most."
        ]

    @pytest.mark.parametrize(
        "text", ["café", "cafe\u0301 " * 500, "e\u0301" * 4000, "日本語" * 1000, "Zoë " + "é" * 90]
    )
    def test_texts_are_composed_as_before(self, text):
        import unicodedata

        assert tidy(text) == unicodedata.normalize("NFC", text).strip()


class TestSize:
    @pytest.mark.parametrize("kind", READERS)
    def test_of_a_hundred_thousand_columns_the_first_are_read_and_a_finding_says_so(self, tmp_path, kind):
        header, read = READERS[kind]
        path = listed(tmp_path, ",".join([header, *(f"more {number}" for number in range(100_000))]) + "\n")
        with at_most(QUICK):
            result = read(path)
        problems = result[1] if kind == "register" else getattr(result, "findings", None) or result.faults
        messages = [problem.message for problem in problems]
        assert any("has more than 100 columns. Those to the right of them were not read." in text for text in messages)
        assert len(messages) < 110

    def test_a_register_of_more_rows_than_a_framework_has_is_refused(self, tmp_path, monkeypatch):
        assert MOST_PROVIDERS == 50_000
        monkeypatch.setattr(read_registers, "MOST_PROVIDERS", 2_000)
        path = listed(tmp_path, f"{REGISTER}\n" + "P1,A,1a\n" * 2_001)
        with pytest.raises(UnreadableFile, match="more than 2,000 rows for a register"):
            read_register(path)

    def test_a_sheet_that_names_a_row_beyond_any_sheet_is_not_followed_there(self, tmp_path):
        path = workbook(tmp_path, '<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c></row><row r="2000000000"/>')
        with at_most(QUICK), pytest.raises(UnreadableFile, match="it lists a row that no sheet has"):
            rows_of(path)

    def test_a_workbook_that_unpacks_to_gigabytes_is_not_unpacked(self, tmp_path):
        path = workbook(tmp_path, "")
        with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as package:
            package.writestr("xl/worksheets/sheet2.xml", b" " * (64 << 20))
        with pytest.raises(UnreadableFile, match="too large to open safely"):
            rows_of(path)

    def test_a_list_of_unknown_providers_is_compared_with_ours_only_so_often(self, tmp_path):
        known = ProviderDirectory([], {f"P{number:03}": f"Provider number {number}" for number in range(200)})
        rows = "".join(f"Q-{number * 7919:07},I{number},1/8/2026,1/8/2026,1,,,\n" for number in range(7_000))
        path = listed(tmp_path, f"{LEDGER}\n{rows}")
        with at_most(QUICK):
            result = read_ledger(path, known, FinanceSettings())
        assert result.rows_set_aside == 7_000
        assert [read_list.code for read_list in result.findings] == [Code.LEDGER_OTHERS]


def workbook(tmp_path, rows):
    import openpyxl

    path = tmp_path / "list.xlsx"
    openpyxl.Workbook().save(tmp_path / "plain.xlsx")
    with zipfile.ZipFile(tmp_path / "plain.xlsx") as plain, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in plain.namelist():
            data = plain.read(name)
            if name == "xl/worksheets/sheet1.xml":
                head, _, tail = data.decode().partition("<sheetData></sheetData>")
                assert tail
                data = f"{head}<sheetData>{rows}</sheetData>{tail}".encode()
            archive.writestr(name, data)
    return path


NESTED = "[" * 5000
SETTINGS = {
    "digits": ("[council]\ndays_to_return = " + "9" * 5000, "line 2 has a number of 5,000 digits."),
    "brackets": (f"[council]\n\nsend_to = {NESTED}", "line 3 opens 5,000 brackets."),
    "brackets in lines": ("send_to = " + "[\n" * 5000, "line 21 opens 21 brackets."),
    "tables": ("send_to = " + "{a=" * 5000, "line 1 opens 5,000 brackets."),
    "dotted": (".".join("a" * 100_000) + " = 1", "line 1 has a name of 100,000 parts."),
    "quoted": (".".join(['"a"'] * 100_000) + " = 1", "line 1 has a name of 100,000 parts."),
    "header": (f"[{'.'.join('a' * 100_000)}]", "line 1 has a name of 100,000 parts."),
    "quotes": ('x = "' + '\\"' * 300_000, "cannot be read"),
    "controls": ("x = \x01", "line 1, column 5 cannot be read"),
}


class TestSettings:
    @pytest.mark.parametrize(("text", "message"), SETTINGS.values(), ids=SETTINGS)
    @pytest.mark.parametrize("read", [read_settings, read_finance_settings])
    def test_the_line_that_no_person_writes_is_named(self, tmp_path, read, text, message):
        path = listed(tmp_path, text, "xlkpi.toml")
        with at_most(QUICK), pytest.raises(SettingsError) as raised:
            read(path)
        assert message in str(raised.value)
        assert str(raised.value).startswith("xlkpi.toml: ")
        assert len(str(raised.value)) < 400

    @pytest.mark.parametrize(
        ("table", "count"),
        [
            ("", 50_000),
            ("[readings]\n", 5_000),
            ("[columns]\n", 5_000),
            ("[council]\n", 5_000),
            ("[providers]\n", 5_000),
        ],
    )
    @pytest.mark.parametrize("read", [read_settings, read_finance_settings])
    def test_of_many_faults_the_first_are_named(self, tmp_path, read, table, count):
        path = listed(tmp_path, table + "\n".join(f"K{number} = 1" for number in range(count)), "xlkpi.toml")
        with at_most(QUICK * count / 50_000), pytest.raises(SettingsError) as raised:
            read(path)
        assert len(raised.value.faults) <= 21

    def test_a_file_of_megabytes_is_not_read(self, tmp_path):
        with pytest.raises(UnreadableFile, match="2 MB for settings"):
            read_settings(listed(tmp_path, "#" * 2_000_000))

    def test_what_people_write_is_read_as_before(self, tmp_path):
        text = (
            '[council]\nsend_to = "a.b.c.d@x.y.z.example"  # ' + "." * 50 + "[" * 50 + "9" * 200 + "\n"
            'contacts = [\n    "Ann [Lee]; O\'Neil {a}; a@b.example; 01632 960001",\n]\n'
        )
        assert read_settings(listed(tmp_path, text)).contacts[0].name == "Ann [Lee]"

    def test_build_ends_with_status_3(self, tmp_path, capsys):
        register = listed(tmp_path, f"{REGISTER}\nP001,Orchard,1a\n", "register.csv")
        for text in (SETTINGS["digits"][0], SETTINGS["brackets"][0]):
            listed(tmp_path, text, "xlkpi.toml")
            assert main(["build", str(register), "--period", "2026-27 Q2", "--out", str(tmp_path / "out")]) == 3
            assert capsys.readouterr().err.startswith("xlkpi: xlkpi.toml: line ")


def test_the_finance_check_reports_the_amount_and_writes_its_workbook(tmp_path):
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "a.xlsx").write_bytes(clean())
    path = listed(tmp_path, f"{LEDGER}\nP001,I0,1/8/2026,1/8/2026,{'9' * 400},,,\n", "ledger.csv")
    done = command("finance", inbox, "--ledger", path, "--out", tmp_path / "f.xlsx")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert (tmp_path / "f.xlsx").exists()
