"""What is installed where, what is missing, and how to mend it.

`install_addin.py doctor` and `xlkpi doctor` both print this.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from xlkpi.installer.doctor_excel import excel_checks
from xlkpi.installer.inspect_python import Inside, ask
from xlkpi.installer.install_state import UNKNOWN, Site, look_around
from xlkpi.installer.preconditions import OTHER_RECORD, unfit_python
from xlkpi.installer.record import Record, Unreadable
from xlkpi.installer.system import this_machine
from xlkpi.installer.verdict import AGAIN, Check

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from xlkpi.installer.system import Outside

INSTALL = "Run: python3 install_addin.py install"
GET_OFFICE = "Only if you use it: install LibreOffice 25.2 or later from libreoffice.org."
UNFINISHED = "Run the install or uninstall again: it first puts back what was there."
LOCKED = "Close LibreOffice. Should it be closed and this remain, it was once killed: delete the file .lock in {0}."
LINES = 5


@dataclass(frozen=True)
class Examination:
    """Every check, in the order they are shown."""

    checks: tuple[Check, ...]

    @property
    def healthy(self) -> bool:
        """False when something must be mended."""
        return not any(check.must for check in self.checks)

    def lines(self) -> Iterator[str]:
        """The checks for a person: one line each, and below it what to do."""
        for check in self.checks:
            yield f"{check.part:<12} {check.found}"
            if check.remedy:
                yield f"{'':<12} -> {check.remedy}"
        yield "Nothing to mend." if self.healthy else "Something must be mended: see the lines with ->."


def doctor(root: Path, *, python: Path | None = None, outside: Outside | None = None) -> Examination:
    """Look at this machine and judge it.

    `python` is the one to ask where nothing is installed; without it, that nothing is installed is itself
    something to mend.
    """
    outside = outside or this_machine()
    site = look_around(root, outside)
    record = site.installed
    asked = record.python if record else python
    addin = site.places.addin if record and "excel" in record.hosts and site.places.addin.is_file() else None
    return Examination(tuple(examine(site, asked, ask(outside, asked, addin) if asked else None)))


def examine(site: Site, asked: Path | None, inside: Inside | None) -> Iterable[Check]:
    """Every check, from facts alone."""
    yield from _installation(site, must=asked is None)
    if asked is not None:
        yield from _python(site, asked, inside)
    yield from excel_checks(site, inside)
    yield from _office(site)
    yield from _log(site)
    yield from _clouds(site)


def _installation(site: Site, *, must: bool) -> Iterator[Check]:
    if site.unfinished:
        yield Check("Unfinished", f"an earlier run was cut off; see {site.places.unfinished}", UNFINISHED, must=True)
    if isinstance(site.record, Unreadable):
        yield Check("Installed", "not known", OTHER_RECORD.format(site.record.path, site.record.why), must=True)
    elif site.record is None:
        yield Check("Installed", f"no: {site.places.record} is not there", INSTALL, must=must)
    else:
        served = " and ".join({"excel": "Excel", "libreoffice": "LibreOffice"}[host] for host in site.record.hosts)
        yield Check("Installed", f"xlkpi {site.record.version} for {served}; record {site.places.record}")
        lost = ", ".join(str(path) for path, state in site.states if state == "missing")
        if lost:
            yield Check("Files", f"no longer there: {lost}", AGAIN, must=True)


def _python(site: Site, asked: Path, inside: Inside | None) -> Iterator[Check]:
    unfit = unfit_python(site.python, site.system)
    if inside is None:
        yield Check("Python", f"{asked} does not start", AGAIN, must=True)
        return
    version = inside.packages.get("xlkpi", "")
    if inside.problem:
        yield Check("xlkpi", f"cannot be loaded ({inside.problem})", AGAIN, must=True)
    else:
        yield Check("xlkpi", f"{version}, {inside.catalogue}")
    yield Check("Python", f"{inside.python} at {asked}", unfit, must=bool(unfit))
    yield Check("System", inside.system)
    for name in inside.needs:
        there = inside.packages.get(name, "")
        yield Check(name, there or "missing", "" if there else AGAIN, must=not there)


def _office(site: Site) -> Iterator[Check]:
    record = site.installed
    served = record is not None and "libreoffice" in record.hosts
    if site.office is None:
        yield Check("LibreOffice", "not found", GET_OFFICE, must=False)
        return
    yield Check("LibreOffice", f"{site.office.version} at {site.office.path}", site.office.hindrance, must=False)
    if record and served and not site.office.hindrance:
        yield _extension(site, record)


def _extension(site: Site, record: Record) -> Check:
    if "LibreOffice" in site.open_now:
        return Check("Extension", "not asked, because LibreOffice is open")
    if site.registered == UNKNOWN:
        return Check("Extension", "LibreOffice does not say", LOCKED.format(site.places.profile.parent), must=True)
    if not site.registered:
        return Check("Extension", "LibreOffice does not know it", AGAIN, must=True)
    if site.registered != record.version:
        found = f"{site.registered}, but xlkpi is {record.version}"
        return Check("Extension", found, "Remove xlkpi under Tools, Extensions. " + AGAIN, must=True)
    return Check("Extension", f"{site.registered}, registered for you")


def _log(site: Site) -> Iterator[Check]:
    path = site.installed.log if site.installed else site.places.log
    try:
        last = path.read_text(encoding="utf-8", errors="replace").splitlines()[-LINES:]
    except OSError:
        last = []
    told = "".join(f"\n{'':<12} | {line}" for line in last)
    yield Check("Error log", f"{path}, its last lines:{told}" if last else f"{path}, empty")


def _clouds(site: Site) -> Iterator[Check]:
    for folder in site.clouds:
        remedy = "Macros read a workbook from your disk: should one not find it, save a copy outside OneDrive first."
        yield Check("OneDrive", f"{folder}: Excel gives the workbooks in it a web address for a path", remedy)
