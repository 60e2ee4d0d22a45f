"""Marked copies that the menu opens: each keeps the mark of the web of its source, and goes after a day."""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from xlkpi.writing.files import write_whole

FOLDERS = "xlkpi-copy-"
"""How the folders of these copies begin, each in the user's own folder for temporary files."""
HOURS_KEPT = 24
"""A copy that is still open after a day stays on Windows, which refuses to delete it, until the next check."""
MARK = ":Zone.Identifier"
"""The second stream in which Windows keeps where a file came from: Excel opens one from the web in Protected View."""
LONGEST_MARK = 64 << 10


def write_opened_copy(source: Path, name: str, data: bytes) -> Path:
    """Write a copy to open, in a folder of its own, with the mark of its source; copies of an earlier day are deleted.

    Raises UnwritableFile.
    """
    delete_old_copies()
    path = Path(tempfile.mkdtemp(prefix=FOLDERS)) / name
    write_whole(path, data)
    keep_mark_of_the_web(source, path)
    return path


def delete_old_copies() -> None:
    """Delete the copies of an earlier day, as far as the system lets us."""
    earliest = time.time() - HOURS_KEPT * 3600
    for folder in Path(tempfile.gettempdir()).glob(f"{FOLDERS}*"):
        with suppress(OSError):
            if folder.is_dir() and not folder.is_symlink() and folder.stat().st_mtime < earliest:
                shutil.rmtree(folder, ignore_errors=True)


def keep_mark_of_the_web(source: Path, copy: Path, system: str = sys.platform) -> None:
    """Give a copy the mark of its source: a file from an email is as untrusted in our copy as it is itself."""
    if system != "win32":
        return
    with suppress(OSError):  # a source without the mark, or a disk that has no such streams
        with Path(f"{source}{MARK}").open("rb") as stream:
            mark = stream.read(LONGEST_MARK)
        Path(f"{copy}{MARK}").write_bytes(mark)
