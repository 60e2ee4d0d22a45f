"""Fixtures for every folder: a headless LibreOffice as a judge."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.judge.libreoffice import Book, MissingTool, Office, OfficeGone

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator
    from pathlib import Path

TEST_SECONDS = float(os.environ.get("XLKPI_OFFICE_SECONDS", "120"))


def missing(problem: MissingTool) -> None:
    """A missing tool is a skip on a person's machine and a failure where CI promises to have it."""
    if os.environ.get("CI"):
        pytest.fail(str(problem))
    pytest.skip(str(problem))


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call() -> Generator[None, object, object]:
    """The bridge's own exceptions take no traceback, on which pytest trips: turn them into ours."""
    try:
        return (yield)
    except Exception as problem:
        if not type(problem).__module__.startswith("uno"):
            raise
        told = f"{type(problem).__name__}: {getattr(problem, 'Message', problem)}"
        raise OfficeGone(told).with_traceback(problem.__traceback__) from None


@pytest.fixture(scope="session", autouse=True)
def nothing_kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What is read is kept for the length of a test run, never in the folder of whoever runs it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XLKPI_CACHE", str(tmp_path_factory.mktemp("kept")))
        yield


@pytest.fixture(scope="session")
def office_session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """One private office a worker; ask for `office` or `calc` instead."""
    try:
        office = Office(tmp_path_factory.mktemp("office") / "profile")
    except MissingTool as problem:
        missing(problem)
        raise
    yield office
    office.stop()


@pytest.fixture
def office(office_session: Office) -> Iterator[Office]:
    """A live office: restarted where an earlier test has ended it, and ended where this one hangs."""
    office = office_session.ensure()
    dog = office.watchdog(TEST_SECONDS)
    yield office
    dog.cancel()


@pytest.fixture
def calc(office: Office) -> Iterator[Callable[..., Book]]:
    """`calc(path)` opens a workbook, `calc()` a new one; each is closed after the test."""
    books: list[Book] = []

    def opener(path: Path | str | None = None, **options: object) -> Book:
        books.append(office.open(path, **options))
        return books[-1]

    yield opener
    for book in books:
        book.close()
