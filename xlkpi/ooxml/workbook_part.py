"""The small parts of a workbook file: the workbook itself, its defined names, and its properties."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING
from xml.parsers import expat

from xlkpi.ooxml.addresses import LAST_COLUMN, LAST_ROW, column_number
from xlkpi.ooxml.limits import NAME_LIMIT, SHEET_LIMIT, WORKBOOK_TAG_LIMIT, OversizePart
from xlkpi.ooxml.model import CellTarget
from xlkpi.ooxml.part_cache import once_per_part
from xlkpi.ooxml.xml import BrokenPart, local, parse, root_of, truth

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})")


_GROUP, _ENTRY = 2, 3
"""How deep the lists of the workbook part are, and what they list."""
LONGEST_CELL = len("$XFD$1048576")


@dataclass(frozen=True)
class ListedSheet:
    """A sheet as the workbook part lists it; `relation` is the id of the relationship to its own part."""

    name: str
    state: str
    relation: str


@dataclass(frozen=True)
class WorkbookPart:
    """What the workbook part says.

    Attributes:
        sheets: In the order of the tabs.
        names: What each defined name stands for; a name of the workbook goes before its like on a sheet.
        structure_locked: Whether sheets are kept from being added, moved, renamed and deleted.
        from_1904: Whether days count from 1 January 1904.
    """

    sheets: tuple[ListedSheet, ...]
    names: Mapping[str, str]
    structure_locked: bool
    from_1904: bool

    @cached_property
    def targets(self) -> Targets:
        """What the texts of defined names point to; many files of one template share this part and its names."""
        return Targets(self.sheets)


class Targets(dict[str, "CellTarget | None"]):
    """The one cell that each text of a defined name points to, or None; worked out when first asked for."""

    def __init__(self, sheets: Iterable[ListedSheet]) -> None:
        """Know these sheets."""
        super().__init__()
        self._spelling = spellings(sheets)

    def __missing__(self, text: str) -> CellTarget | None:
        target = self[text] = target_of(text, self._spelling)
        return target


@once_per_part
def read_workbook(data: bytes) -> WorkbookPart:
    """The workbook part, in any namespace and with any prefixes; read once for many files of one template.

    Raises:
        BrokenPart: it is not XML, or lists no sheet, or two of one name.
        OversizePart: it lists more sheets or names than the limits.
    """
    root_of(data)
    if data.count(b"<") > WORKBOOK_TAG_LIMIT:
        raise OversizePart(f"its list of sheets and names has over {WORKBOOK_TAG_LIMIT:,} tags")
    reader = _PartReader()
    parse(reader.parser, data)
    sheets = tuple(reader.sheets)
    if not sheets:
        raise BrokenPart("it lists no sheets")
    if len({sheet.name.casefold() for sheet in sheets}) != len(sheets):
        raise BrokenPart("two of its sheets have one name")
    return WorkbookPart(
        sheets,
        _in_order_of_scope(reader.everywhere, reader.on_a_sheet),
        truth(reader.groups["workbookProtection"].get("lockStructure")),
        truth(reader.groups["workbookPr"].get("date1904")),
    )


class _PartReader:
    """One pass over the workbook part: a file may have as many names as others have cells, and no tree is made of them.

    Attributes:
        groups: The attributes of elements directly below the root.
        everywhere: What each name of the workbook stands for; `on_a_sheet`, each name of a sheet.
    """

    def __init__(self) -> None:
        self.sheets: list[ListedSheet] = []
        self.groups: dict[str, dict[str, str]] = {"workbookProtection": {}, "workbookPr": {}}
        self.everywhere: dict[str, str] = {}
        self.on_a_sheet: dict[str, str] = {}
        self._depth = self._names = 0
        self._group = ""
        self._name: dict[str, str] = {}
        self._texts: list[str] = []
        self.parser = expat.ParserCreate(namespace_separator=" ")  # so that a prefix nobody declared is refused
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth == _ENTRY and self._group == "definedNames":
            self._begin_name(tag, attributes)
        elif self._depth == _ENTRY and self._group == "sheets" and local(tag) == "sheet":
            self.sheets.append(_sheet(attributes))
            if len(self.sheets) > SHEET_LIMIT:
                raise OversizePart(f"it lists over {SHEET_LIMIT} sheets")
        elif self._depth == _GROUP:
            self._group = local(tag)
            if self._group in self.groups:
                self.groups[self._group] = {local(key): value for key, value in attributes.items()}
        self.parser.CharacterDataHandler = self._texts.append if self._name and self._depth == _ENTRY else None

    def _begin_name(self, tag: str, attributes: dict[str, str]) -> None:
        self._names += 1
        if self._names > NAME_LIMIT:
            raise OversizePart(f"it lists over {NAME_LIMIT:,} names")
        if tag.endswith("definedName"):
            self._name = attributes

    def _end(self, _: str) -> None:
        if self._name and self._depth == _ENTRY:
            scope = self.on_a_sheet if "localSheetId" in self._name else self.everywhere
            scope.setdefault(self._name.get("name", ""), "".join(self._texts))
            self._name = {}
            self._texts.clear()
            self.parser.CharacterDataHandler = None
        self._depth -= 1


def spellings(sheets: Iterable[ListedSheet]) -> dict[str, str]:
    """Each sheet's name by what a reference may call it: as it is, in casefold, and quoted."""
    names = [sheet.name for sheet in sheets]
    quoted = {"'" + name.replace("'", "''") + "'": name for name in names}
    return quoted | {name: name for name in names} | {name.casefold(): name for name in names}


