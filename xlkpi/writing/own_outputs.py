"""What we may write over: only files that we wrote ourselves and that nobody has changed since.

The sha256 of every output is recorded before the output is written. A file whose content is in the record may be
replaced; any other file of the same name belongs to somebody: it is left as it is. Where the record is lost or cannot
be written, fewer files are recognised and more are left alone; no file is ever lost by it.
"""

from __future__ import annotations

import hashlib
import itertools
import os
import unicodedata
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from xlkpi.errors import UnreadableFile, UnwritableFile
from xlkpi.ooxml.plain_file import size_of_plain
from xlkpi.problem_log import NEVER_WAIT, data_folder
from xlkpi.writing.files import refuse_path, write_whole

RECORD, RECORD_VARIABLE = "outputs.txt", "XLKPI_OUTPUTS"
MOST_RECORDED = 50_000
"""Outputs that are remembered, the latest ones; three years of a county's returns, feedback and masters."""
MOST_NUMBERED = 999
LARGEST_OUTPUT = 1 << 30
_DIGEST_LENGTH = 64
_LINE = _DIGEST_LENGTH + 1

FOREIGN = "a file of that name exists that xlkpi did not write, or that has changed since"
NAME_ANOTHER = "Name another file, or use --overwrite to replace it."


def record_path() -> Path:
    """Return where outputs are recorded: the file that XLKPI_OUTPUTS names, else in the user's own data folder."""
    return Path(os.environ.get(RECORD_VARIABLE) or data_folder(os.environ) / RECORD)


def write_own(path: Path, data: bytes) -> None:
    """Record an output and write it whole or not at all, whatever is there. Raises UnwritableFile."""
    _record(hashlib.sha256(data).hexdigest())
    write_whole(path, data)


def numbered_names(path: Path) -> Iterator[Path]:
    """Yield the path itself, then ``name (2).xlsx`` and so on."""
    yield path
    for number in range(2, MOST_NUMBERED + 1):
        yield path.with_name(f"{path.stem} ({number}){path.suffix}")


def fold_path(path: Path) -> str:
    """Give what two paths share where they are one file on some system: whatever the case and the composition."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", str(path.resolve())).casefold())


@dataclass(frozen=True)
class KeptFile:
    """A file that was left as it is, and the file that was written next to it."""

    kept: Path
    written: Path


@dataclass
class OutputWriter:
    """Writes the outputs of one run, none over a file of somebody else's unless ``overwrite`` allows it.

    ``kept`` lists the files that were left alone, each with what was written next to it.
    """

    overwrite: bool = False
    kept: list[KeptFile] = field(default_factory=list)
    _written: set[str] = field(default_factory=set)

    @cached_property
    def _known(self) -> frozenset[str]:
        return _recorded()

    def write(self, path: Path, data: bytes, avoid: Collection[Path] = ()) -> Path:
        """Write an output under its name, or under a numbered one where somebody else's file has that name.

        ``avoid`` are resolved paths that are never written to. Names that differ only in case or composition are
        one file on Windows and a Mac, so the second of a run gets a number. Returns where it was written.

        Raises UnwritableFile.
        """
        refuse_path(path)
        digest = hashlib.sha256(data).hexdigest()
        taken = {fold_path(other) for other in avoid} | self._written
        free = (name for name in numbered_names(path) if fold_path(name) not in taken and self._is_free(name, digest))
        target = next(free, None)
        if target is None:
            raise UnwritableFile(path, FOREIGN, NAME_ANOTHER)
        write_own(target, data)
        self._written.add(fold_path(target))
        if target != path and fold_path(path) not in taken:
            self.kept.append(KeptFile(path, target))
        return target

    def refuse_foreign(self, path: Path, is_ours: Callable[[Path], bool] = lambda _: False) -> None:
        """Raise UnwritableFile where writing would replace a file that we did not write.

        ``is_ours`` recognises an output by its content, for those that people may have changed.
        """
        refuse_path(path)
        if not self._is_free(path) and not is_ours(path):
            raise UnwritableFile(path, FOREIGN, NAME_ANOTHER)

    def _is_free(self, path: Path, new: str = "") -> bool:
        if self.overwrite or path.is_dir() or not os.path.lexists(path):
            return True  # writing to a folder's name fails with a message of its own
        digest = _digest(path)
        return bool(digest) and (digest == new or digest in self._known)


def _digest(path: Path) -> str:
    """Return the sha256 of a file; empty where it cannot be read, or is larger than anything that we write."""
    with suppress(OSError):
        if path.is_file() and path.stat().st_size <= LARGEST_OUTPUT:
            with path.open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
    return ""


def _recorded() -> frozenset[str]:
    """Return the digests on record, the latest `MOST_RECORDED`; none where there is no record."""
    with suppress(OSError, UnreadableFile):
        path = record_path()
        size_of_plain(path)
        with path.open("rb") as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0, size - MOST_RECORDED * _LINE))
            lines = file.read(MOST_RECORDED * _LINE).decode("ascii", "replace").split("\n")
        if size > 2 * MOST_RECORDED * _LINE:
            _shorten(path, lines)
        return frozenset(line for line in lines if len(line) == _DIGEST_LENGTH)
    return frozenset()


def _record(digest: str) -> None:
    """Add a digest to the record, in one write, so that runs at the same time do not disturb each other."""
    with suppress(OSError):
        path = record_path()
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _append(path, f"{digest}\n")


def _append(path: Path, text: str) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | NEVER_WAIT, 0o600), "ab") as file:
        file.write(text.encode())


def _shorten(path: Path, lines: list[str]) -> None:
    """Keep the latest lines only. What another run adds meanwhile may be lost: its output is then left alone."""
    temporary = path.with_name(f"{path.name}-{os.getpid()}-{next(_NUMBERS)}")
    try:
        _append(temporary, "\n".join(lines[1:]))
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


_NUMBERS = itertools.count()
