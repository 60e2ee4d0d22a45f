"""Adding to a list that several people add to: one at a time, at its end, and on the disk before it counts."""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from xlkpi.errors import UnwritableFile

SECONDS_TO_WAIT = 20.0
"""How long somebody waits for others who add to the same list; each takes a fraction of a second."""
_PAUSE = 0.02
_NO_LOCKS_HERE = (errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.EINVAL)


def append_locked(path: Path, addition: Callable[[bytes], bytes], seconds: float = SECONDS_TO_WAIT) -> None:
    """Add to the end of a file what ``addition`` makes of its content, while nobody else adds to it.

    The system gives up the lock when a program ends, however it ends, so no lock is ever left behind. What is there is
    never written again; where the addition cannot be written whole, nothing of it stays. Missing folders are created.
    Raises UnwritableFile where the file is open elsewhere, may not be changed, or the disk is full.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab+", buffering=0) as file, _alone(file, path, seconds):
            file.seek(0)
            before = file.read()
            _write_at_end(file, len(before), addition(before))
    except OSError as problem:
        raise UnwritableFile(path, (problem.strerror or str(problem)).lower()) from problem


def _write_at_end(file: IO[bytes], end: int, data: bytes) -> None:
    rest = memoryview(data)
    try:
        while rest:
            rest = rest[file.write(rest) :]
        os.fsync(file.fileno())
    except OSError:
        with suppress(OSError):
            file.truncate(end)
        raise


@contextmanager
def _alone(file: IO[bytes], path: Path, seconds: float) -> Iterator[None]:
    """Wait until nobody else has the lock of the file, and keep it meanwhile."""
    latest = time.monotonic() + seconds
    while not _lock(file):
        if time.monotonic() > latest:
            raise UnwritableFile(path, "somebody else is writing to it", "Wait a moment, then run it again.")
        time.sleep(_PAUSE)
    try:
        yield
    finally:
        _unlock(file)


if sys.platform == "win32":
    import msvcrt

    # Windows keeps others from reading a byte that is locked: this one is beyond the end of any list.
    _BYTE = 1 << 30

    def _lock(file: IO[bytes]) -> bool:
        """Take the lock if nobody has it."""
        try:
            os.lseek(file.fileno(), _BYTE, os.SEEK_SET)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _unlock(file: IO[bytes]) -> None:
        with suppress(OSError):
            os.lseek(file.fileno(), _BYTE, os.SEEK_SET)
            msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _lock(file: IO[bytes]) -> bool:
        """Take the lock if nobody has it; a file system without locks still adds each row at the end."""
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError as problem:
            if problem.errno not in _NO_LOCKS_HERE:
                raise
        return True

    def _unlock(file: IO[bytes]) -> None:
        with suppress(OSError):
            fcntl.flock(file, fcntl.LOCK_UN)
