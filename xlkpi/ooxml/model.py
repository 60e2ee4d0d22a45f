"""A workbook exactly as the file has it: cells with their addresses, before anything is judged.

Nothing here knows a zip file or XML; `workbook.open_workbook` fills it in. Sheets are read on first use.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from xlkpi.ooxml.active_content import ActiveParts
    from xlkpi.ooxml.sheet_contents import SheetContents

GENERAL = "General"
"""The number format of a cell that has none."""


class CellKind(Enum):
    """The kind of a cell's content. Zero, blank and a formula that was never calculated are three things."""

    NUMBER = "number"
    TEXT = "text"
    BOOLEAN = "boolean"
    ERROR = "error"
    DATE = "date"
    UNCALCULATED = "uncalculated"
    BLANK = "blank"


CellValue = float | str | bool | datetime | None
"""float for NUMBER, str for TEXT and ERROR ("#REF!"), bool, datetime for DATE, None for UNCALCULATED and BLANK."""

TypedValue = tuple[CellKind, CellValue]
"""What a cell's stored text was read as."""

StoredCell = tuple[TypedValue, str | None, str]
"""A cell as it is stored: typed value, formula, and the style's number as text (a key of `SheetContents.formats`)."""


class RawCell(NamedTuple):
    """One cell, verbatim; a named tuple because a workbook has thousands, and a dataclass takes eight times as long.

    Attributes:
        ref: Its address, "F7".
        kind: The kind of its content.
        value: See `CellValue`. A number that its format shows as a calendar date is a DATE.
        formula: The formula without "="; "" when the file keeps it in another cell (shared); None for none.
        number_format: The format code, "0.0%"; "General" for a blank cell, whatever its style.
    """

    ref: str
    kind: CellKind
    value: CellValue = None
    formula: str | None = None
    number_format: str = GENERAL

    @property
    def is_blank(self) -> bool:
        """Whether it is completely empty: no value and no formula."""
        return self.kind is CellKind.BLANK


class CellTarget(NamedTuple):
    """The one cell that a defined name points to: the sheet's name unquoted, and the address without "$"."""

    sheet: str
    ref: str


@dataclass(frozen=True)
class RawSheet:
    """One sheet. Its part is read on first use, and any of the facts below may then raise `UnreadableFile`.

    Attributes:
        name: The name on its tab.
        state: "visible", "hidden" or "veryHidden".
        load: Reads the part.
        spells_formula: Tells whether the part may contain a formula, without reading it as a sheet.
    """

    name: str
    state: str
    load: Callable[[], SheetContents] = field(repr=False, compare=False)
    spells_formula: Callable[[], bool] = field(repr=False, compare=False)

    @cached_property
    def contents(self) -> SheetContents:
        """The part, read once."""
        return self.load()

    @property
    def protected(self) -> bool:
        """Whether the sheet is locked against changes."""
        return self.contents.protected

    @property
    def hidden_rows(self) -> frozenset[int]:
        """Numbers of the rows hidden one by one (1 is the first)."""
        return self.contents.hidden_rows

    @property
    def hidden_columns(self) -> frozenset[int]:
        """Numbers of the hidden columns (1 is A)."""
        return self.contents.hidden_columns

    @property
    def merges(self) -> tuple[str, ...]:
        """Merged ranges, "B2:D2", in the file's order."""
        return self.contents.merges

    @property
    def arrays(self) -> tuple[str, ...]:
        """Ranges of several cells that one formula fills, "F6:F8", in the file's order."""
        return self.contents.arrays()

    @property
    def validations(self) -> tuple[str, ...]:
        """Ranges under data validation, "F7:G51", in the file's order."""
        return self.contents.validations()

    def cell(self, ref: str) -> RawCell:
        """The cell at an address such as "F7" or "$f$7"; a BLANK one when it is empty."""
        contents = self.contents
        stored = contents.cells.get(ref)
        if stored is None:
            if ref != (plain := ref.replace("$", "").upper()):
                return self.cell(plain)
            return RawCell(ref, CellKind.BLANK)
        (kind, value), formula, style = stored
        return RawCell(ref, kind, value, formula, contents.formats.get(style, GENERAL))

    def has_formula(self, ref: str) -> bool:
        """Whether a cell contains a formula, decided without reading it where possible."""
        contents = self.contents
        if contents.formula_test:
            return contents.formula_test(ref)
        stored = contents.cells.get(ref)
        return stored is not None and stored[1] is not None

    def may_have_formula(self) -> bool:
        """Whether a cell or a rule of it may have a formula; a sheet not used so far is not read for that."""
        return "contents" in self.__dict__ or self._spells_formula

    @cached_property
    def _spells_formula(self) -> bool:
        return self.spells_formula()

    def value(self, ref: str) -> CellValue:
        """The value at an address spelt plainly, "F7"; as `cell` gives it, for less."""
        stored = self.contents.cells.get(ref)
        return None if stored is None else stored[0][1]

    def may_show_errors(self) -> bool:
        """Whether a cell of it may show an error value, decided without reading them where possible."""
        return self.contents.error_test is None or self.contents.error_test()

    def written(self, refs: Iterable[str]) -> list[str]:
        """Return those of the addresses that the file has a cell for, which may be blank; to ask for all costs more."""
        contents = self.contents
        written = contents.cells if contents.written is None else contents.written
        return [ref for ref in refs if ref in written]

    def cells(self) -> Iterator[RawCell]:
        """Every cell that is not blank, in the file's order."""
        contents = self.contents
        for ref, ((kind, value), formula, style) in contents.cells.items():
            yield RawCell(ref, kind, value, formula, contents.formats.get(style, GENERAL))

    def values(self) -> Iterator[tuple[str, CellValue]]:
        """The address and value of every cell that is not blank, in the file's order; for less than `cells`."""
        return ((ref, stored[0][1]) for ref, stored in self.contents.cells.items())


