"""The parts of a plan: which cell has which content, and how its sheet is set up."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Mapping, Optional, Tuple, Union

from xlkpi.ooxml.addresses import cell_address

Value = Union[str, int, float, None]


class SlotKind(Enum):
    """What a slot is for; only INPUT is unlocked, only STAMP differs between providers of one template."""

    LABEL = "label"
    STAMP = "stamp"
    INPUT = "input"
    STAMPED_INPUT = "stamped input"
    LIVE = "live"
    LINK = "link"

    @property
    def unlocked(self) -> bool:
        """Whether a provider may type into it."""
        return self in (SlotKind.INPUT, SlotKind.STAMPED_INPUT)

    @property
    def stamped(self) -> bool:
        """Whether its text is the provider's own."""
        return self in (SlotKind.STAMP, SlotKind.STAMPED_INPUT)


class InputRuleKind(Enum):
    """What a validation allows."""

    WHOLE = "whole"
    DECIMAL = "decimal"
    LENGTH = "length"
    DATE = "date"


@dataclass(frozen=True)
class InputRule:
    """A validation of one input: what is allowed, the tip shown beside the cell, the alert when refused.

    ``low`` and ``high`` are whole numbers, text lengths, or dates as day numbers of the sheet.
    """

    kind: InputRuleKind
    low: int
    high: int
    tip_title: str
    tip: str
    alert_title: str
    alert: str


@dataclass(frozen=True)
class Slot:
    """One cell of a plan. ``value`` is its text or number; for a LIVE slot the formula's result as core computes it.

    A STAMP's value is the text for this provider; a LINK's ``formula`` is its target.
    """

    row: int
    col: int
    kind: SlotKind
    style: str
    value: Value = None
    formula: str = ""
    name: str = ""
    rule: Optional[InputRule] = None

    @property
    def ref(self) -> str:
        """The cell's address, ``F7``."""
        return cell_address(self.row, self.col)


@dataclass(frozen=True)
class Highlight:
    """A conditional format: where ``formula`` is true for the range's first cell, the style's fill and font apply."""

    range: str
    formula: str
    style: str


@dataclass(frozen=True)
class Button:
    """A button that runs a macro of the workbook: over which cell, how far into it and how large (pixels)."""

    row: int
    col: int
    caption: str
    macro: str
    description: str
    offset: Tuple[int, int] = (12, 5)
    size: Tuple[int, int] = (190, 28)


@dataclass(frozen=True)
class SheetPlan:
    """One sheet: its slots and set-up. Columns are (width, hidden) from A on; heights are points by row.

    ``optional_rows`` are shown only where there is something in them: each with the attribute that hides it, or an
    empty text.
    """

    name: str
    slots: Tuple[Slot, ...]
    columns: Tuple[Tuple[float, bool], ...]
    heights: Tuple[Tuple[int, float], ...] = ()
    optional_rows: Tuple[Tuple[int, str], ...] = ()
    highlights: Tuple[Highlight, ...] = ()
    freeze: Tuple[int, int] = (0, 0)
    header_row: int = 0
    first_input: str = "A1"
    filter_range: str = ""
    print_range: str = ""
    landscape: bool = True
    one_page: bool = False
    tab: str = ""
    hidden: bool = False
    buttons: Tuple[Button, ...] = ()


@dataclass(frozen=True)
class ReturnPlan:
    """A whole return: its sheets in order, document title and the day it counts as made on (ISO)."""

    sheets: Tuple[SheetPlan, ...]
    title: str
    made_on: str
    saved_on: str = ""
    with_macros: bool = False
    author: str = ""

    def named(self) -> Mapping[str, Tuple[str, Slot]]:
        """Give every named slot with the name of its sheet."""
        return {slot.name: (sheet.name, slot) for sheet in self.sheets for slot in sheet.slots if slot.name}