def target_of(text: str, spelling: Mapping[str, str]) -> CellTarget | None:
    """The one cell that a defined name's text points to, or None.

    Args:
        text: Such as `'It''s'!$F$7`, `Sheet1!$F$7:$F$7`, or LibreOffice's `$'It''s'.$F$7`.
        spelling: The workbook's sheets as `spellings` gives them.

    >>> target_of("'It''s'!$F$7", {"it's": "It's"})
    CellTarget(sheet="It's", ref='F7')
    """
    sheet, _, rest = text.rpartition("!")
    if sheet in spelling and (ref := _cell_of(rest)):  # as nearly all are spelt
        return CellTarget(spelling[sheet], ref)
    sheet, rest = _sheet_of(text.strip().removeprefix("="))
    name = spelling.get(sheet.casefold())
    first, colon, last = rest.partition(":")
    cell = _cell_of(first)
    if (colon and "'" in last) or "!" in last:
        other, last = _sheet_of(last)
        cell = cell if other.casefold() == sheet.casefold() else None
    if name is None or cell is None or (colon and _cell_of(last) != cell):
        return None
    return CellTarget(name, cell)


def _in_order_of_scope(everywhere: dict[str, str], on_a_sheet: dict[str, str]) -> dict[str, str]:
    known = {name.casefold() for name in everywhere} if on_a_sheet else set()
    return everywhere | {name: text for name, text in on_a_sheet.items() if name.casefold() not in known}


def _sheet_of(text: str) -> tuple[str, str]:
    """A reference's sheet, unquoted, and what follows its "!" or "."; ("", text) when it names none."""
    quoted = text.removeprefix("$")
    if quoted.startswith("'"):
        end = quoted.replace("''", "\0\0").find("'", 1)
        if end > 0 and quoted[end + 1 : end + 2] in ("!", "."):
            return quoted[1:end].replace("''", "'"), quoted[end + 2 :]
        return "", text
    mark = "!" if "!" in text else "."
    sheet, separator, rest = text.partition(mark)
    return (sheet.removeprefix("$"), rest) if separator else ("", text)


def _cell_of(text: str) -> str | None:
    """An address without "$", in capitals; None for anything that is not a cell of a sheet."""
    return _short_cell_of(text) if len(text) <= LONGEST_CELL else None


@lru_cache(maxsize=4096)  # of texts as short as these
def _short_cell_of(text: str) -> str | None:
    match = _CELL.fullmatch(text)
    if not match:
        return None
    letters, row = match[1].upper(), match[2]
    on_sheet = len(letters) < 3 or column_number(letters) <= LAST_COLUMN
    return letters + row if on_sheet and (len(row) < 7 or int(row) <= LAST_ROW) else None


def _sheet(attributes: Mapping[str, str]) -> ListedSheet:
    facts = {local(key): value for key, value in attributes.items()}
    return ListedSheet(facts.get("name", ""), facts.get("state", "visible"), facts.get("id", ""))
