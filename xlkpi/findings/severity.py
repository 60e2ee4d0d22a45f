"""How serious a finding is, and what a message template is made of."""

from __future__ import annotations

from enum import Enum
from typing import Tuple


class Severity(Enum):
    """How serious a finding is: it must be fixed, it must be corrected or explained, or it is good to know."""

    MUST_FIX = "must fix"
    QUERY = "query"
    NOTE = "note"


MUST, QUERY, NOTE = Severity.MUST_FIX, Severity.QUERY, Severity.NOTE

Message = Tuple[Severity, str]
"""A severity with the template of the message: ``{field}`` is replaced by a fact, ``[…]`` is an optional part."""

USE_FRESH_COPY = "Copy your figures into a fresh copy of the workbook."
"""The remedy for a workbook that was changed too much to be trusted."""
