"""The zip file a workbook is: its parts by name, and the limits that keep a hostile one from filling memory."""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import unquote

from xlkpi.ooxml.large_sheet import LARGE, without_blank_rows
from xlkpi.ooxml.limits import (
    READ_LIMIT,
    SHEET_PART_LIMIT,
    SMALL_PART_LIMIT,
    refuse_oversize,
    refuse_oversize_part,
)
from xlkpi.ooxml.part_cache import once_per_part, once_per_repeated_part
from xlkpi.ooxml.xml import BrokenPart, local, tree

_LOCAL_HEADER = struct.Struct("<4s2xH18xHH")
_LOCAL_HEADER_SIZE = 30
_LOCAL_SIGNATURE = b"PK\x03\x04"
_ENCRYPTED = 1
_PACKED_PIECE, _UNPACKED_PIECE = 64 << 10, 1 << 20
"""Bytes of a large part that are unpacked at a time, and that come out of it at a time."""

BAD_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    ValueError,  # UnicodeDecodeError of a member's name is one too
    LookupError,
    OverflowError,
    OSError,
)
"""What zipfile raises on bytes that are not a whole zip file."""


@dataclass(frozen=True)
class Relationship:
    """A pointer from one part to another.

    Attributes:
        id: What the part that points calls it.
        type: A URI; its beginning differs between Strict and Transitional files.
        target: The other part's whole name, "xl/worksheets/sheet1.xml"; where it is outside, its address.
        external: Whether it leads out of the file.
    """

    id: str
    type: str
    target: str
    external: bool = False

    @cached_property
    def kind(self) -> str:
        """The last word of its type, the same in Strict and Transitional files; asked for many times per file."""
        return self.type.rpartition("/")[2]


@dataclass(frozen=True)
class Package:
    """An open workbook file. Part names are compared as the format has it: in any case, slash or backslash between."""

    data: bytes = field(repr=False)
    members: dict[str, zipfile.ZipInfo] = field(repr=False)

    def __contains__(self, part: str) -> bool:
        """Whether there is such a part."""
        return part_key(part) in self.members

    @property
    def is_encrypted(self) -> bool:
        """Whether a part is locked by the zip file's own password."""
        return any(info.flag_bits & _ENCRYPTED for info in self.members.values())

    def read(self, part: str, limit: int = READ_LIMIT) -> bytes:
        """A part's bytes, checked against its CRC.

        Raises:
            BrokenPart: there is no such part, or it does not unpack whole.
            OversizePart: it unpacks to more than `limit`.
        """
        info = self._info(part)
        refuse_oversize_part(info, limit)
        try:
            start = _start_of(self.data, info)
            packed = self.data[start : start + info.compress_size]
            content = _unpacked(packed, info.compress_type, info.file_size, info.CRC)
        except BAD_ZIP as problem:
            raise BrokenPart(f"its part {part} does not unpack") from problem
        if content is None:
            raise BrokenPart(f"its part {part} is not as it was written")
        return content

    def read_sheet(self, part: str) -> bytes:
        """A worksheet part's bytes; of a large one, without the rows in which nothing was entered.

        Raises:
            BrokenPart: as above.
            OversizePart: it unpacks to more than a sheet may, or too much is left of it.
        """
        info = self._info(part)
        if info.file_size <= LARGE:
            return self.read(part)
        refuse_oversize_part(info, SHEET_PART_LIMIT)
        try:
            return without_blank_rows(_unpacked_pieces(self.data, info))
        except BAD_ZIP as problem:
            raise BrokenPart(f"its part {part} does not unpack") from problem

    def _info(self, part: str) -> zipfile.ZipInfo:
        info = self.members.get(part_key(part)) or self.members.get(part_key(unquote(part)))
        if info is None:
            raise BrokenPart(f"its part {part} is missing")
        return info

    def relationships(self, part: str) -> Mapping[str, Relationship]:
        """Where a part points to, by id; "" asks for the package's own. Links out of the file are left out."""
        return read_relationships(self.read(relationships_part(part), SMALL_PART_LIMIT), posixpath.dirname(part))


