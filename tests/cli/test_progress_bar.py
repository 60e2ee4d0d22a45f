"""The progress bar: on a terminal, while something is read, and gone when it is."""

from __future__ import annotations

import io
import sys
import threading
import time

from xlkpi.cli import terminal


class Screen(io.StringIO):
    """A terminal, or a file; put in place by the test itself, since pytest puts its own there before each."""

    def __init__(self, monkeypatch, is_terminal):
        super().__init__()
        self.isatty = lambda: is_terminal
        monkeypatch.setattr(sys, "stderr", self)
        monkeypatch.setattr(terminal, "SECONDS_BEFORE_BAR", -1)


def drawing():
    """The threads that draw a bar."""
    return [thread for thread in threading.enumerate() if type(thread).__module__.startswith("rich.")]


def shows(screen, text):
    """Whether a text comes to be on the screen, which is drawn ten times a second."""
    give_up = time.monotonic() + 10
    while text not in screen.getvalue() and time.monotonic() < give_up:
        time.sleep(0.01)
    return text in screen.getvalue()


def have_ended(threads):
    """Whether threads that were told to end have ended; they do at once, and a busy machine may take its time."""
    for thread in threads:
        thread.join(10)
    return not any(thread.is_alive() for thread in threads)


def test_a_bar_is_gone_once_all_is_read_and_the_next_reading_has_its_own(monkeypatch):
    screen = Screen(monkeypatch, is_terminal=True)
    with terminal.progress_bar("Reading returns") as progress:
        for of in (2, 3):
            progress(1, of)
            threads = drawing()
            assert threads
            assert shows(screen, f"1/{of}")
            progress(of, of)
            assert have_ended(threads)
            assert shows(screen, f"{of}/{of}")


def test_without_a_terminal_nothing_is_drawn(monkeypatch):
    screen = Screen(monkeypatch, is_terminal=False)
    with terminal.progress_bar("Reading returns") as progress:
        progress(1, 2)
        assert not drawing()
    assert not screen.getvalue()
