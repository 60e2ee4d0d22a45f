"""Run a job of the menu in a process of its own, so that Excel does not wait for it.

A call from Excel to its Python server blocks Excel until it returns: after a while Excel shows "waiting for another
application to complete an OLE action", and no function is calculated meanwhile. So the server only starts a job, Excel
asks for its progress every second (``KpiRun.FollowJob``), and shows the message when the job has ended.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from xlkpi.hosts.protocol import Outcome
from xlkpi.hosts.subprocess_bridge import no_outcome, outcome_in, parse_line, start_job

FOLDER = "xlkpi-copy-job-"
"""Begins as the folders of opened copies do: what is left behind when Excel is closed goes with them, after a day."""


class BackgroundJob:
    """A job that runs, or has ended. Its process writes to files that nobody has to empty."""

    def __init__(self, name: str, answers: Mapping[str, str], python: str = "") -> None:
        """Start it. Raises OSError where its process cannot be started."""
        self.name = name
        self.progress: tuple[str, int, int] | None = None
        """The step it reported last: what, how many done, of how many."""
        self._folder = tempfile.TemporaryDirectory(prefix=FOLDER, ignore_cleanup_errors=True)
        self._lines, self._errors = (Path(self._folder.name) / part for part in ("lines", "errors"))
        self._read_to = 0
        self._outcome: Outcome | None = None
        with self._lines.open("wb") as lines, self._errors.open("wb") as errors:
            self._process = start_job(python or console_python(), name, answers, lines, errors)

    def look(self) -> Outcome | None:
        """Read what it has written since the last look; give its outcome once it has ended, before that None."""
        ended = self._process.poll() is not None  # asked first: what it wrote before its end is then complete
        self._read_lines()
        if not ended:
            return None
        if self._outcome is None:
            with self._errors.open("rb") as errors:
                self._outcome = no_outcome(self.name, self._process.returncode, errors)
        self._folder.cleanup()
        return self._outcome

    def _read_lines(self) -> None:
        with self._lines.open("rb") as lines:
            lines.seek(self._read_to)
            written = lines.read()
        whole = written.rfind(b"\n") + 1  # the rest of a line comes with the next look
        self._read_to += whole
        for line in written[:whole].splitlines():
            message = parse_line(line)
            if "progress" in message:
                what, done, of = message["progress"]
                self.progress = (what, done, of)
            elif "outcome" in message:
                self._outcome = outcome_in(message)


def console_python(running: str = sys.executable) -> str:
    """Give the Python with a console beside the one without, which is what Excel starts on Windows."""
    path = Path(running)
    beside = path.with_name(path.name.replace("pythonw", "python"))
    return str(beside if beside.is_file() else path)
