"""The Council's key: it seals the returns that `xlkpi build` makes, and shows later which of them are genuine.

It is one small file of its user, made by the first build. It is never written to a workbook, a log or the cache, and
never handed to another process or machine.
"""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path

from xlkpi.errors import Unreadable, UnreadableFile, UnwritableFile
from xlkpi.ooxml.plain_file import read_plain, size_of_plain

KEY_NAME, KEY_VARIABLE = "council.key", "XLKPI_KEY"
SEALS_OFF = "off"
"""In place of a path: returns are built without a seal, and none is checked."""

NO_PLACE = "Set XLKPI_KEY to the path of another file for the Council's key, or to off."

KEY_BYTES, LARGEST_KEY_FILE = 32, 1_000
_without: ContextVar[bool] = ContextVar("without seals", default=False)


def seals_are_off() -> bool:
    """Tell whether seals are neither made nor checked: in the demonstration, or because XLKPI_KEY says off."""
    return _without.get() or os.environ.get(KEY_VARIABLE, "").strip() == SEALS_OFF


@contextmanager
def without_seals() -> Iterator[None]:
    """Neither make nor check seals, so that the same input gives the same bytes on every computer."""
    token = _without.set(True)
    try:
        yield
    finally:
        _without.reset(token)


def key_path() -> Path:
    """Return where the key is: the file that XLKPI_KEY names, else in the user's own data folder."""
    named = os.environ.get(KEY_VARIABLE)
    if named:
        return Path(named)
    from platformdirs import user_data_path  # noqa: PLC0415 - not needed where the file is named

    return user_data_path("xlkpi", appauthor=False) / KEY_NAME


def has_key() -> bool:
    """Tell whether this PC has a key and uses it."""
    return not seals_are_off() and os.path.lexists(key_path())


def find_key() -> bytes | None:
    """Return the Council's key; None where this PC has none. Raises UnreadableFile where the file is not a key."""
    return read_key(key_path()) if has_key() else None


def find_or_make_key() -> bytes | None:
    """Return the Council's key, a new one where this PC has none; None where seals are off.

    Raises UnreadableFile where the file is not a key, UnwritableFile where none could be made.
    """
    if seals_are_off():
        return None
    key = find_key()
    if key is None:
        with suppress(FileExistsError):  # another build has just made it
            write_key(key_path(), secrets.token_bytes(KEY_BYTES), NO_PLACE)
        key = read_key(key_path())
    return key


def read_key(path: Path) -> bytes:
    """Read a key file. Raises UnreadableFile."""
    key = b""
    if size_of_plain(path) <= LARGEST_KEY_FILE:
        with suppress(ValueError):
            key = bytes.fromhex(read_plain(path, LARGEST_KEY_FILE).decode("ascii").strip())
    if len(key) != KEY_BYTES:
        raise UnreadableFile(path, Unreadable.NOT_A_KEY)
    return key


def write_key(path: Path, key: bytes, remedy: str = "") -> None:
    """Write a key to a new file that only its user can read. Raises FileExistsError and UnwritableFile."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as problem:  # also FileExistsError, where the folder is a file
        raise UnwritableFile(path, problem.strerror or str(problem), remedy) from problem
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(f"{key.hex()}\n".encode("ascii"))
            file.flush()
            os.fsync(file.fileno())
    except FileExistsError:
        raise
    except OSError as problem:
        raise UnwritableFile(path, problem.strerror or str(problem), remedy) from problem


def others_can_read(path: Path) -> bool:
    """Tell whether other users of this computer can read the file; never on Windows, which has no file modes."""
    return sys.platform != "win32" and bool(path.stat().st_mode & 0o077)
