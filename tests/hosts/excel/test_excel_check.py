"""scripts/excel_check.ps1: its logic, run here by our own reading of the language over an Excel that is made up."""

from __future__ import annotations

import json
import re
from types import SimpleNamespace

import pytest

from tests.hosts.excel.made_up_excel import MadeUpExcel, as_things
from tests.hosts.excel.powershell import Script, every, parse
from tests.house.project_files import ROOT
from tests.judge import oracle
from xlkpi.writing.vba.udf_sources import source_text

SCRIPT = ROOT / "scripts" / "excel_check.ps1"
SHIPPED = ROOT / "scripts" / "excel_check.json"
TEMP = "/temp"
FOLDER = f"{TEMP}/xlkpi-excel-check-1"

RETURN = {
    "file": "return.xlsx",
    "sheets": 2,
    "formulas": 3,
    "values": {},
    "before_editing": {"KPI_S3.outturn": ""},
    "untroubled": ["KPI_S3.outturn", "KPI_S3.rag"],
    "refused": [{"name": "KPI_S3.x", "value": value} for value in ("12 visits", -1, 2.5)],
    "cells": [{"sheet": "Data", "cell": "J2", "value": "Green"}],
    "rounds": [
        {
            "what": "48 of 50",
            "type": {"KPI_S3.x": 48, "KPI_S3.y": 50},
            "expect": {"KPI_S3.rag": "Green", "KPI_S3.outturn": 0.96},
        },
        {
            "what": "empty again",
            "type": {"KPI_S3.x": None, "KPI_S3.y": None},
            "expect": {"KPI_S3.rag": "Not entered", "KPI_S3.outturn": ""},
        },
    ],
}
PLAN = {
    "images": ["Consolidate"],
    "functions": [{"formula": '=KPI_RAG("KPI S1",5,50)', "value": "Amber"}],
    "workbooks": [RETURN],
}
SHEET = ((("=A1+1", "text", "="), ("x", "=B1", "")), ((1.0, "text", ""), (2.0, 3.0, None)))


def results(typed):
    """What the return comes to, by the oracle."""
    expected_texts = oracle.expected("KPI S3", typed.get("KPI_S3.x"), typed.get("KPI_S3.y"))
    return {
        "KPI_S3.rag": expected_texts.state,
        "KPI_S3.outturn": "" if expected_texts.outturn is None else float(expected_texts.outturn),
    }


def facts(**changes):
    """The return as it should be."""
    return {
        "inputs": ("KPI_S3.x", "KPI_S3.y"),
        "sheets": [SHEET, ((("text",),), ((None,),))],
        "cells": {("Data", "J2"): SimpleNamespace(Value2="Green")},
        **changes,
    }


class World:
    """A PC with this Excel, and what the script printed and wrote."""

    def __init__(self, excel, plan=PLAN, logs=()):
        self.excel, self.plan, self.logs = excel, plan, logs
        self.printed, self.table, self.report, self.copied = [], [], [], []

    def run(self, **parameters):
        commands = {
            "Join-Path": lambda folder, name: f"{folder}/{name}",
            "Split-Path": lambda path, **how: path.rpartition("/")[2] if "Leaf" in how else path.rpartition("/")[0],
            "Get-Content": lambda **_how: json.dumps(self.plan),
            "ConvertFrom-Json": as_things,
            "New-Object": lambda *_kind, **how: self._excel() if "ComObject" in how else [],
            "New-Item": lambda **_how: None,
            "Copy-Item": lambda **how: self.copied.append((how["LiteralPath"], how["Destination"])),
            "Remove-Item": lambda **how: self.copied.append(("removed", how["LiteralPath"])),
            "Get-Date": lambda: 100,
            "Get-ChildItem": lambda **_how: list(self.logs),
            "Write-Host": self.printed.append,
            "Where-Object": lambda test, rows: [row for row in rows if test(row)],
            "Format-Table": lambda rows, **_how: rows,
            "Out-String": lambda rows, **_how: "\n".join(" | ".join(map(str, row.values())) for row in rows),
            "Export-Csv": lambda rows, **_how: self.report.extend(rows),
        }
        return Script(SCRIPT, commands, {"TEMP": TEMP}).run(Workbooks="/books", Expected="/plan.json", **parameters)

    def _excel(self):
        if self.excel is None:
            raise RuntimeError("no such class")
        return self.excel


def pc(plan=PLAN, results_of=results, logs=(), **changes):
    files = {f"{FOLDER}/opened.xlsx": facts(**changes)}
    return World(MadeUpExcel(files, results_of, ("Consolidate",)), plan, logs)


def differing(world):
    """The checks in the report that differ."""
    assert world.run(Report="/report.csv") == 1
    return [row["Check"] for row in world.report if row["Result"] != "ok"]


def test_a_sound_workbook_passes_every_check():
    world = pc()
    assert world.run(Report="/report.csv") == 0
    assert len(world.report) == 16
    assert {row["Result"] for row in world.report} == {"ok"}
    assert world.printed[-1] == "16 checks, 0 differ."
    assert world.excel.quit
    assert world.copied[0] == ("/books/return.xlsx", f"{FOLDER}/opened.xlsx")
    assert world.copied[-1] == ("removed", FOLDER)
    assert world.excel.AutomationSecurity == 3


