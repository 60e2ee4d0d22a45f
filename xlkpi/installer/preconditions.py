"""Why an installation cannot work here: every reason at once, each with what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlkpi.installer.dev_plan import NO_VENV
from xlkpi.installer.record import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from xlkpi.installer.install_state import Site
    from xlkpi.installer.system import RunningPython

GET_PYTHON = "Install the 64-bit Python from python.org (it needs no administrator) and run this with it."
STORE = f"This Python is from the Microsoft Store, which hides the files it writes from Excel. {GET_PYTHON}"
BITS_32 = f"This is a 32-bit Python; what xlkpi needs is made for 64 bits. A 32-bit Excel is fine. {GET_PYTHON}"
ARM = f"This Python is for ARM processors, and Excel's link to Python is not. {GET_PYTHON}"
TOO_OLD = "This is Python {0}. Run it with 3.11 or later."
INSIDE = "This is the Python of the installation itself ({0}). Run the command with the Python beneath it, {1}."
NOT_OURS = "{0} holds other files. Move them away and run the same command again."
FOREIGN = "{0} is there already, and this installer did not put it there. Move it away and run the same command again."
NO_ACCESS = "You may not write to {0}. Ask IT for access, or run this as the person who will use xlkpi."
OPEN = "{0} is open. Close it and run the same command again."
OTHER_RECORD = (
    "{0} cannot be used: {1}. Run the uninstall of the version that wrote it, or move the file away and run the same "
    "command again."
)
GET_OFFICE = "Install LibreOffice 25.2 or later from libreoffice.org."
NEITHER = f"There is no Excel and no LibreOffice here. {GET_OFFICE}"
ABSENT = {
    "excel": "There is no Excel here. Leave out --only excel and run the command again to install for LibreOffice.",
    "libreoffice": f"There is no LibreOffice here. {GET_OFFICE}",
}


def unfit_python(python: RunningPython, system: str) -> str:
    """Why a Python cannot be the base of the private environment; "" where it can."""
    if python.version < (3, 11):
        return TOO_OLD.format(".".join(map(str, python.version)))
    if system != "windows":
        return ""
    if "windowsapps" in f"{python.base}{python.path}".lower():
        return STORE
    return {"win32": BITS_32, "win-arm64": ARM, "win-arm32": ARM}.get(python.platform, "")


def in_the_way(site: Site) -> Iterable[str]:
    """What stands against changing an installation, be it to put it there or to remove it."""
    if isinstance(site.record, Unreadable):
        yield OTHER_RECORD.format(site.record.path, site.record.why)
    if site.places.venv in site.python_path.parents:
        yield INSIDE.format(site.python.path, site.python.base)
    yield from (OPEN.format(name) for name in site.open_now)


def against_installing(site: Site, hosts: tuple[str, ...], only: str = "") -> Iterable[str]:
    """Why installing into these hosts cannot work, besides what `in_the_way` says; `only` is the one asked for."""
    unfit = unfit_python(site.python, site.system)
    if unfit:
        yield unfit
    elif not site.can_make_venv:
        yield NO_VENV
    if site.venv_state == "not ours":
        yield NOT_OURS.format(site.places.venv)
    yield from (FOREIGN.format(path) for path in site.foreign)
    yield from (NO_ACCESS.format(folder) for folder in site.unwritable)
    if not hosts:
        yield _nobody_to_serve(site, only)


def _nobody_to_serve(site: Site, only: str) -> str:
    asked = {"excel": site.excel, "libreoffice": site.office}
    here = {name: host for name, host in asked.items() if host and only in ("", name)}
    if here:
        return "\n".join(host.hindrance for host in here.values())
    return ABSENT[only] if only and any(asked.values()) else NEITHER


def hindrances(site: Site) -> tuple[str, ...]:
    """Why a program that is here cannot be served."""
    return tuple(host.hindrance for host in (site.excel, site.office) if host and host.hindrance)