@dataclass(frozen=True)
class RawWorkbook:
    """One workbook file, verbatim.

    Attributes:
        path: The file as it was named.
        sha256: Of its bytes, in hexadecimal.
        size: In bytes.
        sheets: In the order of the tabs.
        definitions: Each defined name and the text it means.
        resolve: Finds the one cell that such a text points to, or None.
        modified: When it was last saved, as the file says it (ISO 8601), or None.
        application: The program that saved it, or None.
        structure_locked: Whether sheets are kept from being added, moved, renamed and deleted.
        has_macros: Whether it carries a macro project (which is never run).
        active: Finds what acts by itself or reaches out of the file; may raise `UnreadableFile`.
    """

    path: Path
    sha256: str
    size: int
    sheets: tuple[RawSheet, ...]
    definitions: Mapping[str, str] = field(repr=False)
    resolve: Callable[[str], CellTarget | None] = field(repr=False, compare=False)
    modified: str | None
    application: str | None
    structure_locked: bool
    has_macros: bool
    active: Callable[[], ActiveParts] = field(repr=False, compare=False)

    @cached_property
    def names(self) -> Mapping[str, CellTarget | None]:
        """Each defined name and the one cell it points to.

        None means `#REF!`, an area, a formula, a constant, and a sheet that is not there. A name of the
        workbook goes before one of the same spelling on a sheet.
        """
        return {name: self.resolve(text) for name, text in self.definitions.items()}

    def sheet(self, name: str) -> RawSheet | None:
        """The sheet of that name in any case of letters, as spreadsheets compare them; None when there is none."""
        return self._sheets_by_name.get(name.casefold())

    def target(self, name: str) -> CellTarget | None:
        """The one cell that a defined name points to, in any case of letters; None for no such name or cell."""
        text = self.definitions.get(name)
        if text is None:
            text = self._definitions_by_name.get(name.casefold())
        return None if text is None else self.resolve(text)

    def cell(self, name: str) -> RawCell | None:
        """The cell a defined name points to; None when `target` is None."""
        target = self.target(name)
        sheet = self.sheet(target.sheet) if target else None
        return sheet.cell(target.ref) if sheet and target else None

    def read_all(self) -> RawWorkbook:
        """Read every sheet now, so that damage in any of them raises `UnreadableFile` here; returns itself."""
        for sheet in self.sheets:
            _ = len(sheet.contents.cells), sheet.validations
        return self

    @cached_property
    def _sheets_by_name(self) -> dict[str, RawSheet]:
        return {sheet.name.casefold(): sheet for sheet in self.sheets}

    @cached_property
    def _definitions_by_name(self) -> dict[str, str]:
        return {name.casefold(): text for name, text in self.definitions.items()}
