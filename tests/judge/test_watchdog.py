"""The watchdog ends a process that hangs, and lets one work that takes its time."""

from __future__ import annotations

import os
import subprocess
import sys
import threading

import pytest

from tests.judge.watchdog import Watchdog, processor_seconds

pytestmark = pytest.mark.skipif(os.name != "posix", reason="sessions of processes are POSIX's")


@pytest.fixture
def session():
    """`session(code)` runs Python code in a session of its own and gives the session's number."""
    processes = []

    def start(code):
        processes.append(subprocess.Popen([sys.executable, "-c", code], start_new_session=True))
        return processes[-1].pid

    yield start
    for process in processes:
        process.kill()
        process.wait()


def ended_within(seconds, number, *, idle):
    """Whether the watchdog asks for the end of this session within so many seconds."""
    asked = threading.Event()
    dog = Watchdog(lambda: number, asked.set, idle)
    try:
        return asked.wait(seconds)
    finally:
        dog.cancel()


def test_a_session_that_waits_for_ever_is_ended(session):
    assert ended_within(600, session("import time; time.sleep(3600)"), idle=1)


@pytest.mark.skipif(not os.path.exists("/proc/self/stat"), reason="this system does not say")  # noqa: PTH110
def test_a_session_that_works_is_left_alone_however_long_it_takes(session):
    number = session("import time\nwhile True: sum(range(100_000)), time.sleep(0.01)")  # well over a hundredth
    before = processor_seconds(number)
    assert not ended_within(2, number, idle=1)
    assert processor_seconds(number) > before
