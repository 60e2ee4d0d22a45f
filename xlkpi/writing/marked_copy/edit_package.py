"""The zip package: its parts, their relationships, and one deterministic way to write it again."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from xlkpi.errors import XlkpiError
from xlkpi.ooxml.limits import OversizePart, refuse_oversize
from xlkpi.writing.marked_copy import edit_xml

CONTENT_TYPES = "[Content_Types].xml"
_PACKAGE_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
# What zipfile raises for a damaged, encrypted (RuntimeError) or exotically packed member.
_DAMAGE = (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError, zlib.error)


class NotAWorkbookError(XlkpiError):
    """The bytes are no .xlsx or .xlsm package, or its parts are damaged, missing or too large.

    The text says what was found, so that it can follow "is damaged:" in a message that knows the file's name.
    """


@dataclass(frozen=True)
class Relationship:
    """One relationship of a part: `kind` is the last word of its type, `target` a part's full name."""

    id: str
    kind: str
    type: str
    target: str


class EditablePackage:
    """The parts of one file by name, as bytes or as parsed XML.

    A part that nobody asked to edit is written back byte for byte.
    """

    def __init__(self, source: bytes) -> None:
        """Read every part into memory.

        Raises:
            NotAWorkbookError: not a zip, a damaged or encrypted one, or one that would unpack too large.
        """
        self._parts: dict[str, bytes] = {}
        self._stored: set[str] = set()
        self._roots: dict[str, edit_xml.Element] = {}
        try:
            with zipfile.ZipFile(io.BytesIO(source)) as archive:
                self._read(archive)
        except _DAMAGE as problem:
            raise NotAWorkbookError(f"its zip package cannot be read ({problem})") from problem
        self._by_key = {_key(name): name for name in self._parts}

    def _read(self, archive: zipfile.ZipFile) -> None:
        try:
            refuse_oversize(archive.infolist())
        except OversizePart as problem:
            raise NotAWorkbookError(str(problem)) from problem
        for info in archive.infolist():
            self._parts[info.filename] = archive.read(info)
            if info.compress_type == zipfile.ZIP_STORED:
                self._stored.add(info.filename)

    def has(self, name: str) -> bool:
        """Whether a part of that name stands in the package (letter case and slashes apart)."""
        return _key(name) in self._by_key

    def read(self, name: str) -> bytes:
        """The bytes of a part as the source holds them.

        Raises:
            NotAWorkbookError: there is none of that name.
        """
        if not self.has(name):
            raise NotAWorkbookError(f"the part {name} is missing")
        return self._parts[self._by_key[_key(name)]]

    def edit(self, name: str) -> edit_xml.Element:
        """The root of a part, parsed once; what is changed in it will be written."""
        key = _key(name)
        if key not in self._roots:
            self._roots[key] = edit_xml.parse(self.read(name))
        return self._roots[key]

    def insert(self, name: str, root: edit_xml.Element, content_type: str) -> None:
        """Put a new part last and register its content type."""
        self._parts[name] = b""
        self._by_key[_key(name)] = name
        self._roots[_key(name)] = root
        edit_xml.add(self.edit(CONTENT_TYPES), "Override", PartName=f"/{name}", ContentType=content_type)

    def free_name(self, pattern: str) -> str:
        """The first name that is not taken; `pattern` has one `{}` for the number."""
        count = 1
        while self.has(pattern.format(count)):
            count += 1
        return pattern.format(count)

    def relationships(self, part: str) -> Iterator[Relationship]:
        """The internal relationships of a part ("" for the package); none when it has no list."""
        rels = _rels_name(part)
        if not self.has(rels):
            return
        edited = self._roots.get(_key(rels))
        for item in edit_xml.elements(edit_xml.parse(self.read(rels)) if edited is None else edited):
            if edit_xml.local(item) == "Relationship" and item.get("TargetMode") != "External":
                kind = item.get("Type", "")
                target = _resolve(part, item.get("Target", ""))
                yield Relationship(item.get("Id", ""), kind.rpartition("/")[2], kind, target)

    def relate(self, part: str, type_: str, target: str) -> str:
        """Add a relationship from `part` to the part `target`; gives its new id."""
        rels = self.edit(_rels_name(part))
        taken = {item.get("Id", "").lower() for item in edit_xml.elements(rels)}
        count = len(taken) + 1
        while f"rid{count}" in taken:
            count += 1
        relative = posixpath.relpath(target, posixpath.dirname(part) or ".")
        edit_xml.add(rels, "Relationship", Id=f"rId{count}", Type=type_, Target=relative)
        return f"rId{count}"

    def save(self) -> bytes:
        """The package as bytes: members in their old order, fixed dates, new parts last."""
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            for name, data in self._parts.items():
                info = zipfile.ZipInfo(name, _ZIP_DATE)
                info.create_system = 0
                info.compress_type = zipfile.ZIP_STORED if name in self._stored else zipfile.ZIP_DEFLATED
                root = self._roots.get(_key(name))
                archive.writestr(info, data if root is None else edit_xml.serialise(root))
        return buffer.getvalue()


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _rels_name(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _resolve(part: str, target: str) -> str:
    path = unquote(target.replace("\\", "/"))
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(part), path)).lstrip("/")
