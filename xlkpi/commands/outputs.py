"""Where outputs may be written: an output never replaces a file that is read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from xlkpi.council import local_paths
from xlkpi.errors import UnreadableFile, UnwritableFile
from xlkpi.reading.masters.data import is_master_of_ours
from xlkpi.writing.file_names import is_remote
from xlkpi.writing.files import refuse_path

WORKBOOK = ".xlsx"


class NotAWorkbookName(ValueError):
    """Excel would not open a workbook of this name; a command ends with status 2."""

    usage = True


def as_workbook(path: Path, what: str) -> Path:
    """Return the path of a workbook to write. Raises NotAWorkbookName unless its name ends in .xlsx, UnwritableFile."""
    refuse_path(path)
    if path.suffix.casefold() != WORKBOOK and not path.is_dir():
        named = f"“{path.name}” does not end in {WORKBOOK}" if path.name else f"The {what} has no name"
        message = f"{named}, so Excel would not open it. Name the {what} {path.stem or what}{WORKBOOK}."
        raise NotAWorkbookName(message)
    return path


def spare_inputs(
    output: Path,
    folder: Path | str,
    inputs: Iterable[Path | str | None],
    is_ours: Callable[[Path], bool] = is_master_of_ours,
) -> None:
    """Refuse to write over what is read: a named input, or a file of the inbox that is not an earlier output of ours.

    Raises UnwritableFile.
    """
    spare_named(output, inputs)
    inside = output.is_file() and not is_remote(folder) and _is_inside(output, Path(folder))
    if inside and not recognised(output, is_ours):
        raise _refused(output, "it is a file of the inbox")


def spare_named(output: Path, inputs: Iterable[Path | str | None]) -> None:
    """Refuse to write over an input that was named. Raises UnwritableFile."""
    if output.is_file() and any(file.exists() and file.samefile(output) for file in local_paths(*inputs)):
        raise _refused(output, "it is one of the files to read")


def _refused(output: Path, detail: str) -> UnwritableFile:
    return UnwritableFile(output, detail, "Name another file, so that it stays as it is.")


def _is_inside(file: Path, folder: Path) -> bool:
    inbox = folder.resolve()
    return inbox == file.resolve() or inbox in file.resolve().parents


def recognised(file: Path, is_ours: Callable[[Path], bool]) -> bool:
    """Tell whether a file is an earlier output of ours by its content, even where people have changed it."""
    try:
        return is_ours(file)
    except UnreadableFile:
        return False
