"""What may be written where: an output never takes the place of a file that is read."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from xlkpi.consolidation.sources import is_remote
from xlkpi.errors import UnreadableFile, UnwritableFile
from xlkpi.reading.master import is_master_of_ours

WORKBOOK = ".xlsx"


class NotAWorkbookName(ValueError):
    """A master is to be written under a name that Excel would not open; a command ends with status 2."""

    usage = True


def as_workbook(master: Path) -> Path:
    """The master's path as it was named. Raises NotAWorkbookName unless its name ends in .xlsx."""
    if master.suffix.casefold() != WORKBOOK and not master.is_dir():
        named = f"“{master.name}” does not end in {WORKBOOK}" if master.name else "The master has no name"
        message = f"{named}, so Excel would not open it. Name the master {master.stem or 'master'}{WORKBOOK}."
        raise NotAWorkbookName(message)
    return master


def spare_inputs(output: Path, folder: Path | str, inputs: Iterable[Path | str | None]) -> None:
    """Refuse to write over what is read: a named input, or a file of the inbox that is no master of ours.

    Raises UnwritableFile.
    """
    spare_named(output, inputs)
    if output.is_file() and not is_remote(folder) and _lies_in(output, Path(folder)) and not _is_ours(output):
        raise _refused(output, "it is a file of the inbox")


def spare_named(output: Path, inputs: Iterable[Path | str | None]) -> None:
    """Refuse to write over an input that was named. Raises UnwritableFile."""
    local = [Path(one) for one in inputs if one and not is_remote(one)]
    if output.is_file() and any(one.exists() and one.samefile(output) for one in local):
        raise _refused(output, "it is one of the files to read")


def _refused(output: Path, detail: str) -> UnwritableFile:
    return UnwritableFile(output, detail, "Name another file, so that it stays as it is.")


def _lies_in(file: Path, folder: Path) -> bool:
    inbox = folder.resolve()
    return inbox == file.resolve() or inbox in file.resolve().parents


def _is_ours(file: Path) -> bool:
    try:
        return is_master_of_ours(file)
    except UnreadableFile:
        return False
