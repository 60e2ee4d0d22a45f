"""One output of every kind, opened once for the whole folder of tests."""

from __future__ import annotations

import shutil

import pytest

from tests.accessibility.open_output import OpenOutput
from tests.house.project_files import ROOT
from tests.judge.packages.package import without_later_rows
from xlkpi import build_returns

SAMPLES = ROOT / "workbooks"
PLACES = {
    "return": "out/*/returns/*P006*.xlsx",
    "return with functions": "",
    "filled return": "inbox/*P003*.xlsx",
    "marked copy": "out/*/checked/*.xlsx",
    "master": "out/*/KCC master*.xlsx",
    "finance check": "out/*/Finance check*.xlsx",
    "ledger template": "out/*/KCC invoice ledger*.xlsx",
    "scorecard": "out/*/feedback/*P006*.xlsx",
}


@pytest.fixture(scope="session")
def outputs(tmp_path_factory):
    """The samples of ``workbooks``, which are what the demonstration writes, and a return with functions."""
    folder = tmp_path_factory.mktemp("functions")
    lines = (SAMPLES / "register.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    rows = [line for n, line in enumerate(lines) if n == 0 or line.startswith("P006,")]
    (folder / "register.csv").write_text("".join(rows), encoding="utf-8")
    shutil.copy(SAMPLES / "xlkpi.toml", folder)
    (functions,) = build_returns(folder / "register.csv", "2026-27 Q2", folder, edition="udf").files
    files = {kind: next(SAMPLES.glob(place)) for kind, place in PLACES.items() if place}
    ledger = files["ledger template"]  # of 2,000 rows that are alike
    files["ledger template"] = folder / ledger.name
    files["ledger template"].write_bytes(without_later_rows(ledger.read_bytes()))
    return {kind: OpenOutput(files.get(kind, functions[1])) for kind in PLACES}


@pytest.fixture(params=PLACES)
def output(request, outputs):
    """One workbook of each kind."""
    return outputs[request.param]
