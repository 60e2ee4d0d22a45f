"""The nearest of the names there are, for a message about one that there is not."""

from __future__ import annotations

import difflib
from collections.abc import Mapping

NEAR = 0.6
"""The least likeness of a name that is suggested."""


def find_nearest(text: str, names: Mapping[str, str]) -> str:
    """Find the name that is most like a text; empty where none is. ``names`` gives what to show by name in any case."""
    folded = {name.casefold(): shown for name, shown in names.items()}
    near = difflib.get_close_matches(text.casefold(), folded, n=1, cutoff=NEAR)
    return folded[near[0]] if near else ""
