"""Ends a LibreOffice that hangs, and only one that hangs: it watches work done, not the clock.

A slow or loaded machine takes as long as it takes. A hang is a quarter of an hour in which neither LibreOffice nor
the test has used the processor; where a system does not say how much that is, only the long limit counts.
"""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

IDLE_SECONDS = float(os.environ.get("XLKPI_OFFICE_IDLE_SECONDS", "900"))
LONGEST_SECONDS = 7200.0
IDLE_SHARE = 0.01
"""A LibreOffice that waits uses a thousandth of a processor; one at work on a starved machine far more than this."""


class Watchdog:
    """Calls `end` when LibreOffice's session of processes hangs, unless it is cancelled before."""

    def __init__(self, session: Callable[[], int | None], end: Callable[[], None], idle: float = IDLE_SECONDS) -> None:
        self.session, self.end, self.idle = session, end, idle
        self._cancelled = threading.Event()
        threading.Thread(target=self._watch, daemon=True).start()

    def cancel(self) -> None:
        """Watch no longer."""
        self._cancelled.set()

    def _watch(self) -> None:
        """Look for the first time after a while: most tests are over by then, and looking costs more than they do."""
        wait = min(15.0, self.idle / 4)
        if self._cancelled.wait(wait):
            return
        began = since = time.monotonic()
        used = self._used()
        while not self._cancelled.wait(wait):
            now, used_now = time.monotonic(), self._used()
            if used_now is not None and used is not None and used_now - used > IDLE_SHARE * self.idle:
                since, used = now, used_now
            limit = self.idle if used is not None else LONGEST_SECONDS
            if now - since > limit or now - began > LONGEST_SECONDS:
                self.end()
                return

    def _used(self) -> float | None:
        session = self.session()
        office = processor_seconds(session) if session else 0.0
        ours = time.process_time() - time.thread_time()  # without what watching takes
        return None if office is None else office + ours


def processor_seconds(session: int) -> float | None:
    """Processor time of every process of a session, those that have ended included; None where no system tells."""
    if not Path("/proc/self/stat").exists():
        return None
    ticks = 0
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = entry.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:  # it has ended meanwhile
            continue
        if int(fields[3]) == session:
            ticks += sum(map(int, fields[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK")
