"""Hostile texts from providers, the ledger and the register, through every command of a contract folder."""

from __future__ import annotations

import csv
import io
import json
import re

import openpyxl
import pytest

from tests.attack.test_inert_outputs import HOSTILE, parts, raw_signs
from tests.evidence import some
from tests.judge.packages.package import parts_of
from tests.reading.return_edits import ALL, by_openpyxl
from xlkpi.cli.main import main

RUNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""How a text begins that a spreadsheet would run."""
FORMULAS = ("=cmd|' /C calc'!A0", "＝1+1", "+1+cmd", "＠SUM(1)", r"\\evil\share\x.xlsx", "file:///C:/x.exe")
NAME = '=HYPERLINK("http://evil.example";"Oak")'
LEDGER = "provider_id,invoice_no,invoice_date,due_date,received_date,amount,disputed_date,dispute_reason,paid_date"


@pytest.fixture(scope="module")
def contract(tmp_path_factory):
    """A contract folder whose lists and only return are full of them, and everything that the commands print."""
    place = tmp_path_factory.mktemp("hostile")
    root = place / "contract"
    with pytest.MonkeyPatch.context() as patch:
        for name in ("LOG", "CACHE", "OUTPUTS"):
            patch.setenv(f"XLKPI_{name}", str(place / name))
        patch.setenv("XDG_DATA_HOME", str(place / "data"))
        assert main(["new", str(root)]) == 0
        _fill(root)
        patch.chdir(root)
        yield root


def _fill(root):
    register = [["provider_id", "provider", "lots", "transport", "email", "contact_1"]]
    register += [["P01", NAME, "1a;2b", "yes", "a@example.org", f"{FORMULAS[0]}; +Manager; a@example.org; 1"]]
    register += [["P02", "＝Elm", "1a", "no", "b@example.org", "@Ann; -M; b@example.org; 1"]]
    _write(root / "register.csv", register)

    def change(book):
        book[ALL]["L6"] = HOSTILE.replace("\x1b", "_x001B_").replace("\x07", "_x0007_").replace("\x9b", "_x009B_")
        for row, text in zip((7, 8), FORMULAS[1:], strict=False):
            book[ALL].cell(row, 12).value = text
            book[ALL].cell(row, 12).data_type = "s"
        book[ALL]["F8"] = 5  # Red, so that an action plan and a letter follow

    inbox = root / "inbox"
    inbox.mkdir(exist_ok=True)
    (inbox / "＝return.xlsx").write_bytes(by_openpyxl(change))
    ledger = [LEDGER.split(",")]
    for number, text in enumerate((*FORMULAS, HOSTILE), start=1):
        days = [f"2026-08-{number:02}", "2026-09-02", "2026-08-30"]
        ledger.append(["P01", f"{text}{number}", *days, "12.50", "2026-08-31", text, ""])
    ledger.append([FORMULAS[0], "1", "2026-08-01", "2026-08-02", "2026-08-03", "1", "", "", ""])
    _write(root / "ledger.csv", ledger)


def _write(path, rows):
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)


COMMANDS = (
    ("consolidate", "--jobs", "1"),
    ("finance", "--ledger", "ledger.csv"),
    ("feedback", "--without-pdf"),
    ("escalate", "--as-of", "2026-11-24"),
    ("status", "--as-of", "2026-11-24"),
)


@pytest.fixture(scope="module")
def printed(contract):
    """What each command prints for people and as JSON."""
    texts = {}
    for command in COMMANDS:
        for more in ((), ("--json",)) if command[0] in ("finance", "status") else (("--json",),):
            out, err = io.StringIO(), io.StringIO()
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr("sys.stdout", out)
                patch.setattr("sys.stderr", err)
                main([*command, *more])
            texts[command[0], bool(more)] = (out.getvalue(), err.getvalue())
    return texts


def written(root):
    before = ("register.csv", "ledger.csv", "＝return.xlsx")
    return [path for path in root.rglob("*") if path.is_file() and path.name not in before]


def test_nothing_that_is_printed_has_a_sign_that_acts(printed):
    assert {key: raw_signs("".join(texts)) for key, texts in printed.items()} == {key: [] for key in printed}
    assert all(json.loads(out) for (_, is_json), (out, _) in printed.items() if is_json)


def test_no_file_has_one_in_its_name_or_content(contract, printed):
    files = written(contract)
    kinds = {path.suffix for path in files}
    assert {".xlsx", ".csv", ".txt", ".docx"} <= kinds
    assert {path.name: raw_signs(path.name + "".join(parts(path.read_bytes()))) for path in files} == {
        path.name: [] for path in files
    }


def test_no_cell_runs_what_came_from_outside(contract, printed):
    contents = "".join("".join(parts(path.read_bytes())) for path in written(contract))
    assert "/C calc" in contents.replace("&apos;", "'")
    for path in written(contract):
        if path.suffix == ".csv":
            rows = csv.reader(io.StringIO(path.read_text("utf-8-sig")))
            assert not [cell for row in rows for cell in row if cell.startswith(RUNS) and not _is_number(cell)], path
        elif path.suffix in (".xlsx", ".xlsm"):
            book = openpyxl.load_workbook(path)
            formulas = [
                cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"
            ]
            assert not [text for text in formulas if re.search("cmd|evil|SUM\\(1|＝", str(text))], path


def test_no_link_leads_to_a_share_a_drive_or_an_address_of_theirs(contract, printed):
    packages = [path.read_bytes() for path in written(contract) if path.suffix in (".xlsx", ".xlsm", ".docx")]
    rels = [text.decode() for data in packages for name, text in parts_of(data).items() if name.endswith(".rels")]
    targets = re.findall('Target="([^"]*)"[^>]*TargetMode="External"', "".join(rels))
    assert not [each for each in some(targets) if re.match(r"file:|[A-Za-z]:|[\\/]{2}|https?:", each)]


def _is_number(text):
    try:
        float(text)
    except ValueError:
        return False
    return True
