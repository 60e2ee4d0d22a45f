"""Files of an inbox wherever it is, a folder of this machine or a place that fsspec can open, also those in emails."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from xlkpi.consolidation.email_names import is_email_name
from xlkpi.consolidation.inbox import find_files, name_within
from xlkpi.errors import MissingPart, Unreadable, UnreadableFile
from xlkpi.ooxml.limits import FILE_LIMIT
from xlkpi.ooxml.plain_file import read_plain
from xlkpi.writing.file_names import is_remote

if TYPE_CHECKING:
    from xlkpi.consolidation.email_attachments import Attachment

ReadEmail = Callable[[str], "tuple[Attachment, ...]"]


@dataclass(frozen=True)
class FileSource:
    """A file found: its path from the inbox with ``/`` on every system, and where any process can open it.

    A file attached to an email has a path in the email, as if that were a folder: ``place`` is the email,
    ``attachment`` its number there from 1, and ``sha256`` and ``received_at`` are known from the start.
    """

    name: str
    place: str
    attachment: int = 0
    sha256: str = ""
    received_at: datetime | None = None

    @property
    def is_remote(self) -> bool:
        """Tell whether fsspec opens it."""
        return is_remote(self.place)

    @property
    def shown(self) -> str:
        """Give the path or address that messages show."""
        return f"{self.place}/{PurePosixPath(self.name).name}" if self.attachment else self.place


def find_sources(folder: Path | str, *, leave_out: Collection[Path] = ()) -> tuple[FileSource, ...]:
    """Find every file under a folder or address, sub-folders included, in the order of their names.

    ``leave_out`` are files of our own in the folder. Raises UnreadableFile where there is no such folder,
    or its address cannot be reached.
    """
    if is_remote(folder):
        sources = sorted(_listed(str(folder)), key=lambda source: PurePosixPath(source.name).parts)
    else:
        folder = Path(folder)
        paths = find_files(folder, leave_out=leave_out)
        sources = [FileSource(name_within(path, folder), str(path)) for path in paths]
    return tuple(source for each in sources for source in take_apart(each))


def take_apart(source: FileSource) -> tuple[FileSource, ...]:
    """Return the files attached to an email instead of the email; anything else, and an email without any, as it is."""
    attachments: tuple[Attachment, ...] = ()
    if is_email_name(source.name):
        with suppress(UnreadableFile):  # whoever reads it will say so
            attachments = read_email(source.place)
    parts = (
        FileSource(f"{source.name}/{attached.name}", source.place, number, attached.sha256, attached.received_at)
        for number, attached in enumerate(attachments, start=1)
    )
    return tuple(parts) or (source,)


def read_email(place: str) -> tuple[Attachment, ...]:
    """Return the files attached to an email, from this machine or from its address. Raises UnreadableFile."""
    from xlkpi.consolidation.email_attachments import read_attachments  # noqa: PLC0415 - the library of emails, for an email alone

    return read_attachments(fetch(place))


def read_source(source: FileSource, read_email: ReadEmail = read_email) -> bytes:
    """Return the bytes of a file, wherever it is; ``read_email`` may remember the email it is attached to.

    Raises UnreadableFile where it cannot be read or is too large.
    """
    return read_email(source.place)[source.attachment - 1].data if source.attachment else fetch(source.place)


def fetch(place: str) -> bytes:
    """Return the bytes of a file, from this machine or from its address.

    Raises UnreadableFile where it cannot be read or is too large.
    """
    if not is_remote(place):
        return read_plain(Path(place), FILE_LIMIT)
    try:
        with _fsspec().open(place, "rb") as file:
            data: bytes = file.read(FILE_LIMIT + 1)
    except MissingPart:
        raise
    except Exception as problem:  # every kind of store has exceptions of its own
        raise _refused(place, problem) from problem
    if len(data) > FILE_LIMIT:
        raise UnreadableFile(place, Unreadable.TOO_LARGE, f"it has over {FILE_LIMIT >> 20} MB")
    return data


def _listed(address: str) -> Iterator[FileSource]:
    try:
        store, root = _fsspec().core.url_to_fs(address)
        listed = store.find(root) if store.exists(root) else None
    except MissingPart:
        raise
    except Exception as problem:  # as above
        raise _refused(address, problem) from problem
    if listed is None:
        raise UnreadableFile(address, Unreadable.MISSING)
    above = f"{root.rstrip('/')}/"
    for path in listed:
        name = path.removeprefix(above) if path.startswith(above) else PurePosixPath(path).name
        yield FileSource(name, store.unstrip_protocol(path))


def _refused(place: str, problem: Exception) -> UnreadableFile:
    if isinstance(problem, FileNotFoundError):
        return UnreadableFile(place, Unreadable.MISSING)
    detail = getattr(problem, "strerror", None) or str(problem) or type(problem).__name__
    return UnreadableFile(place, Unreadable.PERMISSION, detail.splitlines()[0][:120].lower())


def _fsspec() -> Any:
    """Import the library, which ships no types and may not be installed."""
    try:
        import fsspec  # noqa: PLC0415 - only inboxes at an address need it
    except ImportError as problem:
        raise MissingPart("An inbox at an address", "cluster") from problem
    return fsspec
