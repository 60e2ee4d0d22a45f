"""What is known of an indicator's row before any file is read: found once for all returns of a layout."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from xlkpi.core.checks import AskedIndicator
from xlkpi.core.indicator import Definition, slug_of
from xlkpi.core.visible_text import fold_code
from xlkpi.layout.addresses import Col, Place
from xlkpi.layout.plan import ReturnLayout
from xlkpi.ooxml.model import CellTarget
from xlkpi.reading.returns.typed_counts import WHOLE_COUNT, Asks

LIVE = ("outturn", "rag", "check")
"""The parts of the names of a row's live cells."""


class PlannedRow(NamedTuple):
    """An indicator as a layout asks for it, and its row as the workbook was built.

    Attributes:
        asked: The indicator, with its reading and whether it is due.
        place: Where the row was planned.
        code: The indicator's code.
        folded: The same as codes are compared.
        definition: What the indicator counts, under its reading.
        names: The defined names of x, y and the comment.
        targets: The cells that those names were given.
        cells: The addresses of code, x, y and comment.
        live: The defined names of the live cells.
        asks_x: What the cell of x may have.
        has_y: Whether y is asked for.
    """

    asked: AskedIndicator
    place: Place
    code: str
    folded: str
    definition: Definition
    names: tuple[str, str, str]
    targets: tuple[CellTarget, CellTarget, CellTarget]
    cells: tuple[str, str, str, str]
    live: tuple[str, ...]
    asks_x: Asks
    has_y: bool


@lru_cache(maxsize=64)
def planned_rows(layout: ReturnLayout) -> tuple[PlannedRow, ...]:
    """List the rows of a layout in the order of the return."""
    return tuple(_plan_row(asked, layout.places[asked.indicator.code]) for asked in layout.asked)


def _plan_row(asked: AskedIndicator, place: Place) -> PlannedRow:
    indicator, definition = asked.indicator, asked.indicator.effective
    slug = slug_of(indicator.code)
    x, y, comment = (CellTarget(place.sheet, place.at(col)) for col in (Col.X, Col.Y, Col.COMMENT))
    return PlannedRow(
        asked,
        place,
        indicator.code,
        fold_code(indicator.code),
        indicator.read(asked.reading),
        (f"{slug}.x", f"{slug}.y", f"{slug}.comment"),
        (x, y, comment),
        (place.at(Col.CODE), x.ref, y.ref, comment.ref),
        tuple(f"{slug}.{part}" for part in LIVE),
        WHOLE_COUNT if definition.outturn.is_share else Asks(definition.outturn, definition.decimals),
        definition.has_y,
    )
