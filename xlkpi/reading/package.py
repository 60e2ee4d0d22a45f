"""The zip file a workbook is: its parts by name, and the limits that keep a hostile one from filling memory."""

from __future__ import annotations

import io
import lzma
import posixpath
import struct
import zipfile
import zlib
from dataclasses import dataclass, field
from urllib.parse import unquote

from xlkpi.reading.markup import BrokenPart, local, tree

PART_LIMIT = 64 << 20
"""Bytes one part may unpack to."""
PACKAGE_LIMIT = 256 << 20
"""Bytes all parts together may unpack to."""
SMALL_PART_LIMIT = 16 << 20
"""Bytes a part may unpack to that is read as a tree."""
RATIO_LIMIT = 400
"""How many times its packed size a part over `RATIO_FROM` bytes may unpack to: rows of formatting reach about 60."""
RATIO_FROM = 4 << 20
MEMBER_LIMIT = 10_000

BAD_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    RuntimeError,  # zipfile: an encrypted member; NotImplementedError, an unknown compression, is one too
    ValueError,  # UnicodeDecodeError of a member's name is one too
    LookupError,
    OverflowError,
    OSError,
)
"""What zipfile raises on bytes that are not a whole zip file."""


class OversizePart(Exception):  # noqa: N818 - says what it is; never leaves this room
    """The file unpacks to more than the limits; the message is the `detail` of an `UnreadableFile`."""


@dataclass(frozen=True)
class Relationship:
    """A pointer from one part to another: `kind` is the last word of its type, `target` a part's whole name."""

    kind: str
    target: str


@dataclass(frozen=True)
class Package:
    """An open workbook file. Part names are compared as the format has it: any case, "/" or "\\" between."""

    archive: zipfile.ZipFile = field(repr=False)
    members: dict[str, zipfile.ZipInfo] = field(repr=False)

    def __contains__(self, part: str) -> bool:
        """Whether there is such a part."""
        return _folded(part) in self.members

    def read(self, part: str, limit: int = PART_LIMIT) -> bytes:
        """A part's bytes, checked against its CRC.

        Raises:
            BrokenPart: there is no such part, or it does not unpack whole.
            OversizePart: it unpacks to more than `limit`.
        """
        info = self.members.get(_folded(part)) or self.members.get(_folded(unquote(part)))
        if info is None:
            raise BrokenPart(f"its part {part} is missing")
        if info.file_size > limit:
            raise OversizePart(f"its part {part} unpacks to {info.file_size >> 20} MB")
        try:
            return self.archive.read(info)
        except BAD_ZIP as problem:
            raise BrokenPart(f"its part {part} does not unpack") from problem

    def relationships(self, part: str) -> dict[str, Relationship]:
        """Where a part points to, by id; "" asks for the package's own. Links out of the file are left out."""
        folder, name = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", name + ".rels")
        found = {}
        for element in tree(self.read(rels, SMALL_PART_LIMIT)):
            facts = {local(key): value for key, value in element.items()}
            if local(element.tag) == "Relationship" and facts.get("TargetMode") != "External":
                target = posixpath.join("/" + folder, facts.get("Target", "").replace("\\", "/"))
                kind = facts.get("Type", "").rpartition("/")[2]
                found[facts.get("Id", "")] = Relationship(kind, posixpath.normpath(target).lstrip("/"))
        return found


def open_package(data: bytes) -> Package:
    """Open a zip file that is in memory.

    Raises:
        BrokenPart: it is not a whole zip file, or two of its parts have one name.
        OversizePart: its parts, one or together, unpack to more than the limits.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except BAD_ZIP as problem:
        raise BrokenPart("it is cut short or only half copied") from problem
    infos = [info for info in archive.infolist() if not info.is_dir()]
    _refuse_oversize(infos)
    members = {_folded(info.filename): info for info in infos}
    if len(members) != len(infos):
        raise BrokenPart("two of its parts have one name")
    return Package(archive, members)


def _refuse_oversize(infos: list[zipfile.ZipInfo]) -> None:
    if len(infos) > MEMBER_LIMIT:
        raise OversizePart(f"it holds {len(infos)} parts")
    total = sum(info.file_size for info in infos)
    if total > PACKAGE_LIMIT:
        raise OversizePart(f"it unpacks to {total >> 20} MB")
    for info in infos:
        if info.file_size > PART_LIMIT:
            raise OversizePart(f"its part {info.filename} unpacks to {info.file_size >> 20} MB")
        if info.file_size > RATIO_FROM and info.file_size > RATIO_LIMIT * info.compress_size:
            times = info.file_size // max(info.compress_size, 1)
            raise OversizePart(f"its part {info.filename} unpacks to {times} times its size")


def _folded(part: str) -> str:
    return part.replace("\\", "/").lstrip("/").casefold()
