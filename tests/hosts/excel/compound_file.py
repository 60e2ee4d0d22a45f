"""A compound file read by rules of its own, strict where readers are lenient: [MS-CFB] for version 3.

Shares no code with the builder. A directory tree in the wrong order, say, is passed over by olefile and refused by
Windows. `CompoundFile(data).broken` lists every rule that the file breaks; a project made by Excel breaks none.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

FREE, END, TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
NO_ENTRY = FREE
SIGNATURE = bytes.fromhex("d0cf11e0a1b11ae1")
SECTOR, SMALL_SECTOR, CUTOFF = 512, 64, 4096
UNUSED, STORAGE, STREAM, ROOT = 0, 1, 2, 5
RED = 0
UNUSED_ENTRY = bytes(68) + b"\xff" * 12 + bytes(48)


@dataclass(frozen=True)
class Entry:
    """One entry of the directory."""

    raw: bytes
    name: str
    kind: int
    colour: int
    left: int
    right: int
    child: int
    start: int
    size: int

    @property
    def order(self) -> tuple[int, str]:
        """Shorter names come first, then by capital letters."""
        return len(self.name), self.name.upper()


def entry_of(raw: bytes) -> Entry:
    """The fields of 128 bytes."""
    length, kind, colour, left, right, child = struct.unpack_from("<HBB3I", raw, 64)
    start, size = struct.unpack_from("<IQ", raw, 116)
    name = raw[: max(length - 2, 0)].decode("utf-16-le", "replace")
    return Entry(raw, name, kind, colour, left, right, child, start, size)


class CompoundFile:
    """Its streams by path, and every rule it breaks."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.broken: list[str] = []
        self.streams: dict[str, bytes] = {}
        self.owners: dict[int, str] = {}  # of each sector
        self.small_owners: dict[int, str] = {}
        self._read_header()
        self._read_tables()
        self._read_entries()
        self._walk(self.entries[0].child, "", (None, None), parent_is_red=False, top=True)
        self._judge_leftovers()

    def must(self, holds: object, rule: str) -> None:
        """Note a rule that does not hold."""
        if not holds:
            self.broken.append(rule)

    def _read_header(self) -> None:
        minor, major, order, shift, small_shift = struct.unpack_from("<5H", self.data, 24)
        head = struct.unpack_from("<9I", self.data, 40)
        self.must(self.data[:8] == SIGNATURE, "header: signature")
        self.must(self.data[8:24] == bytes(16), "header: class id")
        self.must(self.data[34:40] == bytes(6), "header: reserved bytes")
        self.must((major, order) == (3, 0xFFFE), "header: version and byte order")
        self.must(minor == 0x3E, "header: minor version")
        self.must((1 << shift, 1 << small_shift) == (SECTOR, SMALL_SECTOR), "header: sizes of sectors")
        self.must((head[0], head[3], head[4]) == (0, 0, CUTOFF), "header: numbers that version 3 fixes")
        self.must(head[7:] == (END, 0), "header: more tables than it lists")
        self.must(len(self.data) % SECTOR == 0, "whole sectors")
        self.table_count, self.directory, self.small_start, self.small_count = head[1], head[2], head[5], head[6]
        self.count = len(self.data) // SECTOR - 1

    def _read_tables(self) -> None:
        tables = [number for number in struct.unpack_from("<109I", self.data, 76) if number != FREE]
        self.must(len(tables) == self.table_count, "header: number of tables")
        self.table = [number for at in tables for number in struct.unpack("<128I", self.sector(at))]
        self.must(all(self.table[at] == TABLE for at in tables), "the table's own sectors are marked")
        self.owners.update(dict.fromkeys(tables, "table"))
        small = self.chain(self.small_start, self.table, self.owners, "small table") if self.small_count else []
        self.must(len(small) == self.small_count, "header: number of small tables")
        self.small_table = [number for at in small for number in struct.unpack("<128I", self.sector(at))]

    def _read_entries(self) -> None:
        raw = b"".join(map(self.sector, self.chain(self.directory, self.table, self.owners, "directory")))
        self.entries = [entry_of(raw[at : at + 128]) for at in range(0, len(raw), 128)]
        root = self.entries[0]
        self.must(root.kind == ROOT, "root entry")
        self.must(root.size % SMALL_SECTOR == 0, "root entry: size of the small sectors")
        places = self.chain(root.start, self.table, self.owners, "small sectors")
        self.must(len(places) == -(-root.size // SECTOR), "root entry: length of its chain")
        self.small = b"".join(map(self.sector, places))
        self.small_total = root.size // SMALL_SECTOR
        for number, entry in enumerate(self.entries):
            self._judge_entry(number, entry)

    def sector(self, number: int) -> bytes:
        """The bytes of a sector."""
        return self.data[(number + 1) * SECTOR : (number + 2) * SECTOR]

    def chain(self, at: int, table: list[int], owners: dict[int, str], owner: str) -> list[int]:
        """The sectors of a chain, each of which has one owner."""
        places: list[int] = []
        while at != END:
            if at >= len(table) or at in owners:
                self.must(False, f"chain of {owner} at {at:#x}: {owners.get(at, 'outside the file')}")
                break
            owners[at] = owner
            places.append(at)
            at = table[at]
        return places

    def _judge_entry(self, number: int, entry: Entry) -> None:
        label = entry.name or f"entry {number}"
        if entry.kind == UNUSED:
            self.must(entry.raw == UNUSED_ENTRY, f"unused {label} is empty")
            return
        identity, state, times = entry.raw[80:96], entry.raw[96:100], entry.raw[100:116]
        self.must(entry.kind in (STORAGE, STREAM) or number == 0, f"kind of {label}")
        self.must(not entry.raw[2 * len(entry.name) : 64].strip(b"\0"), f"name of {label} is padded with zeros")
        self.must(entry.size < 1 << 31, f"size of {label}")
        if entry.kind == STORAGE:
            self.must((entry.start, entry.size) == (0, 0), f"storage {label} has no start and no size")
        if entry.kind == STREAM:
            self.must(entry.child == NO_ENTRY, f"stream {label} has no child")
            self.must(not (identity + state + times).strip(b"\0"), f"stream {label} has no class and no times")
        if entry.kind == ROOT:
            self.must(times[:8] == bytes(8), "the root has no time of creation")

    def _walk(self, number: int, path: str, bounds: tuple[object, object], *, parent_is_red: bool, top: bool) -> None:
        """A subtree: names in order, no two red entries in a row, a black one at the top."""
        if number == NO_ENTRY:
            return
        entry, (low, high), red = self.entries[number], bounds, self.entries[number].colour == RED
        key = entry.order
        self.must((low is None or low < key) and (high is None or key < high), f"order of names at {entry.name}")
        self.must(not (red and parent_is_red), f"two red entries in a row at {entry.name}")
        self.must(not (red and top), f"a red entry at the top: {entry.name}")
        whole = f"{path}/{entry.name}" if path else entry.name
        if entry.kind == STORAGE:
            self._walk(entry.child, whole, (None, None), parent_is_red=False, top=True)
        else:
            self.streams[whole] = self._stream(entry, whole)
        self._walk(entry.left, path, (low, key), parent_is_red=red, top=False)
        self._walk(entry.right, path, (key, high), parent_is_red=red, top=False)

    def _stream(self, entry: Entry, path: str) -> bytes:
        if not entry.size:
            self.must(entry.start == END, f"empty stream {path} has no start")
            return b""
        if entry.size >= CUTOFF:
            places, width = self.chain(entry.start, self.table, self.owners, path), SECTOR
            content = b"".join(map(self.sector, places))
        else:
            places, width = self.chain(entry.start, self.small_table, self.small_owners, path), SMALL_SECTOR
            content = b"".join(self.small[at * 64 : at * 64 + 64] for at in places)
        self.must(len(places) == -(-entry.size // width), f"length of the chain of {path}")
        return content[: entry.size]

    def _judge_leftovers(self) -> None:
        for at, number in enumerate(self.table):
            self.must(at in self.owners or number == FREE, f"sector {at} belongs to nobody")
            self.must(at < self.count or number == FREE, f"sector {at} is past the end")
        for at, number in enumerate(self.small_table):
            used = at in self.small_owners
            self.must(used or number == FREE, f"small sector {at} belongs to nobody")
            self.must(not used or at < self.small_total, f"small sector {at} is past the end")
