"""A project file (vbaProject.bin) read by rules of its own, strict where readers are lenient: [MS-CFB] and [MS-OVBA].

Shares no code with the builder. A directory tree in the wrong order, say, is passed over by olefile and refused by
Windows.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass, field

from oletools.olevba import decompress_stream

FREE, END, NONE, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
SIGNATURE = bytes.fromhex("d0cf11e0a1b11ae1")
VERSION_RECORD = 0x09


@dataclass
class Project:
    """What was found: streams by path, modules in order, source by module, and everything that breaks a rule."""

    streams: dict[str, bytes] = field(default_factory=dict)
    modules: dict[str, dict[str, object]] = field(default_factory=dict)
    facts: dict[int, bytes] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    declared: dict[str, str] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)


def read_project(data: bytes) -> Project:
    """Read and judge a project file."""
    project = Project()
    Compound(data, project).read()
    listing = decompress_stream(bytearray(project.streams["VBA/dir"]))
    _read_dir(bytes(listing), project)
    _read_declarations(project)
    _read_sources(project)
    return project


class Compound:
    """The compound file around a project."""

    def __init__(self, data: bytes, project: Project) -> None:
        self.data, self.project = data, project
        shift, mini_shift = struct.unpack_from("<2H", data, 30)
        self.size, self.mini_size = 1 << shift, 1 << mini_shift
        head = struct.unpack_from("<9I", data, 40)
        self.directory, self.cutoff, self.mini_start, self.mini_count = head[2], head[4], head[5], head[6]

    def must(self, holds: object, rule: str) -> None:
        if not holds:
            self.project.broken.append(rule)

    def read(self) -> None:
        self.must(self.data[:8] == SIGNATURE, "signature")
        self.must(len(self.data) % self.size == 0, "whole sectors")
        self.must(self.cutoff == 4096 and self.mini_size == 64, "sizes of small streams")
        tables = [n for n in struct.unpack_from("<109I", self.data, 76) if n != FREE]
        self.fat = [n for at in tables for n in struct.unpack(f"<{self.size // 4}I", self.sector(at))]
        self.must(all(self.fat[at] == FAT for at in tables), "the table's own sectors are marked")
        count = len(self.data) // self.size - 1
        self.must(all(n == FREE for n in self.fat[count:]), "nothing is claimed past the end")
        raw = b"".join(map(self.sector, self.chain(self.directory, self.fat)))
        self.entries = [raw[n : n + 128] for n in range(0, len(raw), 128)]
        root = self.entries[0]
        self.must(root[66] == 5, "root entry")
        self.mini_fat: list[int] = []
        if self.mini_count:
            table = b"".join(map(self.sector, self.chain(self.mini_start, self.fat)))
            self.mini_fat = list(struct.unpack(f"<{len(table) // 4}I", table))
        start = struct.unpack_from("<I", root, 116)[0]
        self.mini = b"".join(map(self.sector, self.chain(start, self.fat)))
        self.walk(struct.unpack_from("<I", root, 76)[0], "", None, None)

    def sector(self, number: int) -> bytes:
        return self.data[(number + 1) * self.size : (number + 2) * self.size]

    def chain(self, at: int, table: list[int]) -> list[int]:
        found: list[int] = []
        while at != END:
            if at >= len(table) or at in found:
                self.must(False, f"broken chain at {at}")
                break
            found.append(at)
            at = table[at]
        return found

    def walk(self, number: int, path: str, low: object, high: object) -> None:
        """A subtree: names in order, shorter first, whatever their case."""
        if number == NONE:
            return
        entry = self.entries[number]
        name = entry[: max(struct.unpack_from("<H", entry, 64)[0] - 2, 0)].decode("utf-16-le")
        key = (len(name), name.upper())
        self.must((low is None or low < key) and (high is None or key < high), f"order of names at {name}")
        left, right, child = struct.unpack_from("<3I", entry, 68)
        start, length = struct.unpack_from("<IQ", entry, 116)
        whole = f"{path}/{name}" if path else name
        if entry[66] == 1:
            self.walk(child, whole, None, None)
        else:
            self.project.streams[whole] = self.stream(start, length)
            self.must(len(self.project.streams[whole]) == length, f"length of {whole}")
        self.walk(left, path, low, key)
        self.walk(right, path, key, high)

    def stream(self, start: int, length: int) -> bytes:
        if not length:
            return b""
        if length >= self.cutoff:
            return b"".join(map(self.sector, self.chain(start, self.fat)))[:length]
        small = self.chain(start, self.mini_fat)
        return b"".join(self.mini[n * 64 : n * 64 + 64] for n in small)[:length]


def _read_dir(raw: bytes, project: Project) -> None:  # noqa: C901 - a flat list of kinds of records
    """The records of the stream dir: facts of the project first, then one run a module."""
    at, module = 0, None
    while at < len(raw):
        kind, size = struct.unpack_from("<HI", raw, at)
        size = 6 if kind == VERSION_RECORD else size
        value = raw[at + 6 : at + 6 + size]
        at += 6 + size
        if kind == 0x19:  # MODULENAME
            module = project.modules[value.decode("cp1252")] = {}
        elif module is None:
            project.facts[kind] = value
        elif kind == 0x1A:
            module["stream"] = value.decode("cp1252")
        elif kind == 0x31:
            module["offset"] = struct.unpack("<I", value)[0]
        elif kind == 0x2C:
            module["cookie"] = struct.unpack("<H", value)[0]
        elif kind in (0x21, 0x22):
            module["procedural"] = kind == 0x21
        elif kind == 0x10:
            break
    if at != len(raw):
        project.broken.append("something after the end of dir")
    if struct.unpack("<H", project.facts[0x0F])[0] != len(project.modules):
        project.broken.append("number of modules")


def _read_declarations(project: Project) -> None:
    """The stream PROJECT, and that its three sealed fields open under the project's id."""
    text = project.streams["PROJECT"].decode("cp1252")
    for line in text.split("\r\n"):
        found = re.match(r"(Document|Module)=([^/]+)", line)
        if found:
            project.declared[found[2]] = found[1]
    key = sum(re.search(r'ID="(\{[^"]*\})"', text)[1].encode()) & 0xFF
    for name in ("CMG", "DPB", "GC"):
        if not _opens(bytes.fromhex(re.search(rf'{name}="([0-9A-F]+)"', text)[1]), key):
            project.broken.append(f"{name} does not open")
    if set(project.declared) != set(project.modules):
        project.broken.append("modules of PROJECT and of dir")


def _opens(sealed: bytes, key: int) -> bool:
    """[MS-OVBA] 2.4.3.3."""
    seed, version, own = sealed[0], sealed[0] ^ sealed[1], sealed[0] ^ sealed[2]
    before, last, plain, opened = sealed[1], sealed[2], own, []
    for byte in sealed[3:]:
        value = byte ^ ((before + plain) & 0xFF)
        opened.append(value)
        before, last, plain = last, byte, value
    data = bytes(opened[(seed & 6) // 2 :])
    return version == 2 and own == key and struct.unpack("<I", data[:4])[0] == len(data) - 4


def _read_sources(project: Project) -> None:
    for name, module in project.modules.items():
        stream = project.streams[f"VBA/{module['stream']}"]
        source = bytes(decompress_stream(bytearray(stream[module["offset"] :]))).decode("cp1252")
        project.sources[name] = source
        if not source.startswith(f'Attribute VB_Name = "{name}"\r\n'):
            project.broken.append(f"{name}: first line")
        if source.replace("\r\n", "").count("\n"):
            project.broken.append(f"{name}: bare line feed")
        document = project.declared.get(name) == "Document"
        if document == bool(module["procedural"]) or document != ("VB_Base" in source):
            project.broken.append(f"{name}: kind of module")
