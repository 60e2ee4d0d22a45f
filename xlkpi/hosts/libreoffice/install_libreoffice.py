"""Plan what is registered with LibreOffice, check it for the doctor, and plan its removal."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from xlkpi.hosts.libreoffice import NAME
from xlkpi.hosts.libreoffice.find_libreoffice import EXTENSION
from xlkpi.installer.actions import InstallStep, confirm, copy_file, delete_file, on_undo, run
from xlkpi.installer.doctor import AGAIN, DoctorLine
from xlkpi.installer.install_plan import BUILDER, build, keep_changed
from xlkpi.installer.spreadsheet_host import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from xlkpi.installer.inspect_python import PythonContents
    from xlkpi.installer.install_state import InstallState
    from xlkpi.installer.paths import InstallPaths
    from xlkpi.installer.record import InstallRecord

GET_LIBREOFFICE = "Install LibreOffice 25.2 or later from libreoffice.org."
IF_USED = "Only if you use it: install LibreOffice 25.2 or later from libreoffice.org."
NOT_REGISTERED = "unopkg's message is above. Close LibreOffice, its quickstarter too, and run the same command again."
LOCKED = "Close LibreOffice. If it is closed and this remains, it was once killed: delete the file .lock in {0}."
REMOVE_FIRST = "Remove xlkpi under Tools, Extensions. " + AGAIN
NOT_FOUND = (
    "LibreOffice was not found, so its extension cannot be removed. If you install LibreOffice again, remove xlkpi "
    "under Tools, Extensions."
)


def libreoffice_files(paths: InstallPaths, _xlwings: str) -> tuple[Path, ...]:
    """List the files that LibreOffice needs of us."""
    return (paths.extension,)


def install_steps(state: InstallState, environment: Path) -> Iterator[InstallStep]:
    """Plan the steps that build the extension and register it."""
    built, target = state.paths.unfinished / state.paths.extension.name, state.paths.extension
    unopkg = str(state.programs[NAME].registrar)
    add = (unopkg, "add", "--force", "--suppress-license", str(target))
    back = add if state.registered[NAME] and state.state(target) else (unopkg, "remove", EXTENSION)
    yield InstallStep(
        "Build the LibreOffice extension",
        "from the parts just installed",
        build(state, environment, "xlkpi.hosts.libreoffice.build_oxt", built),
        BUILDER,
    )
    yield InstallStep(
        "Register it with LibreOffice",
        "for you alone; it is listed under Tools, Extensions",
        (
            on_undo(*back),
            *keep_changed(state, target),
            copy_file(built, target),
            run(*add),
            confirm(f"Identifier: {EXTENSION} Version: {state.version} ", unopkg, "list"),
        ),
        NOT_REGISTERED,
    )


def add_to_record(state: InstallState, record: InstallRecord) -> InstallRecord:
    """Note with which program the extension is registered, and under which name."""
    return replace(record, unopkg=str(state.programs[NAME].registrar), extension=EXTENSION)


def uninstall_steps(state: InstallState, _installed: InstallRecord) -> Iterator[InstallStep]:
    """Plan the step that removes the extension. Its file goes first: that makes the step one that can be undone."""
    program, file = state.programs.get(NAME), state.paths.extension
    if not (program and state.registered[NAME]):
        return
    unopkg = str(program.registrar)
    ours = state.state(file) == "unchanged"
    back = (on_undo(unopkg, "add", "--force", "--suppress-license", str(file)), delete_file(file)) if ours else ()
    yield InstallStep(
        "Remove the extension from LibreOffice",
        "with its functions and its menu",
        (*back, run(unopkg, "remove", EXTENSION)),
        NOT_REGISTERED,
    )


def uninstall_notes(state: InstallState, installed: InstallRecord) -> Iterator[str]:
    """Say where the extension cannot be removed."""
    program = state.programs.get(NAME)
    if installed.extension and program is None:
        yield NOT_FOUND
    elif installed.extension and program and program.hindrance:
        yield program.hindrance


def check_libreoffice(state: InstallState, _contents: PythonContents | None) -> Iterator[DoctorLine]:
    """Check LibreOffice and the extension."""
    program = state.programs.get(NAME)
    if program is None:
        yield DoctorLine("LibreOffice", "not found", IF_USED)
        return
    yield DoctorLine("LibreOffice", f"{program.version} at {program.path}", program.hindrance)
    if state.installed and state.serves(NAME) and not program.hindrance:
        yield _extension(state, state.installed)


def _extension(state: InstallState, installed: InstallRecord) -> DoctorLine:
    version = state.registered[NAME]
    if "LibreOffice" in state.open_now:
        return DoctorLine("Extension", "not asked, because LibreOffice is open")
    if version == UNKNOWN:
        return DoctorLine("Extension", "LibreOffice does not say", LOCKED.format(state.paths.profile.parent), must=True)
    if not version:
        return DoctorLine("Extension", "LibreOffice does not know it", AGAIN, must=True)
    if version != installed.version:
        return DoctorLine("Extension", f"{version}, but xlkpi is {installed.version}", REMOVE_FIRST, must=True)
    return DoctorLine("Extension", f"{version}, registered for you")
