"""Running the real command, as an officer does."""

from __future__ import annotations

import subprocess
import sys

RUN = "import sys; from xlkpi.cli import main; sys.exit(main(sys.argv[1:]))"


def xlkpi(*arguments, cwd=None):
    """The finished process; output as text."""
    command = [sys.executable, "-c", RUN, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, cwd=cwd)


def ordered(desk, *arguments):
    """Run the command in this folder; whatever it says, it never ends in a traceback."""
    done = xlkpi(*arguments, cwd=desk)
    assert "Traceback" not in done.stderr, done.stderr
    return done
