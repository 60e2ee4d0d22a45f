"""How serious a finding is, and what a message template is made of."""

from __future__ import annotations

from enum import Enum
from typing import Tuple


class Severity(Enum):
    """How serious a finding is, most serious first: fix it, correct or explain it, or just know it."""

    MUST_FIX = "must fix"
    QUERY = "query"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """Its place in the order, 0 for the most serious: every list of findings is sorted by it."""
        return _RANKS[self]


_RANKS = {severity: rank for rank, severity in enumerate(Severity)}


MUST, QUERY, NOTE = Severity.MUST_FIX, Severity.QUERY, Severity.NOTE

Message = Tuple[Severity, str]
"""A severity with the template of the message: ``{field}`` is replaced by a fact, ``[…]`` is an optional part."""

USE_FRESH_COPY = "Copy your figures into a fresh copy of the workbook."
"""The remedy for a workbook that was changed too much to be trusted."""
TYPE_IN_FRESH_COPY = "Type your figures into a fresh copy of the workbook."
"""The remedy where copying would bring the fault along: a locked sheet does not let anyone change a cell's format."""
