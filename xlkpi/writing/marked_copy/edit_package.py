"""A package whose parts can be edited: read by the limits every package is read by, written again the same way."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterable, Sequence
from urllib.parse import unquote

from xlkpi.errors import XlkpiError
from xlkpi.ooxml.limits import (
    BYTES_PER_ATTRIBUTE,
    BYTES_PER_TAG,
    COPY_TREE_LIMIT,
    OversizePart,
    refuse_oversize_copy,
)
from xlkpi.ooxml.package import (
    Relationship,
    open_package,
    part_key,
    read_all_relationships,
    read_relationships,
    relationships_part,
)
from xlkpi.ooxml.xml import BrokenPart
from xlkpi.writing.marked_copy import edit_xml

CONTENT_TYPES = "[Content_Types].xml"
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)


class NotAWorkbookError(XlkpiError):
    """The bytes are no .xlsx or .xlsm package, or its parts are damaged, missing or too large.

    The text says what was found, so that it can follow "is damaged:" in a message that knows the file's name.
    """


class EditablePackage:
    """The parts of one file by name, as bytes or as parsed XML.

    A part that nobody asked to edit is written back byte for byte.
    """

    def __init__(self, source: bytes) -> None:
        """Read every part into memory.

        Raises:
            NotAWorkbookError: not a zip, a damaged or encrypted one, or one that would unpack too large.
        """
        try:
            package = open_package(source, refuse_oversize_copy)
            if package.is_encrypted:
                raise NotAWorkbookError("its parts are locked with a password")
            infos = package.members.values()
            self._parts = {info.filename: package.read(info.filename) for info in infos}
        except (BrokenPart, OversizePart) as problem:
            raise NotAWorkbookError(str(problem)) from problem
        self._stored = {info.filename for info in infos if info.compress_type == zipfile.ZIP_STORED}
        self._roots: dict[str, edit_xml.Element] = {}
        self._left = COPY_TREE_LIMIT
        self._names = {part_key(name): name for name in self._parts}

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all parts, as the file spells them."""
        return tuple(self._parts)

    def has(self, name: str) -> bool:
        """Whether the package has a part of that name, in any case and with either slash."""
        return self._find(name) is not None

    def read(self, name: str) -> bytes:
        """The bytes of a part as the source has them.

        Raises:
            NotAWorkbookError: there is none of that name.
        """
        spelling = self._find(name)
        if spelling is None:
            raise NotAWorkbookError(f"its part {name} is missing")
        return self._parts[spelling]

    def edit(self, name: str) -> edit_xml.Element:
        """The root of a part, parsed once; what is changed in it will be written.

        Raises:
            NotAWorkbookError: there is none of that name, or the parts changed so far take too much memory with it.
        """
        key = self._find(name) or name
        if key not in self._roots:
            data = self.read(name)
            self._left -= data.count(b"<") * BYTES_PER_TAG + data.count(b"=") * BYTES_PER_ATTRIBUTE
            if self._left < 0:
                raise NotAWorkbookError("there is too much on its sheets to mark them")
            self._roots[key] = edit_xml.parse(data)
        return self._roots[key]

    def insert(self, name: str, root: edit_xml.Element, content_type: str) -> None:
        """Put a new part last and register its content type."""
        self._parts[name] = b""
        self._names[part_key(name)] = name
        self._roots[name] = root
        edit_xml.add(self.edit(CONTENT_TYPES), "Override", PartName=f"/{name}", ContentType=content_type)

    def remove(self, *names: str) -> None:
        """Take out parts, the lists of where they point to, and their content types; nothing where there is none."""
        removed = set()
        for wanted in (each for name in names if name for each in (name, relationships_part(name))):
            spelling = self._find(wanted)
            if spelling is not None:
                del self._parts[spelling], self._names[part_key(spelling)]
                self._roots.pop(spelling, None)
                removed.add(part_key(spelling))
        if removed:
            types = self.edit(CONTENT_TYPES)
            for item in list(edit_xml.children(types, "Override")):
                if part_key(item.get("PartName", "")) in removed:
                    types.remove(item)

    def free_name(self, pattern: str) -> str:
        """The first name that is not taken; `pattern` has one `{}` for the number."""
        count = 1
        while self.has(pattern.format(count)):
            count += 1
        return pattern.format(count)

    def relationships(self, part: str) -> Iterable[Relationship]:
        """The internal relationships of a part of the source ("" for the package); none when it has no list."""
        rels = relationships_part(part)
        return read_relationships(self.read(rels), posixpath.dirname(part)).values() if self.has(rels) else ()

    def relations(self, part: str) -> Sequence[Relationship]:
        """The relationships of a part as they are now, those out of the file too; none when it has no list."""
        rels = self._find(relationships_part(part))
        if rels is None:
            return ()
        data = edit_xml.serialise(self._roots[rels]) if rels in self._roots else self.read(rels)
        return read_all_relationships(data, posixpath.dirname(part))

    def reachable(self) -> set[str]:
        """The parts that the package leads to, itself ("") among them."""
        reached, waiting = {""}, [""]
        while waiting:
            for relation in self.relations(waiting.pop()):
                if not relation.external and self.has(relation.target) and relation.target not in reached:
                    reached.add(relation.target)
                    waiting.append(relation.target)
        return reached

    def is_xml(self, name: str) -> bool:
        """Whether a part is XML, by its first bytes."""
        return self.has(name) and self.read(name).lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<")

    def relate(self, part: str, type_: str, target: str) -> str:
        """Add a relationship from `part` to the part `target`; gives its new id."""
        rels = self.edit(relationships_part(part))
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
                info.create_system = 0  # or the same input would give other bytes on Windows
                info.compress_type = zipfile.ZIP_STORED if name in self._stored else zipfile.ZIP_DEFLATED
                root = self._roots.get(name)
                archive.writestr(info, data if root is None else edit_xml.serialise(root))
        return buffer.getvalue()

    def _find(self, name: str) -> str | None:
        """The name of a part as the source spells it; relationships may escape what it does not."""
        return self._names.get(part_key(name)) or self._names.get(part_key(unquote(name)))
