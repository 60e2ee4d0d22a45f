"""One worksheet part read by the parser: right on every legal spelling."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from xlkpi.ooxml.limits import CELL_LIMIT
from xlkpi.ooxml.outside_formulas import rule_of_sheet_reaches_out
from xlkpi.ooxml.parse_cells import CellsReader
from xlkpi.ooxml.sheet_contents import SheetContents
from xlkpi.ooxml.xml import BrokenPart, root_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xlkpi.ooxml.values import ValueParser
    from xlkpi.ooxml.xml import Root

NOT_CELLS = ("chartsheet", "dialogsheet", "macrosheet")
"""Sheets without the cells of a worksheet: they are read as empty."""


def read_sheet(
    data: bytes, values: ValueParser, formats: Mapping[str, str], most_cells: int = CELL_LIMIT
) -> SheetContents:
    """Read a worksheet part; a chart sheet gives empty contents.

    Args:
        data: The part.
        values: Turns the texts of this workbook's cells into values.
        formats: The number formats by style.
        most_cells: How many filled cells it may have.

    Raises:
        BrokenPart: it is not XML, not a sheet, or a cell contains what its type forbids.
        OversizePart: it has more cells than the limit.
    """
    root = root_of(data)
    if root.local in NOT_CELLS:
        return SheetContents()
    if root.local != "worksheet":
        raise BrokenPart(f"it contains a {root.local[:40]} where a sheet should be")
    # where only the root declares namespaces, its prefix is the prefix throughout
    plain = data.count(b"xmlns") == root.declared
    reader = CellsReader(_spelling(root, plain=plain), namespaces=not plain, values=values, most_cells=most_cells)
    reader.read(data)
    facts = reader.facts()
    return SheetContents(
        reader.cells,
        formats,
        facts.protected,
        frozenset(reader.hidden_rows),
        facts.hidden_columns,
        facts.merges,
        lambda: tuple(reader.validations),
        rule_reaches_out=partial(rule_of_sheet_reaches_out, data),
        arrays=lambda: tuple(reader.arrays),
    )


def _spelling(root: Root, *, plain: bool) -> str:
    """What comes before the local names of the root's own namespace, as the parser will give them."""
    if plain:
        return root.prefix + ":" if root.prefix else ""
    return root.uri + " " if root.uri else ""
