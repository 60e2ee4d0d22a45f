"""Find out why an installation cannot work here: every reason at once, each with what to do."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from xlkpi.installer.locks import newest_python
from xlkpi.installer.record import UnusableRecord

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xlkpi.installer.install_state import InstallState
    from xlkpi.installer.spreadsheet_host import SpreadsheetHost
    from xlkpi.installer.system import RunningPython

GET_PYTHON = "Install the 64-bit Python from python.org (it needs no administrator) and run this with it."
STORE = f"This Python is from the Microsoft Store, which hides the files it writes from Excel. {GET_PYTHON}"
BITS_32 = f"This is a 32-bit Python; what xlkpi needs is made for 64 bits. A 32-bit Excel is fine. {GET_PYTHON}"
ARM = f"This Python is for ARM processors, and Excel's link to Python is not. {GET_PYTHON}"
TOO_OLD = "This is Python {0}. Run it with 3.11 or later."
TOO_NEW = "This is Python {0}; the packages xlkpi needs are made for 3.11 to {1}. Run it with Python {1}."
INSIDE = "This is the Python of the installation itself ({0}). Run the command with the Python in {1}."
FOREIGN = "{0} exists already, and not from this installer. Move it away and run the same command again."
NO_ACCESS = "You may not write to {0}. Ask IT for access, or run this as the person who will use xlkpi."
OPEN = "{0} is open. Close it and run the same command again."
OTHER_RECORD = (
    "{0} cannot be used: {1}. Run the uninstall of the version that wrote it, or move the file away and run the same "
    "command again."
)
NO_HOST = "There is no {0} here. Install LibreOffice 25.2 or later from libreoffice.org."
ABSENT = "There is no {0} here. {1}"
NO_VENV = (
    "This Python cannot make virtual environments. Install python3-venv (sudo apt-get install python3-venv) "
    "and run the same command again."
)
OFFLINE = (
    "pip could not get what xlkpi needs; its message is above. Check the network or the proxy, set PIP_INDEX_URL or "
    "PIP_FIND_LINKS to where your organisation keeps packages, and run the command again. If pip says that hashes do "
    "not match, the package is not the one that was checked: report it."
)


def unfit_python(python: RunningPython, system: str, newest: tuple[int, int] | None = None) -> str:
    """Say why a Python cannot be the base of the private environment; "" where it can.

    `newest` is the newest for which every locked package has a wheel. There is no way round the lock: packages that
    nobody has checked are not installed in silence (docs/adr/0015-locked-packages.md).
    """
    if python.version < (3, 11):
        return TOO_OLD.format(".".join(map(str, python.version)))
    if newest and python.version > newest:
        return TOO_NEW.format(*(".".join(map(str, version)) for version in (python.version, newest)))
    if system != "windows":
        return ""
    if "windowsapps" in f"{python.base}{python.path}".lower():
        return STORE
    return {"win32": BITS_32, "win-arm64": ARM, "win-arm32": ARM}.get(python.platform, "")


def reasons_against_change(state: InstallState) -> Iterator[str]:
    """List what prevents any change of an installation, whether install or uninstall."""
    if isinstance(state.record, UnusableRecord):
        yield OTHER_RECORD.format(state.record.path, state.record.why)
    if state.paths.data in Path(state.python.path).parents:
        yield INSIDE.format(state.python.path, state.python.base)
    yield from (OPEN.format(label) for label in state.open_now)


def reasons_against_install(state: InstallState, hosts: tuple[SpreadsheetHost, ...], only: str = "") -> Iterator[str]:
    """List what else prevents installing into these hosts; `only` is the one asked for."""
    unfit = unfit_python(state.python, state.system, newest_python(state.root))
    if unfit:
        yield unfit
    elif not state.can_make_venv:
        yield NO_VENV
    yield from (FOREIGN.format(path) for path in state.foreign)
    yield from (NO_ACCESS.format(folder) for folder in state.unwritable)
    if not hosts:
        yield _no_host_to_serve(state, only)


def _no_host_to_serve(state: InstallState, only: str) -> str:
    hindered = [program.hindrance for name, program in state.programs.items() if only in ("", name)]
    if hindered:
        return "\n".join(hindered)
    wanted = next((host for host in state.hosts if host.name == only), None)
    if wanted and state.programs:
        return ABSENT.format(wanted.label, wanted.if_absent)
    return NO_HOST.format(" and no ".join(host.label for host in state.hosts))


def hindrances(state: InstallState) -> tuple[str, ...]:
    """List why programs that are here cannot be served."""
    return tuple(program.hindrance for program in state.programs.values() if program.hindrance)
