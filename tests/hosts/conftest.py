"""An office that has our extension, and a record that leads it to this toolkit."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import pytest

import xlkpi
from tests.conftest import TEST_SECONDS, missing
from tests.judge.office import Book, MissingTool, Office
from xlkpi.hosts.libreoffice import unpack_extension

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@pytest.fixture(scope="session")
def kpi_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the office with the extension has its profile, extensions, record and log."""
    return tmp_path_factory.mktemp("kpi office")


@pytest.fixture(scope="session")
def kpi_office_session(kpi_folder: Path) -> Iterator[Office]:
    """One private office a worker, with the extension; ask for `kpi_office` or `kpi_calc` instead."""
    unpack_extension(kpi_folder / "extensions" / "xlkpi")
    record = kpi_folder / "record.json"
    record.write_text(json.dumps({"python": sys.executable, "version": xlkpi.__version__}), encoding="utf-8")
    environment = {"XLKPI_RECORD": str(record), "XLKPI_LOG": str(kpi_folder / "xlkpi.log")}
    try:
        office = Office(kpi_folder / "profile", kpi_folder / "extensions", environment)
    except MissingTool as problem:
        missing(problem)
        raise
    yield office
    office.stop()


@pytest.fixture
def kpi_office(kpi_office_session: Office, kpi_folder: Path) -> Iterator[Office]:
    """A live office with the extension; a test that leaves something in the log must say so by removing it."""
    office = kpi_office_session.ensure()
    dog = office.watchdog(TEST_SECONDS)
    yield office
    dog.cancel()
    log = kpi_folder / "xlkpi.log"
    assert not log.exists(), log.read_text(encoding="utf-8")


@pytest.fixture
def kpi_calc(kpi_office: Office) -> Iterator[Callable[..., Book]]:
    """`kpi_calc(path)` opens a workbook, `kpi_calc()` a new one; each is closed after the test."""
    books: list[Book] = []

    def opener(path: Path | str | None = None, **options: object) -> Book:
        books.append(kpi_office.open(path, **options))
        return books[-1]

    yield opener
    for book in books:
        book.close()
