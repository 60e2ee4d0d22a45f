"""What a number format shows of a count: the plain whole number, or something else that a person would read.

A list of what is plain, not of what is odd: a format that is not known to show the number as it is stored shows
something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from xlkpi.ooxml.model import GENERAL

PLAIN = frozenset((GENERAL, "0", "#,##0"))
"""The formats of our own inputs, and those that nearly every pasted number has."""
LONGEST_FORMAT = 255
"""A format that is longer cannot come from a spreadsheet program."""

NOTHING, TEXT, PERCENT, TIME, MONEY = "as nothing", "as text", "as a percentage", "as a date or time", "as money"
FRACTION, EXPONENT, SCALED, OTHER = "as a fraction", "as a power of ten", "in thousands", "with other signs"

_PIECE = re.compile(r'"[^"]*"?|\\.|_.|\*.|\[[^\]]*\]?|.', re.DOTALL)
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)\s*(-?[0-9]+(?:\.[0-9]+)?)\]")
_COLOUR = re.compile(r"\[(?:black|blue|cyan|green|magenta|red|yellow|colou?r ?[0-9]{1,2})\]", re.IGNORECASE)
_LOCALE = re.compile(r"\[\$-[0-9a-fx,]*\]", re.IGNORECASE)
_COUNT = re.compile(r" *[#0?](?:,?[#0?])*(?: [#0?]{3})*(\.[#0?]*)? *")
_TELLING = re.compile(r"\[(?:h+\]?$|m+\]?$|s+\]?$|white\]|\$[^-\]])", re.IGNORECASE)
"""What is in brackets and decides what is shown: elapsed time, white signs, a currency."""
_SPACES = {0xA0: " ", 0x202F: " "}
_LITERAL = {ord(sign): chr(0xE000 + ord(sign)) for sign in "0123456789#?.,/%"}
"""Quoted signs that would mean something else without the quotation marks."""
_QUOTED_NOUGHT = "0".translate(_LITERAL)
_KINDS = (
    (NOTHING, re.compile(r"\[white\]")),
    (TEXT, re.compile("@")),
    (PERCENT, re.compile("%")),
    (MONEY, re.compile(r"[$£€¥\u20a0-\u20cf](?![^\]]*\])|\[\$[^-\]]")),
    (EXPONENT, re.compile(r"[0#?.]e[+-]")),
    (SCALED, re.compile(r"[0#?.],+(?![,0#?])")),
    (TIME, re.compile(r"[hmsdy]")),
    (FRACTION, re.compile("/")),
)
"""What a format can make of a count, the first that applies, by the signs that are not quoted."""
_COMPARED = {
    "<": lambda value, limit: value < limit,
    ">": lambda value, limit: value > limit,
    "<=": lambda value, limit: value <= limit,
    ">=": lambda value, limit: value >= limit,
    "=": lambda value, limit: value == limit,
    "<>": lambda value, limit: value != limit,
}


@lru_cache(maxsize=4096)
def shown_as(code: str, value: float) -> str:
    """Say how a format shows a number if not as it is stored, in words for a message; empty where it shows a count.

    >>> shown_as("#,##0;[Red]-#,##0", 4000.0), shown_as("[h]:mm", 2.0), shown_as("0,", 4000.0)
    ('', 'as a date or time', 'in thousands')
    """
    if len(code) > LONGEST_FORMAT:
        return OTHER
    sections = _split_sections(code)
    if len(sections) > 1 and "@" in sections[-1]:
        del sections[-1]
    section = _section_for(value, sections)
    if section is None:
        return OTHER
    text = "".join(_visible_pieces(section)).translate(_SPACES)
    if text.strip().lower() in ("", GENERAL.lower()):
        return NOTHING if not text.strip() and code.strip() else ""
    if _COUNT.fullmatch(text):
        return "" if value or "0" in text.partition(".")[0] else NOTHING
    if value == 0 and text.strip(" ?") in ("-", _QUOTED_NOUGHT):
        return ""  # as the accounting formats of every program show 0
    return _explain(section, text)


def _explain(section: Sequence[str], text: str) -> str:
    """Say what a section shows that is not a count."""
    signs = "".join(piece for piece in section if piece[:1] not in '"\\[' or _TELLING.match(piece)).lower()
    for words, pattern in _KINDS:
        if pattern.search(signs) or (words is MONEY and pattern.search(text)):
            return words
    return OTHER


def _split_sections(code: str) -> list[list[str]]:
    """Split a format at its semicolons, each section into quoted, escaped, bracketed and single signs."""
    sections: list[list[str]] = [[]]
    for piece in _PIECE.findall(code):
        if piece == ";":
            sections.append([])
        else:
            sections[-1].append(piece)
    return sections


def _section_for(value: float, sections: Sequence[Sequence[str]]) -> Sequence[str] | None:
    """Choose the section that shows the value; None where the sheet would show number signs."""
    numeric = sections[:3]
    usual = [_usual(value, number, len(numeric)) for number in range(len(numeric))]
    for section, is_usual in zip(numeric, usual, strict=True):
        conditions = [match for piece in section if (match := _CONDITION.fullmatch(piece))]
        if conditions:
            if all(_COMPARED[match[1]](value, float(match[2])) for match in conditions):
                return section
        elif is_usual:
            return section
    return None


def _usual(value: float, number: int, of: int) -> bool:
    """Whether the section of this number, of so many, shows the value where no section says when it applies."""
    if number == of - 1:
        return True
    if number == 0:
        return value > 0 or (value == 0 and of == 2)
    return value < 0


def _visible_pieces(section: Sequence[str]) -> Iterator[str]:
    """Each sign that a section shows, without colours, padding and quotation marks; a quoted 0 is not a digit."""
    for piece in section:
        if piece[:1] == "_" or piece == "* " or _COLOUR.fullmatch(piece) or _LOCALE.fullmatch(piece):
            continue
        if _CONDITION.fullmatch(piece):
            continue
        if piece[:1] == '"':
            yield piece.strip('"').translate(_LITERAL)
        else:
            yield piece[1:].translate(_LITERAL) if piece[:1] == "\\" else piece
