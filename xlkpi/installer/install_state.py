"""Collect every fact that installing needs, without changing anything."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from xlkpi.installer.change import orphans
from xlkpi.installer.inspect_python import can_make_environment, environment_state, inspect_python
from xlkpi.installer.paths import InstallPaths, install_paths
from xlkpi.installer.record import InstallRecord, RecordFile, UnusableRecord, read_record, source_hash, state_of
from xlkpi.installer.spreadsheet_host import UNKNOWN

if TYPE_CHECKING:
    from xlkpi.installer.spreadsheet_host import FoundProgram, SpreadsheetHost
    from xlkpi.installer.system import OperatingSystem, RunningPython

ONEDRIVE_VARIABLES = ("OneDrive", "OneDriveConsumer", "OneDriveCommercial")


@dataclass(frozen=True)
class InstallState:
    """The facts. Paths are absolute."""

    paths: InstallPaths
    hosts: tuple[SpreadsheetHost, ...]  # every one that is registered
    root: Path  # the project that would be installed
    version: str
    source: str
    xlwings: str  # the version the project asks for
    python: RunningPython
    base: str  # the version of that Python, "3.12"
    can_make_venv: bool
    environment_state: str  # of the one in force: "absent", "ready", "stale" (another Python's, or broken), "not ours"
    programs: Mapping[str, FoundProgram]  # the hosts that are here, by name
    open_now: tuple[str, ...]  # the labels of hosts that this person has open
    record: RecordFile | UnusableRecord
    states: tuple[tuple[Path, str], ...]  # of each file of the record: "unchanged", "changed", "missing"
    foreign: tuple[Path, ...]  # files where ours should be that no record knows
    registered: Mapping[str, str]  # by host: the version of our extension that it knows, "" for none, UNKNOWN
    missing: tuple[Path, ...]  # folders we would have to make, outermost first
    unwritable: tuple[Path, ...]  # folders that we may not write to
    leftovers: bool  # an earlier run was killed, at its end perhaps
    kept: bool  # there are copies of files that somebody had changed
    has_key: bool  # the Council's key is here
    clouds: tuple[str, ...] = ()  # folders that OneDrive synchronises
    ansi: bool = False  # true Windows: its code page for old programs can be written

    @property
    def system(self) -> str:
        """One of "linux", "darwin", "windows"."""
        return self.paths.system

    @property
    def installed(self) -> InstallRecord | None:
        """The installation in force."""
        return self.record.installed if isinstance(self.record, RecordFile) else None

    @property
    def interrupted(self) -> bool:
        """True where an earlier run was killed before its end, so that there is something to undo."""
        return isinstance(self.record, RecordFile) and self.record.change is not None

    def state(self, path: Path) -> str:
        """Give the state of a file of the record; "" where the record does not know it."""
        return dict(self.states).get(path, "")

    def files(self, host: SpreadsheetHost) -> tuple[Path, ...]:
        """List the files that a host needs of us."""
        return host.files(self.paths, self.xlwings)

    def served(self) -> tuple[SpreadsheetHost, ...]:
        """List the hosts that the installation in force serves."""
        return tuple(host for host in self.hosts if self.installed and host.name in self.installed.hosts)

    def serves(self, name: str) -> bool:
        """Say whether the installation in force serves a host."""
        return self.installed is not None and name in self.installed.hosts


def look_around(root: Path, machine: OperatingSystem, hosts: tuple[SpreadsheetHost, ...]) -> InstallState:
    """Collect every fact that the plans need."""
    paths = install_paths(machine.system, machine.home, machine.environ)
    record = read_record(paths.record)
    installed = record.installed if isinstance(record, RecordFile) else None
    known = dict(installed.files) if installed else {}
    programs = {host.name: program for host in hosts if (program := host.find(machine, paths))}
    base = ".".join(map(str, machine.python.version))
    xlwings = required_xlwings(root)
    open_now = open_hosts(machine, hosts)
    targets = [path for host in hosts if host.name in programs for path in host.files(paths, xlwings)]
    folders = tuple(dict.fromkeys([paths.data, paths.record.parent, *(target.parent for target in targets)]))
    return InstallState(
        paths=paths,
        hosts=hosts,
        root=root,
        version=version_of(root),
        source=source_hash(root),
        xlwings=xlwings,
        python=machine.python,
        base=base,
        can_make_venv=can_make_environment(machine.python.path),
        environment_state=_environment_state(machine, base, installed),
        programs=programs,
        open_now=open_now,
        record=record,
        states=tuple((path, state_of(path, digest)) for path, digest in known.items()),
        foreign=tuple(path for path in targets if path.exists() and path not in known),
        registered=_registered(machine, paths, programs, hosts, open_now),
        missing=_missing(folders),
        unwritable=tuple(folder for folder in folders if not _is_writable(folder)),
        leftovers=paths.unfinished.is_dir() or bool(orphans(paths, installed)),
        kept=paths.kept.is_dir(),
        has_key=paths.key.is_file(),
        clouds=_clouds(machine),
        ansi=sys.platform == "win32",
    )


def version_of(root: Path) -> str:
    """Read the version of the project in a folder; "" where it gives none."""
    return _match_in(root / "xlkpi" / "__init__.py", r'^__version__ = "(.+)"')


def required_xlwings(root: Path) -> str:
    """Read the one version of xlwings that the project file asks for; "" where the file is not there."""
    return _match_in(root / "pyproject.toml", r'"xlwings==([\d.]+)"')


def _match_in(file: Path, pattern: str) -> str:
    match = re.search(pattern, file.read_text(encoding="utf-8"), re.MULTILINE) if file.is_file() else None
    return match.group(1) if match else ""


def open_hosts(machine: OperatingSystem, hosts: tuple[SpreadsheetHost, ...]) -> tuple[str, ...]:
    """List the hosts that this person has open, by label."""
    return tuple(host.label for host in hosts if _is_open(machine, host.processes.get(machine.system, "")))


def _is_open(machine: OperatingSystem, process: str) -> bool:
    if not process:
        return False
    if machine.system == "windows":
        listed = machine.output_of(("tasklist", "/FI", f"IMAGENAME eq {process}", "/NH", "/FO", "CSV")) or ""
        return process.lower() in listed.lower()
    return bool(machine.output_of(("pgrep", "-U", machine.user, "-x", process)))


def _registered(
    machine: OperatingSystem,
    paths: InstallPaths,
    programs: Mapping[str, FoundProgram],
    hosts: tuple[SpreadsheetHost, ...],
    open_now: tuple[str, ...],
) -> dict[str, str]:
    """Ask each host that keeps a list of extensions. An open one is not asked: it might wait for us, and we for it."""
    versions = {}
    for host in hosts:
        program = programs.get(host.name)
        if host.registered and host.label in open_now:
            versions[host.name] = UNKNOWN
        elif host.registered:
            versions[host.name] = host.registered(machine, paths, program) if program else ""
    return versions


def _environment_state(machine: OperatingSystem, base: str, installed: InstallRecord | None) -> str:
    """Look at the environment in force; "stale" too where the record promises what it no longer contains."""
    if installed is None:
        return "absent"
    state = environment_state(installed.environment, machine.system, base)
    if state != "ready":
        return state
    contents = inspect_python(machine, installed.python)
    libraries = [installed.environment / f"xlwings{bits}-{installed.xlwings}.dll" for bits in (32, 64)]
    linked = machine.system != "windows" or not installed.xlwings or all(path.is_file() for path in libraries)
    return "ready" if linked and contents is not None and contents.is_complete(installed.xlwings) else "stale"


def _missing(folders: tuple[Path, ...]) -> tuple[Path, ...]:
    absent = (part for folder in folders for part in (*reversed(folder.parents), folder) if not part.exists())
    return tuple(dict.fromkeys(absent))


def _is_writable(folder: Path) -> bool:
    existing = next(part for part in (folder, *folder.parents) if part.exists())
    return existing.is_dir() and os.access(existing, os.W_OK | os.X_OK)


def _clouds(machine: OperatingSystem) -> tuple[str, ...]:
    folders = [machine.environ[name] for name in ONEDRIVE_VARIABLES if machine.environ.get(name)]
    if machine.system == "darwin":
        folders += [str(path) for path in sorted((machine.home / "Library" / "CloudStorage").glob("OneDrive*"))]
    return tuple(dict.fromkeys(folders))
