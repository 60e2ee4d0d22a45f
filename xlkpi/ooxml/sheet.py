"""One worksheet part: its rows by the short cut where that can be trusted, the rest always by the parser."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from xlkpi.ooxml.fast_cells import Rows
from xlkpi.ooxml.fast_facts import Facts, cut_facts
from xlkpi.ooxml.fast_grid import read_grid
from xlkpi.ooxml.model import SheetContents
from xlkpi.ooxml.parse_cells import CellsReader
from xlkpi.ooxml.parse_facts import FactsReader
from xlkpi.ooxml.xml import BrokenPart, root_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from xlkpi.ooxml.fast_grid import Shapes
    from xlkpi.ooxml.model import StoredCell
    from xlkpi.ooxml.xml import Root

EARLY = (b"<sheetProtection", b"<mergeCell")
LATER = (b"<conditionalFormatting", b"<dataValidations")
"""Tags of the facts that are read at once, and of those after them, which are read when asked for."""

NOT_CELLS = ("chartsheet", "dialogsheet", "macrosheet")
"""Sheets without the cells of a worksheet: they are read as empty."""


def read_sheet(
    data: bytes,
    shapes: Shapes,
    formats: Mapping[str, str],
    *,
    short_cut: bool = True,
    again: Callable[[], SheetContents] | None = None,
) -> SheetContents:
    """A worksheet part; a chart sheet gives empty contents.

    Args:
        data: The part.
        shapes: What the tags of this workbook's cells mean, as far as they are known.
        formats: The number formats by style.
        short_cut: Whether the rows may be read without the parser, for which the result is the same.
        again: Reads the part without the short cut, when a row looked into later needs it (and then raises as its
            maker likes); None for this function itself.

    Raises:
        BrokenPart: it is not XML, not a sheet, or a cell holds what its type forbids.
        OversizePart: it holds more cells than the limit.
    """
    root = root_of(data)
    if root.local in NOT_CELLS:
        return SheetContents()
    if root.local != "worksheet":
        raise BrokenPart(f"it holds a {root.local[:40]} where a sheet should be")
    grid = read_grid(data, root) if short_cut else None
    if grid:
        by_parser = again or partial(read_sheet, data, shapes, formats, short_cut=False)
        rows = Rows(grid.text, shapes, lambda: by_parser().cells)
        validations = partial(_validations, grid.rest, by_parser)
        return _contents(_facts(grid.rest), rows, grid.hidden_rows, formats, validations)
    # where only the root declares namespaces, its prefix is the prefix throughout
    plain = data.count(b"xmlns") == root.declared
    cells = CellsReader(_spelling(root, plain=plain), namespaces=not plain, values=shapes.cell_values)
    cells.read(data)
    return _contents(cells.facts(), cells.cells, cells.hidden_rows, formats, lambda: tuple(cells.validations))


def _facts(rest: bytes) -> Facts:
    """Protection, columns and merges: they stand before the highlights and rules, which nobody may ask for."""
    ends = [at for at in (rest.find(tag) for tag in LATER) if at > 0]
    early, late = (rest[: min(ends)], rest[min(ends) :]) if ends else (rest, b"")
    if not any(tag in late for tag in EARLY):
        facts = cut_facts(early)
        if facts is not None:
            return facts
    reader = FactsReader(namespaces=False)
    reader.read(rest)
    return reader.facts()


def _validations(rest: bytes, by_parser: Callable[[], SheetContents]) -> tuple[str, ...]:
    facts = FactsReader(namespaces=False)
    try:
        facts.read(rest)
    except BrokenPart:
        return by_parser().validations()  # which says where it breaks
    return tuple(facts.validations)


def _spelling(root: Root, *, plain: bool) -> str:
    """What stands before the local names of the root's own namespace, as the parser will give them."""
    if plain:
        return root.prefix + ":" if root.prefix else ""
    return root.uri + " " if root.uri else ""


def _contents(
    facts: Facts,
    cells: Mapping[str, StoredCell],
    hidden_rows: list[int],
    formats: Mapping[str, str],
    validations: Callable[[], tuple[str, ...]],
) -> SheetContents:
    return SheetContents(
        cells,
        formats,
        facts.protected,
        frozenset(hidden_rows),
        facts.hidden_columns,
        facts.merges,
        validations,
    )
