"""Define what the installer has to know of a spreadsheet program. `xlkpi/hosts/registry.py` lists the programs.

The installer itself knows no program by name. A host hands it this record, made of functions in the host's own folder.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xlkpi.installer.actions import InstallStep
    from xlkpi.installer.doctor import DoctorLine
    from xlkpi.installer.inspect_python import PythonContents
    from xlkpi.installer.install_state import InstallState
    from xlkpi.installer.paths import InstallPaths
    from xlkpi.installer.record import InstallRecord
    from xlkpi.installer.system import OperatingSystem


UNKNOWN = "?"
"""The version of an extension where the program does not answer."""


@dataclass(frozen=True)
class ProgramPolicy:
    """What a policy of the organisation means for us: a line of the doctor, and what to do ("" for nothing)."""

    part: str
    status: str
    remedy: str = ""
    must: bool = False  # nothing works until it is done


@dataclass(frozen=True)
class FoundProgram:
    """A spreadsheet program on this machine. `hindrance` says why nothing can be added to it, "" where nothing does."""

    path: Path
    version: str  # "" where it is not known
    processor: str = ""  # "64-bit", "32-bit", "ARM"; "" where it is not known
    hindrance: str = ""
    policies: tuple[ProgramPolicy, ...] = ()
    registrar: Path | None = None  # the program that registers extensions, where there is one

    @property
    def notes(self) -> tuple[str, ...]:
        """What a person should know before installing."""
        return tuple(policy.remedy for policy in self.policies if policy.remedy)


def _nothing(*_: object) -> tuple[()]:
    return ()


@dataclass(frozen=True)
class SpreadsheetHost:
    """One spreadsheet program: how it is found, installed into, inspected and uninstalled from."""

    name: str  # as on the command line and in the record
    label: str  # as people know it
    functions_on: frozenset[str]  # the systems on which it gets the worksheet functions
    menu_on: frozenset[str]  # the systems on which it gets the menu KPI
    processes: Mapping[str, str]  # what runs while it is open, by system
    find: Callable[[OperatingSystem, InstallPaths], FoundProgram | None]
    files: Callable[[InstallPaths, str], tuple[Path, ...]]  # what it needs of us, for a version of xlwings
    install: Callable[[InstallState, Path], Iterable[InstallStep]]  # from an environment
    check: Callable[[InstallState, PythonContents | None], Iterable[DoctorLine]]
    extra: str = ""  # of the package, as pip has it
    without_functions: str = ""  # what to say on a system where it gets the menu alone
    if_absent: str = ""  # what to do where just this one is asked for and it is not here
    refuses_root: str = ""  # the hindrance that stops an uninstall too
    uninstall: Callable[[InstallState, InstallRecord], Iterable[InstallStep]] = _nothing
    registered: Callable[[OperatingSystem, InstallPaths, FoundProgram], str] | None = None  # a version, "", UNKNOWN
    add_to_record: Callable[[InstallState, InstallRecord], InstallRecord] = lambda _, record: record
    uninstall_notes: Callable[[InstallState, InstallRecord], Iterable[str]] = _nothing

    def notes(self, system: str) -> tuple[str, ...]:
        """Say what it does not get on a system."""
        return (self.without_functions,) if system in self.menu_on - self.functions_on else ()
