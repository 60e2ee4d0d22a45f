"""LibreOffice as a process of our own: with a time limit, a folder that goes with it, and no child left behind.

``soffice`` is a launcher. It starts ``soffice.bin``, which lives on when only the launcher is ended, keeps the profile
locked and writes into a folder that is being removed. So everything is started as one group and ended as one.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

USUAL_PATHS = (
    Path("/Applications/LibreOffice.app/Contents/MacOS/soffice"),
    Path("C:/Program Files/LibreOffice/program/soffice.com"),
    Path("C:/Program Files/LibreOffice/program/soffice.exe"),
)
NEVER_UPDATED = "99.9"
"""The version that a profile was last used with. A newer LibreOffice would first test how it draws: half its start."""

BRITISH = f"""<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Linguistic/General">
<prop oor:name="DefaultLocale" oor:op="fuse"><value>en-GB</value></prop></item>
<item oor:path="/org.openoffice.Setup/L10N">
<prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>en-GB</value></prop></item>
<item oor:path="/org.openoffice.Setup/Product">
<prop oor:name="ooSetupLastVersion" oor:op="fuse"><value>{NEVER_UPDATED}</value></prop></item>
</oor:items>
"""
ENDED = ("Z", "X")
"""The states in /proc of a process that has ended: dead, and waiting only to be asked after."""

GONE_SECONDS = 5.0
"""How long we wait for ended processes to be gone, and for a folder that they used to be free."""


def find_office() -> str:
    """Find LibreOffice's program: by ``SOFFICE`` in the environment, on the PATH, in the usual folders; else empty."""
    usual = (str(path) for path in USUAL_PATHS if path.exists())
    named = os.environ.get("SOFFICE") or shutil.which("soffice") or shutil.which("libreoffice")
    return named or next(usual, "")


def office_command(office: str, profile: Path, *arguments: str) -> list[str]:
    """Spell the command of a LibreOffice without windows and with a profile of its own.

    So neither an open LibreOffice nor a setting of the user's plays a part.
    """
    return [
        office,
        f"-env:UserInstallation={profile.absolute().as_uri()}",
        *("--headless", "--norestore", "--nologo", "--nolockcheck"),
        *arguments,
    ]


def make_british_profile(profile: Path) -> None:
    """Make a new profile for British English: a screen reader reads a PDF out in the language that the PDF names."""
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(BRITISH, encoding="utf-8")


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """Lend a folder for one run; it is removed at the end, at a second try where a file in it is not free yet."""
    folder = Path(tempfile.mkdtemp(prefix="xlkpi-office-"))
    try:
        yield folder
    finally:
        _remove(folder)


def run_office(command: Sequence[str], folder: Path, seconds: float) -> bool:
    """Run a command in a folder to its end, or end it after so many seconds; whether it came to its own end.

    Whatever it has started is ended with it, also when we are interrupted. Raises OSError where there is no such
    program.
    """
    process = start_office(command, folder)
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return False
    finally:
        end_office(process)
    return True


def start_office(
    command: Sequence[str],
    folder: Path | None = None,
    environment: Mapping[str, str] | None = None,
    log: int | IO[bytes] = subprocess.DEVNULL,
) -> subprocess.Popen[bytes]:
    """Start a command as the head of its own group, which `end_office` ends as a whole."""
    flags = 0
    if sys.platform == "win32":
        flags = subprocess.CREATE_NEW_PROCESS_GROUP
    return subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=subprocess.STDOUT,
        creationflags=flags,
        start_new_session=True,  # Windows knows no sessions and passes over it
    )


def end_office(process: subprocess.Popen[bytes]) -> None:
    """End a process and all that it has started, and wait until they are gone; nothing where they are already."""
    if sys.platform == "win32":
        _end_tree(process)
    else:
        _end_group(process)
    with suppress(subprocess.TimeoutExpired):
        process.wait(GONE_SECONDS)


def _end_group(process: subprocess.Popen[bytes]) -> None:
    """End a session of our own (POSIX): nobody else's process is in it."""
    give_up = time.monotonic() + GONE_SECONDS
    with suppress(ProcessLookupError, PermissionError):  # macOS forbids signals to a group of which all have ended
        while time.monotonic() < give_up:
            os.killpg(process.pid, signal.SIGKILL)
            process.poll()  # a child that nobody has asked after counts as there
            if not _is_running(process.pid):
                return
            time.sleep(0.02)


def _is_running(group: int) -> bool:
    """Say whether a process of a group runs; where no system tells, yes.

    An orphan that has ended takes signals until the first process of the system asks after it: within a second as a
    rule, never in some containers. It writes nothing any more.
    """
    if not Path("/proc/self/stat").exists():
        return True
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it has gone meanwhile
            state, _parent, member_of, *_ = stat.read_text(errors="replace").rpartition(")")[2].split()
            if int(member_of) == group and state not in ENDED:
                return True
    return False


def _end_tree(process: subprocess.Popen[bytes]) -> None:
    """End a process and its children (Windows), which has no signal for a group."""
    taskkill = Path(os.environ.get("SYSTEMROOT", "C:/Windows"), "System32", "taskkill.exe")
    with suppress(OSError, subprocess.SubprocessError):
        subprocess.run([taskkill, "/F", "/T", "/PID", str(process.pid)], capture_output=True, timeout=30, check=False)
    with suppress(OSError):
        process.kill()


def _remove(folder: Path) -> None:
    give_up = time.monotonic() + GONE_SECONDS
    while folder.exists():
        shutil.rmtree(folder, ignore_errors=True)
        if time.monotonic() > give_up:
            return  # what another program still uses is left for the system to clear away
        time.sleep(0.02)
