"""What a step can do to this machine, as data. Each can be undone: `journal.py` knows how."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from pathlib import Path

from xlkpi.installer.record import Record


@dataclass(frozen=True)
class MakeFolder:
    """Make a folder where there is none."""

    path: Path

    def __str__(self) -> str:
        return f"make the folder {self.path}"


@dataclass(frozen=True)
class MoveAside:
    """Put a folder or file among the unfinished things: back when a later step fails, gone when all is done."""

    path: Path

    def __str__(self) -> str:
        return f"remove {self.path}"


@dataclass(frozen=True)
class Run:
    """Run a program, which must succeed. What it `makes` is removed again when it or a later step fails."""

    command: tuple[str, ...]
    makes: Path | None = None

    def __str__(self) -> str:
        return f"run {shlex.join(self.command)}"


@dataclass(frozen=True)
class IfUndone:
    """A command for the way back: run when this or a later action fails; whether it succeeds is not asked."""

    command: tuple[str, ...]

    def __str__(self) -> str:
        return f"have ready, should a later step fail: {shlex.join(self.command)}"


@dataclass(frozen=True)
class Confirm:
    """A program must say this, however it spaces its words: some end well without having done anything."""

    command: tuple[str, ...]
    text: str

    def __str__(self) -> str:
        return f"read “{self.text}” from {shlex.join(self.command)}"


@dataclass(frozen=True)
class Require:
    """A file must be there, or the step fails."""

    path: Path

    def __str__(self) -> str:
        return f"look for {self.path}"


@dataclass(frozen=True)
class Put:
    """Copy a file, whole or not at all."""

    source: Path
    target: Path

    def __str__(self) -> str:
        return f"copy {self.source} to {self.target}"


@dataclass(frozen=True)
class Write:
    """Write a text file, whole or not at all; line ends as they stand."""

    target: Path
    text: str
    encoding: str = "utf-8"

    def __str__(self) -> str:
        return f"write {self.target}:\n{self.text.rstrip()}".replace("\r", "").replace("\n", "\n       | ")


@dataclass(frozen=True)
class WriteRecord:
    """Write the record with the hashes that the files in `fresh` have by then; the others keep theirs."""

    target: Path
    record: Record
    fresh: tuple[Path, ...]

    def __str__(self) -> str:
        return f"write {self.target}"


@dataclass(frozen=True)
class Delete:
    """Delete a file; nothing where there is none."""

    path: Path

    def __str__(self) -> str:
        return f"delete {self.path}"


Action = MakeFolder | MoveAside | Run | IfUndone | Confirm | Require | Put | Write | WriteRecord | Delete
