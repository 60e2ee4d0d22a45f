"""Read an inbox: every file of it, checked; what is made of the files comes after, in `collect_period`."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from xlkpi.consolidation.file_sources import find_sources
from xlkpi.consolidation.found_file import FoundFile
from xlkpi.consolidation.read_returns import ReadOptions, read_all


def read_inbox(folder: Path | str, options: ReadOptions, *, leave_out: Collection[Path] = ()) -> tuple[FoundFile, ...]:
    """Find and check every file of an inbox, or of its address; sub-folders are read too.

    ``leave_out`` are files of our own in the folder. Raises UnreadableFile where there is no such folder.
    """
    files = find_sources(folder, leave_out=leave_out)
    pairs = zip(files, read_all(files, options), strict=True)
    return tuple(FoundFile(file.name, checked, file.received_at) for file, checked in pairs)
