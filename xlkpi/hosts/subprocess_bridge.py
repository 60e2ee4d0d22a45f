"""The installed toolkit as an office without it finds it and runs its jobs: a record file, a process, lines of JSON.

Standard library, Python 3.9: LibreOffice's own Python runs this. It has none of the toolkit's packages, so a job runs
in the private environment that ``install_addin.py`` made, and whose Python its record names.
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
FOREIGN = ("PYTHON", "LD_LIBRARY_PATH", "DYLD_", "URE_", "UNO_")
"""Variables that an office sets for its own Python, and that would mislead another one."""


@dataclass(frozen=True)
class Record:
    """What the installer wrote down: the toolkit's Python and version."""

    python: str
    version: str


def data_folder(environ: Mapping[str, str], system: str = sys.platform) -> Path:
    """The user's own folder of xlkpi, which also contains record and log."""
    if system == "win32":
        return Path(environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "xlkpi"
    if system == "darwin":
        return Path.home() / "Library" / "Application Support" / "xlkpi"
    return Path(environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "xlkpi"


def record_path(environ: Mapping[str, str] = os.environ) -> Path:
    """Where the installer's record is; ``XLKPI_RECORD`` moves it."""
    return Path(environ.get("XLKPI_RECORD") or data_folder(environ) / "record.json")


def log_path(environ: Mapping[str, str] = os.environ) -> Path:
    """The file in which functions and macros write what went wrong; ``XLKPI_LOG`` moves it."""
    return Path(environ.get("XLKPI_LOG") or data_folder(environ) / "xlkpi.log")


def log(problem: BaseException, doing: str) -> str:
    """Write a problem to the log, with time and place; gives the log's path. Never raises."""
    path = log_path()
    told = "".join(traceback.format_exception(type(problem), problem, problem.__traceback__))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as file:
            file.write(f"{time.strftime('%Y-%m-%d %H:%M:%S')} {doing}\n{told}\n")
    except OSError:
        return "a log that could not be written"
    return str(path)


def read_record(path: Optional[Path] = None) -> Optional[Record]:
    """The record, or None where there is none, it cannot be read, or the Python it names is gone."""
    try:
        told = json.loads((path or record_path()).read_text(encoding="utf-8"))
        record = Record(str(told["python"]), str(told["version"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return record if Path(record.python).is_file() else None


def do(job: str, answers: Mapping[str, str], progress: Progress) -> Outcome:
    """Run a job with the toolkit's Python; what prevents it is an outcome too.

    Raises OSError where the process cannot be started.
    """
    record = read_record()
    if record is None:
        return Outcome(HOW_TO_INSTALL, done=False)
    with tempfile.TemporaryFile() as complaints:
        process = subprocess.Popen(
            [record.python, "-I", "-m", "xlkpi.hosts.jobs", job],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=complaints,
            env=clean(os.environ),
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        outcome = _follow(process, answers, progress)
        process.wait()
        if outcome is None:
            complaints.seek(0)
            told = complaints.read().decode("utf-8", "replace")
            path = log(RuntimeError(told or f"it ended with status {process.returncode}"), f"job {job}")
            outcome = Outcome(f"The toolkit stopped before it was done. What went wrong is in {path}.", done=False)
    return outcome


def _follow(process: subprocess.Popen[bytes], answers: Mapping[str, str], progress: Progress) -> Optional[Outcome]:
    """Hand over the answers, pass progress on, and give the outcome; None where the process ended without one."""
    given, told = process.stdin, process.stdout
    if given is None or told is None:
        return None
    with given, told:
        _hand_over(given, answers)
        for line in told:
            said = _said(line)
            if "outcome" in said:
                message, opens, done = said["outcome"]
                return Outcome(message, tuple(opens), done)
            if "progress" in said:
                progress(*said["progress"])
    return None


def _hand_over(given: IO[bytes], answers: Mapping[str, str]) -> None:
    try:
        given.write(json.dumps(dict(answers)).encode("ascii"))
        given.close()
    except OSError:
        pass  # it ended before it listened; that it gave no outcome is reported


def _said(line: bytes) -> Dict[str, List[Any]]:
    try:
        said = json.loads(line)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def clean(environ: Mapping[str, str]) -> Dict[str, str]:
    """The environment without what the office set for its own Python."""
    return {name: value for name, value in environ.items() if not name.upper().startswith(FOREIGN)}
