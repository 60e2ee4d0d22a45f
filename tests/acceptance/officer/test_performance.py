"""Promise: from last year's returns and this period's, the officer sees what got worse, and what to do next by when."""

from __future__ import annotations

import zipfile
from datetime import date

import openpyxl
import pytest

import xlkpi
from tests.acceptance.officer.officer_command import xlkpi as command
from xlkpi.core.checks import ActionPlanEntry, Entry
from xlkpi.core.lot import Provider
from xlkpi.core.period import Period
from xlkpi.layout.cover.rows import Declaration
from xlkpi.layout.plan import Filled, plan_return
from xlkpi.ooxml.serial_days import to_serial
from xlkpi.writing.returns.write_return import write_return

THEN, NOW, AS_OF = Period(2025, 4), Period(2026, 2), date(2026, 11, 24)
CATALOGUE = xlkpi.load_catalogue()
PLAN = ActionPlanEntry("Two carers left.", "Recruit two carers.", "Every complaint answered.", "30 September 2026")
ANN = "Ann Reed; Manager; ann@oast.example; 01632 960001"
BEA = "Bea Stone; Director; bea@oast.example; 01632 960002"
REGISTER = f"""provider_id,provider,lots,contract_start,contact_1,contact_2
P001,Oast House CIC,1a,2024-04-01,{ANN},{BEA}
P002,Marsh Lamb,1a,2026-04-01,Cy Marsh; Manager; cy@marsh.example; 01632 960003,
P003,Deal Harbour,1a,2024-04-01,,
"""
SETTINGS = '[council]\ncontacts = ["Ada Bexon; Commissioning Officer; ada@kcc.example; 01632 960004"]\n'
# provider: KPI S3 (x, y) then and now, its plan then and now
RETURNS = {
    "P001": ((40, 50), (41, 50), PLAN, PLAN),
    "P002": ((48, 50), (46, 50), None, None),
}
USUAL = {"KPI S1": (1, 20), "KPI S2": (0, 12)}


def return_of(number, name, period, s3, plan):
    """A real return workbook: every due KPI entered, KPI S3 as given."""
    entries = {}
    for indicator in (*CATALOGUE.of_section("all"), *CATALOGUE.of_section("wellbeing")):
        x, y = USUAL.get(indicator.code, (50, 50) if indicator.is_kpi else (20, 50))
        entries[indicator.code] = Entry(x, y)
    entries["KPI S3"] = Entry(*s3, "" if plan else "Short of staff.", plan or ActionPlanEntry())
    day = date.fromordinal(period.end.toordinal() + 12)
    filled = Filled(entries, Declaration("Ann Reed", to_serial(day)), f"{day.isoformat()}T10:00:00Z")
    return write_return(plan_return(CATALOGUE, Provider(number, name, lots=("1a",)), period, filled=filled))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    home = tmp_path_factory.mktemp("performance")
    (home / "register.csv").write_text(REGISTER, encoding="utf-8")
    (home / "xlkpi.toml").write_text(SETTINGS, encoding="utf-8")
    names = {"P001": "Oast House CIC", "P002": "Marsh Lamb"}
    for number, (then, now, plan_then, plan_now) in RETURNS.items():
        for place, period, s3, plan in (("earlier", THEN, then, plan_then), ("inbox", NOW, now, plan_now)):
            path = home / place / f"{number}.xlsx"
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(return_of(number, names[number], period, s3, plan))
    return home


@pytest.fixture(scope="module")
def master(folder):
    written_master = xlkpi.consolidate(
        folder / "inbox",
        folder / "master.xlsx",
        register=folder / "register.csv",
        previous=folder / "earlier",
        as_of=AS_OF,
        keep=False,
    )
    return written_master.path


@pytest.fixture(scope="module")
def book(master):
    return openpyxl.load_workbook(master)


def rows_of(book, name):
    header, *rows = book[name].iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in rows]


