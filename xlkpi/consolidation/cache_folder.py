"""The private folder of the cache, and the random key that seals its records: nobody else can read or forge them."""

from __future__ import annotations

import os
import secrets
import stat
import sys
from contextlib import suppress
from pathlib import Path

FOLDER_VARIABLE = "XLKPI_CACHE"
STORE, KEY = "returns.sqlite3", "cache.key"
FILES = (STORE, f"{STORE}-journal", KEY)
KEY_BYTES = 32


def cache_folder() -> Path:
    """Return the folder of the cache: the one that XLKPI_CACHE names, else in the user's own cache folder."""
    named = os.environ.get(FOLDER_VARIABLE)
    if named:
        return Path(named)
    from platformdirs import user_cache_path  # noqa: PLC0415 - not needed where the folder is named

    return user_cache_path("xlkpi", appauthor=False)


def make_private_folder(folder: Path) -> None:
    """Make the folder where there is none, for this user only. Raises OSError.

    A folder of ours that others may read, as earlier versions made it, is closed to them; one that somebody named
    may have other uses, so its mode stays as it is.
    """
    new = not folder.is_dir()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    _refuse_of_others(folder.stat(), folder)
    if (new or not os.environ.get(FOLDER_VARIABLE)) and sys.platform != "win32" and folder.stat().st_mode & 0o077:
        with suppress(OSError):
            folder.chmod(0o700)


def _refuse_of_others(facts: os.stat_result, path: Path) -> None:
    """Raise PermissionError for what another user owns: whoever made the key can forge records."""
    if sys.platform != "win32" and facts.st_uid != os.geteuid():
        raise PermissionError(path)


def make_private_file(path: Path) -> None:
    """Make an empty file that only this user can read, or close one that exists to everyone else. Raises OSError."""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        if sys.platform != "win32" and path.is_file() and path.stat().st_mode & 0o077:
            path.chmod(0o600)


def read_cache_key(folder: Path) -> bytes:
    """Return the key that seals this folder's records; a new one where there is none. Raises OSError.

    A key of another length was damaged, and one that others could read is not secret. The new one that replaces it
    makes every older record void.
    """
    path = folder / KEY
    with suppress(FileNotFoundError):
        facts = path.lstat()
        _refuse_of_others(facts, path)
        if not stat.S_ISREG(facts.st_mode):
            raise PermissionError(path)
        key = path.read_bytes()
        if len(key) == KEY_BYTES and (sys.platform == "win32" or not facts.st_mode & 0o077):
            return key
    make_private_file(path)
    key = secrets.token_bytes(KEY_BYTES)
    path.write_bytes(key)
    return key
