"""One worksheet part: its rows by the short cut where that can be trusted, the rest always by the parser."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlkpi.reading.cells import CellsReader
from xlkpi.reading.facts import FactsReader
from xlkpi.reading.grid import read_grid
from xlkpi.reading.markup import BrokenPart, root_of
from xlkpi.reading.raw import SheetContents

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xlkpi.reading.grid import Shapes
    from xlkpi.reading.markup import Root
    from xlkpi.reading.raw import StoredCell

NOT_CELLS = ("chartsheet", "dialogsheet", "macrosheet")
"""Sheets without the cells of a worksheet: they are read as empty."""


def read_sheet(
    data: bytes, shapes: Shapes, formats: Mapping[str, str], *, short_cut: bool = True
) -> SheetContents:
    """A worksheet part; a chart sheet gives empty contents.

    Args:
        data: The part.
        shapes: What the tags of this workbook's cells mean, as far as they are known.
        formats: The number formats by style.
        short_cut: Whether the rows may be read without the parser, for which the result is the same.

    Raises:
        BrokenPart: it is not XML, not a sheet, or a cell holds what its type forbids.
        OversizePart: it holds more cells than the limit.
    """
    root = root_of(data)
    if root.local in NOT_CELLS:
        return SheetContents()
    if root.local != "worksheet":
        raise BrokenPart(f"it holds a {root.local[:40]} where a sheet should be")
    grid = read_grid(data, root, shapes) if short_cut else None
    if grid:
        facts = FactsReader(namespaces=False)
        facts.read(grid.rest)
        return _contents(facts, grid.cells, grid.hidden_rows, formats)
    # where only the root declares namespaces, its prefix is the prefix throughout
    plain = data.count(b"xmlns") == root.declared
    cells = CellsReader(_spelling(root, plain=plain), namespaces=not plain, values=shapes.cell_values)
    cells.read(data)
    return _contents(cells, cells.cells, cells.hidden_rows, formats)


def _spelling(root: Root, *, plain: bool) -> str:
    """What stands before the local names of the root's own namespace, as the parser will give them."""
    if plain:
        return root.prefix + ":" if root.prefix else ""
    return root.uri + " " if root.uri else ""


def _contents(
    facts: FactsReader, cells: dict[str, StoredCell], hidden_rows: list[int], formats: Mapping[str, str]
) -> SheetContents:
    return SheetContents(
        cells,
        formats,
        facts.protected,
        frozenset(hidden_rows),
        facts.hidden_columns(),
        tuple(facts.merges),
        tuple(facts.validations),
    )
