"""Fixtures for every folder: a headless LibreOffice as a judge."""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

from tests.judge.libreoffice import Book, MissingTool, Office, OfficeGone

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator
    from pathlib import Path


settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
if not os.environ.get("CI"):  # there Hypothesis chooses a profile of its own, without a deadline and repeatable
    settings.load_profile("any machine")


def missing(problem: MissingTool) -> None:
    """A missing tool is a skip on a person's machine and a failure where CI promises to have it."""
    if os.environ.get("CI"):
        pytest.fail(str(problem))
    pytest.skip(str(problem))


def keep_bytecode() -> None:
    """Let Python keep what it has compiled, here and in every process the tests start.

    Where the environment forbids it, each command and each worker compiles the product again, and pytest the tests.
    """
    sys.dont_write_bytecode = False
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


keep_bytecode()  # when this module is imported: before pytest rewrites the first test, and before workers begin


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> None:
    """With `-n` alone, groups stay together too: a shared fixture made once a worker would cost twice.

    They are handed out in the order of the tests, in which long ones are first; xdist would begin with the many small.
    """
    if getattr(config.option, "numprocesses", None) and config.option.dist == "no":
        config.option.dist = "loadgroup"
    config.option.loadscopereorder = False
    if getattr(config, "workerinput", {}).get("groups"):
        config.option.loadgroup = True


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell each worker about groups: it reads the command line again, and that does not say what we chose here."""
    node.workerinput["groups"] = node.config.option.dist == "loadgroup"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The tests of a file run on one worker, so that what they share is made once and not once a worker.

    Only slow ones that share nothing go where there is room. Fewer, larger units also spare the process that hands
    them out: after each test it counts through all that it has handed out.
    """
    if not config.pluginmanager.hasplugin("xdist"):
        return
    units: dict[str, list[pytest.Item]] = {}
    for item in items:
        group = item.get_closest_marker("xdist_group")
        alone = item.get_closest_marker("slow") is not None and not _shares_a_fixture(item)
        unit = group.args[0] if group else item.nodeid if alone else item.nodeid.partition("::")[0]
        units.setdefault(unit, []).append(item)
        if unit != item.nodeid and not group:
            item.add_marker(pytest.mark.xdist_group(unit))
    if hasattr(config, "workerinput"):
        items[:] = [item for unit in sorted(units.values(), key=_begins_later) for item in unit]


def _begins_later(unit: list[pytest.Item]) -> list[bool]:
    """Long ones come first: one that begins last keeps a single core busy at the end.

    Within a unit, tests keep their order, so that no other file's tests are between those that share a fixture.
    """
    return [all(item.get_closest_marker(name) is None for item in unit) for name in ("slow", "office")]


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Call bytes by the name of their argument: a zip has the time in it, and then workers collect other names."""
    return argname if isinstance(val, bytes) else None


def _shares_a_fixture(item: pytest.Item) -> bool:
    """Whether a test asks for a fixture that is made once a module."""
    fixtures = getattr(getattr(item, "_fixtureinfo", None), "name2fixturedefs", {})
    return any(definitions[-1].scope == "module" for definitions in fixtures.values() if definitions)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Spare Python from looking for garbage again and again in what it keeps to the end: modules and collected tests.

    That took a twelfth of the time. What tests leave behind is looked through as ever.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish() -> None:
    """Look through what the tests have left once, for warnings. pytest and Python each would do so again at the end."""
    gc.collect()
    gc.freeze()


def _skip_is_failure(report: pytest.TestReport | pytest.CollectReport) -> None:
    """Where CI is set, on Linux, every tool is promised and every test applies: whatever is skipped has failed."""
    if os.environ.get("CI") and sys.platform == "linux" and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[-1] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"A skip is a failure where CI is set. {reason}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A test that skips itself fails under CI."""
    report = yield
    _skip_is_failure(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """So does a module that skips itself while it is collected."""
    report = yield
    _skip_is_failure(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call() -> Generator[None, object, object]:
    """The bridge's own exceptions take no traceback, on which pytest trips: turn them into ours."""
    try:
        return (yield)
    except Exception as problem:
        if not type(problem).__module__.startswith("uno"):
            raise
        text = f"{type(problem).__name__}: {getattr(problem, 'Message', problem)}"
        raise OfficeGone(text).with_traceback(problem.__traceback__) from None


@pytest.fixture(scope="session", autouse=True)
def private_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Cache, log and record of outputs last as long as the run, never in the folders of whoever runs it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XLKPI_LOG", str(tmp_path_factory.mktemp("log") / "xlkpi.log"))
        patch.setenv("XLKPI_OUTPUTS", str(tmp_path_factory.mktemp("outputs") / "outputs.txt"))
        patch.setenv("XLKPI_KEY", "off")
        patch.setenv("XLKPI_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture
def two_cores(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """A machine and a process that can be copied: pytest's workers have threads, and one core may be all there is."""
    if "fork" not in multiprocessing.get_all_start_methods():
        pytest.skip("this system copies no process")
    monkeypatch.setattr(multiprocessing, "get_start_method", lambda **_: "fork")
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    return monkeypatch


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
    dog = office.watchdog()
    yield office
    dog.cancel()


@contextmanager
def opening(office: Office) -> Iterator[Callable[..., Book]]:
    """Lend a function that opens workbooks, and close them at the end."""
    books: list[Book] = []

    def opener(path: Path | str | None = None, **options: object) -> Book:
        books.append(office.open(path, **options))
        return books[-1]

    yield opener
    for book in books:
        book.close()


@pytest.fixture
def calc(office: Office) -> Iterator[Callable[..., Book]]:
    """`calc(path)` opens a workbook, `calc()` a new one; each is closed after the test."""
    with opening(office) as opener:
        yield opener


@pytest.fixture(scope="module")
def calc_of_module(office_session: Office) -> Iterator[Callable[..., Book]]:
    """As `calc`, for a workbook that the tests of a module share; it is closed after the last of them."""
    office = office_session.ensure()
    dog = office.watchdog()
    with opening(office) as opener:
        yield opener
    dog.cancel()
