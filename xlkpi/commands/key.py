"""``xlkpi key``: where the Council's key is, and how it gets to a colleague's PC."""

from __future__ import annotations

from pathlib import Path

from xlkpi.errors import UnwritableFile
from xlkpi.reading.returns.seal_key import key_path, others_can_read, read_key, seals_are_off, write_key

OFF = "Seals are off, because XLKPI_KEY is “off”. Returns are built without a seal, and none is checked."
NONE_YET = "This PC has no key yet: {path} does not exist."
MAKE_ONE = "The first xlkpi build makes one. If a colleague has built returns already, use the colleague's key instead."
FOUND = "The Council's key is in {path}"
WHAT_FOR = (
    "It seals the returns that you build. A return that somebody relabelled or forged has no such seal, and is queried."
)
HOW_TO_MOVE = (
    "On a colleague's PC: copy the file there, and run: xlkpi key --import FILE",
    "To write a copy of the key: xlkpi key --export FILE. Delete the copy afterwards, and never send it to a provider.",
)
WITHOUT = (
    "Without the key, seals cannot be checked on that PC. If it is lost, the next build makes a new one,"
    " and every return built with the old key is queried."
)
NOT_PRIVATE = "Other users of this PC can read the key. Run: chmod 600 “{path}”"


def describe_key() -> tuple[str, ...]:
    """Say where the key is, how to move it and what happens without it. Raises UnreadableFile for a damaged one."""
    if seals_are_off():
        return (OFF,)
    path = key_path()
    if not path.exists():
        return NONE_YET.format(path=path), MAKE_ONE, WHAT_FOR, HOW_TO_MOVE[0], WITHOUT
    read_key(path)
    warning = (NOT_PRIVATE.format(path=path),) if others_can_read(path) else ()
    return FOUND.format(path=path), *warning, WHAT_FOR, *HOW_TO_MOVE, WITHOUT


def import_key(source: Path) -> Path:
    """Use a colleague's key on this PC from now on; return where it is kept.

    Raises UnreadableFile where the file is not a key, UnwritableFile where this PC already has another key.
    """
    key, path = read_key(source), key_path()
    try:
        write_key(path, key)
    except FileExistsError:
        if read_key(path) != key:
            remedy = "If no return of yours was built with it, rename it and import again."
            raise UnwritableFile(path, "this PC already has another key", remedy) from None
    return path


def export_key(target: Path) -> Path:
    """Write a copy of this PC's key; return where it is. Raises UnreadableFile and UnwritableFile."""
    key = read_key(key_path())
    try:
        write_key(target, key)
    except FileExistsError:
        raise UnwritableFile(target, "a file of this name exists", "Name another file.") from None
    return target
