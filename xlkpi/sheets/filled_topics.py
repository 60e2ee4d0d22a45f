"""Topics with what to know about each, filled in with the contract's own words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

Topic = tuple[str, str]


def fill_topics(topics: Iterable[Topic], facts: Mapping[str, str]) -> list[Topic]:
    """Fill in what is in braces; a topic about which the contract has nothing to say is left out."""
    filled = ((topic.format(**facts), text.format(**facts).strip()) for topic, text in topics)
    return [(topic, text) for topic, text in filled if text]
