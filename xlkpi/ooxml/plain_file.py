"""Files that somebody named, or that were found in a folder: only plain files, and no more of one than may be read.

A pipe, or a device such as ``/dev/zero``, is never opened: reading it would never end.
"""

from __future__ import annotations

import stat
from contextlib import contextmanager
from typing import TYPE_CHECKING

from xlkpi.errors import Unreadable, UnreadableFile
from xlkpi.ooxml.limits import FILE_LIMIT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def read_plain(path: Path, limit: int = FILE_LIMIT) -> bytes:
    """Read a plain file whole. Raises UnreadableFile where it is none, or has more than ``limit`` bytes."""
    size = size_of_plain(path)
    if size > limit:
        raise UnreadableFile(path, Unreadable.TOO_LARGE, f"it has {size >> 20} MB")
    with as_refused(path), path.open("rb") as file:
        data = file.read(size + 1)  # Python makes room for all that is asked for, and the limit of a list is 256 MB
        if len(data) > size:  # it is growing
            data += file.read(limit + 1 - len(data))
    if len(data) > limit:
        raise UnreadableFile(path, Unreadable.TOO_LARGE, f"it has over {limit >> 20} MB")
    return data


def size_of_plain(path: Path) -> int:
    """Return how many bytes a plain file has. Raises UnreadableFile where there is none, or it is something else."""
    with as_refused(path):
        facts = path.stat()
    if not stat.S_ISREG(facts.st_mode):
        raise UnreadableFile(path, Unreadable.NOT_A_FILE)
    return facts.st_size


@contextmanager
def as_refused(path: Path) -> Iterator[None]:
    """Raise what the system says of a file as UnreadableFile."""
    try:
        yield
    except (FileNotFoundError, NotADirectoryError, ValueError) as problem:  # ValueError: a name no file can have
        raise UnreadableFile(path, Unreadable.MISSING) from problem
    except OSError as problem:
        reason = problem.strerror or "no reason given"
        raise UnreadableFile(path, Unreadable.PERMISSION, reason.lower()) from problem
