"""Find the installed toolkit and run its jobs from an office without it: a record file, a process, lines of JSON.

Standard library, Python 3.9: LibreOffice's own Python runs this. It has none of the toolkit's packages, so a job runs
in the private environment that ``install_addin.py`` made and whose Python its record names.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Callable, Dict, List, Mapping, Optional

from xlkpi.hosts.protocol import Outcome

Progress = Callable[[str, int, int], None]

HOW_TO_INSTALL = (
    "The functions work without it, but this command needs the xlkpi toolkit, which is not installed on this computer."
    " Open a terminal in the folder of xlkpi and run: python3 install_addin.py install"
    " (on Windows: py install_addin.py install)"
)
LOG_BYTES, LOG_DAYS = 1000000, 400
"""How large a log may grow before it is set aside, once, and for how long what is in it is kept."""
FOREIGN = ("PYTHON", "LD_LIBRARY_PATH", "DYLD_", "URE_", "UNO_")
"""Variables that an office sets for its own Python, and that would mislead another one."""


@dataclass(frozen=True)
class Toolkit:
    """The installed toolkit: its Python and its version, as the installer's record names them."""

    python: str
    version: str


def data_folder(environ: Mapping[str, str], system: str = sys.platform) -> Path:
    """Give the user's own folder of xlkpi, with record and log."""
    if system == "win32":
        return Path(environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "xlkpi"
    if system == "darwin":
        return Path.home() / "Library" / "Application Support" / "xlkpi"
    return Path(environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "xlkpi"


def record_path(environ: Mapping[str, str] = os.environ) -> Path:
    """Give the path of the installer's record; ``XLKPI_RECORD`` moves it."""
    return Path(environ.get("XLKPI_RECORD") or data_folder(environ) / "record.json")


def log_path(environ: Mapping[str, str] = os.environ) -> Path:
    """Give the path of the log to which functions and macros write problems; ``XLKPI_LOG`` moves it."""
    return Path(environ.get("XLKPI_LOG") or data_folder(environ) / "xlkpi.log")


def old_log_path(path: Path) -> Path:
    """Give the path to which a log that has grown too large is moved; it replaces the one before."""
    return path.with_name(path.name + ".1")


def log(problem: BaseException, doing: str) -> str:
    """Write a problem to the log, with time and place; give the log's path. Never raises."""
    path = log_path()
    details = "".join(traceback.format_exception(type(problem), problem, problem.__traceback__))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _bound_log(path)
        with open(path, "a", encoding="utf-8", opener=_open_private) as file:
            file.write(f"{time.strftime('%Y-%m-%d %H:%M:%S')} {doing}\n{details[-LOG_BYTES:]}\n")
    except OSError:
        return "a log that could not be written"
    return str(path)


def _bound_log(path: Path) -> None:
    """Move a log that has grown too large aside, and delete what was last written more than 400 days ago."""
    earliest = time.time() - LOG_DAYS * 86400
    for file in (path, old_log_path(path)):
        if file.is_file() and file.stat().st_mtime < earliest:
            file.unlink()
    if path.is_file():
        if path.stat().st_size > LOG_BYTES:
            path.replace(old_log_path(path))
        elif sys.platform != "win32" and path.stat().st_mode & 0o077:
            path.chmod(0o600)  # as an earlier version made it


def _open_private(path: str, flags: int) -> int:
    """Open a file that only this user can read: what went wrong may quote a return."""
    return os.open(path, flags, 0o600)


def find_toolkit(path: Optional[Path] = None) -> Optional[Toolkit]:
    """Read the record; None where there is none, it cannot be read, or the Python it names is gone."""
    try:
        content = json.loads((path or record_path()).read_text(encoding="utf-8"))
        toolkit = Toolkit(str(content["python"]), str(content["version"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return toolkit if Path(toolkit.python).is_file() else None


def do(job: str, answers: Mapping[str, str], progress: Progress) -> Outcome:
    """Run a job with the toolkit's Python; what prevents it is an outcome too.

    Raises OSError where the process cannot be started.
    """
    toolkit = find_toolkit()
    if toolkit is None:
        return Outcome(HOW_TO_INSTALL, done=False)
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(
            [toolkit.python, "-I", "-m", "xlkpi.hosts.jobs", job],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            env=clean(os.environ),
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        outcome = _follow(process, answers, progress)
        process.wait()
        if outcome is None:
            errors.seek(0)
            printed = errors.read().decode("utf-8", "replace")
            path = log(RuntimeError(printed or f"it ended with status {process.returncode}"), f"job {job}")
            outcome = Outcome(f"The command did not finish. Details are in {path}.", done=False)
    return outcome


def _follow(process: subprocess.Popen[bytes], answers: Mapping[str, str], progress: Progress) -> Optional[Outcome]:
    """Send the answers, pass progress on, and give the outcome; None where the process ended without one."""
    to_job, from_job = process.stdin, process.stdout
    if to_job is None or from_job is None:
        return None
    with to_job, from_job:
        _send(to_job, answers)
        for line in from_job:
            message = _parsed(line)
            if "outcome" in message:
                text, opens, done = message["outcome"]
                return Outcome(text, tuple(opens), done)
            if "progress" in message:
                progress(*message["progress"])
    return None


def _send(to_job: IO[bytes], answers: Mapping[str, str]) -> None:
    try:
        to_job.write(json.dumps(dict(answers)).encode("ascii"))
        to_job.close()
    except OSError:
        pass  # it ended before it read them: do() reports that there is no outcome


def _parsed(line: bytes) -> Dict[str, List[Any]]:
    """Parse a line of JSON; empty for what some library printed of its own accord."""
    try:
        message = json.loads(line)
    except ValueError:
        return {}
    return message if isinstance(message, dict) else {}


def clean(environ: Mapping[str, str]) -> Dict[str, str]:
    """Leave out what the office set for its own Python."""
    return {name: value for name, value in environ.items() if not name.upper().startswith(FOREIGN)}
