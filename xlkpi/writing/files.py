"""Writing a file whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from xlkpi.errors import UnwritableFile


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that under its name there is either what was there before or all of ``data``.

    Missing folders are made. Raises UnwritableFile where the disk is full, the target is open elsewhere, or the
    folder does not let us write.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".xlkpi-", dir=path.parent)
    except OSError as problem:
        raise UnwritableFile(path, problem.strerror or str(problem)) from problem
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(path)
    except OSError as problem:
        raise UnwritableFile(path, problem.strerror or str(problem)) from problem
    finally:
        temporary.unlink(missing_ok=True)


def free_to_write(path: Path) -> None:
    """Say at once what would keep a file from being written, before work is done that it should hold.

    Raises UnwritableFile where it is open elsewhere, is a folder, or may not be changed.
    """
    try:
        if path.exists():
            with path.open("r+b"):
                return
    except OSError as problem:
        raise UnwritableFile(path, (problem.strerror or str(problem)).lower()) from problem


def _umask() -> int:
    """The permissions new files lack here; a temporary file starts with none for others."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
