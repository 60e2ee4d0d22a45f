"""``xlkpi new``: a contract folder with its settings, its lists and its sub-folders."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from xlkpi.catalogue.load import load_terms
from xlkpi.core.contract_places import CATALOGUE, is_contract_root
from xlkpi.council.catalogue_folder import load_catalogue_folder
from xlkpi.council.contract_files import SUB_FOLDERS, make_first_files
from xlkpi.council.contract_folder import ContractFolder
from xlkpi.council.list_files import files_within
from xlkpi.errors import Unreadable, UnreadableFile, UnwritableFile
from xlkpi.ooxml.plain_file import read_plain
from xlkpi.reading.returns.seal_key import find_or_make_key
from xlkpi.writing.files import room_for, write_whole

NAME_ANOTHER = "Name a folder that is new or empty."


def make_contract_folder(folder: Path | str, *, catalogue: Path | str | None = None) -> ContractFolder:
    """Make a contract folder, and the Council's key where this PC has none.

    ``catalogue`` is a folder with another contract's indicators, which is copied into it. Nothing that exists is
    changed: a folder with other files in it is refused. One that a run which was stopped has begun is completed.
    Raises UnwritableFile, UnreadableFile where there is no such catalogue, SettingsError where it has faults.
    """
    root = Path(folder).absolute()
    room_for(root)
    # A fault in the catalogue would reach every provider, so it is loaded before anything is written.
    terms = load_catalogue_folder(Path(catalogue)) if catalogue else load_terms()
    first = make_first_files(root.name, terms)
    if is_contract_root(root) and not _has_only(root, first):
        raise UnwritableFile(root, "it is a contract folder already", NAME_ANOTHER)
    files = {**first, **_catalogue_files(catalogue)}
    if not _has_only(root, files):
        raise UnwritableFile(root, "it has files in it", NAME_ANOTHER)
    try:
        for name in SUB_FOLDERS:
            (root / name).mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise UnwritableFile(root, problem.strerror or str(problem)) from problem
    for name, data in files.items():
        write_whole(root / name, data)
    find_or_make_key()
    return ContractFolder(root)


def _catalogue_files(catalogue: Path | str | None) -> Mapping[str, bytes]:
    """Read the files of a catalogue by their names in the contract folder."""
    if catalogue is None:
        return {}
    folder = Path(catalogue)
    files = {f"{CATALOGUE}/{file.relative_to(folder).as_posix()}": read_plain(file) for file in files_within(folder)}
    if not files:
        raise UnreadableFile(folder, Unreadable.EMPTY_FOLDER)
    return files


def _has_only(root: Path, files: Mapping[str, bytes]) -> bool:
    """Tell whether everything in a folder is what would be written there now."""
    return all(
        files.get(file.relative_to(root).as_posix()) == file.read_bytes() for file in root.rglob("*") if file.is_file()
    )
