"""Bring the directory of a compound file to what [MS-CFB] asks (version 3: sectors of 512 bytes).

pyOpenVBA links the entries into an ordered tree, but leaves their colours as they were in its empty project, where they
no longer suit the tree, and writes two fields in another way than Windows does. Readers that keep the rules of a
red-black tree may refuse such a file, so each entry is written again as the specification has it.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

SECTOR = 512
ENTRY = 128
FIRST_DIRECTORY_SECTOR = 48
NUMBER_OF_TABLES = 44
TABLES = 76
IN_HEADER = 109
"""How many sectors of the allocation table the header itself can list; a project never needs more."""
KIND, COLOUR, START = 66, 67, 116
UNUSED, STORAGE = 0, 1
BLACK = 1
END_OF_CHAIN = 0xFFFFFFFE
UNUSED_ENTRY = bytes(68) + b"\xff" * 12 + bytes(48)
"""No name, no kind, no neighbours: every other field is zero ([MS-CFB] 2.6.3)."""


def write_directory_as_specified(data: bytes) -> bytes:
    """Give the same file with every directory entry as [MS-CFB] 2.6 has it.

    Every entry is black, which is a red-black tree whatever its shape (2.6.4); a storage has no start sector (2.6.1);
    an unused entry is empty (2.6.3).
    """
    content = bytearray(data)
    for at in _directory_entries(data):
        kind = content[at + KIND]
        if kind == UNUSED:
            content[at : at + ENTRY] = UNUSED_ENTRY
            continue
        content[at + COLOUR] = BLACK
        if kind == STORAGE:
            struct.pack_into("<I", content, at + START, 0)
    return bytes(content)


def _directory_entries(data: bytes) -> Iterator[int]:
    """List where each entry of the directory begins, along the chain of its sectors."""
    table = _allocation_table(data)
    (sector,) = struct.unpack_from("<I", data, FIRST_DIRECTORY_SECTOR)
    while sector != END_OF_CHAIN:
        start = (sector + 1) * SECTOR  # the header takes the place of the first
        yield from range(start, start + SECTOR, ENTRY)
        sector = table[sector]


def _allocation_table(data: bytes) -> list[int]:
    (count,) = struct.unpack_from("<I", data, NUMBER_OF_TABLES)
    sectors = struct.unpack_from(f"<{IN_HEADER}I", data, TABLES)[:count]
    return [number for at in sectors for number in struct.unpack_from(f"<{SECTOR // 4}I", data, (at + 1) * SECTOR)]
