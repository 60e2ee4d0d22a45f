"""Lots and yes or no as people write them in a register."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from xlkpi.core.lot import TRANSPORT
from xlkpi.council.lists.faults import rejection
from xlkpi.findings import shorten

_BETWEEN = re.compile(r"[;,/&+\s]+|\band\b")
_BETWEEN_NAMES = re.compile("[;,]")
_WORD = re.compile(r"\blots?\b\.?", re.IGNORECASE)
_YES = frozenset(("yes", "y", "true", "1", "x", "✓"))
_NO = frozenset(("no", "n", "false", "0", "none", "n/a", "-", "–"))


def parse_lots(text: str, known: Sequence[str]) -> tuple[str, ...]:
    """Read ``1a;1b;3`` (also with commas or spaces, ``Lot 1a and Lot 3``) into lots in the contract's order.

    Lots whose names have spaces are separated by ; or commas only. Empty text and ``none`` give none. Raises what a
    model reports for anything else, naming the first word that is not a lot.
    """
    by_word = {" ".join(lot.casefold().split()): lot for lot in known}
    between = _BETWEEN if not any(" " in word for word in by_word) else _BETWEEN_NAMES
    plain = _WORD.sub(" ", text.casefold()) if between is _BETWEEN else text.casefold()
    words = [" ".join(word.split()) for word in between.split(plain) if word.strip()]
    if len(words) == 1 and words[0] in _NO:
        return ()
    for word in words:
        if word not in by_word:
            raise rejection(f"says “{shorten(text)}”, and {_what_instead(word, by_word)}")
    return tuple(lot for lot in known if " ".join(lot.casefold().split()) in words)


def _what_instead(word: str, known: Collection[str]) -> str:
    parts = [lot for lot in known if lot[:-1] == word and lot[-1].isalpha()]
    if parts:
        return f"lot {word} is split into {' and '.join(parts)}. Say which the provider holds."
    *others, last = (lot for lot in known if lot != TRANSPORT)
    return f"“{shorten(word)}” is not a lot. Use {', '.join(others)} or {last}, with ; between them."


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
