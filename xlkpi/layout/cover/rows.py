"""Which rows of the cover are for what, and what a declaration is."""

from __future__ import annotations

from dataclasses import dataclass

from xlkpi.core.visible_text import is_blank
from xlkpi.layout.plan_model import Value
from xlkpi.layout.provider_texts import CONTACTS
from xlkpi.ooxml.addresses import cell_address

WORKINGS = ("due", "entered", "fix", "reasons", "plans", "queries")
FIRST_WORKING = 8
LABELS = {
    "Return.provider": "Provider",
    "Return.provider_id": "Provider number",
    "Return.period": "Reporting period",
    "Return.declared_by": "Declared by (name)",
    "Return.declared_on": "Declared on (date)",
}
"""The label to the left of a named cell; the reader finds the cell by it when the name is missing."""
READY, NOT_READY = "Ready to send", "Not ready"
STATUS_ROW, STEPS_ROW = 11, 14


@dataclass(frozen=True)
class Declaration:
    """Who declares the figures, and the day as a sheet's day number (or whatever was typed)."""

    by: str = ""
    on: Value = None

    @property
    def complete(self) -> bool:
        """Whether there is a name and a day."""
        return not is_blank(self.by) and isinstance(self.on, (int, float)) and not isinstance(self.on, bool)


@dataclass(frozen=True)
class CoverRows:
    """Rows of the cover, which depend on how many sections the provider reports, and on what is carried forward."""

    sections: int
    more_steps: int = 0

    @property
    def section(self) -> int:
        """First step: the first section."""
        return STEPS_ROW + 1

    @property
    def steps_end(self) -> int:
        """Last step: send it."""
        return STEPS_ROW + self.sections + 6 + self.more_steps

    @property
    def declared_by(self) -> int:
        """The declaration's first row."""
        return self.steps_end + 4

    @property
    def contacts(self) -> int:
        """Header of the first table of contacts."""
        return self.declared_by + 4

    @property
    def due(self) -> int:
        """Header of the table of what is due."""
        return self.contacts + 2 * (CONTACTS + 3)


@dataclass(frozen=True)
class CarriedStep:
    """A step about what is carried forward: what to do, the cell it leads to, its status and the status's formula."""

    task: str
    target: str
    status: str
    formula: str


def declared_on_cell(sections: int, more_steps: int = 0) -> str:
    """Give the address of the cell with the day of the declaration."""
    return cell_address(CoverRows(sections, more_steps).declared_by + 1, 3)
