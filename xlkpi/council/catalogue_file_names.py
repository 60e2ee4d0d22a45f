"""Which files of a catalogue folder are read, and those that somebody meant to be read but called otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from xlkpi.catalogue.ladder import LADDER
from xlkpi.catalogue.load import CONTRACT_FILE, version_files
from xlkpi.core.near_text import find_nearest
from xlkpi.council.indicator_list import ENDINGS
from xlkpi.errors import UnreadableFile
from xlkpi.ooxml.plain_file import read_plain

_OWN = {Path(name).stem: name for name in (CONTRACT_FILE, LADDER)}
_LISTS = (".xlsx", ".csv", ".xls", ".xlsm", ".ods")
_OTHER_FORMS = (".toml", ".yaml", ".yml")
_TEXT = ".json.txt"


def find_versions(folder: Path) -> list[Path]:
    """List the files that are versions of the catalogue, the earliest first; not ``Contract.json``."""
    return [file for file in version_files(folder) if not _meant_name(file)]


def _meant_name(file: Path) -> str:
    """Give the name of ours that a file was meant to have; empty where it is a version."""
    meant = find_nearest(file.stem, _OWN)
    with suppress(UnreadableFile):  # whoever reads it as a version says so
        return meant if meant and b'"version"' not in read_plain(file) else ""
    return meant


def find_unread_files(folder: Path) -> Iterator[str]:
    """Find files that nothing reads because of how they are called, each with the name that was probably meant."""
    versions = find_versions(folder)
    lists = [f"{version.stem}{ending}" for version in versions for ending in ENDINGS]
    for version in versions:
        both = [name for name in lists if name.startswith(f"{version.stem} ") and (folder / name).is_file()]
        if len(both) > 1:
            yield f"{both[1]} is not read, because {both[0]} is here too. Delete one of the two."
    for file in sorted(folder.iterdir()):
        if file.is_file() and not file.name.startswith((".", "~$")) and file.name not in (*_OWN.values(), *lists):
            yield from _name_fault(file, versions, lists)


def _name_fault(file: Path, versions: list[Path], lists: list[str]) -> Iterator[str]:
    name = file.name.casefold()
    if name.endswith(_TEXT):
        yield f"{file.name} is not read. Call it {file.name[: -len('.txt')]}."
    elif name.endswith(".json") and file not in versions:
        meant = _meant_name(file) or f"{file.stem}.json"
        copy = meant in (other.name for other in file.parent.iterdir())  # is_file() takes no notice of case on a Mac
        yield f"{file.name} is not read. " + (f"Delete it, or use it as {meant}." if copy else f"Call it {meant}.")
    elif name.endswith(_OTHER_FORMS) and _nearest(file.stem, [*_OWN, *(version.stem for version in versions)]):
        yield f"{file.name} is not read. Write it as JSON: xlkpi catalogue example shows how."
    elif name.endswith(_LISTS) and (_nearest(file.name, lists) or "indicator" in name):
        meant = _nearest(file.name, lists) or (lists[0] if lists else "")
        yield f"{file.name} is not read. " + (
            f"Save a list of indicators as {meant}." if meant else "Add the version that its indicators are of."
        )


def _nearest(text: str, names: list[str]) -> str:
    return find_nearest(text, {name: name for name in names})
