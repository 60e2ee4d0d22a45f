"""The way back: before anything is changed, how to undo it is written down, on the disk.

So a run that fails, is interrupted or is killed (by a power cut, say) leaves either what was there before, or a
folder `unfinished` from which the next run puts it back. An undo may run twice, or for something that never
happened, and does no harm.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import stat
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from xlkpi.installer.lock import hold
from xlkpi.installer.programs import run_program

if TYPE_CHECKING:
    from collections.abc import Callable

ENTRIES = "journal.jsonl"
DONE = "done"
LOCK = "lock"
BUSY = "Another install or uninstall is at work. Wait until it is done."


class Journal:
    """A folder with the undo of every action so far, and what was put aside."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._count = 0
        self._lock: IO[bytes] | None = None

    def begin(self) -> None:
        """Make the folder, and remember which of its parents had to be made."""
        made = [part for part in reversed(self.folder.parents) if not part.exists()]
        self.folder.mkdir(parents=True)
        self.hold()
        for part in made:
            self.note("folder", part)

    def hold(self) -> bool:
        """Keep others away until all is tidy; False where another process, which lives, is at work here."""
        self._lock = hold(self.folder / LOCK)
        return self._lock is not None

    def note(self, undo: str, path: Path, aside: Path | None = None, command: tuple[str, ...] = ()) -> None:
        """Write down an undo, and see it safe on the disk before the action."""
        entry = {"undo": undo, "path": str(path), "aside": str(aside or ""), "command": list(command)}
        with (self.folder / ENTRIES).open("a", encoding="utf-8") as file:
            file.write(json.dumps(entry) + "\n")
            file.flush()
            os.fsync(file.fileno())

    def place(self) -> Path:
        """A new name in the folder, for something put aside."""
        self._count += 1
        return self.folder / f"aside-{self._count}"

    def commit(self) -> None:
        """All is done: from now on there is no way back, only tidying."""
        (self.folder / ENTRIES).replace(self.folder / DONE)

    def tidy(self) -> None:
        """Remove what was put aside."""
        self.let_go()
        remove_tree(self.folder)

    def let_go(self) -> None:
        """Let others at it."""
        if self._lock:
            self._lock.close()

    def roll_back(self) -> list[str]:
        """Undo everything, the last first; returns what could not be undone (then the folder stays).

        What is undone is struck out at once: a second try must not, say, remove what the first has put back.
        """
        entries, problems = self._entries(), []
        folders = [entry for entry in entries if entry["undo"] == "folder"]
        left = [entry for entry in entries if entry not in folders]
        for entry in reversed(left.copy()):
            try:
                _UNDO[entry["undo"]](entry)
            except OSError as problem:
                kept = f" What was there is {entry['aside']}." if entry["aside"] else ""
                problems.append(f"{entry['path']} could not be put back: {problem.strerror or problem}.{kept}")
            else:
                left.remove(entry)
                self._keep(folders + left)
        self.let_go()
        if not problems:
            self.tidy()
            for entry in reversed(folders):
                with contextlib.suppress(OSError):
                    Path(entry["path"]).rmdir()
        return problems

    def _keep(self, entries: list[dict[str, Any]]) -> None:
        lines = "".join(json.dumps(entry) + "\n" for entry in entries)
        put_whole(lines.encode(), self.folder / ENTRIES)

    def _entries(self) -> list[dict[str, Any]]:
        """Every undo; a last line that was cut off belongs to an action that never began."""
        file = self.folder / ENTRIES
        found = []
        for line in file.read_text(encoding="utf-8").splitlines() if file.is_file() else []:
            with contextlib.suppress(ValueError):
                found.append(json.loads(line))
        return found


def recover(folder: Path) -> list[str]:
    """Finish what a killed run left: tidy up when it had got to its end, else undo it. Returns the problems."""
    journal = Journal(folder)
    if not journal.hold():
        return [BUSY]
    if (folder / DONE).is_file():
        journal.tidy()
        return []
    return journal.roll_back()


def remove_tree(path: Path) -> None:
    """Remove a file, or a folder with everything in it, write-protected or not; nothing where there is none."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, onerror=_let_write)
    else:
        path.unlink(missing_ok=True)


def _let_write(again: Callable[[str], object], path: str, _problem: object) -> None:
    os.chmod(path, stat.S_IWRITE | stat.S_IREAD)  # noqa: PTH101 - as rmtree hands it over
    again(path)


def put_whole(data: bytes, target: Path) -> None:
    """Under its name there is either what was there before or all of `data`."""
    beside = target.with_name(f".{target.name}.xlkpi-part")
    try:
        with beside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)


def _remove(entry: dict[str, Any]) -> None:
    remove_tree(Path(entry["path"]))


def _put_back(entry: dict[str, Any]) -> None:
    aside = Path(entry["aside"])
    if aside.is_file():
        put_whole(aside.read_bytes(), Path(entry["path"]))


def _move_back(entry: dict[str, Any]) -> None:
    path, aside = Path(entry["path"]), Path(entry["aside"])
    if aside.exists():
        remove_tree(path)
        aside.rename(path)


def _run(entry: dict[str, Any]) -> None:
    run_program(tuple(entry["command"]), quiet=True)


_UNDO: dict[str, Callable[[dict[str, Any]], None]] = {
    "remove": _remove,
    "put back": _put_back,
    "move back": _move_back,
    "run": _run,
}
