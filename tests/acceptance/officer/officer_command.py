"""Running the command, as an officer does: in this process, which saves loading it, or started as a program."""

from __future__ import annotations

import contextlib
import io
import signal
import subprocess
import sys

from xlkpi.cli import main

RUN = "import sys; from xlkpi.cli import main; sys.exit(main(sys.argv[1:]))"


def started(*arguments, cwd=None):
    """The finished process; output as text."""
    command = [sys.executable, "-c", RUN, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, cwd=cwd)


def xlkpi(*arguments, cwd=None):
    """What the finished process would be; a traceback of the command's is one of the test's."""
    words = [*map(str, arguments)]
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    folder = contextlib.chdir(cwd) if cwd else contextlib.nullcontext()
    on_sigterm = signal.getsignal(signal.SIGTERM)
    try:
        with folder, contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            status = main(words)
    except SystemExit as ended:  # argparse
        status = ended.code
    finally:
        signal.signal(signal.SIGTERM, on_sigterm)
    texts = (stream.buffer.getvalue().decode("utf-8") for stream in (out, err))
    return subprocess.CompletedProcess(words, status, *texts)


def ordered(desk, *arguments):
    """Run the command in this folder; whatever it says, it never ends in a traceback."""
    done = xlkpi(*arguments, cwd=desk)
    assert "Traceback" not in done.stderr, done.stderr
    return done
