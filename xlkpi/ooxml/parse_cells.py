"""The rows of a worksheet read by the parser: right on every legal spelling of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlkpi.ooxml.addresses import LAST_COLUMN, LAST_ROW, column_letters, column_number, parse_cell
from xlkpi.ooxml.limits import CELL_LIMIT, MERGE_LIMIT, OversizePart
from xlkpi.ooxml.parse_facts import FactsReader
from xlkpi.ooxml.values import NOTHING, stored_cell
from xlkpi.ooxml.xml import BrokenPart, truth

if TYPE_CHECKING:
    from xlkpi.ooxml.model import StoredCell, TypedValue
    from xlkpi.ooxml.parse_facts import Attributes
    from xlkpi.ooxml.values import ValueParser


LONGEST_REF = len("XFD1048576")


class CellsReader(FactsReader):
    """One pass over a whole worksheet part.

    A blank cell costs one call: its attributes are looked at only once it turns out to have content.
    `_at` has the attributes of the current cell, `_value` and `_formula` their texts, None until met.

    Attributes:
        cells: What is stored of each cell that is not blank, by address.
        hidden_rows: Numbers of the hidden rows, as they come.
        arrays: Ranges of several cells that one formula fills, as they come.
    """

    def __init__(self, spelling: str, *, namespaces: bool, values: ValueParser, most_cells: int = CELL_LIMIT) -> None:
        super().__init__(namespaces=namespaces)
        self.cells: dict[str, StoredCell] = {}
        self.hidden_rows: list[int] = []
        self.arrays: list[str] = []
        self._values = values
        self._most_cells = most_cells
        self._row_number = 0
        self._at: Attributes = {}
        self._value: list[str] | None = None
        self._formula: list[str] | None = None
        self._phonetic = False
        names = {
            "row": self._begin_row, "c": self._begin_cell, "v": self._begin_value, "f": self._begin_formula,
            "is": self._begin_inline, "t": self._begin_text, "r": self._begin_run, "rPh": self._begin_phonetic,
        }  # fmt: skip
        self.starts.update((spelling + name, start) for name, start in names.items())
        self._cell_tag = spelling + "c"
        self.parser.EndElementHandler = self._end

    def _end(self, tag: str) -> None:
        self.parser.CharacterDataHandler = None
        if tag == self._cell_tag and (self._value is not None or self._formula is not None):
            self._keep()

    def _begin_row(self, at: Attributes) -> None:
        number = at.get("r")
        self._row_number = int(number) if number else self._row_number + 1
        if not 1 <= self._row_number <= LAST_ROW:
            raise BrokenPart("it lists a row that no sheet has")
        self._at = {}
        if truth(at.get("hidden")):
            self.hidden_rows.append(self._row_number)

    def _begin_cell(self, at: Attributes) -> None:
        if "r" not in at:  # then it is right of the cell before
            before = column_number(self._at.get("r", "")[:LONGEST_REF].rstrip("0123456789"))
            if before >= LAST_COLUMN:
                raise BrokenPart("it lists a column that no sheet has")
            at["r"] = f"{column_letters(before + 1)}{self._row_number}"
        elif not at["r"].isupper():
            at["r"] = at["r"].upper()  # some programs write "f6"; addresses do not depend on the case of letters
        self._at = at
        self._value = self._formula = None

    def _begin_value(self, _: Attributes) -> None:
        if self._value is not None:  # as with two cells of one address
            raise BrokenPart(f"{self._at.get('r', '')[:12]} has two values")
        self._value = []
        self.parser.CharacterDataHandler = self._value.append

    def _begin_formula(self, at: Attributes) -> None:
        self._formula = []
        if at.get("t") in ("array", "dataTable") and ":" in at.get("ref", ""):
            if len(self.arrays) >= MERGE_LIMIT:
                raise OversizePart(f"it has over {MERGE_LIMIT:,} array formulas")
            self.arrays.append(at["ref"])
        self.parser.CharacterDataHandler = self._formula.append

    def _begin_inline(self, _: Attributes) -> None:
        self._value = []
        self._phonetic = False

    def _begin_text(self, _: Attributes) -> None:
        if self._value is not None and not self._phonetic:
            self.parser.CharacterDataHandler = self._value.append

    def _begin_run(self, _: Attributes) -> None:
        self._phonetic = False

    def _begin_phonetic(self, _: Attributes) -> None:
        self._phonetic = True

    def _keep(self) -> None:
        formula = None if self._formula is None else "".join(self._formula)
        style = self._at.get("s", "0")
        typed = NOTHING if self._value is None else self._read("".join(self._value), style)
        self._value = self._formula = None
        stored = stored_cell(typed, formula, style)
        if stored is None:
            return
        ref = self._at["r"]
        if ref in self.cells:  # programs show the last; which one was typed, nobody can tell
            raise BrokenPart(f"it has two cells {ref[:12]}")
        if parse_cell(ref) is None or not ref.isalnum():  # a space or a dollar in it is looked past elsewhere
            raise BrokenPart(f"{ref[:12]} is not the address of one cell")
        if len(self.cells) >= self._most_cells:
            raise OversizePart(f"it contains over {self._most_cells:,} cells")
        self.cells[ref] = stored

    def _read(self, text: str, style: str) -> TypedValue:
        try:
            return self._values.read(self._at.get("t", "n"), style, text)
        except BrokenPart as problem:
            raise BrokenPart(f"in {self._at['r'][:12]}, {problem}") from problem
