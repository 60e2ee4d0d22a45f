"""The progress bar: on a terminal, while something is read, and gone when it is."""

from __future__ import annotations

import io
import sys
import threading

from xlkpi.cli import terminal


class Screen(io.StringIO):
    """A terminal, or a file; put in place by the test itself, since pytest puts its own there before each."""

    def __init__(self, monkeypatch, is_terminal):
        super().__init__()
        self.isatty = lambda: is_terminal
        monkeypatch.setattr(sys, "stderr", self)
        monkeypatch.setattr(terminal, "SECONDS_BEFORE_BAR", -1)


def drawing():
    """The threads that draw a bar, once those that were told to end have ended."""
    threads = [thread for thread in threading.enumerate() if type(thread).__module__.startswith("rich.")]
    for thread in threads:
        thread.join(0.2)
    return [thread for thread in threads if thread.is_alive()]


def test_a_bar_is_gone_once_all_is_read_and_the_next_reading_has_its_own(monkeypatch):
    screen = Screen(monkeypatch, is_terminal=True)
    with terminal.progress_bar("Reading returns") as progress:
        for of in (2, 3):
            progress(1, of)
            assert drawing()
            progress(of, of)
            assert not drawing()
    assert "2/2" in screen.getvalue()
    assert "1/3" in screen.getvalue()


def test_without_a_terminal_nothing_is_drawn(monkeypatch):
    screen = Screen(monkeypatch, is_terminal=False)
    with terminal.progress_bar("Reading returns") as progress:
        progress(1, 2)
        assert not drawing()
    assert not screen.getvalue()
