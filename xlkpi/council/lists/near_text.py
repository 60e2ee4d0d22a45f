"""What somebody probably meant by a word that is not one of those known."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from xlkpi.findings import shorten


def suggest(text: str, known: Iterable[str]) -> str:
    """Suggest the nearest of the known words: ``Did you mean KPI S2?``; where none is near, list them."""
    by_plain = {name.casefold(): name for name in known}
    near = difflib.get_close_matches(shorten(text).casefold(), list(by_plain), n=1, cutoff=0.6)
    return f"Did you mean {by_plain[near[0]]}?" if near else f"Write one of: {', '.join(by_plain.values())}."
