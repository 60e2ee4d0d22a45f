"""Writing a file whole or not at all."""

from __future__ import annotations

import errno
import os
import secrets
from contextlib import suppress
from pathlib import Path

from xlkpi.errors import UnwritableFile

ANOTHER, SHORTER = "Name another folder.", "Use a shorter name."


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that under its name there is either what was there before or all of ``data``.

    Missing folders are created. Raises UnwritableFile where the disk is full, the target is open elsewhere, or the
    folder does not let us write.
    """
    temporary = path.parent / f".xlkpi-{secrets.token_hex(8)}"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as problem:
        _room_beside(path)
        raise UnwritableFile(path, problem.strerror or str(problem)) from problem
    finally:
        with suppress(OSError):  # the folder may not be there at all
            temporary.unlink(missing_ok=True)


def free_to_write(path: Path) -> None:
    """Say at once what would keep a file from being written, before the work that it is for is done.

    Raises UnwritableFile where it is open elsewhere, is a folder, may not be changed, or can have no folder.
    """
    _room_beside(path)
    try:
        if path.exists():
            with path.open("r+b"):
                return
    except OSError as problem:
        raise UnwritableFile(path, (problem.strerror or str(problem)).lower()) from problem


def refuse_path(path: Path) -> None:
    """Raise UnwritableFile for a path that the system does not even look up: too long a name, or in a closed folder."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return  # the usual case: it is not there yet, and what is in its way is found by others
    except OSError as problem:
        remedy = SHORTER if problem.errno == errno.ENAMETOOLONG else ANOTHER
        raise UnwritableFile(path, (problem.strerror or str(problem)).lower(), remedy) from problem


def room_for(folder: Path) -> None:
    """Say what keeps a folder from being there: its name, or a file of its name or of that of a folder above it.

    Raises UnwritableFile.
    """
    refuse_path(folder)
    taken = _in_the_way(folder)
    if taken is not None:
        detail = "it is a file, not a folder" if taken == folder else f"{taken} is a file, not a folder"
        raise UnwritableFile(folder, detail, ANOTHER)


def _room_beside(path: Path) -> None:
    refuse_path(path)
    taken = _in_the_way(path.parent)
    if taken is not None:
        raise UnwritableFile(path, f"{taken} is a file, not a folder", ANOTHER)


def _in_the_way(folder: Path) -> Path | None:
    for place in (folder, *folder.parents):
        if os.path.lexists(place):
            return None if place.is_dir() else place
    return None
