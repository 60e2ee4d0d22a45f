"""What kind of content is where in the files of a catalogue folder: found first, because every other rule relies on it.

Only what is there is judged. The shapes are also where the keys that are known come from; to find the others, and
those that are missing, is the rules' own business.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, TypeAlias

from xlkpi.findings import shorten
from xlkpi.plain_text import is_steered

Shape: TypeAlias = "type | tuple[type, ...] | list[Any] | dict[str, Any]"
"""A kind of value, several that will do, a list of one shape, or a table with a shape per key (``*``: of any key)."""

NOTHING = type(None)
TEXTS = [str]
_READING = dict.fromkeys(("x", "y", "red", "amber", "green", "outturn"), str) | {"frequency": (str, NOTHING)}
_RELATION = {"indicators": TEXTS, "counts": str, "because": str}
SECTION: dict[str, Any] = {"key": str, "title": str, "heading": str, "lots": TEXTS}
INDICATOR: dict[str, Any] = {
    **dict.fromkeys(("code", "section", "description", "x", "y", "red", "amber", "green"), str),
    "frequency": (str, NOTHING),
    "measured": str,
    "outturn": str,
    "effective": _READING,
    "why": str,
    "carried_over": bool,
}
VERSION: dict[str, Any] = {
    "version": str,
    "from_period": str,
    "source": str,
    "sections": [SECTION],
    "indicators": [INDICATOR],
    "same_y": [_RELATION],
    "x_sums": [_RELATION],
    "x_parts": [{"part": str, "whole": str, "because": str}],
}
WORDS: Shape = {
    **dict.fromkeys(("council", "short", "contract", "document", "provider", "area", "periods"), str),
    **dict.fromkeys(("case_system", "invoice_indicator"), str),
    **dict.fromkeys(("minutes_days", "payment_days", "payment_target"), int),
    "positions": TEXTS,
    "texts": {"*": str},
    "first_month": (str, int),  # the rule for it names the months
    "short_names": {"*": str},
}
RUNG: dict[str, Any] = {
    **dict.fromkeys(("condition", "step", "kind", "paragraph", "ground"), str),
    "contact": int,
    "working_days": (int, NOTHING),
}
LADDER_STEPS: dict[str, Any] = {"rungs": [RUNG]}
_ADVICE = {
    str: "Write it as text in quotation marks.",
    bool: "Write true or false.",
    int: "Write a whole number.",
    list: "Write a list in square brackets.",
    dict: "Write a table in braces.",
}


def find_shape_faults(content: Any, shape: Shape, place: str = "") -> Iterator[str]:
    """Find every value that is not of the kind its place has, each with its place and what to write."""
    if isinstance(shape, dict):
        yield from _in_table(content, shape, place)
    elif isinstance(shape, list):
        yield from _in_list(content, shape[0], place)
    elif not isinstance(content, shape) or (isinstance(content, bool) and shape is not bool):
        yield _fault(content, shape[0] if isinstance(shape, tuple) else shape, place)
    elif isinstance(content, str) and (is_steered(content) or not _can_be_saved(content)):
        yield f"{place} has characters that cannot be shown. Type it again."


def _in_table(content: Any, shape: dict[str, Any], place: str) -> Iterator[str]:
    if not isinstance(content, dict):
        yield _fault(content, dict, place)
        return
    for key, value in content.items():
        inner = shape.get(key, shape.get("*"))
        if inner is not None and not key.startswith("_"):
            yield from find_shape_faults(value, inner, f"{place}, {key}" if place else key)


def _in_list(content: Any, shape: Shape, place: str) -> Iterator[str]:
    if not isinstance(content, list):
        yield _fault(content, list, place)
        return
    for number, value in enumerate(content, start=1):
        yield from find_shape_faults(value, shape, f"{place}, entry {number}")


def _fault(content: Any, wanted: type, place: str) -> str:
    return f"{place} is {_shown(content)}. {_ADVICE[wanted]}"


def _shown(content: Any) -> str:
    """Show a value in a word or two; a whole number may have more digits than Python writes."""
    if isinstance(content, str):
        return f"“{shorten(content)}”"
    if content is None or isinstance(content, bool):
        return str(json.dumps(content))
    if isinstance(content, (list, dict)):
        return "a list" if isinstance(content, list) else "a table"
    return "a number"


def _can_be_saved(text: str) -> bool:
    return not any("\ud800" <= sign <= "\udfff" for sign in text)
