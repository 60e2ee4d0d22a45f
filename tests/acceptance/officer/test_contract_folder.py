"""Promise: in a contract folder, every command runs without arguments, and says which folder and period it took."""

from __future__ import annotations

import json
import shutil

import openpyxl
import pytest

from tests.acceptance.officer.officer_command import xlkpi
from tests.corpus.many_returns import filled, providers
from tests.evidence import some
from xlkpi.core.period import Period

AS_OF = ("--as-of", "2026-11-24")
NAMED = ("--period", "2026-27 Q2")
WHO = providers(3)
REGISTER = "provider_id,provider,lots,transport,contract_start,contract_end,contact_1\n" + "".join(
    f"{who.provider_id},{who.name},{';'.join(who.lots)},{who.transport},2025-04-01,,A; ; a@b.example;\n" for who in WHO
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A contract folder with two returns of Q2 and three of an earlier period, in sub-folders."""
    root = tmp_path_factory.mktemp("desk") / "day services"
    done = xlkpi("new", root)
    assert (done.returncode, done.stdout) == (0, f"Contract folder: {root}\n"), done.stderr
    (root / "register.csv").write_text(REGISTER, encoding="utf-8")
    for period, count in ((None, 2), (Period(2025, 4), 3)):
        of_period = root / "inbox" / str(period or "now")
        of_period.mkdir()
        for number, who in enumerate(WHO[:count]):
            data, _ = filled(who, 1, *([period] if period else []))
            (of_period / f"{number}.xlsx").write_bytes(data)
    return root


def test_a_new_folder_has_what_the_contract_needs_and_a_key(folder):
    names = {path.name for path in folder.iterdir()}
    assert names >= {"xlkpi.toml", "register.csv", "decisions.csv", "inbox", "ledger", "extract", "out", "README.txt"}
    header = (folder / "decisions.csv").read_text("utf-8").strip()
    assert header == "decided_on,decided_by,decision,provider_id,period,indicator,file,value,why"


def test_a_folder_with_files_of_others_is_refused_and_left_as_it_is(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    done = xlkpi("new", tmp_path)
    assert done.returncode == 4
    assert "it has files in it" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_a_contract_folder_is_never_made_over(folder):
    before = (folder / "register.csv").read_bytes()
    done = xlkpi("new", folder)
    assert done.returncode == 4
    assert "it is a contract folder already" in done.stderr
    assert (folder / "register.csv").read_bytes() == before


def test_a_run_that_was_stopped_is_completed(tmp_path):
    root = tmp_path / "c"
    xlkpi("new", root)
    (root / "decisions.csv").unlink()
    shutil.rmtree(root / "extract")
    assert xlkpi("new", root).returncode == 0
    assert (root / "decisions.csv").is_file()


def test_another_contracts_catalogue_is_copied(tmp_path):
    catalogue = tmp_path / "indicators"
    assert xlkpi("catalogue", "example", catalogue).returncode == 0
    assert xlkpi("new", tmp_path / "c", "--catalogue", catalogue).returncode == 0
    for file in some(catalogue.iterdir()):
        assert (tmp_path / "c" / "catalogue" / file.name).read_bytes() == file.read_bytes()
    assert xlkpi("new", tmp_path / "d", "--catalogue", tmp_path / "none").returncode == 3


@pytest.mark.parametrize("place", ["", "inbox", "inbox/now"])
def test_the_master_is_made_from_anywhere_in_the_folder(folder, place):
    done = xlkpi("consolidate", *AS_OF, cwd=folder / place)
    assert done.returncode == 1, done.stderr  # one is missing
    master = folder / "out" / "2026-27 Q2" / "KCC master 2026-27 Q2.xlsx"
    assert f"Master: {master}" in done.stdout
    assert f"Missing: {WHO[2].provider_id}" in done.stdout
    assert f"Contract folder: {folder}. Period: 2026-27 Q2, the latest that has ended." in done.stderr
    periods = {row[0] for row in openpyxl.load_workbook(master, read_only=True)["Trends"].iter_rows(values_only=True)}
    assert {"2025-26 Q4", "2026-27 Q2"} <= periods


def test_the_contract_folder_itself_may_be_named(folder, tmp_path):
    done = xlkpi("consolidate", folder, "--out", tmp_path / "m.xlsx", *AS_OF)
    assert f"Missing: {WHO[2].provider_id}" in done.stdout
    assert (tmp_path / "m.xlsx").is_file()


def test_a_period_in_which_nothing_has_come_yet_is_the_current_one_all_the_same(folder):
    done = xlkpi("consolidate", "--as-of", "2027-01-04", cwd=folder)
    assert "Period: 2026-27 Q3, the latest that has ended." in done.stderr
    assert "Period: 2026-27 Q3" in done.stdout


def test_build_takes_register_and_last_figures_of_the_folder(folder):
    done = xlkpi("build", *NAMED, cwd=folder)
    assert done.returncode == 0, done.stderr
    files = sorted((folder / "out" / "2026-27 Q2" / "returns").glob("*.xlsx"))
    assert len(files) == 3
    texts = str(list(openpyxl.load_workbook(files[0])["All lots"].iter_rows(values_only=True)))
    assert "2025-26 Q4" in texts


def test_check_reads_the_returns_of_the_period(folder):
    done = xlkpi("check", *NAMED, cwd=folder)
    assert done.returncode in (0, 1), done.stderr
    assert done.stdout.count("2026-27 Q2") == 2
    assert "2025-26 Q4" not in done.stdout


def test_finance_takes_the_folder_ledger_and_names_it_where_it_is_empty(folder):
    done = xlkpi("finance", *NAMED, cwd=folder)
    assert (done.returncode, done.stderr.splitlines()[-1]) == (
        3, "xlkpi: ledger is a folder without a file in it. Put the list into it, or name the list.",
    )  # fmt: skip
    ledger = folder / "ledger" / "invoices.csv"
    ledger.write_text("provider_id,invoice_no,due_date,received_date,disputed_date,paid_date\n", encoding="utf-8")
    done = xlkpi("finance", *NAMED, cwd=folder)
    quarter = xlkpi("finance", "--period", "2026-27 Q1", cwd=folder)
    ledger.unlink()
    assert "KPI S2: not due in 2026-27 Q1\n" in quarter.stdout
    assert (folder / "out" / "2026-27 Q2" / "Finance check 2026-27 Q2.xlsx").is_file(), done.stderr


def test_feedback_is_made_for_everybody(folder):
    done = xlkpi("feedback", *NAMED, "--without-pdf", cwd=folder)
    assert done.returncode == 1, done.stderr
    assert (folder / "out" / "2026-27 Q2" / "feedback").is_dir()
    assert f"{WHO[2].provider_id}\tno return\ta@b.example" in done.stdout


def test_status_says_what_is_next_in_order_of_day(folder):
    rows = REGISTER.splitlines()
    header = rows[0].replace("contact_1", "extended_to,review_date")
    ends, reviewed, missing = (row.rpartition(",,")[0] for row in rows[1:])
    days = (f"{ends},2026-12-31,2027-03-31,", f"{reviewed},,,2026-10-01", f"{missing},,,2028-01-01")
    (folder / "register.csv").write_text("\n".join((header, *days, "")), encoding="utf-8")
    done = xlkpi("status", *AS_OF, "--json", cwd=folder / "inbox")
    (folder / "register.csv").write_text(REGISTER, encoding="utf-8")
    assert done.returncode == 1, done.stderr
    document = json.loads(done.stdout)
    assert {key: document[key] for key in ("folder", "period", "as_of")} == {
        "folder": str(folder), "period": "2026-27 Q2", "as_of": "2026-11-24",
    }  # fmt: skip
    of_register = ("return missing", "review due", "contract ends")
    tasks = [task for task in document["tasks"] if task["kind"] in of_register]
    assert [(task["day"], task["kind"], task["provider_id"], task["overdue"]) for task in tasks] == [
        ("2026-07-28", "return missing", WHO[2].provider_id, True),
        ("2026-10-01", "review due", WHO[1].provider_id, True),
        ("2026-10-28", "return missing", WHO[2].provider_id, True),
        ("2027-03-31", "contract ends", WHO[0].provider_id, False),
    ]
    assert "as extended" in tasks[-1]["text"]
    days = [task["day"] or "9999" for task in document["tasks"]]
    assert days == sorted(days)


def test_status_for_people_is_a_line_per_thing_to_do(folder):
    done = xlkpi("status", *AS_OF, cwd=folder)
    line = next(line for line in done.stdout.splitlines() if "return of 2026-27 Q2 is missing" in line)
    about = f"{WHO[2].provider_id} {WHO[2].name}"
    assert (
        line == f"28/10/2026\toverdue: return missing\t{about}\tIts return of 2026-27 Q2 is missing. Send the reminder."
    )


@pytest.mark.parametrize("command", ["build", "check", "consolidate", "finance", "feedback", "status"])
def test_elsewhere_the_command_says_what_to_name(command, tmp_path):
    done = xlkpi(command, cwd=tmp_path)
    assert done.returncode == 2
    assert "This is not a contract folder. Go to one, or make one with: xlkpi new FOLDER" in done.stderr
