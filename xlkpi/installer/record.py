"""Read and write the record of an installation: which Python runs the toolkit, and every file installed, by its hash.

`record.json` (docs/install.md says where it is) is read by the macros in LibreOffice, the doctor and a later install
or uninstall::

    {"python": the private Python, "version": xlkpi's, "xlkpi": the command, "log": the error log,
     "installed": {"format", "source", "extra", "base", "hosts", "xlwings", "unopkg", "extension",
                   "files": {path: sha256}, "folders": [those we made, outermost first]},
     "change": {"environment", "files", "folders", "commands"}}

`change` is there while a run is at work, and after one that was killed; without `installed`, nothing is in force.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

FORMAT = 1
HOST_FACTS = ("xlwings", "unopkg", "extension")


@dataclass(frozen=True)
class InstallRecord:
    """What is installed. `hosts` names those served."""

    python: Path
    version: str
    xlkpi: Path
    log: Path
    source: str  # hash of the project that was installed
    extra: str  # of the package, as pip has it: "excel" or ""
    base: str  # the version of the Python beneath the private environment, "3.12"
    hosts: tuple[str, ...] = ()
    xlwings: str = ""
    unopkg: str = ""
    extension: str = ""  # the extension's identifier, where it is registered
    files: tuple[tuple[Path, str], ...] = ()
    folders: tuple[Path, ...] = ()

    @property
    def environment(self) -> Path:
        """The private Python environment."""
        return self.python.parent.parent

    def as_json(self) -> dict[str, Any]:
        """The record as its file has it."""
        installed = {
            "format": FORMAT,
            "source": self.source,
            "extra": self.extra,
            "base": self.base,
            "hosts": list(self.hosts),
            **{name: getattr(self, name) for name in HOST_FACTS},
            "files": {str(path): digest for path, digest in self.files},
            "folders": [str(path) for path in self.folders],
        }
        top = {"python": str(self.python), "version": self.version, "xlkpi": str(self.xlkpi), "log": str(self.log)}
        return {**top, "installed": installed}

    def hashed(self, fresh: tuple[Path, ...]) -> InstallRecord:
        """The same record, in which these files have the hashes they have now."""
        now = tuple((path, sha256(path) if path in fresh else digest) for path, digest in self.files)
        return replace(self, files=now)


@dataclass(frozen=True)
class Change:
    """What a run is changing: enough to undo it after a kill, together with the copies in the folder `unfinished`."""

    environment: Path | None = None  # the one being built (or removed)
    files: tuple[Path, ...] = ()  # written or deleted; the copies are numbered in this order
    folders: tuple[Path, ...] = ()  # made, outermost first; removed again as far as they are empty
    commands: tuple[tuple[str, ...], ...] = ()  # run after the files have been restored

    def as_json(self) -> dict[str, Any]:
        """The change as the record's file has it."""
        return {
            "environment": str(self.environment or ""),
            "files": [str(path) for path in self.files],
            "folders": [str(path) for path in self.folders],
            "commands": [list(command) for command in self.commands],
        }


@dataclass(frozen=True)
class RecordFile:
    """What a record file contains: the installation in force, and the change that is at work. Either may be missing."""

    installed: InstallRecord | None = None
    change: Change | None = None

    def write(self, path: Path) -> None:
        """Write the file, whole or not at all; delete it where there is nothing to say."""
        content = self.installed.as_json() if self.installed else {}
        if self.change:
            content["change"] = self.change.as_json()
        if content:
            put_whole((json.dumps(content, indent=2, ensure_ascii=False) + "\n").encode(), path)
        else:
            path.unlink(missing_ok=True)


@dataclass(frozen=True)
class UnusableRecord:
    """A record file that this version cannot use, and why."""

    path: Path
    why: str


def read_record(path: Path) -> RecordFile | UnusableRecord:
    """Read the record at a path; an empty one where there is no file."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if "installed" in content and content["installed"]["format"] != FORMAT:
            return UnusableRecord(path, "another version of xlkpi wrote it")
        change = _change(content["change"]) if "change" in content else None
        if change and "installed" not in content:
            return RecordFile(change=change)
        return RecordFile(_installed(content), change)
    except FileNotFoundError:
        return RecordFile()
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as problem:
        return UnusableRecord(path, f"it cannot be read ({type(problem).__name__})")


def _installed(content: dict[str, Any]) -> InstallRecord:
    inside = content["installed"]
    return InstallRecord(
        python=Path(content["python"]),
        version=content["version"],
        xlkpi=Path(content["xlkpi"]),
        log=Path(content["log"]),
        hosts=tuple(inside["hosts"]),
        files=tuple((Path(name), digest) for name, digest in inside["files"].items()),
        folders=tuple(Path(name) for name in inside["folders"]),
        **{name: inside[name] for name in ("source", "extra", "base", *HOST_FACTS)},
    )


def _change(content: dict[str, Any]) -> Change:
    return Change(
        environment=Path(content["environment"]) if content["environment"] else None,
        files=tuple(Path(name) for name in content["files"]),
        folders=tuple(Path(name) for name in content["folders"]),
        commands=tuple(tuple(command) for command in content["commands"]),
    )


def part_of(target: Path) -> Path:
    """The file in which `put_whole` writes: in the same folder, because only so can it take the name at once."""
    return target.with_name(f".{target.name}.xlkpi-part")


def put_whole(data: bytes, target: Path) -> None:
    """Write a file so that its name always has either the old content or all of `data`."""
    beside = part_of(target)
    try:
        with beside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)


def sha256(path: Path) -> str:
    """The hash of a file; "" where it cannot be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def state_of(path: Path, digest: str) -> str:
    """Compare a file we installed with its hash: "unchanged", "changed", "missing"."""
    if not path.exists():
        return "missing"
    return "unchanged" if sha256(path) == digest else "changed"


def source_hash(root: Path) -> str:
    """Compute one hash over the project that would be installed: every file of it, and the project file."""
    whole = hashlib.sha256()
    every = (path for folder in ("xlkpi", "udfs") for path in (root / folder).rglob("*"))
    files = (path for path in every if path.is_file() and "__pycache__" not in path.parts)
    for path in (root / "pyproject.toml", *sorted(files)):
        whole.update(f"{path.relative_to(root).as_posix()}\0{sha256(path)}\n".encode())
    return whole.hexdigest()
