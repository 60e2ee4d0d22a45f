"""Short names of indicators, for tables that have no room for the contract's sentences.

An indicator to which the contract's words give no short name is shortened from its description.
"""

from __future__ import annotations

from xlkpi.core.indicator import Indicator

LONGEST = 26


def shorten_description(indicator: Indicator) -> str:
    """Say what an indicator is about in at most 26 characters."""
    known = dict(indicator.words.short_names).get(indicator.code)
    if known:
        return known
    text = " ".join(indicator.description.split())
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"