def test_a_kpi_red_again_after_a_plan_is_a_warning_to_consider_with_its_letter(book):
    line = rows_of(book, "Escalation")[0]
    assert (line["provider_id"], line["indicator"], line["RAG"]) == ("P001", "KPI S3", "Red")
    assert line["step"] == "Formal warning to consider"
    assert line["history"].startswith("Red in 2026-27 Q2: 82.00% (x 41, y 50). Red in 2025-26 Q4: 80.00% (x 40, y 50).")
    assert "Action plan of 2025-26 Q4, timescale: 30 September 2026." in line["history"]
    assert line["by"].date() == date(2026, 12, 8)
    assert line["reserved to the Council"] is None, "no plan was agreed by both"
    assert "2nd: Bea Stone, Director" in line["provider's contact"]
    assert "1st: Ada Bexon, Commissioning Officer" in line["Council's contact"]
    letter = line["draft letter"]
    assert letter.startswith("Formal warning: KPI S3, 2026-27 Q2\nTo: Bea Stone, Director, Oast House CIC")
    assert letter.endswith("Ada Bexon\nCommissioning Officer\nKent County Council\nada@kcc.example, 01632 960004")


def test_amber_for_the_first_time_in_year_one_asks_no_more_than_reasons(book):
    line = next(row for row in rows_of(book, "Escalation") if row["provider_id"] == "P002")
    assert (line["step"], line["RAG"], line["indicator"]) == ("Reasons given: plan if proportionate", "Amber", "KPI S3")
    assert "Year 1 of the contract" in line["to consider"]
    assert "The reason is given." in line["next step"]
    assert not line["by"]


def test_who_has_not_returned_is_on_the_list_too(book):
    lines = [row for row in rows_of(book, "Escalation") if row["provider_id"] == "P003"]
    assert [row["step"] for row in lines] == ["Formal warning to consider"]
    assert lines[0]["ground"] == "Two returns in a row were not sent"


def test_the_plan_stands_there_as_it_was_written_and_is_overdue(book, master):
    (line,) = rows_of(book, "Action plans")
    assert (line["KPI"], line["RAG"], line["state"], line["days overdue"]) == ("KPI S3", "Red", "Overdue", 55)
    assert line["Issue / reason identified"] == "Two carers left."
    assert line["Expected outcomes"] == "Every complaint answered."
    assert line["earlier plan"] == "2025-26 Q4: 30 September 2026"
    with zipfile.ZipFile(master) as parts:
        relations = "".join(parts.read(name).decode() for name in parts.namelist() if name.endswith(".rels"))
    assert "inbox/P001.xlsx" in relations


def test_the_trend_pools_the_county_and_says_which_way(book):
    lines = {(row["provider"], row["period"]): row for row in rows_of(book, "Trends") if row["indicator"] == "KPI S3"}
    county = lines["County", "2026-27 Q2"]
    assert (county["x"], county["y"], county["outturn"], county["direction"]) == (87, 100, 0.87, "Worse")
    assert lines["Oast House CIC", "2026-27 Q2"]["direction"] == "Better"
    assert lines["Marsh Lamb", "2026-27 Q2"]["direction"] == "Worse"
    assert round(lines["Marsh Lamb", "2026-27 Q2"]["change, points"], 9) == -4


def test_monitoring_proposes_by_points_that_add_up(book):
    lines = {row["provider_id"]: row for row in rows_of(book, "Monitoring")}
    assert lines["P001"]["how they add up"] == "1 Red × 2 + 1 Red again × 2 = 4"
    assert (lines["P001"]["proposed"], lines["P002"]["proposed"]) == ("Closer", "Routine")
    assert lines["P003"]["return"] == "missing"


@pytest.mark.office
def test_the_chart_is_there_for_every_kpi_when_the_master_is_opened(calc, master):
    values = calc(master)
    assert values.sheet("Trend charts").DrawPage.getCount() == 10  # the KPIs of all lots and of lot 1
    assert values.get("Trends", "C2") == "County"


def test_the_command_takes_the_earlier_folder(folder):
    done = command(
        "consolidate", folder / "inbox", "--out", folder / "by command.xlsx", "--register", folder / "register.csv",
        "--previous", folder / "earlier",
    )  # fmt: skip
    assert done.returncode in (0, 1), done.stderr
    book = openpyxl.load_workbook(folder / "by command.xlsx")
    assert book["Trend charts"]["A1"].value == "Trends from 2025-26 Q4 to 2026-27 Q2"
