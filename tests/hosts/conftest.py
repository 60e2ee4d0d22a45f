"""An office that has our extension, and a record that leads it to this toolkit."""

from __future__ import annotations

import json
import sys
from functools import cache
from typing import TYPE_CHECKING

import pytest

import xlkpi
from tests.conftest import missing, opening
from tests.judge.libreoffice import Book, MissingTool, Office
from tests.judge.real_returns import ANOTHER, EVERYTHING, SOUND, saved, scratch
from xlkpi.core.checks import ActionPlanEntry, Entry
from xlkpi.hosts.libreoffice.build_oxt import unpack_extension
from xlkpi.layout.cover.rows import Declaration
from xlkpi.layout.plan import Filled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


def office_with_extension(folder: Path, **environment: str) -> Office:
    """An office with profile, extensions, record and log in this folder, and these variables."""
    unpack_extension(folder / "extensions" / "xlkpi")
    record = folder / "record.json"
    record.write_text(json.dumps({"python": sys.executable, "version": xlkpi.__version__}), encoding="utf-8")
    places = {"XLKPI_RECORD": str(record), "XLKPI_LOG": str(folder / "xlkpi.log")}
    try:
        return Office(folder / "profile", folder / "extensions", {**places, **environment})
    except MissingTool as problem:
        missing(problem)
        raise


@pytest.fixture(scope="session")
def kpi_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the office with the extension has its profile, extensions, record and log."""
    return tmp_path_factory.mktemp("kpi office")


@pytest.fixture(scope="session")
def kpi_office_session(kpi_folder: Path) -> Iterator[Office]:
    """One private office a worker, with the extension; ask for `kpi_office` or `kpi_calc` instead."""
    office = office_with_extension(kpi_folder)
    yield office
    office.stop()


@pytest.fixture
def kpi_office(kpi_office_session: Office, kpi_folder: Path) -> Iterator[Office]:
    """A live office with the extension; a test that leaves something in the log must say so by removing it."""
    office = kpi_office_session.ensure()
    dog = office.watchdog()
    yield office
    dog.cancel()
    log = kpi_folder / "xlkpi.log"
    assert not log.exists(), log.read_text(encoding="utf-8")


@pytest.fixture
def kpi_calc(kpi_office: Office) -> Iterator[Callable[..., Book]]:
    """`kpi_calc(path)` opens a workbook, `kpi_calc()` a new one; each is closed after the test."""
    with opening(kpi_office) as opener:
        yield opener


REGISTER = "provider_id,provider,lots\nP-001,Alpha,1a;2b;3;4\nP-002,Zephyr Trust,1b\nP-003,Nobody yet,3\n"
"""The register beside the inbox; it knows nothing of Alpha's transport, and P-003 has sent nothing."""


@cache
def two_returns() -> dict[str, bytes]:
    """A sound return and an odd one, by the name of the file."""
    sound = {
        code: Entry(
            typed.x, typed.y, typed.comment, ActionPlanEntry("", *typed.plan) if typed.plan else ActionPlanEntry()
        )
        for code, typed in SOUND.items()
    }
    odd = {**sound, "KPI S1": Entry(60, 50), "KPI S3": Entry("a few", 5)}
    declared = Declaration("A. Person", 46_489)
    return {
        "alpha.xlsx": scratch(EVERYTHING, "2026-27 Q4", filled=Filled(sound, declared)),
        "more/zephyr.xlsx": scratch(ANOTHER, "2026-27 Q4", filled=Filled(odd, declared)),
    }


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """A folder with a sound return, an odd one in a sub-folder, and a file that is none; a register beside it."""
    folder = tmp_path / "the inbox"
    (folder / "more").mkdir(parents=True)
    for name, data in two_returns().items():
        saved(folder / name, data)
    (folder / "notes.txt").write_text("nothing", encoding="utf-8")
    (tmp_path / "register.csv").write_text(REGISTER, encoding="utf-8")
    return folder
