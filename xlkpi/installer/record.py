"""The record of an installation: which Python runs the toolkit, and every file put, by its hash.

`record.json` (docs/install.md says where it lies) is read by the macros in LibreOffice, the doctor and a later
install or uninstall::

    {"python": the private Python, "version": xlkpi's, "xlkpi": the command, "log": the error log,
     "installed": {"format", "source", "extra", "base", "hosts", "xlwings", "unopkg", "extension",
                   "files": {path: sha256}, "folders": [those we made, outermost first]}}
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field, replace
from pathlib import Path

FORMAT = 1


@dataclass(frozen=True)
class Record:
    """What is installed. `hosts` holds "excel" and "libreoffice" as far as they were served."""

    python: Path
    version: str
    xlkpi: Path
    log: Path
    source: str  # hash of the project that was installed
    extra: str  # "excel" or ""
    base: str  # the version of the Python beneath the private environment, "3.12"
    hosts: tuple[str, ...] = ()
    xlwings: str = ""
    unopkg: str = ""
    extension: str = ""  # the extension's identifier, where it is registered
    files: tuple[tuple[Path, str], ...] = ()
    folders: tuple[Path, ...] = ()

    @property
    def venv(self) -> Path:
        """The private virtual environment."""
        return self.python.parent.parent

    def as_json(self) -> str:
        """The text of the record file."""
        installed = {
            "format": FORMAT,
            "source": self.source,
            "extra": self.extra,
            "base": self.base,
            "hosts": list(self.hosts),
            "xlwings": self.xlwings,
            "unopkg": self.unopkg,
            "extension": self.extension,
            "files": {str(path): digest for path, digest in self.files},
            "folders": [str(path) for path in self.folders],
        }
        top = {"python": str(self.python), "version": self.version, "xlkpi": str(self.xlkpi), "log": str(self.log)}
        return json.dumps({**top, "installed": installed}, indent=2, ensure_ascii=False) + "\n"

    def hashed(self, fresh: tuple[Path, ...]) -> Record:
        """The same record, in which these files have the hashes they have now."""
        now = tuple((path, sha256(path) if path in fresh else digest) for path, digest in self.files)
        return replace(self, files=now)


@dataclass(frozen=True)
class Unreadable:
    """A record file that this version cannot use, and why."""

    path: Path
    why: str = field(default="")


def read_record(path: Path) -> Record | Unreadable | None:
    """The record at a path; None where there is none."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        inside = told["installed"]
        if inside["format"] != FORMAT:
            return Unreadable(path, "another version of xlkpi wrote it")
        return Record(
            python=Path(told["python"]),
            version=told["version"],
            xlkpi=Path(told["xlkpi"]),
            log=Path(told["log"]),
            hosts=tuple(inside["hosts"]),
            files=tuple((Path(name), digest) for name, digest in inside["files"].items()),
            folders=tuple(Path(name) for name in inside["folders"]),
            **{name: inside[name] for name in ("source", "extra", "base", "xlwings", "unopkg", "extension")},
        )
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as problem:
        return Unreadable(path, f"it cannot be read ({type(problem).__name__})")


def sha256(path: Path) -> str:
    """The hash of a file; "" where it cannot be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def state_of(path: Path, digest: str) -> str:
    """How a file we put is now: "as put", "changed", "missing"."""
    if not path.exists():
        return "missing"
    return "as put" if sha256(path) == digest else "changed"


def source_hash(root: Path) -> str:
    """One hash over the project that would be installed: every file of it, and the project file."""
    whole = hashlib.sha256()
    every = (path for folder in ("xlkpi", "udfs") for path in (root / folder).rglob("*"))
    files = (path for path in every if path.is_file() and "__pycache__" not in path.parts)
    for path in (root / "pyproject.toml", *sorted(files)):
        whole.update(f"{path.relative_to(root).as_posix()}\0{sha256(path)}\n".encode())
    return whole.hexdigest()
