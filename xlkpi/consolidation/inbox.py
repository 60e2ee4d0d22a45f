"""The inbox: every file of a folder tree, in an order that depends on names alone."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from pathlib import Path, PurePath

from xlkpi.errors import Unreadable, UnreadableFile

SYSTEM_FILES = frozenset(("thumbs.db", "desktop.ini", "ehthumbs.db"))
WORKBOOKS = frozenset((".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".xlsb", ".ods"))


def find_files(folder: Path, *, leave_out: Collection[Path] = ()) -> tuple[Path, ...]:
    """Find every file under a folder, sub-folders included, sorted by its path from there.

    Nothing is left out: lock files, hidden files and files of other kinds are found too, and so are links
    that lead nowhere, links to folders (not followed, so no file is met twice) and folders that cannot be
    listed, each in its own name. ``leave_out`` names files of our own, such as the master being written.
    A file given as the folder is an inbox of one. Raises UnreadableFile where there is no such folder.
    """
    if folder.is_file():
        return (folder,)
    if not folder.is_dir():
        raise UnreadableFile(folder, Unreadable.MISSING)
    ours = {path.absolute() for path in leave_out}
    paths = (path for path in _walk(folder) if path.absolute() not in ours)
    return tuple(sorted(paths, key=lambda path: path.relative_to(folder).parts))


def _walk(folder: Path) -> Iterator[Path]:
    """Find every file, folder after folder and not one inside the other: they may be nested a thousand deep."""
    folders = [folder]
    while folders:
        current = folders.pop()
        try:
            with os.scandir(current) as entries:
                inside = [(Path(entry.path), _is_folder(entry)) for entry in entries]
        except (OSError, ValueError):
            yield current  # also where its path is too long for the system
            continue
        folders.extend(path for path, is_folder in inside if is_folder)
        yield from (path for path, is_folder in inside if not is_folder)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False


def name_within(path: Path, folder: Path) -> str:
    """Return a file's path from the inbox, with ``/`` on every system; its bare name where the inbox is the file."""
    return path.name if path == folder else path.relative_to(folder).as_posix()


def is_left_by_programs(path: PurePath) -> bool:
    """Tell whether a program left it beside people's files: locks of open workbooks, hidden and system files."""
    return path.name.startswith(("~$", ".")) or path.name.casefold() in SYSTEM_FILES


def is_workbook_name(path: PurePath) -> bool:
    """Tell whether it is named as some kind of spreadsheet."""
    return path.suffix.casefold() in WORKBOOKS
