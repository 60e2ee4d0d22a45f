"""What a worksheet part has before and after its rows: the returns of one template share it, so it is read once."""

from __future__ import annotations

from functools import cached_property

from xlkpi.ooxml.fast.fast_text import expect, has_only_elements
from xlkpi.ooxml.outside_formulas import rule_reaches_out
from xlkpi.ooxml.parse_facts import FactsReader
from xlkpi.ooxml.part_cache import once_per_part
from xlkpi.ooxml.sheet_contents import SheetFacts
from xlkpi.ooxml.xml import root_of

OPEN_ROWS, CLOSE_ROWS = b"<sheetData>", b"</sheetData>"
BYTES_PER_FACT = 20
"""Bytes of a part for each hidden column or merged range that is remembered of it: a few can list 16,000 columns."""
_LATER = (b"<conditionalFormatting", b"<dataValidations", b"<extLst")
_EARLY = (b"<sheetProtection", b"<mergeCell")


class Surroundings:
    """A part without its rows; each fact of it is read when it is first asked for."""

    def __init__(self, rest: bytes) -> None:
        """Keep the part without its rows."""
        self._rest = rest
        self._facts: SheetFacts | None = None

    @property
    def facts(self) -> SheetFacts:
        """What comes before the highlights and rules. Raises BrokenPart or OversizePart, as `FactsReader` does."""
        facts = self._facts
        if facts is None:
            early, _ = self._split
            reader = FactsReader(namespaces=False)
            reader.read(early, last=len(early) == len(self._rest))
            facts = reader.facts()
            if len(facts.hidden_columns) + len(facts.merges) <= len(self._rest) // BYTES_PER_FACT:
                self._facts = facts
        return facts

    @cached_property
    def _rule_reaches_out(self) -> bool:
        return rule_reaches_out(self._split[1])

    def rule_reaches_out(self) -> bool:
        """Whether a formula of a highlight or an entry rule may reach out of the file."""
        return self._rule_reaches_out

    def validations(self) -> tuple[str, ...]:
        """Return the ranges under data validation. Raises BrokenPart or OversizePart, as `FactsReader` does."""
        reader = FactsReader(namespaces=False)
        reader.read(self._rest)
        return tuple(reader.validations)

    @property
    def _split(self) -> tuple[bytes, bytes]:
        """Protection, columns and merges; and the highlights and rules, which nobody may ask for."""
        rest = self._rest
        start = min((at for at in map(rest.find, _LATER) if at > 0), default=len(rest))
        early, later = rest[:start], rest[start:]
        return (rest, rest) if any(tag in later for tag in _EARLY) else (early, later)


@once_per_part
def surroundings(rest: bytes) -> Surroundings:
    """Look through a part without its rows. Raises Unfamiliar where its spelling is not a known one."""
    expect(rest.count(OPEN_ROWS) == 1 and rest.count(CLOSE_ROWS) == 1)
    root = root_of(rest)
    # a comment could hide the rows, a namespace declared further in could make the rest another format's
    expect(has_only_elements(rest, root.end) and rest.count(b"xmlns") == root.declared)
    return Surroundings(rest)
