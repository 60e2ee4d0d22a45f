"""What one worksheet part says, before anything is made of it: its cells by address, and facts about the sheet."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from xlkpi.ooxml.model import StoredCell


class SheetFacts(NamedTuple):
    """Whether a sheet is locked, the numbers of its hidden columns, its merged ranges."""

    protected: bool
    hidden_columns: frozenset[int]
    merges: tuple[str, ...]


@dataclass(frozen=True)
class SheetContents:
    """What one worksheet part says; kept compact, so a sheet of formatting alone costs next to nothing.

    Attributes:
        cells: The cells that are not blank, by address.
        formats: The number formats by style.
        protected: Whether the sheet is locked.
        hidden_rows: Numbers of the hidden rows.
        hidden_columns: Numbers of the hidden columns.
        merges: Merged ranges.
        validations: Gives the ranges under data validation.
        formula_test: Whether the cell at an address has a formula, where that can be known without reading the cell.
        may_reach_out: Tells whether a formula of its cells may reach out of the file; if not, none does.
        rule_reaches_out: Tells whether a formula of its highlights or entry rules may reach out of the file.
        arrays: Gives the ranges that one formula fills, of which only the first cell has the formula.
        error_test: Whether a cell of the sheet may show an error value, where that is known without reading them.
        written: The addresses that the part has a cell for, blank ones among them, where they differ from the cells'.
    """

    cells: Mapping[str, StoredCell] = field(default_factory=dict)
    formats: Mapping[str, str] = field(default_factory=dict)
    protected: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merges: tuple[str, ...] = ()
    validations: Callable[[], tuple[str, ...]] = tuple
    formula_test: Callable[[str], bool] | None = None
    written: Collection[str] | None = None
    arrays: Callable[[], tuple[str, ...]] = tuple
    error_test: Callable[[], bool] | None = None
    may_reach_out: Callable[[], bool] = lambda: True
    rule_reaches_out: Callable[[], bool] = lambda: False
