"""Paths from the folder of a master to what it links to, so that the links go with the folder."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from xlkpi.writing.file_names import is_remote


def relative_inbox(folder: Path | str, start: Path) -> str | None:
    """Return the relative path from a folder to the inbox, for links; None to another drive or an address."""
    if is_remote(folder):
        return None
    inbox = Path(folder).absolute()
    relative = _relative(inbox if inbox.is_dir() else inbox.parent, start)
    return "" if relative == "." else relative


def relative_paths(files: Iterable[Path | None], start: Path) -> dict[str, str]:
    """Return the relative paths to these files by their names, where there are any."""
    paths = {file.name: _relative(file.absolute(), start) for file in files if file and not is_remote(file)}
    return {name: path for name, path in paths.items() if path}


def _relative(place: Path, start: Path) -> str | None:
    try:
        return os.path.relpath(place, start.absolute()).replace(os.sep, "/")
    except ValueError:  # on Windows, another drive
        return None
