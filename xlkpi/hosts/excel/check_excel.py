"""Check Excel for the doctor: the add-in, its settings, and its link to Python."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from xlkpi.hosts.excel import NAME
from xlkpi.hosts.excel.install_excel import conf_text
from xlkpi.installer.doctor import AGAIN, DoctorLine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xlkpi.installer.inspect_python import PythonContents
    from xlkpi.installer.install_state import InstallState
    from xlkpi.installer.record import InstallRecord

VIRUS = "A virus scanner may have removed it: ask IT to allow it. " + AGAIN
GONE = "Excel is no longer here. Run python3 install_addin.py uninstall to remove the add-in."
OTHER_PYTHON = "It names another Python or other settings. " + AGAIN
ADD_NOW = "To get the functions in Excel, run: python3 install_addin.py install"


def check_excel(state: InstallState, contents: PythonContents | None) -> Iterator[DoctorLine]:
    """Check Excel; no lines on a system that has none and never had."""
    record, excel = state.installed, state.programs.get(NAME)
    served = state.serves(NAME)
    if excel:
        processor = f", {excel.processor}" if excel.processor else ""
        status = f"{excel.version or 'version unknown'}{processor} at {excel.path}"
        yield DoctorLine("Excel", status, excel.hindrance, must=bool(excel.hindrance))
        for policy in excel.policies:
            yield DoctorLine(policy.part, policy.status, policy.remedy, must=policy.must)
    elif served or state.system != "linux":
        yield DoctorLine("Excel", "not found", GONE if served else "", must=served)
    if record and served:
        yield from _addin(state, record, contents)
    elif excel and record and not excel.hindrance:
        yield DoctorLine("Add-in", "not installed", ADD_NOW)


def _addin(state: InstallState, record: InstallRecord, contents: PythonContents | None) -> Iterator[DoctorLine]:
    addin = state.paths.addin
    right = state.state(addin) == "unchanged"
    yield DoctorLine("Add-in", f"{addin}, {state.state(addin)}", "" if right else AGAIN, must=not right)
    yield _settings(state, record)
    if contents is None:
        return
    installed = contents.packages.get("xlwings", "")
    if installed != record.xlwings:
        status = f"xlwings {installed or 'missing'}, but the add-in was built for {record.xlwings}"
        yield DoctorLine("Link", status, AGAIN, must=True)
    elif contents.named not in ("", installed):
        yield DoctorLine("Link", f"xlwings {installed}, but the add-in names {contents.named}", AGAIN, must=True)
    else:
        unread = f"; the add-in could not be read ({contents.unread})" if contents.unread else ""
        yield DoctorLine("Link", f"xlwings {installed}, the one the add-in was built for{unread}")
    if state.system == "windows":
        yield from _libraries(record)


def _settings(state: InstallState, record: InstallRecord) -> DoctorLine:
    """Check that the conf file has our lines; further lines are somebody's own business."""
    try:
        text = state.paths.conf.read_text(encoding="mbcs" if state.ansi else "utf-8", errors="replace")
    except OSError:
        return DoctorLine("Settings", f"{state.paths.conf} is not there", AGAIN, must=True)
    wanted, present = _pairs(conf_text(state, record.environment)), _pairs(text)
    right = all(present.get(key) == value for key, value in wanted.items())
    return DoctorLine("Settings", str(state.paths.conf), "" if right else OTHER_PYTHON, must=not right)


def _pairs(text: str) -> dict[str, str]:
    return {row[0].upper(): row[1] for row in csv.reader(text.splitlines()) if len(row) > 1}


def _libraries(record: InstallRecord) -> Iterator[DoctorLine]:
    for bits in (32, 64):
        path = record.environment / f"xlwings{bits}-{record.xlwings}.dll"
        if path.is_file():
            yield DoctorLine(f"DLL {bits}-bit", str(path))
        else:
            yield DoctorLine(f"DLL {bits}-bit", f"{path} is not there", VIRUS, must=True)
