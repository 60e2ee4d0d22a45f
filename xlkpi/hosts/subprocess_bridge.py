"""Find the installed toolkit and run its jobs from an office without it: a record file, a process, lines of JSON.

Standard library, Python 3.9: LibreOffice's own Python runs this. It has none of the toolkit's packages, so a job runs
in the private environment that ``install_addin.py`` made and whose Python its record names.
"""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Callable, Dict, List, Mapping, Optional, Union

from xlkpi.hosts.protocol import Outcome
from xlkpi.problem_log import data_folder, log

Progress = Callable[[str, int, int], None]

HOW_TO_INSTALL = (
    "The functions work without it, but this command needs the xlkpi toolkit, which is not installed on this computer."
    " Open a terminal in the folder of xlkpi and run: python3 install_addin.py install"
    " (on Windows: py install_addin.py install)"
)
FOREIGN = ("PYTHON", "LD_LIBRARY_PATH", "DYLD_", "URE_", "UNO_")
"""Variables that an office sets for its own Python, and that would mislead another one."""


@dataclass(frozen=True)
class Toolkit:
    """The installed toolkit: its Python and its version, as the installer's record names them."""

    python: str
    version: str


def record_path(environ: Mapping[str, str] = os.environ) -> Path:
    """Give the path of the installer's record; ``XLKPI_RECORD`` moves it."""
    return Path(environ.get("XLKPI_RECORD") or data_folder(environ) / "record.json")


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
        process = start_job(toolkit.python, job, answers, subprocess.PIPE, errors)
        outcome = _follow(process, progress)
        process.wait()
        return outcome or no_outcome(job, process.returncode, errors)


def start_job(
    python: str, job: str, answers: Mapping[str, str], out: Union[int, IO[bytes]], errors: IO[bytes]
) -> subprocess.Popen[bytes]:
    """Start a job in a process of its own, and hand it the answers. Raises OSError where it cannot be started."""
    process = subprocess.Popen(
        [python, "-I", "-m", "xlkpi.hosts.jobs", job],
        stdin=subprocess.PIPE,
        stdout=out,
        stderr=errors,
        env=clean(os.environ),
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    if process.stdin is not None:
        try:
            process.stdin.write(json.dumps(dict(answers)).encode("ascii"))
            process.stdin.close()
        except OSError:
            pass  # it ended before it read them: the caller reports that there is no outcome
    return process


def _follow(process: subprocess.Popen[bytes], progress: Progress) -> Optional[Outcome]:
    """Pass progress on, and give the outcome; None where the process ended without one."""
    if process.stdout is None:
        return None
    with process.stdout as lines:
        for line in lines:
            message = parse_line(line)
            if "progress" in message:
                progress(*message["progress"])
            elif "outcome" in message:
                return outcome_in(message)
    return None


def parse_line(line: bytes) -> Dict[str, List[Any]]:
    """Parse a line of JSON; empty for what some library printed of its own accord."""
    try:
        message = json.loads(line)
    except ValueError:
        return {}
    return message if isinstance(message, dict) else {}


def outcome_in(message: Mapping[str, List[Any]]) -> Outcome:
    """Give the outcome that the last line of a job contains."""
    text, opens, done = message["outcome"]
    return Outcome(text, tuple(opens), done)


def no_outcome(job: str, status: Optional[int], errors: IO[bytes]) -> Outcome:
    """Log what a job printed that ended without an outcome, and say where."""
    errors.seek(0)
    printed = errors.read().decode("utf-8", "replace")
    path = log(RuntimeError(printed or f"it ended with status {status}"), f"job {job}")
    return Outcome(f"The command did not finish. Details are in {path}.", done=False)


def clean(environ: Mapping[str, str]) -> Dict[str, str]:
    """Leave out what the office set for its own Python."""
    return {name: value for name, value in environ.items() if not name.upper().startswith(FOREIGN)}
