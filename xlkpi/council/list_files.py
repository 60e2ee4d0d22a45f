"""Which files a list is made of: one, several, or every file of a folder."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from xlkpi.errors import LedgerError, Unreadable, UnreadableFile
from xlkpi.ooxml.file_type import is_lock_file
from xlkpi.ooxml.plain_file import as_refused

Named = Path | str | None
"""A file or folder as its user named it; None where it was not named."""
SeveralNamed = Named | Sequence[Path | str]
"""Files and folders of one list, as their user named them."""
LEDGER_SETTINGS = LedgerError.settings
"""Finance's settings for a list, beside it; the contract's own are in ``xlkpi.toml``."""
_OF_THE_SYSTEM = frozenset(("thumbs.db", "desktop.ini"))


def list_files(named: SeveralNamed) -> tuple[Path, ...]:
    """Return the files of a list; those of a folder and its sub-folders by name, without what programs leave there.

    Raises UnreadableFile for a folder without a file.
    """
    return tuple(file for name in each_named(named) for file in _files(Path(name)))


def each_named(named: SeveralNamed) -> tuple[Path | str, ...]:
    """Return the names one by one, as they were given."""
    if isinstance(named, (str, Path)):
        return (named,) if str(named) else ()
    return tuple(named or ())


def _files(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    files = files_within(path)
    if not files:
        raise UnreadableFile(path, Unreadable.EMPTY_FOLDER)
    yield from files


def files_within(folder: Path) -> tuple[Path, ...]:
    """Return the files of a folder and its sub-folders by name, without what programs leave; there may be none."""
    return tuple(sorted(file for file in _walk(folder) if not _is_left_by_a_program(file.name)))


def _walk(folder: Path) -> Iterator[Path]:
    """Find what is not a folder, folder after folder: they may be nested a thousand deep.

    Raises UnreadableFile for a folder that cannot be listed, so that nothing of a list is left out in silence.
    """
    folders = [folder] if folder.is_dir() else []
    while folders:
        current = folders.pop()
        with as_refused(current), os.scandir(current) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    folders.append(Path(entry.path))
                elif not entry.is_dir():
                    yield Path(entry.path)


def _is_left_by_a_program(name: str) -> bool:
    return name.startswith(".") or is_lock_file(name) or name.casefold() in (*_OF_THE_SYSTEM, LEDGER_SETTINGS)


def settings_of_list(named: SeveralNamed) -> Path | None:
    """Return where finance's settings for a list are, or would be: in its folder, or beside its first file."""
    first = next(iter(each_named(named)), None)
    if first is None:
        return None
    path = Path(first)
    return (path if path.is_dir() else path.parent) / LEDGER_SETTINGS
