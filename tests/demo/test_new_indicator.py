"""A KPI that is added to the catalogue needs nothing from the demo: the sample county fills it in too."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys

import openpyxl
import pytest

from tests.house.project_files import ROOT
from xlkpi.catalogue.load import SHIPPED, load_catalogue
from xlkpi.catalogue.model import parse_catalogue
from xlkpi.core.assess import decide_state
from xlkpi.core.cell_count import read_count
from xlkpi.core.vocabulary import State
from xlkpi.demo import DEMO_PERIOD, read_sample_register
from xlkpi.demo.behaviours import UNUSUAL, Behaviour
from xlkpi.demo.filling import fill_entries
from xlkpi.demo.sample import REGISTER
from xlkpi.layout.addresses import list_asked
from xlkpi.layout.plan import make_return_key

NEW = {
    "code": "KPI Z9",
    "description": "% of people who were asked something new",
    "x": "no. of people who were asked*",
    "y": "total no. of people*",
    "red": "<75%",
    "amber": "75-95%",
    "green": ">95%",
    "frequency": "six-monthly",
    "measured": "Provider Return",
}
AS_OTHERS = (Behaviour.LATE, Behaviour.MISSING, Behaviour.CONVERTED, Behaviour.TWICE)
"""What is unusual is not what they fill in."""
DATA = SHIPPED / f"{load_catalogue().version}.json"
SECTIONS = [section["key"] for section in json.loads(DATA.read_text(encoding="utf-8"))["sections"]]


@pytest.mark.parametrize("section", SECTIONS)
def test_a_kpi_added_to_a_section_is_filled_in_with_reason_and_plan(section):
    data = json.loads(DATA.read_text(encoding="utf-8"))
    data["indicators"].append({**NEW, "section": section})
    catalogue = parse_catalogue(data, load_catalogue().words)
    states = set()
    for provider in read_sample_register():
        asked = list_asked(catalogue, make_return_key(catalogue, provider, DEMO_PERIOD, ()))
        entry = fill_entries(provider, asked, DEMO_PERIOD).get("KPI Z9")
        if entry is not None:
            (new,) = [row for row in asked if row.indicator.code == "KPI Z9"]
            state = decide_state(new.indicator, read_count(entry.x), read_count(entry.y), new.reading)
            states.add(state)
            assert state in (State.GREEN, State.AMBER, State.RED, State.NO_CASES)
            assert bool(entry.comment) == (state in (State.AMBER, State.RED))
    assert State.GREEN in states


@pytest.mark.slow
def test_the_whole_demo_runs_with_a_kpi_that_nothing_else_knows(tmp_path):
    """A copy of xlkpi whose catalogue has one more KPI, as somebody who adds one would have it.

    Its county is one provider for each way to fill in figures; the whole county is filled in above.
    """
    shutil.copytree(ROOT / "xlkpi", tmp_path / "xlkpi")
    register = tmp_path / "xlkpi" / "demo" / REGISTER.name
    header, *rows = register.read_text(encoding="utf-8-sig").splitlines()
    ways = {way: provider_id for provider_id, way in UNUSUAL.items() if way not in AS_OTHERS}
    county = [row for row in rows if row.partition(",")[0] in {"P001", *ways.values()}]
    assert 5 < len(county) < len(rows)
    register.write_text("\n".join((header, *county, "")), encoding="utf-8")
    path = tmp_path / DATA.relative_to(ROOT)
    data = json.loads(path.read_text(encoding="utf-8"))
    data["indicators"].append({**NEW, "section": SECTIONS[0]})
    path.write_text(json.dumps(data), encoding="utf-8")
    command = [sys.executable, "-m", "xlkpi", "demo", "demo", "--without-libreoffice"]
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    out = tmp_path / "demo" / "out" / str(DEMO_PERIOD)
    master = openpyxl.load_workbook(out / f"KCC master {DEMO_PERIOD}.xlsx", read_only=True)
    for sheet, column in (("Data", "indicator"), ("Trends", "indicator")):
        header, *rows = master[sheet].iter_rows(values_only=True)
        assert "KPI Z9" in {row[header.index(column)] for row in rows}
    card = next((out / "feedback").glob("KPI scorecard *P001*.xlsx"))
    texts = {cell.value for row in openpyxl.load_workbook(card).worksheets[0].iter_rows() for cell in row}
    assert {"KPI Z9", "% of people who were aske…"} <= texts