@pytest.mark.parametrize(
    ("changes", "checks"),
    [
        ({"caption": "opened.xlsx  -  Repaired"}, ["opens"]),
        ({"sheets": [SHEET]}, ["sheets"]),
        ({"sheets": [(SHEET[0], ((-2146826281,),)), SHEET]}, ["cells with an error value"]),
        ({"sheets": [((("text",),), ((1.0,),))] * 2}, ["formulas kept"]),
        ({"triangles": ("KPI_S3.rag",)}, ["green triangles"]),
        ({"seen": {"KPI_S3.outturn": "0.00%"}}, ["Protected View, KPI_S3.outturn"]),
        ({"cells": {}}, ["Data J2"]),
        ({"accepts": True}, [f"typing {value} in KPI_S3.x" for value in ("12 visits", "-1", "2.5")]),
        ({"damaged": True}, ["looked at to the end"]),
    ],
)
def test_what_differs_is_named_and_gives_status_1(changes, checks):
    assert differing(pc(**changes)) == checks


@pytest.mark.parametrize(
    ("wrong", "checks"),
    [
        ({"KPI_S3.rag": "green"}, 3),
        ({"KPI_S3.outturn": 0.9600000001}, 3),
        ({"KPI_S3.outturn": -2146826281}, 3),
        ({"KPI_S3.outturn": None}, 1),
    ],
)
def test_wrong_results_are_named_wherever_they_show(wrong, checks):
    wrong_results = differing(pc(results_of=lambda typed: {**results(typed), **wrong}))
    assert len(wrong_results) == checks
    assert all("KPI_S3" in check for check in wrong_results)


def test_a_log_of_a_repair_is_noticed_only_when_it_is_new():
    assert pc(logs=[SimpleNamespace(LastWriteTime=50)]).run() == 0
    assert differing(pc(logs=[SimpleNamespace(LastWriteTime=150)])) == ["opens"]


def test_the_add_in_and_its_pictures_are_tried_where_its_path_is_given():
    def excel(pictures, answer):
        book = facts(cells={(1, "A1"): SimpleNamespace(Value2=answer)})
        files = {f"{FOLDER}/opened.xlsx": facts(), "/xlkpi.xlam": {}, "": book}
        return World(MadeUpExcel(files, results, pictures))

    assert excel(("Consolidate",), "Amber").run(AddIn="/xlkpi.xlam") == 0
    world = excel((), -2146826259)
    assert world.run(AddIn="/xlkpi.xlam", Report="/r.csv") == 1
    bad = [(row["File"], row["Found"]) for row in world.report if row["Result"] != "ok"]
    assert bad == [("xlkpi.xlam", "missing"), ("xlkpi.xlam", "error value -2146826259")]


def test_it_goes_on_with_the_next_workbook_after_one_that_does_not_open():
    plan = {**PLAN, "workbooks": [{**RETURN, "file": "broken.xlsx"}, RETURN]}
    world = pc(plan, damaged=True)
    assert world.run(Report="/r.csv") == 1
    assert [row["File"] for row in world.report] == ["broken.xlsx", "return.xlsx"]


def test_without_excel_or_without_a_check_it_could_not_run():
    assert World(None).run() == 2
    assert pc({**PLAN, "workbooks": []}).run() == 2


# --- the script and what is shipped with it ---


def test_the_script_is_powershell_of_windows_itself():
    text = SCRIPT.read_text(encoding="ascii")  # 5.1 reads a script without a mark in the system's own code page
    root = parse(text)
    defined = {node.named_children[0].text for node in every(root) if node.type == "function_statement"}
    called = {node.text for node in every(root) if node.type == "command_name"}
    of_windows = {name for name in called - defined if re.fullmatch(r"[A-Z]\w+-[A-Z]\w+", name)}
    assert called == defined | of_windows
    assert not re.search(r"\?\?|\?\.|\|\||&&|-Parallel|ternary", text)  # of PowerShell 7 alone


def test_every_key_that_the_script_asks_for_is_in_the_list():
    plan = json.loads(SHIPPED.read_text(encoding="utf-8"))
    text = SCRIPT.read_text(encoding="ascii")
    for name, sample in (
        ("plan", plan),
        ("entry", plan["workbooks"][0]),
        ("round", next(entry for entry in plan["workbooks"] if entry["rounds"])["rounds"][0]),
        ("refused", next(entry for entry in plan["workbooks"] if entry["refused"])["refused"][0]),
        ("case", plan["functions"][0]),
    ):
        asked = set(re.findall(rf"\${name}\.(\w+)", text))
        assert asked
        assert asked <= set(sample), (name, asked - set(sample))
    assert len({frozenset(entry) for entry in plan["workbooks"]}) == 1


def test_the_pictures_are_those_of_the_ribbon():
    plan = json.loads(SHIPPED.read_text(encoding="utf-8"))
    assert sorted(set(re.findall(r'imageMso="(\w+)"', source_text("excel", "ribbon.xml")))) == plan["images"]


def test_the_list_is_what_the_contract_says_of_these_workbooks():
    from excel_check_list import excel_check_list

    assert SHIPPED.read_bytes() == excel_check_list(ROOT), "run: python scripts/regenerate.py --only excel"