def relationships_part(part: str) -> str:
    """Name the part that lists where a part points to; "" asks for the package's own list."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


@once_per_part
def read_relationships(data: bytes, folder: str) -> Mapping[str, Relationship]:
    """Read the internal relationships of a part in this folder, by id; once for many files of one template."""
    return {relation.id: relation for relation in read_all_relationships(data, folder) if not relation.external}


@once_per_part
def read_all_relationships(data: bytes, folder: str) -> tuple[Relationship, ...]:
    """Read all relationships of a part in this folder, those out of the file too."""
    relations = []
    for element in tree(data):
        facts = element.attrib
        if local(element.tag) == "Relationship":
            external, target = facts.get("TargetMode") == "External", facts.get("Target", "")
            whole = target if external else _whole_name(folder, target)
            relations.append(Relationship(facts.get("Id", ""), facts.get("Type", ""), whole, external))
    return tuple(relations)


def open_package(data: bytes, refuse: Callable[[Sequence[zipfile.ZipInfo]], None] = refuse_oversize) -> Package:
    """Open a zip file that is in memory; ``refuse`` judges its size by its directory.

    Raises:
        BrokenPart: it is not a whole zip file, or two of its parts have one name.
        OversizePart: its parts, one or together, unpack to more than the limits.
    """
    try:
        infos = [info for info in zipfile.ZipFile(io.BytesIO(data)).infolist() if not info.is_dir()]
    except BAD_ZIP as problem:
        raise BrokenPart("it is cut short or only half copied") from problem
    refuse(infos)
    if any(info.header_offset < 0 for info in infos):
        raise BrokenPart("its list of parts does not say where they are")
    members = {part_key(info.filename): info for info in infos}
    if len(members) != len(infos):
        raise BrokenPart("two of its parts have one name")
    return Package(data, members)


@once_per_repeated_part(lambda content: len(content or b""))
def _unpacked(packed: bytes, method: int, size: int, crc: int) -> bytes | None:
    """A member's bytes, None where they are not as they were written; those that files share are unpacked once.

    zipfile's own reader costs as much again in calls for parts as small as these. Never unpacks more than one byte
    over the size the directory states, which has been judged.
    """
    stored = method == zipfile.ZIP_STORED
    content = packed if stored else zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, size + 1)
    return content if len(content) == size and zlib.crc32(content) == crc else None


def _unpacked_pieces(data: bytes, info: zipfile.ZipInfo) -> Iterator[bytes]:
    """A large member's bytes piece by piece; BrokenPart at the end where they are not as they were written."""
    start = _start_of(data, info)
    stored = info.compress_type == zipfile.ZIP_STORED
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    size = check = 0
    for at in range(start, start + info.compress_size, _PACKED_PIECE):
        packed = data[at : min(at + _PACKED_PIECE, start + info.compress_size)]
        while packed and not unpacker.eof:
            piece = packed if stored else unpacker.decompress(packed, _UNPACKED_PIECE)
            packed = b"" if stored else unpacker.unconsumed_tail
            size += len(piece)
            check = zlib.crc32(piece, check)
            if size > info.file_size:
                raise BrokenPart(f"its part {info.filename} is not as it was written")
            yield piece
    if size != info.file_size or check != info.CRC:
        raise BrokenPart(f"its part {info.filename} is not as it was written")


def _start_of(data: bytes, info: zipfile.ZipInfo) -> int:
    """Where a member's packed bytes begin. Raises ValueError where they are packed in a way we do not read."""
    signature, flags, name_size, extra_size = _LOCAL_HEADER.unpack_from(data, info.header_offset)
    if signature != _LOCAL_SIGNATURE or flags & _ENCRYPTED:
        raise ValueError(info.filename)
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise ValueError(info.filename)
    return info.header_offset + _LOCAL_HEADER_SIZE + int(name_size) + int(extra_size)


def _whole_name(folder: str, target: str) -> str:
    """A relationship's target as a part's name, "xl/worksheets/sheet1.xml"."""
    target = posixpath.join("/", folder, target.replace("\\", "/"))
    return (posixpath.normpath(target) if "." in target.rpartition("/")[0] else target).lstrip("/")


def part_key(part: str) -> str:
    """Fold a part's name, so that names compare as the format has it: in any case, with either slash."""
    return part.replace("\\", "/").lstrip("/").casefold()
