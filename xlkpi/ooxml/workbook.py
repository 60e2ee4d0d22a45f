"""Opens a returned workbook, read only and verbatim, or says in one exception why it cannot be read."""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from xlkpi.errors import Unreadable, UnreadableFile
from xlkpi.ooxml.active_content import ActiveParts, find_active_parts
from xlkpi.ooxml.allowance import Allowance
from xlkpi.ooxml.fast import fast_reader
from xlkpi.ooxml.file_type import ZIP, foreign_part, foreign_zip, is_lock_file, not_a_zip
from xlkpi.ooxml.limits import CELL_LIMIT, SMALL_PART_LIMIT, OversizePart
from xlkpi.ooxml.model import RawSheet, RawWorkbook
from xlkpi.ooxml.number_formats import Styles, read_styles
from xlkpi.ooxml.package import Package, Relationship, open_package
from xlkpi.ooxml.plain_file import read_plain
from xlkpi.ooxml.sheet import read_sheet
from xlkpi.ooxml.sheet_contents import SheetContents
from xlkpi.ooxml.strings import read_strings
from xlkpi.ooxml.values import ValueParser
from xlkpi.ooxml.workbook_part import ListedSheet, WorkbookPart, read_workbook
from xlkpi.ooxml.xml import BrokenPart, ForeignPart, first_text, root_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from contextlib import AbstractContextManager

    from xlkpi.ooxml.fast.fast_sheet import FastSheet


def open_workbook(path: Path | str, *, data: bytes | None = None, most_cells: int | None = None) -> RawWorkbook:
    """Open an .xlsx or .xlsm; its sheets are read when they are first asked for.

    Args:
        path: The file, or what to call it when `data` is given.
        data: The file's bytes, when they are in memory already.
        most_cells: How many filled cells it may have; by default as many as a return.

    Raises:
        UnreadableFile: it cannot be read; `reason` says which case it is. Damage inside a sheet shows when that
            sheet is first used, or at once with `open_workbook(path).read_all()`.
    """
    path = Path(path)
    if is_lock_file(path.name):
        raise UnreadableFile(path, Unreadable.LOCK_FILE)
    data = read_plain(path) if data is None else data
    if not data.startswith(ZIP):
        raise UnreadableFile(path, *not_a_zip(data, path.name))
    with as_unreadable(path):
        package = open_package(data)
        refuse_foreign(path, package)
        return WorkbookSource(path, package, Allowance(most_cells or CELL_LIMIT)).workbook(data)


@contextmanager
def as_unreadable(path: Path, place: str = "") -> Iterator[None]:
    """Raise what is wrong with a part as what is wrong with the file; ``place`` begins the detail."""
    try:
        yield
    except ForeignPart as problem:
        raise UnreadableFile(path, foreign_part(*problem.args)) from problem
    except BrokenPart as problem:
        raise UnreadableFile(path, Unreadable.DAMAGED, f"{place}{problem}") from problem
    except OversizePart as problem:
        raise UnreadableFile(path, Unreadable.TOO_LARGE, f"{place}{problem}") from problem


