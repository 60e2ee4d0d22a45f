"""What stands before a sheet's rules and highlights: protection, columns, merges; cut where spelt as usual."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from xlkpi.ooxml.fast_text import Unfamiliar, attributes, cuttable, expect
from xlkpi.ooxml.xml import truth

_COLUMN, _PROTECTION = "<col ", "<sheetProtection "
_SELF_CLOSED = "/>"


class Facts(NamedTuple):
    """Whether the sheet is locked, the numbers of its hidden columns, its merged ranges."""

    protected: bool
    hidden_columns: frozenset[int]
    merges: tuple[str, ...]


def cut_facts(early: bytes) -> Facts | None:
    """The facts of the first stretch of a part without its rows; None where the parser has to tell them."""
    if b"<mergeCell" in early:
        return None
    try:
        text = cuttable(early)
        return Facts(_is_protected(text), _hidden_columns(text), ())
    except (Unfamiliar, ValueError, LookupError):
        return None


def _is_protected(text: str) -> bool:
    before, *found = text.split(_PROTECTION)
    expect("<sheetProtection" not in before and len(found) <= 1)
    return bool(found) and truth(_attributes(found[0].partition(_SELF_CLOSED)[0]).get("sheet"))


def _hidden_columns(text: str) -> frozenset[int]:
    before, _, rest = text.partition("<cols>")
    columns, closed, after = rest.partition("</cols>")
    expect("<col" not in before and "<col" not in after and (bool(closed) or not rest))
    return _hidden_of(columns)


@lru_cache(maxsize=256)
def _hidden_of(columns: str) -> frozenset[int]:
    """The hidden columns of a list of them; sheets of one form have the same list, so it is read once."""
    before, *pieces = columns.split(_COLUMN)
    expect(not before)
    hidden: set[int] = set()
    for piece in pieces:
        expect(piece.endswith(_SELF_CLOSED))
        facts = _attributes(piece[: -len(_SELF_CLOSED)])
        if truth(facts.get("hidden")):
            first, last = int(facts["min"]), int(facts["max"])
            expect(1 <= first <= last <= _MOST_HIDDEN)
            hidden.update(range(first, last + 1))
    return frozenset(hidden)


_MOST_HIDDEN = 16_384


@lru_cache(maxsize=256)
def _attributes(head: str) -> dict[str, str]:
    expect("<" not in head and ">" not in head)
    return attributes(" " + head.rstrip(" "))
