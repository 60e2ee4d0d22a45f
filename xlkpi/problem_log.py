"""The user's own log: what went wrong inside the toolkit, with time and place, in a file of bounded size.

Only the standard library, and Python 3.9: the functions and macros inside LibreOffice write to it too.
"""

from __future__ import annotations

import os
import re
import sys
import time
import traceback
from pathlib import Path
from typing import Mapping

from xlkpi.plain_text import make_visible

LOG_BYTES = 1000000
"""How large a log may grow before it is set aside, once."""
KEEP_DAYS, DAYS_VARIABLE = 400, "XLKPI_CACHE_DAYS"
"""For how long what may be about people is kept, in the logs and in the cache of returns; the variable changes it."""
ENTRY = re.compile(r"^(\d{4}-\d\d-\d\d) \d\d:\d\d:\d\d ", re.MULTILINE)
LONGEST_ENTRY = 20_000
"""Characters of one entry: a message may quote a whole file, and a recursion has a thousand places."""
NEVER_WAIT = getattr(os, "O_NONBLOCK", 0)
"""How a file is opened so that a pipe of its name, which nobody reads, is an error and not a wait without end."""
NO_LOG = "a log that could not be written"


def data_folder(environ: Mapping[str, str], system: str = sys.platform) -> Path:
    """Give the user's own folder of xlkpi, with record and log."""
    if system == "win32":
        return Path(environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "xlkpi"
    if system == "darwin":
        return Path.home() / "Library" / "Application Support" / "xlkpi"
    return Path(environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "xlkpi"


def log_path(environ: Mapping[str, str] = os.environ) -> Path:
    """Give the path of the log to which commands, functions and macros write problems; ``XLKPI_LOG`` moves it."""
    return Path(environ.get("XLKPI_LOG") or data_folder(environ) / "xlkpi.log")


def days_to_keep() -> int:
    """Give for how many days logs and cache are kept: as XLKPI_CACHE_DAYS says, else 400."""
    named = os.environ.get(DAYS_VARIABLE, "").strip()
    return int(named) if named.isascii() and named.isdecimal() and len(named) < 6 else KEEP_DAYS


def old_log_path(path: Path) -> Path:
    """Give the path to which a log that has grown too large is moved; it replaces the one before."""
    return path.with_name(path.name + ".1")


def log(problem: BaseException, doing: str) -> str:
    """Write a problem to the log, with time and place; give the log's path. Never raises."""
    try:
        path = log_path()
        details = "".join(traceback.format_exception(type(problem), problem, problem.__traceback__))
        path.parent.mkdir(parents=True, exist_ok=True)
        _bound_log(path)
        with open(path, "a", encoding="utf-8", errors="backslashreplace", opener=_open_private) as file:
            entry = f"{time.strftime('%Y-%m-%d %H:%M:%S')} {doing}\n{_shortened(details)}\n"
            file.write(make_visible(entry))
    except Exception:  # noqa: BLE001 - out of disk or memory, no home folder: the problem itself matters more
        return NO_LOG
    return str(path)


def _shortened(details: str) -> str:
    """Keep the beginning and the end, which have the command and the place."""
    if len(details) <= LONGEST_ENTRY:
        return details
    half = LONGEST_ENTRY // 2
    return f"{details[:half]}\n…\n{details[-half:]}"


def _bound_log(path: Path) -> None:
    """Move a log that has grown too large aside, and delete what was written too many days ago."""
    earliest = time.time() - days_to_keep() * 86400
    for file in (path, old_log_path(path)):
        if file.is_file() and file.stat().st_mtime < earliest:
            file.unlink()
        elif file.is_file():
            _delete_old_entries(file, time.strftime("%Y-%m-%d", time.localtime(earliest)))
    if path.is_file():
        if path.stat().st_size > LOG_BYTES:
            path.replace(old_log_path(path))
        elif sys.platform != "win32" and path.stat().st_mode & 0o077:
            path.chmod(0o600)  # as an earlier version made it


def _delete_old_entries(path: Path, earliest: str) -> None:
    """Delete the entries of days before: a log that grows slowly would keep them for years."""
    text = path.read_text(encoding="utf-8", errors="replace")
    kept_from = next((entry.start() for entry in ENTRY.finditer(text) if entry.group(1) >= earliest), len(text))
    if kept_from:
        beside = path.with_name(f"{path.name}-{os.getpid()}")
        with open(beside, "w", encoding="utf-8", opener=_open_private) as file:
            file.write(text[kept_from:])
        beside.replace(path)


def _open_private(path: str, flags: int) -> int:
    """Open a file that only this user can read: what went wrong may quote a return."""
    return os.open(path, flags | NEVER_WAIT, 0o600)
