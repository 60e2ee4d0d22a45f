"""Install from a lock: the file that names every package by its version and the sha256 of each of its files.

`scripts/regenerate.py --only locks` writes the locks. `run.txt` is for LibreOffice alone, `excel.txt` for Excel too,
`test.txt` for a developer; each has the build tool, so that pip need not fetch one whose hash nobody knows
(docs/adr/0015-locked-packages.md).
"""

from __future__ import annotations

import re
from pathlib import Path

FOLDER = Path("xlkpi/installer/locks")
PIP = ("-m", "pip", "install", "--quiet", "--disable-pip-version-check")
WHEELS_UP_TO = re.compile(r"^# Wheels: Python \d+\.\d+ to (\d+)\.(\d+)", re.MULTILINE)


def lock_file(root: Path, extra: str) -> Path:
    """Name the lock of the project in a folder, for an extra of the package."""
    return root / FOLDER / f"{extra or 'run'}.txt"


def install_locked(lock: Path, *, wheels_only: bool) -> tuple[str, ...]:
    """Give the arguments for a Python that installs a lock, and refuses a file whose hash is not in it.

    With `wheels_only` no package is built from source, because that would run its code on the person's machine.
    """
    source = ("--only-binary", ":all:") if wheels_only else ()
    return (*PIP, *source, "--require-hashes", "-r", str(lock))


def install_project(root: Path, *, editable: bool = False) -> tuple[str, ...]:
    """Give the arguments that install the project itself, when the lock is in place: pip fetches nothing more."""
    what = ("--editable", str(root)) if editable else (str(root),)
    return (*PIP, "--no-index", "--no-deps", "--no-build-isolation", *what)


def newest_python(root: Path) -> tuple[int, int] | None:
    """Read the newest Python for which every locked package has a wheel; None where the lock does not say."""
    texts = [path.read_text(encoding="utf-8") for path in sorted((root / FOLDER).glob("*.txt"))]
    matches = [match for match in map(WHEELS_UP_TO.search, texts) if match]
    return min(((int(match[1]), int(match[2])) for match in matches), default=None)


def lock_contents(root: Path) -> bytes:
    """Read all locks as one: a developer's environment is installed again when they change."""
    return b"".join(path.read_bytes() for path in sorted((root / FOLDER).glob("*.txt")))
