"""The source texts in a macro project (vbaProject.bin), read as bytes and never run: [MS-CFB], [MS-OVBA] 2.4.1."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END = 0xFFFFFFF0
"""Sector numbers from here on mean the end, or no sector."""
_MINI_SECTOR = 64
_ENTRY = 128
_LONGEST_SOURCE, _MOST_STREAMS = 1 << 20, 500
"""Bytes that all sources of a project may have together, and streams: ours has 60 KB in some ten."""
_SOURCE = re.compile(rb"\x00Attribut")
"""How every compressed source begins: eight letters as they are."""
NOT_SOURCES = re.compile(r"dir|project|projectwm|_vba_project|__srp_[0-9a-f]+")


class UnknownProject(Exception):
    """The project is not built as such projects are."""


def read_sources(project: bytes) -> Iterator[str]:
    """Give the source text of every module.

    Raises:
        UnknownProject: it is damaged, or has a stream that is neither a module nor one of the project's own.
    """
    size = 0
    try:
        for number, (name, stream) in enumerate(_streams(project)):
            if number == _MOST_STREAMS or size > _LONGEST_SOURCE:
                raise UnknownProject("too large")
            if NOT_SOURCES.fullmatch(name.lower()):
                continue
            begins = _SOURCE.search(stream)
            if begins is None or begins.start() < 3:
                raise UnknownProject(name)
            source = decompress(stream[begins.start() - 3 :])
            size += len(source)
            yield source.decode("cp1252", "replace")
    except (struct.error, IndexError, ValueError) as problem:
        raise UnknownProject("damaged") from problem


def decompress(container: bytes) -> bytes:
    """Unpack a compressed container, chunk by chunk."""
    if container[:1] != b"\x01":
        raise UnknownProject("not compressed")
    out = bytearray()
    at = 1
    while at + 2 <= len(container) and len(out) < _LONGEST_SOURCE:
        (header,) = struct.unpack_from("<H", container, at)
        if header >> 12 & 7 != 3:
            break
        end = min(at + (header & 0xFFF) + 3, len(container))
        out += _chunk(container[at + 2 : end]) if header & 0x8000 else container[at + 2 : end]
        at = end
    return bytes(out)


def _chunk(data: bytes) -> bytes:
    out = bytearray()
    at = 0
    while at < len(data):
        flags = data[at]
        at += 1
        for bit in range(8):
            if at >= len(data):
                break
            if flags >> bit & 1:
                (token,) = struct.unpack_from("<H", data, at)
                at += 2
                bits = max((len(out) - 1).bit_length(), 4)
                offset, length = (token >> 16 - bits) + 1, (token & (0xFFFF >> bits)) + 3
                if offset > len(out):
                    raise UnknownProject("damaged")
                for _ in range(length):
                    out.append(out[-offset])
            else:
                out.append(data[at])
                at += 1
    return bytes(out)


def _streams(file: bytes) -> Iterator[tuple[str, bytes]]:
    """Name and content of every stream of the compound file."""
    if not file.startswith(_SIGNATURE):
        raise UnknownProject("not a compound file")
    (shift,) = struct.unpack_from("<H", file, 30)
    if shift not in (9, 12):
        raise UnknownProject("damaged")
    size = 1 << shift
    first_entry, cutoff, mini_table = (struct.unpack_from("<I", file, at)[0] for at in (48, 56, 60))
    table = _table(
        b"".join(_sector(file, number, size) for number in struct.unpack_from("<109I", file, 76) if number < _END)
    )
    directory = _chain(file, table, first_entry, size)
    mini = _table(_chain(file, table, mini_table, size))
    entries = [directory[at : at + _ENTRY] for at in range(0, len(directory) - _ENTRY + 1, _ENTRY)]
    start, length = _place(entries[0])
    small = _chain(file, table, start, size)[:length]
    for entry in entries[1:]:
        if entry[66] == 2:
            start, length = _place(entry)
            inside = length < cutoff
            whole = _chain(small, mini, start, _MINI_SECTOR, 0) if inside else _chain(file, table, start, size)
            name_size = struct.unpack_from("<H", entry, 64)[0]
            yield entry[: max(name_size - 2, 0)].decode("utf-16-le", "replace"), whole[:length]


def _place(entry: bytes) -> tuple[int, int]:
    start, length = struct.unpack_from("<II", entry, 116)
    return start, length


def _table(data: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])


def _sector(file: bytes, number: int, size: int, first: int = 1) -> bytes:
    return file[(number + first) * size : (number + first + 1) * size]


def _chain(file: bytes, table: tuple[int, ...], start: int, size: int, first: int = 1) -> bytes:
    """Join the sectors of a chain, which must not be longer than the table."""
    sectors: list[bytes] = []
    number = start
    while number < _END:
        if len(sectors) > len(table):
            raise UnknownProject("damaged")
        sectors.append(_sector(file, number, size, first))
        number = table[number]
    return b"".join(sectors)
