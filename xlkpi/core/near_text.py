"""What somebody probably meant by a word that is not one of those known."""

from __future__ import annotations

import difflib
from typing import Iterable, Mapping

from xlkpi.findings import shorten

NEAR = 0.6
"""The least likeness of a name that is suggested."""


def find_nearest(text: str, names: Mapping[str, str]) -> str:
    """Find the name that is most like a text; empty where none is. ``names`` gives what to show by name in any case."""
    folded = {name.casefold(): shown for name, shown in names.items()}
    near = difflib.get_close_matches(text.casefold(), folded, n=1, cutoff=NEAR)
    return folded[near[0]] if near else ""


def suggest(text: str, known: Iterable[str]) -> str:
    """Suggest the nearest of the known words: ``Did you mean AB 2?``; where none is near, list them."""
    names = {name: name for name in known}
    near = find_nearest(shorten(text), names)
    return f"Did you mean {near}?" if near else f"Write one of: {', '.join(names)}."
