"""Workbooks printed to PDF by LibreOffice, many in one go: a private profile, a time limit, nothing left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

START_SECONDS, SECONDS_A_FILE = 60, 3
PDF = b"%PDF-"


def printed(workbooks: Sequence[bytes], office: str) -> list[bytes | None]:
    """Each workbook as a PDF, None for one that LibreOffice didn't print; never raises for what LibreOffice does.

    All are handed to one LibreOffice, whose program is ``office``. It works on copies in a folder of its own, with a
    profile of its own, so that no open LibreOffice and no setting of the user's plays a part. It is ended after a
    minute and three seconds for each file.
    """
    if not workbooks:
        return []
    with tempfile.TemporaryDirectory(prefix="xlkpi-pdf-", ignore_cleanup_errors=True) as scratch:
        folder = Path(scratch)
        names = [f"{number:05d}" for number in range(len(workbooks))]
        for name, data in zip(names, workbooks, strict=True):
            (folder / f"{name}.xlsx").write_bytes(data)
        _run(
            [
                office,
                f"-env:UserInstallation={(folder / 'profile').as_uri()}",
                "--headless",
                "--norestore",
                "--nolockcheck",
                "--convert-to",
                "pdf",
                "--outdir",
                "out",
                *(f"{name}.xlsx" for name in names),
            ],
            folder,
            START_SECONDS + SECONDS_A_FILE * len(workbooks),
        )
        return [_whole(folder / "out" / f"{name}.pdf") for name in names]


def _whole(path: Path) -> bytes | None:
    with suppress(OSError):
        data = path.read_bytes()
        if data.startswith(PDF) and b"%%EOF" in data[-64:]:
            return data
    return None


def _run(command: Sequence[str], folder: Path, seconds: float) -> None:
    """Run to the end or to the limit; soffice is a starter, so the processes it began are ended with it."""
    with (
        suppress(OSError),
        subprocess.Popen(
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        ) as process,
    ):
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            _end(process)
        except BaseException:
            _end(process)
            raise


def _end(process: subprocess.Popen[bytes]) -> None:
    with suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)  # a session of our own: nobody else's process is in it
        else:
            process.kill()
