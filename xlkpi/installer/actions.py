"""Make the actions of a plan: what each says to a person, and what it does. `change.py` carries them out in order."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from xlkpi.consolidation.cache_folder import FILES
from xlkpi.installer.record import Change, InstallRecord, RecordFile
from xlkpi.installer.system import output_of, run_program

Exchange = Callable[[Path, bytes | None], None]
"""Give a file new content, or none, in a way that can be undone."""


class StepFailed(Exception):
    """An action did not work; the text says what happened."""


@dataclass(frozen=True)
class Action:
    """One action. `do` raises StepFailed or OSError; `file`, `folder` and `undo` are for the way back."""

    text: str
    do: Callable[[Exchange], object]
    file: Path | None = None  # written or deleted
    folder: Path | None = None  # made
    undo: tuple[str, ...] = ()  # run when a file has had to be restored

    def __str__(self) -> str:
        return self.text


def make_folder(path: Path) -> Action:
    """Make a folder where there is none."""
    return Action(f"make the folder {path}", lambda _: path.mkdir(exist_ok=True), folder=path)


def run(*command: str) -> Action:
    """Run a program, which must succeed."""

    def do(_: Exchange) -> None:
        status = run_program(command)
        if status:
            raise StepFailed(f"{Path(command[0]).name} ended with status {status}.")

    return Action(f"run {shlex.join(command)}", do)


def on_undo(*command: str) -> Action:
    """Note a program for the way back. Its own status is ignored then."""
    return Action(f"if a later step fails, run {shlex.join(command)}", lambda _: None, undo=command)


def confirm(text: str, *command: str) -> Action:
    """Require a program to print this text, whatever the spacing: some succeed without having done anything."""

    def do(_: Exchange) -> None:
        printed = " ".join((output_of(command) or "").split())
        if text not in f"{printed} ":
            raise StepFailed(f"{Path(command[0]).name} does not print “{text}”.")

    return Action(f"read “{text}” from {shlex.join(command)}", do)


def require(path: Path) -> Action:
    """Require a file to be there."""

    def do(_: Exchange) -> None:
        if not path.is_file():
            raise StepFailed(f"{path} is not there.")

    return Action(f"look for {path}", do)


def copy_file(source: Path, target: Path) -> Action:
    """Copy a file, whole or not at all."""
    return Action(f"copy {source} to {target}", lambda put: put(target, source.read_bytes()), file=target)


def write_file(target: Path, text: str, encoding: str = "utf-8") -> Action:
    """Write a text file, whole or not at all; line ends stay as they are."""
    shown = f"write {target}:\n{text.rstrip()}".replace("\r", "").replace("\n", "\n       | ")
    return Action(shown, lambda put: put(target, text.encode(encoding)), file=target)


def delete_file(target: Path) -> Action:
    """Delete a file, where there is one."""
    return Action(f"delete {target}", lambda put: put(target, None), file=target)


def delete_cache(folder: Path) -> Action:
    """Delete the cache of returns, and its folder where it is empty then. An undo does not need it: it saves time."""

    def do(_: Exchange) -> None:
        for name in FILES:
            (folder / name).unlink(missing_ok=True)
        with suppress(OSError):
            folder.rmdir()

    return Action(f"delete the cache in {folder}", do)


def write_record(target: Path, content: RecordFile, fresh: tuple[Path, ...] = ()) -> Action:
    """Write the record, with the hashes that the files in `fresh` have by then. From here there is no way back."""

    def do(_: Exchange) -> None:
        installed = content.installed.hashed(fresh) if content.installed else None
        replace(content, installed=installed).write(target)

    return Action(f"{'write' if content.installed else 'delete'} {target}", do)


def remove_later(path: Path) -> Action:
    """Say that an environment which the record no longer names is removed when the change is closed."""
    return Action(f"remove {path}", lambda _: None)


@dataclass(frozen=True)
class InstallStep:
    """One step as a person reads it, and its actions in order. `remedy` is printed when one of them fails."""

    title: str
    why: str
    actions: tuple[Action, ...]
    remedy: str = ""


@dataclass(frozen=True)
class InstallPlan:
    """The steps, what the person should know besides, and, when nothing can be done, why not (`stop`).

    `environment` is the folder of the new Python environment, where one is built; `installed` is what is in force.
    """

    steps: tuple[InstallStep, ...] = ()
    notes: tuple[str, ...] = ()
    stop: str = ""
    environment: Path | None = None
    installed: InstallRecord | None = None

    @property
    def change(self) -> Change:
        """What the record says of this plan while it is carried out."""
        actions = [action for step in self.steps for action in step.actions]
        return Change(
            self.environment,
            files=tuple(action.file for action in actions if action.file),
            folders=tuple(action.folder for action in actions if action.folder),
            commands=tuple(action.undo for action in actions if action.undo),
        )

    def lines(self) -> Iterator[str]:
        """Describe the plan to a person, word by word."""
        for number, step in enumerate(self.steps, 1):
            yield f"{number}. {step.title}: {step.why}"
            yield from (f"     {action}" for action in step.actions)
        yield from (text for text in (*self.notes, self.stop) if text)
