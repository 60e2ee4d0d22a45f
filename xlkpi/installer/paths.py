"""Say where the installer puts things on each system: only in folders of the person who runs it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from xlkpi.reading.returns.seal_key import KEY_NAME
from xlkpi.writing.own_outputs import RECORD

if TYPE_CHECKING:
    from collections.abc import Mapping

MAC_EXCEL = "Library/Containers/com.microsoft.Excel/Data"
MAC_STARTUP = "Library/Group Containers/UBF8T346G9.Office/User Content.localized/Startup.localized/Excel"
MAC_SCRIPTS = "Library/Application Scripts/com.microsoft.Excel"


@dataclass(frozen=True)
class InstallPaths:
    """Every path the installer uses. `scripts` is the folder Excel for Mac runs scripts from; else None."""

    system: str  # "linux", "darwin", "windows"
    data: Path  # everything of ours that no program looks for elsewhere
    record: Path  # what is installed: macros and the doctor find the toolkit through it
    startup: Path  # Excel opens every file in it; trusted by default
    conf: Path  # what the add-in reads first: which Python
    profile: Path  # LibreOffice keeps the person's extensions below it
    cache: Path  # the toolkit keeps what it read of returns in it
    scripts: Path | None = None

    @property
    def log(self) -> Path:
        """The log to which the add-in and the macros write problems."""
        return self.data / "xlkpi.log"

    @property
    def unfinished(self) -> Path:
        """Copies of files, for the way back; only there during a run, or after one was killed."""
        return self.data / "unfinished"

    @property
    def kept(self) -> Path:
        """Copies of files that somebody had changed before they were replaced."""
        return self.data / "kept"

    @property
    def outputs(self) -> Path:
        """The list of what the toolkit wrote, by which it knows its own files."""
        return self.data / RECORD

    @property
    def key(self) -> Path:
        """The Council's key, which seals the returns that are out."""
        return self.data / KEY_NAME

    @property
    def addin(self) -> Path:
        """The Excel add-in."""
        return self.startup / "xlkpi.xlam"

    @property
    def extension(self) -> Path:
        """The LibreOffice extension, kept so that an upgrade that fails can go back to it."""
        return self.data / "xlkpi.oxt"

    def program(self, environment: Path, name: str) -> Path:
        """A program inside a virtual environment."""
        if self.system == "windows":
            return environment / "Scripts" / f"{name}.exe"
        return environment / "bin" / name

    def new_environment(self, version: str) -> Path:
        """A folder that is not there yet, for an environment: an environment cannot be moved once it is built."""
        endings = (path.name.rpartition("-")[2] for path in self.data.glob("env-*"))
        number = max((int(ending) for ending in endings if ending.isdecimal()), default=0) + 1
        return self.data / f"env-{version}-{number}"


def install_paths(system: str, home: Path, environ: Mapping[str, str]) -> InstallPaths:
    """List the paths for a system, a home folder and the environment's variables; `XLKPI_RECORD` moves the record.

    A variable that is missing or empty counts as its system's default.
    """
    if system == "windows":
        paths = _windows(home, environ)
    elif system == "darwin":
        paths = _mac(home, environ)
    else:
        paths = _linux(home, environ)
    return paths


def _record(data: Path, environ: Mapping[str, str]) -> Path:
    return Path(environ.get("XLKPI_RECORD") or data / "record.json")


def _cache(usual: Path, environ: Mapping[str, str]) -> Path:
    return Path(environ.get("XLKPI_CACHE") or usual)


def _windows(home: Path, environ: Mapping[str, str]) -> InstallPaths:
    local = Path(environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    roaming = Path(environ.get("APPDATA") or home / "AppData" / "Roaming")
    return InstallPaths(
        system="windows",
        data=local / "xlkpi",
        record=_record(local / "xlkpi", environ),
        startup=roaming / "Microsoft" / "Excel" / "XLSTART",
        conf=home / ".xlkpi" / "xlkpi.conf",
        profile=roaming / "LibreOffice" / "4" / "user",
        cache=_cache(local / "xlkpi" / "Cache", environ),
    )


def _mac(home: Path, environ: Mapping[str, str]) -> InstallPaths:
    data = home / "Library" / "Application Support" / "xlkpi"
    return InstallPaths(
        system="darwin",
        data=data,
        record=_record(data, environ),
        startup=home / MAC_STARTUP,
        conf=home / MAC_EXCEL / "xlkpi.conf",
        profile=home / "Library" / "Application Support" / "LibreOffice" / "4" / "user",
        cache=_cache(home / "Library" / "Caches" / "xlkpi", environ),
        scripts=home / MAC_SCRIPTS,
    )


def _linux(home: Path, environ: Mapping[str, str]) -> InstallPaths:
    data = Path(environ.get("XDG_DATA_HOME") or home / ".local" / "share") / "xlkpi"
    return InstallPaths(
        system="linux",
        data=data,
        record=_record(data, environ),
        startup=data / "excel",  # there is no Excel on Linux: never used
        conf=data / "xlkpi.conf",
        profile=Path(environ.get("XDG_CONFIG_HOME") or home / ".config") / "libreoffice" / "4" / "user",
        cache=_cache(Path(environ.get("XDG_CACHE_HOME") or home / ".cache") / "xlkpi", environ),
    )