@dataclass(frozen=True)
class WorkbookSource:
    """An open file and what its sheets have in common, each read once and only when a sheet needs it."""

    path: Path
    package: Package
    allowance: Allowance = field(default_factory=Allowance)

    def workbook(self, data: bytes) -> RawWorkbook:
        """Describe the workbook; ``data`` are the file's bytes."""
        part = self.part
        return RawWorkbook(
            path=self.path,
            sha256=hashlib.sha256(data).hexdigest(),
            size=len(data),
            sheets=tuple(_Loader(self, entry).sheet() for entry in part.sheets),
            definitions=part.names,
            resolve=part.targets.__getitem__,
            modified=self.property("core-properties", "modified"),
            application=self.property("extended-properties", "Application"),
            structure_locked=part.structure_locked,
            has_macros=any(relation.kind == "vbaProject" for relation in self.relations.values()),
            active=self.active,
        )

    def active(self) -> ActiveParts:
        """What acts by itself or reaches out of the file, its formulas apart."""
        listed = ((self.relations.get(entry.relation), entry.name) for entry in self.part.sheets)
        sheets = {relation.target: name for relation, name in listed if relation}
        try:
            return find_active_parts(self.package, sheets)
        except BrokenPart as problem:  # the macro project does not unpack
            raise UnreadableFile(self.path, Unreadable.DAMAGED, str(problem)) from problem
        except OversizePart as problem:
            raise UnreadableFile(self.path, Unreadable.TOO_LARGE, str(problem)) from problem

    @cached_property
    def roots(self) -> dict[str, Relationship]:
        """Where the package itself points to, by kind."""
        return {relation.kind: relation for relation in self.package.relationships("").values()}

    @cached_property
    def main(self) -> str:
        """The name of the workbook part."""
        if "officeDocument" not in self.roots:
            raise BrokenPart("it does not say which of its parts is the workbook")
        return self.roots["officeDocument"].target

    @cached_property
    def part(self) -> WorkbookPart:
        """The workbook part. Raises ForeignPart where the main part is something else."""
        data = self.package.read(self.main, SMALL_PART_LIMIT)
        kind = "" if self.main.endswith(".bin") else root_of(data).local
        if kind != "workbook":
            raise ForeignPart(self.main, kind)
        return read_workbook(data)

    @cached_property
    def relations(self) -> Mapping[str, Relationship]:
        """Where the workbook part points to, by id."""
        return self.package.relationships(self.main)

    @cached_property
    def styles(self) -> Styles:
        """What the cells' style numbers mean."""
        part = self.related("styles")
        return read_styles(self.allowance.take_part(self.package.read(part))) if part else Styles()

    @cached_property
    def strings(self) -> bytes:
        """The part of the shared strings, empty for none."""
        part = self.related("sharedStrings")
        return self.allowance.take_part(self.package.read(part)) if part else b""

    @cached_property
    def values(self) -> ValueParser:
        """What turns the texts of cells into values."""
        strings = read_strings(self.strings) if self.strings else []
        return ValueParser(strings, self.styles.dates, from_1904=self.part.from_1904)

    @cached_property
    def fast(self) -> FastSheet:
        """The short cut past the parser; without it, every sheet is read by the parser, to the same result."""
        from_1904, most_cells = self.part.from_1904, self.allowance.most_cells
        return fast_reader(self.strings, self.styles, from_1904=from_1904, most_cells=most_cells)

    def property(self, kind: str, wanted: str) -> str | None:
        """Read a property of the document; None where it is missing or empty."""
        relation = self.roots.get(kind)
        if relation is None or relation.target not in self.package:
            return None
        return first_text(self.package.read(relation.target, SMALL_PART_LIMIT), wanted).strip() or None

    def related(self, kind: str) -> str | None:
        """Find the part of this kind that the workbook part points to."""
        return next((relation.target for relation in self.relations.values() if relation.kind == kind), None)


@dataclass(frozen=True)
class _Loader:
    """Reads one sheet when called, by the short cut where it can be read that way."""

    source: WorkbookSource
    entry: ListedSheet

    def __call__(self) -> SheetContents:
        with self._naming_the_sheet():
            allowance = self.source.allowance
            data = allowance.take_part(self._data())
            contents = self.source.fast(data, self._parse) or self._parse(data)
            allowance.take_cells(len(contents.cells if contents.written is None else contents.written))
            return contents

    def sheet(self) -> RawSheet:
        return RawSheet(self.entry.name, self.entry.state, self, self.spells_formula)

    def spells_formula(self) -> bool:
        """Whether a formula of a cell or of a rule may be in the part, by the beginning of its tag."""
        with self._naming_the_sheet():
            data = self._data()
            return b"<f" in data or b":f" in data or b"\0" in data[:4]  # a prefix, an encoding of two bytes

    def _parse(self, data: bytes | None = None) -> SheetContents:
        with self._naming_the_sheet():
            source = self.source
            return read_sheet(data or self._data(), source.values, source.styles.formats, source.allowance.most_cells)

    def _data(self) -> bytes:
        source = self.source
        if self.entry.relation not in source.relations:
            raise BrokenPart("its part is missing")
        return source.package.read_sheet(source.relations[self.entry.relation].target)

    def _naming_the_sheet(self) -> AbstractContextManager[None]:
        return as_unreadable(self.source.path, f"sheet {self.entry.name}: ")


def refuse_foreign(path: Path, package: Package) -> None:
    """Raise UnreadableFile for a zip file of another kind, or one locked by a password of its own."""
    mimetype = package.read("mimetype", 1024) if "mimetype" in package else b""
    foreign = foreign_zip(frozenset(package.members), mimetype)
    if foreign:
        raise UnreadableFile(path, foreign)
    if package.is_encrypted:
        raise UnreadableFile(path, Unreadable.PASSWORD)


def digest_of(path: Path) -> str:
    """Return the sha256 of a file.

    It is empty for a file that cannot be read, one that no workbook is as large as, and for what is not a file.
    """
    try:
        return hashlib.sha256(read_plain(path)).hexdigest()
    except (UnreadableFile, MemoryError):
        return ""
