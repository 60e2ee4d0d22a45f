"""Where the installer puts things on each system: nothing but folders of the person who runs it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

MAC_EXCEL = "Library/Containers/com.microsoft.Excel/Data"
MAC_STARTUP = "Library/Group Containers/UBF8T346G9.Office/User Content.localized/Startup.localized/Excel"
MAC_SCRIPTS = "Library/Application Scripts/com.microsoft.Excel"


@dataclass(frozen=True)
class Places:
    """Every path the installer knows. `scripts` is the folder Excel for Mac runs scripts from; else None."""

    system: str  # "linux", "darwin", "windows"
    data: Path  # everything of ours that no program looks for elsewhere
    record: Path  # what is installed: macros and the doctor find the toolkit through it
    startup: Path  # Excel opens what lies here; trusted by default
    conf: Path  # what the add-in reads first: which Python
    profile: Path  # LibreOffice keeps the person's extensions below it
    scripts: Path | None = None

    @property
    def venv(self) -> Path:
        """The private virtual environment."""
        return self.data / "venv"

    @property
    def log(self) -> Path:
        """Where the add-in and the macros write what went wrong."""
        return self.data / "xlkpi.log"

    @property
    def unfinished(self) -> Path:
        """The journal of a run and what it put aside; there only while a run lasts, or after it was killed."""
        return self.data / "unfinished"

    @property
    def kept(self) -> Path:
        """Copies of files that somebody had changed before they were replaced."""
        return self.data / "kept"

    @property
    def addin(self) -> Path:
        """The Excel add-in."""
        return self.startup / "xlkpi.xlam"

    @property
    def extension(self) -> Path:
        """The LibreOffice extension, kept so that an upgrade that fails can go back to it."""
        return self.data / "xlkpi.oxt"

    def program(self, name: str) -> Path:
        """A program inside the virtual environment."""
        if self.system == "windows":
            return self.venv / "Scripts" / f"{name}.exe"
        return self.venv / "bin" / name


def places(system: str, home: Path, environ: Mapping[str, str]) -> Places:
    """The places for a system, a home folder and the environment's variables; `XLKPI_RECORD` moves the record.

    A variable that is missing or empty counts as its system's default.
    """
    if system == "windows":
        found = _windows(home, environ)
    elif system == "darwin":
        found = _mac(home, environ)
    else:
        found = _linux(home, environ)
    return found


def _record(data: Path, environ: Mapping[str, str]) -> Path:
    return Path(environ.get("XLKPI_RECORD") or data / "record.json")


def _windows(home: Path, environ: Mapping[str, str]) -> Places:
    local = Path(environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    roaming = Path(environ.get("APPDATA") or home / "AppData" / "Roaming")
    return Places(
        system="windows",
        data=local / "xlkpi",
        record=_record(local / "xlkpi", environ),
        startup=roaming / "Microsoft" / "Excel" / "XLSTART",
        conf=home / ".xlkpi" / "xlkpi.conf",
        profile=roaming / "LibreOffice" / "4" / "user",
    )


def _mac(home: Path, environ: Mapping[str, str]) -> Places:
    data = home / "Library" / "Application Support" / "xlkpi"
    return Places(
        system="darwin",
        data=data,
        record=_record(data, environ),
        startup=home / MAC_STARTUP,
        conf=home / MAC_EXCEL / "xlkpi.conf",
        profile=home / "Library" / "Application Support" / "LibreOffice" / "4" / "user",
        scripts=home / MAC_SCRIPTS,
    )


def _linux(home: Path, environ: Mapping[str, str]) -> Places:
    data = Path(environ.get("XDG_DATA_HOME") or home / ".local" / "share") / "xlkpi"
    return Places(
        system="linux",
        data=data,
        record=_record(data, environ),
        startup=data / "excel",  # there is no Excel on Linux: never used
        conf=data / "xlkpi.conf",
        profile=Path(environ.get("XDG_CONFIG_HOME") or home / ".config") / "libreoffice" / "4" / "user",
    )
