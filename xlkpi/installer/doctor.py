"""Check what is installed where and what is missing, and say how to fix it.

`install_addin.py doctor` and `xlkpi doctor` both print this.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from xlkpi.installer.inspect_python import PythonContents, inspect_python
from xlkpi.installer.install_state import InstallState, look_around
from xlkpi.installer.preconditions import OTHER_RECORD, unfit_python
from xlkpi.installer.record import UnusableRecord
from xlkpi.installer.system import this_machine

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from xlkpi.installer.spreadsheet_host import SpreadsheetHost
    from xlkpi.installer.system import OperatingSystem

AGAIN = "Run again: python3 install_addin.py install"
INSTALL = "Run: python3 install_addin.py install"
INTERRUPTED = "Run the install or uninstall again: it first undoes the changes."
LOG_LINES = 5


@dataclass(frozen=True)
class DoctorLine:
    """What one part is, what to do about it ("" for nothing), and whether it must be done."""

    part: str
    status: str
    remedy: str = ""
    must: bool = False


@dataclass(frozen=True)
class Examination:
    """Every line of the doctor, in the order they are shown."""

    checks: tuple[DoctorLine, ...]

    @property
    def healthy(self) -> bool:
        """False when something must be fixed."""
        return not any(check.must for check in self.checks)

    def lines(self) -> Iterator[str]:
        """Describe the checks to a person: one line each, and below it what to do."""
        for check in self.checks:
            yield f"{check.part:<12} {check.status}"
            if check.remedy:
                yield f"{'':<12} -> {check.remedy}"
        yield "No problems found." if self.healthy else "Problems found: see the lines with ->."


def doctor(
    root: Path,
    hosts: tuple[SpreadsheetHost, ...],
    *,
    python: Path | None = None,
    machine: OperatingSystem | None = None,
) -> Examination:
    """Look at this machine and judge it.

    `python` is the one to ask where nothing is installed; without it, that nothing is installed is itself a problem.
    """
    machine = machine or this_machine()
    state = look_around(root, machine, hosts)
    installed = state.installed
    interpreter = installed.python if installed else python
    addin = state.paths.addin if state.state(state.paths.addin) in ("unchanged", "changed") else None
    contents = inspect_python(machine, interpreter, addin) if interpreter else None
    return Examination(tuple(examine(state, interpreter, contents)))


def examine(state: InstallState, interpreter: Path | None, contents: PythonContents | None) -> Iterable[DoctorLine]:
    """Give every check, from facts alone."""
    yield from _installation(state, must=interpreter is None)
    if interpreter is not None:
        yield from _python(state, interpreter, contents)
    for host in state.hosts:
        yield from host.check(state, contents)
    yield _log(state)
    yield from _clouds(state)


def _installation(state: InstallState, *, must: bool) -> Iterator[DoctorLine]:
    if state.interrupted:
        status = f"a previous run was interrupted; see {state.paths.unfinished}"
        yield DoctorLine("Unfinished", status, INTERRUPTED, must=True)
    if isinstance(state.record, UnusableRecord):
        yield DoctorLine("Installed", "not known", OTHER_RECORD.format(state.record.path, state.record.why), must=True)
    elif state.installed is None:
        yield DoctorLine("Installed", f"no: {state.paths.record} is not there", INSTALL, must=must)
    else:
        served = " and ".join(host.label for host in state.served())
        yield DoctorLine("Installed", f"xlkpi {state.installed.version} for {served}; record {state.paths.record}")
        lost = ", ".join(str(path) for path, is_now in state.states if is_now == "missing")
        if lost:
            yield DoctorLine("Files", f"no longer there: {lost}", AGAIN, must=True)


def _python(state: InstallState, interpreter: Path, contents: PythonContents | None) -> Iterator[DoctorLine]:
    unfit = unfit_python(state.python, state.system)
    if contents is None:
        yield DoctorLine("Python", f"{interpreter} does not start", AGAIN, must=True)
        return
    version = contents.packages.get("xlkpi", "")
    if contents.problem:
        yield DoctorLine("xlkpi", f"cannot be loaded ({contents.problem})", AGAIN, must=True)
    else:
        yield DoctorLine("xlkpi", f"{version}, {contents.catalogue}")
    yield DoctorLine("Python", f"{contents.python} at {interpreter}", unfit, must=bool(unfit))
    yield DoctorLine("System", contents.system)
    for name in contents.needs:
        installed = contents.packages.get(name, "")
        yield DoctorLine(name, installed or "missing", "" if installed else AGAIN, must=not installed)


def _log(state: InstallState) -> DoctorLine:
    path = state.installed.log if state.installed else state.paths.log
    try:
        last = path.read_text(encoding="utf-8", errors="replace").splitlines()[-LOG_LINES:]
    except OSError:
        last = []
    quoted = "".join(f"\n{'':<12} | {line}" for line in last)
    return DoctorLine("Error log", f"{path}, its last lines:{quoted}" if last else f"{path}, empty")


def _clouds(state: InstallState) -> Iterator[DoctorLine]:
    remedy = "Macros read a workbook from your disk. If one cannot find it, save a copy outside OneDrive first."
    for folder in state.clouds:
        yield DoctorLine("OneDrive", f"{folder}: Excel gives the workbooks in it a web address for a path", remedy)
