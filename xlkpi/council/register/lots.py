"""Lots and yes or no as people write them in a register."""

from __future__ import annotations

import re

from xlkpi.core.lot import LOTS, TRANSPORT
from xlkpi.council.lists.faults import rejection
from xlkpi.findings import shorten

_BETWEEN = re.compile(r"[;,/&+\s]+|\band\b")
_WORD = re.compile(r"\blots?\b\.?", re.IGNORECASE)
_YES = frozenset(("yes", "y", "true", "1", "x", "✓"))
_NO = frozenset(("no", "n", "false", "0", "none", "n/a", "-", "–"))


def parse_lots(text: str) -> tuple[str, ...]:
    """Read ``1a;1b;3`` (also with commas or spaces, ``Lot 1a and Lot 3``) into lots in the Schedule's order.

    ``transport`` among them is kept, as the last. Empty text and ``none`` give none. Raises what a model
    reports for anything else, naming the first word that is not a lot.
    """
    words = [word for word in _BETWEEN.split(_WORD.sub(" ", text.casefold())) if word]
    if len(words) == 1 and words[0] in _NO:
        return ()
    for word in words:
        if word in ("1", "2"):
            both = f"lot {word} is split into {word}a and {word}b"
            raise rejection(f"says “{shorten(text)}”, and {both}. Say which the provider holds.")
        if word not in (*LOTS, TRANSPORT):
            known = f"{', '.join(LOTS[:-1])} or {LOTS[-1]}"
            raise rejection(
                f"says “{shorten(text)}”, and “{shorten(word)}” is not a lot. Use {known}, with ; between them."
            )
    return tuple(lot for lot in (*LOTS, TRANSPORT) if lot in words)


def parse_yes(text: str) -> bool | None:
    """Read yes or no, in the ways people tick a box; None for an empty cell. Raises what a model reports."""
    word = text.casefold()
    if not word:
        return None
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise rejection(f"says “{shorten(text)}”. Write yes or no.")
