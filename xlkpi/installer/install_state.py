"""Every fact that installing into Excel and LibreOffice needs, found without changing anything."""

from __future__ import annotations

import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from xlkpi.installer.dev_machine import can_make_environment, environment_state
from xlkpi.installer.hosts import Excel, Office, find_excel, find_office, running
from xlkpi.installer.inspect_python import ask
from xlkpi.installer.paths import Places, places
from xlkpi.installer.record import Record, Unreadable, read_record, source_hash, state_of

if TYPE_CHECKING:
    from xlkpi.installer.system import Outside, RunningPython

EXTENSION = "org.xlkpi.calc"
UNKNOWN = "?"


@dataclass(frozen=True)
class Site:
    """The facts. Paths are absolute."""

    places: Places
    root: Path  # the project that would be installed
    version: str
    source: str
    xlwings: str  # the version the project asks for
    python: RunningPython
    base: str  # the version of that Python, "3.12"
    can_make_venv: bool
    venv_state: str  # as machine.Machine has it
    excel: Excel | None
    office: Office | None
    open_now: tuple[str, ...]
    record: Record | Unreadable | None
    states: tuple[tuple[Path, str], ...]  # of each file of the record: "as put", "changed", "missing"
    foreign: tuple[Path, ...]  # files that stand where ours would go, and that no record knows
    registered: str  # the version of our extension that LibreOffice knows, "" for none, UNKNOWN
    missing: tuple[Path, ...]  # folders we would have to make, outermost first
    unwritable: tuple[Path, ...]  # folders that do not let us write
    unfinished: bool  # an earlier run was killed
    kept: bool  # there are copies of files that somebody had changed
    clouds: tuple[str, ...] = ()  # folders that OneDrive keeps in step
    ansi: bool = False  # Windows' own: its code page for old programs can be written

    @property
    def system(self) -> str:
        """One of "linux", "darwin", "windows"."""
        return self.places.system

    @property
    def installed(self) -> Record | None:
        """The record where it can be used."""
        return self.record if isinstance(self.record, Record) else None

    @property
    def python_path(self) -> Path:
        """The Python that runs the installer."""
        return Path(self.python.path)

    def state(self, path: Path) -> str:
        """How a file of the record is now; "" where the record does not know it."""
        return dict(self.states).get(path, "")


def look_around(root: Path, outside: Outside) -> Site:
    """Every fact the planning needs."""
    where = places(outside.system, outside.home, outside.environ)
    record = read_record(where.record)
    known = record.files if isinstance(record, Record) else ()
    excel, office = find_excel(outside, where), find_office(outside)
    base = ".".join(map(str, outside.python.version))
    open_now = running(outside)  # unopkg waits for an open LibreOffice, which may be waiting for us: it is not asked
    script = where.scripts / f"xlwings-{asked_xlwings(root)}.applescript" if where.scripts else None
    targets = [*((where.addin, where.conf) if excel else ()), *((script,) if script and excel else ()), where.extension]
    folders = dict.fromkeys([where.data, where.record.parent, *(target.parent for target in targets)])
    return Site(
        places=where,
        root=root,
        version=version_of(root),
        source=source_hash(root),
        xlwings=asked_xlwings(root),
        python=outside.python,
        base=base,
        can_make_venv=can_make_environment(outside.python.path),
        venv_state=_venv_state(outside, where, base, record),
        excel=excel,
        office=office,
        open_now=open_now,
        record=record,
        states=tuple((path, state_of(path, digest)) for path, digest in known),
        foreign=tuple(path for path in targets if path.exists() and path not in dict(known)),
        registered=UNKNOWN if "LibreOffice" in open_now else _registered(outside, where, office),
        missing=_missing(folders),
        unwritable=tuple(folder for folder in folders if not _writable(folder)),
        unfinished=where.unfinished.is_dir(),
        kept=where.kept.is_dir(),
        clouds=_clouds(outside),
        ansi=sys.platform == "win32",
    )


def version_of(root: Path) -> str:
    """The version of the project in a folder; "" where it says none."""
    return _found_in(root / "xlkpi" / "__init__.py", r'^__version__ = "(.+)"')


def asked_xlwings(root: Path) -> str:
    """The one version of xlwings that the project file asks for; "" where the file is not there."""
    return _found_in(root / "pyproject.toml", r'"xlwings==([\d.]+)"')


def _found_in(file: Path, pattern: str) -> str:
    found = re.search(pattern, file.read_text(encoding="utf-8"), re.MULTILINE) if file.is_file() else None
    return found.group(1) if found else ""


def _venv_state(outside: Outside, where: Places, base: str, record: Record | Unreadable | None) -> str:
    """As machine.environment_state has it; "stale" too where the record promises what is no longer inside."""
    state = environment_state(where.venv, outside.system, base)
    if state != "ready" or not isinstance(record, Record):
        return state
    inside = ask(outside, record.python)
    links = [record.venv / f"xlwings{bits}-{record.xlwings}.dll" for bits in (32, 64)]
    linked = outside.system != "windows" or not record.xlwings or all(path.is_file() for path in links)
    return "ready" if linked and inside is not None and inside.holds(record.xlwings) else "stale"


def _registered(outside: Outside, where: Places, office: Office | None) -> str:
    """Its version; unopkg is asked only where the person has extensions, as it makes a profile where there is none."""
    if office is None or office.hindrance or not (where.profile / "uno_packages").is_dir():
        return ""
    told = outside.says((str(office.unopkg), "list"))
    if told is None:
        return UNKNOWN
    found = re.search(rf"^Identifier: *{re.escape(EXTENSION)}\s+Version: *(\S+)", told, re.MULTILINE)
    return found.group(1) if found else ""


def _missing(folders: dict[Path, None]) -> tuple[Path, ...]:
    absent = (part for folder in folders for part in (*reversed(folder.parents), folder) if not part.exists())
    return tuple(dict.fromkeys(absent))


def _writable(folder: Path) -> bool:
    there = next(part for part in (folder, *folder.parents) if part.exists())
    return there.is_dir() and os.access(there, os.W_OK | os.X_OK)


def _clouds(outside: Outside) -> tuple[str, ...]:
    names = ("OneDrive", "OneDriveConsumer", "OneDriveCommercial")
    found = [outside.environ[name] for name in names if outside.environ.get(name)]
    if outside.system == "darwin":
        found += [str(path) for path in sorted((outside.home / "Library" / "CloudStorage").glob("OneDrive*"))]
    return tuple(dict.fromkeys(found))
