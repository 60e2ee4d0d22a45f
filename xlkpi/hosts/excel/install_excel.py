"""Plan what goes into Excel's folders: the add-in, its settings, and on a Mac the script that starts Python."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from xlkpi.installer.actions import InstallStep, copy_file, write_file
from xlkpi.installer.install_plan import BUILDER, build, keep_changed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from xlkpi.installer.install_state import InstallState
    from xlkpi.installer.paths import InstallPaths
    from xlkpi.installer.record import InstallRecord

MENU_ONLY = "On a Mac, Excel gets the KPI menu, but not the functions: Excel for Mac cannot call Python in a cell."


def excel_files(paths: InstallPaths, xlwings: str) -> tuple[Path, ...]:
    """List the files that Excel needs of us."""
    script = (paths.scripts / script_name(xlwings),) if paths.scripts else ()
    return (paths.addin, paths.conf, *script)


def script_name(xlwings: str) -> str:
    """Name the script with which Excel for Mac starts Python."""
    return f"xlwings-{xlwings}.applescript"


def conf_text(state: InstallState, environment: Path) -> str:
    """Write the settings that the add-in reads first.

    Excel reads them in the code page of the system, so a path with other letters is written with the variable that
    Windows has for its first part.
    """
    lines = {"ADD_WORKBOOK_TO_PYTHONPATH": "False", "USE UDF SERVER": "True"}
    if state.system == "windows":
        python = str(state.paths.program(environment, "pythonw"))
        if not python.isascii():
            python = python.replace(str(state.paths.data.parent), "%LOCALAPPDATA%", 1)
        return "".join(f'"{key}","{value}"\r\n' for key, value in {"INTERPRETER_WIN": python, **lines}.items())
    python = str(state.paths.program(environment, "python"))
    return "".join(f'"{key}","{value}"\n' for key, value in {"INTERPRETER_MAC": python, **lines}.items())


def install_steps(state: InstallState, environment: Path) -> Iterator[InstallStep]:
    """Plan the steps that put the add-in in its place."""
    paths, addin = state.paths, state.paths.unfinished / state.paths.addin.name
    encoding = "mbcs" if state.ansi else "utf-8"
    yield InstallStep(
        "Build the Excel add-in",
        "from the parts just installed, so that they fit each other",
        build(state, environment, "xlkpi.hosts.excel.build_xlam", addin),
        BUILDER,
    )
    yield InstallStep(
        "Put it where Excel opens it by itself",
        "into Excel's startup folder; no security setting is changed",
        (*keep_changed(state, paths.addin), copy_file(addin, paths.addin)),
    )
    yield InstallStep(
        "Tell it which Python to use",
        "the private one, whatever workbook is open",
        (*keep_changed(state, paths.conf), write_file(paths.conf, conf_text(state, environment), encoding)),
    )
    if paths.scripts:
        name = script_name(state.xlwings)
        source = environment / "lib" / f"python{state.base}" / "site-packages" / "xlwings" / name
        target = paths.scripts / name
        yield InstallStep(
            "Let Excel start Python",
            "macOS allows it only through a script in this folder",
            (*keep_changed(state, target), copy_file(source, target)),
        )


def add_to_record(state: InstallState, record: InstallRecord) -> InstallRecord:
    """Note the version of xlwings that add-in and environment share."""
    return replace(record, xlwings=state.xlwings)
