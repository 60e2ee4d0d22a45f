"""Writing a file whole or not at all."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from xlkpi.errors import UnwritableFile


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that under its name there is either what was there before or all of ``data``.

    Missing folders are made. Raises UnwritableFile where the disk is full, the target is open elsewhere, or the
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
        raise UnwritableFile(path, problem.strerror or str(problem)) from problem
    finally:
        with suppress(OSError):  # the folder may not be there at all
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
