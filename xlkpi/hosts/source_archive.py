"""Pack our own sources into an archive whose bytes depend on them alone, for a host that brings its own Python.

Nothing is compiled, dated or compressed: the bytes are the same on every machine, whatever its zlib.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

import xlkpi

ENDINGS = (".py", ".json")
WHEN = (1980, 1, 1, 0, 0, 0)
UNIX = 3


def read_sources(rooms: Iterable[str], single: Iterable[str]) -> dict[str, str]:
    """Read the files of rooms, with the rooms inside them, and single files; in the order of their names."""
    top = Path(xlkpi.__file__).parent
    paths = {top / name for name in single}
    paths |= {path for room in rooms for path in (top / room).rglob("*") if path.suffix in ENDINGS}
    texts = {path.relative_to(top).as_posix(): path.read_bytes().decode().replace("\r\n", "\n") for path in paths}
    return dict(sorted(texts.items()))


def pack_files(files: Mapping[str, bytes]) -> bytes:
    """Pack files into an archive, in the order in which they come."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, WHEN)
            entry.create_system, entry.external_attr = UNIX, 0o644 << 16
            archive.writestr(entry, content)
    return packed.getvalue()
