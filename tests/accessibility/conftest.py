"""Every kind of output, made once for the whole folder of tests."""

from __future__ import annotations

import shutil

import pytest

from tests.accessibility.open_output import OpenOutput
from xlkpi import build_returns
from xlkpi.demo.run import run_demo

PLACES = {
    "return": "returns/*P006*.xlsx",
    "return with functions": "functions/*P006*.xlsm",
    "filled return": "inbox/*P003*.xlsx",
    "marked copy": "checked/*.xlsx",
    "master": "KCC master*.xlsx",
    "finance check": "Finance check*.xlsx",
    "ledger template": "KCC invoice ledger*.xlsx",
    "scorecard": "feedback/*P006*.xlsx",
}


def pytest_collection_modifyitems(items):
    """One process runs all of them: the outputs take longer to make than to judge."""
    for item in items:
        if "tests/accessibility" in item.path.as_posix():
            item.add_marker(pytest.mark.xdist_group("accessibility"))


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory):
    """The files of the demonstration, and a return with functions for one of its providers."""
    folder = tmp_path_factory.mktemp("accessibility") / "demo"
    run_demo(folder, step=lambda _: None, with_office=False)
    single = folder / "single"
    single.mkdir()
    lines = (folder / "register.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    rows = [line for n, line in enumerate(lines) if n == 0 or line.startswith("P006,")]
    (single / "register.csv").write_text("".join(rows), encoding="utf-8")
    shutil.copy(folder / "xlkpi.toml", single)
    build_returns(single / "register.csv", "2026-27 Q2", folder / "functions", edition="udf")
    return folder


@pytest.fixture(scope="session")
def outputs(demonstration):
    return {kind: OpenOutput(next(demonstration.glob(place))) for kind, place in PLACES.items()}


@pytest.fixture(params=PLACES)
def output(request, outputs):
    """One workbook of each kind."""
    return outputs[request.param]
