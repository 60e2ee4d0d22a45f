"""What a worksheet part says outside its rows: protection, hidden columns, merges, validation."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.parsers import expat

from xlkpi.ooxml.addresses import LAST_COLUMN, parse_range
from xlkpi.ooxml.limits import MERGE_LIMIT, RULE_LIMIT, OversizePart
from xlkpi.ooxml.sheet_contents import SheetFacts
from xlkpi.ooxml.xml import BrokenPart, local, parse, truth

if TYPE_CHECKING:
    from collections.abc import Callable

Attributes = dict[str, str]


class _Starts(dict[str, "Callable[[Attributes], None] | None"]):
    """What to do at the start of each tag; a tag not met before is looked at once, without its namespace."""

    def __init__(self, by_local_name: dict[str, Callable[[Attributes], None]]) -> None:
        super().__init__()
        self._by_local_name = by_local_name

    def __missing__(self, tag: str) -> Callable[[Attributes], None] | None:
        start = self._by_local_name.get(local(tag))
        self[tag] = start
        return start


class FactsReader:
    """One pass over a worksheet part; rows, if it still has any, are passed over.

    Args:
        namespaces: Whether the parser has to resolve namespaces.

    Attributes:
        protected: Whether the sheet is locked against changes.
        merges: Merged ranges.
        validations: Ranges under data validation, those kept in an extension among them.
    """

    def __init__(self, *, namespaces: bool) -> None:
        self.protected = False
        self.merges: list[str] = []
        self.validations: list[str] = []
        self._columns: list[tuple[int, int]] = []
        self._ruling = False
        self._ranges: list[str] = []
        self._usual_end: Callable[[str], None] | None = None
        self.starts = _Starts(
            {
                "sheetProtection": self._begin_protection,
                "col": self._begin_column,
                "mergeCell": self._begin_merge,
                "dataValidation": self._begin_validation,
                "sqref": self._begin_ranges,
                "conditionalFormatting": self._begin_other_ranges,
                "sparkline": self._begin_other_ranges,
            }
        )
        self.parser = expat.ParserCreate(namespace_separator=" " if namespaces else None)
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start

    def read(self, data: bytes, *, last: bool = True) -> None:
        """Read the part, which `root_of` has passed, or with ``last=False`` its beginning.

        Raises:
            BrokenPart: it is not XML, or says what no sheet can.
        """
        parse(self.parser, data, last=last)

    def facts(self) -> SheetFacts:
        """Return what was read of protection, columns and merges."""
        return SheetFacts(self.protected, self.hidden_columns(), tuple(self.merges))

    def hidden_columns(self) -> frozenset[int]:
        """Numbers of the hidden columns, 1 for A."""
        columns: set[int] = set()
        highest = 0
        for first, last in sorted(set(self._columns)):
            if not 1 <= first <= last <= LAST_COLUMN:
                raise BrokenPart("it lists columns that no sheet has")
            columns.update(range(max(first, highest + 1), last + 1))
            highest = max(highest, last)
        return frozenset(columns)

    def _start(self, tag: str, at: Attributes) -> None:
        start = self.starts[tag]
        if start:
            start(at)

    def _begin_protection(self, at: Attributes) -> None:
        self.protected = truth(at.get("sheet"))

    def _begin_column(self, at: Attributes) -> None:
        if truth(at.get("hidden")):
            if len(self._columns) >= LAST_COLUMN:
                raise BrokenPart("it lists more columns than a sheet has")
            self._columns.append((int(at["min"]), int(at["max"])))

    def _begin_merge(self, at: Attributes) -> None:
        ref = at.get("ref", "")
        if parse_range(ref) is None:
            raise BrokenPart("it merges what is not a range of cells")
        if len(self.merges) >= MERGE_LIMIT:
            raise OversizePart(f"it merges over {MERGE_LIMIT:,} ranges")
        self.merges.append(ref)

    def _begin_validation(self, at: Attributes) -> None:
        self._add_rules(at.get("sqref", ""))
        self._ruling = "sqref" not in at  # then it follows as an element, in an extension

    def _begin_other_ranges(self, _: Attributes) -> None:
        self._ruling = False  # in an extension they have a `sqref` of their own

    def _begin_ranges(self, _: Attributes) -> None:
        if self._ruling:
            self._ranges.clear()
            self._usual_end = self.parser.EndElementHandler
            self.parser.CharacterDataHandler = self._ranges.append
            self.parser.EndElementHandler = self._end_ranges

    def _end_ranges(self, _: str) -> None:
        self.parser.CharacterDataHandler = None
        self.parser.EndElementHandler = self._usual_end
        self._add_rules("".join(self._ranges))

    def _add_rules(self, ranges: str) -> None:
        if len(self.validations) + ranges.count(" ") >= RULE_LIMIT:
            raise OversizePart(f"it has rules for over {RULE_LIMIT:,} ranges")
        self.validations.extend(ranges.split())
