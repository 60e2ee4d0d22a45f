"""A contract that changes on the way: an indicator leaves it, one comes, and one gets another number."""

from __future__ import annotations

import json
import shutil

import openpyxl
import pytest

import xlkpi
from tests.reading.return_edits import type_in
from xlkpi.catalogue.load import SHIPPED
from xlkpi.commands.catalogue import check_catalogue
from xlkpi.commands.new import make_contract_folder
from xlkpi.council.terms import read_terms

FIRST, NEXT = "2026-27 Q2", "2026-27 Q4"
PLAN = {
    "comment": "Two colleagues left.",
    "action": "The manager recruits two colleagues.",
    "outcomes": "All complaints resolved.",
    "timescale": "by 31 March 2028",
}


@pytest.fixture
def contract(tmp_path, monkeypatch):
    """Kent's, with a version from Q4 on that drops INFO W3, adds KPI S8, and calls KPI S3 KPI S7."""
    monkeypatch.setenv("XLKPI_KEY", "off")
    catalogue = tmp_path / "catalogue"
    shutil.copytree(SHIPPED, catalogue, ignore=shutil.ignore_patterns("__*"))
    data = json.loads((catalogue / "2026-27.2.json").read_text(encoding="utf-8"))
    kept = [row for row in data["indicators"] if row["code"] != "INFO W3"]
    for row in kept:
        row["code"] = "KPI S7" if row["code"] == "KPI S3" else row["code"]
    like = next(row for row in kept if row["code"] == "KPI S4a")
    added = {**like, "code": "KPI S8", "description": "% of reviews held"}
    same_y = [
        {**group, "indicators": [code for code in group["indicators"] if code != "INFO W3"]} for group in data["same_y"]
    ]
    data |= {"version": "2026-27.3", "from_period": NEXT, "indicators": [*kept, added], "same_y": same_y}
    (catalogue / "2026-27.3.json").write_text(json.dumps(data), encoding="utf-8")
    folder = make_contract_folder(tmp_path / "kent", catalogue=catalogue)
    (folder.root / "register.csv").write_text("provider_id,provider,lots\nP1,Oak Lane,1a\n", encoding="utf-8")
    return folder


def built(contract, period):
    ((_, path),) = xlkpi.build_returns(contract.register, period, contract.root / period, contract=contract).files
    return path, set(openpyxl.load_workbook(path).defined_names)


def filled(path, names, to, **changes):
    """Type in 10 of 10 everywhere, but for the changes."""
    codes = {name.removesuffix(".x") for name in names if name.endswith(".x")}
    cells = {name: 10 for code in codes for name in (f"{code}.x", f"{code}.y")}
    to.write_bytes(type_in(path.read_bytes(), {**cells, **changes}))


def test_every_period_is_asked_and_judged_by_its_own_version(contract):
    faults, description = check_catalogue(contract.catalogue)
    assert faults == []
    assert description.endswith("2026-27.1 (corrected by the next), 2026-27.2, 2026-27.3 from 2026-27 Q4.")
    terms = read_terms(None, contract.catalogue)[0]
    path, names = built(contract, FIRST)
    assert {"KPI_S3.x", "INFO_W3.x"} <= names
    assert not {"KPI_S7.x", "KPI_S8.x"} & names
    plan = {f"KPI_S3.{part}": text for part, text in PLAN.items()}
    filled(path, names, contract.inbox / "first.xlsx", **{"KPI_S3.x": 5}, **plan)
    path, names = built(contract, NEXT)
    assert {"KPI_S7.x", "KPI_S8.x"} <= names
    assert not {"KPI_S3.x", "INFO_W3.x"} & names
    filled(path, names, contract.inbox / "next.xlsx", **{"KPI_S8.x": 7}, **{
        f"KPI_S8.{part}": text for part, text in PLAN.items()})  # fmt: skip
    rags = {}
    for name in ("first", "next"):
        checked = xlkpi.check_return(contract.inbox / f"{name}.xlsx", terms=terms)
        assert not [each.message for each in checked.findings if "template" in each.message]
        rags |= {(name, entry.code): entry.rag and entry.rag.value for entry in checked.entries}
    found = {key: rag for key, rag in rags.items() if key[1] in ("KPI S3", "KPI S7", "KPI S8", "INFO W3")}
    assert found == {
        ("first", "KPI S3"): "Red", ("first", "INFO W3"): None, ("next", "KPI S7"): "Green", ("next", "KPI S8"): "Red",
    }  # fmt: skip
