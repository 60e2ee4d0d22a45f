"""A project file (vbaProject.bin) read by rules of its own, strict where readers are lenient: [MS-OVBA].

Shares no code with the builder. The compound file around it is judged by `compound_file`.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass, field

from oletools.olevba import decompress_stream

from tests.hosts.excel.compound_file import CompoundFile

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
    file = CompoundFile(data)
    project.streams, project.broken = file.streams, file.broken
    listing = decompress_stream(bytearray(project.streams["VBA/dir"]))
    _read_dir(bytes(listing), project)
    _read_declarations(project)
    _read_sources(project)
    return project


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
        match = re.match(r"(Document|Module)=([^/]+)", line)
        if match:
            project.declared[match[2]] = match[1]
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
