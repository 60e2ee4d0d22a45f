"""Building worksheet formulas: text joined with cells, messages from their templates.

Only functions that every spreadsheet program since Excel 2010 has are used.
"""

from __future__ import annotations

from typing import List, Mapping, Sequence, Tuple

from xlkpi.core.bands import Interval
from xlkpi.findings import Code, pieces

LONGEST_LITERAL = 250


def literal(text: str) -> str:
    """Write a text as a formula's literal, split because a host refuses a literal of over 255 characters."""
    parts = [text[i : i + LONGEST_LITERAL] for i in range(0, len(text), LONGEST_LITERAL)] or [""]
    return "&".join('"' + part.replace('"', '""') + '"' for part in parts)


def message_formula(code: Code, facts: Mapping[str, str], cells: Mapping[str, str]) -> str:
    """Write the formula of a finding's message: ``facts`` are known when planned, ``cells`` are expressions."""
    out: List[str] = []
    text = ""
    for is_field, piece in pieces(code, frozenset((*facts, *cells))):
        if is_field and piece in cells:
            out.extend([literal(text)] if text else [])
            out.append(cells[piece])
            text = ""
        else:
            text += facts[piece] if is_field else piece
    out.extend([literal(text)] if text else [])
    return "&".join(out)


def in_band(interval: Interval, n: str, y: str) -> str:
    """Write the condition that the share n of y is in a band, by whole numbers only: ``100*F7>=85*G7``.

    A quotient would be rounded, and an outturn at the edge of a band would get the wrong colour.
    """
    tests, scale = [], interval.scale
    if interval.low is not None:
        tests.append(f"{scale}*{n}{'>' if interval.low_open else '>='}{times(interval.low, y)}")
    if interval.high is not None:
        tests.append(f"{scale}*{n}{'<' if interval.high_open else '<='}{times(interval.high, y)}")
    return tests[0] if len(tests) == 1 else f"AND({','.join(tests)})"


def times(number: int, y: str) -> str:
    """Write so many times y: a product, or its result where y is a number (there is no y: the outturn is x alone)."""
    return str(number * int(y)) if y.isdigit() else f"{number}*{y}"


def nested_if(cases: Sequence[Tuple[str, str]], otherwise: str) -> str:
    """Nest IFs: the value of the first condition that is true (later ones are not evaluated)."""
    out = otherwise
    for condition, value in reversed(cases):
        out = f"IF({condition},{value},{out})"
    return out


def is_one_of(cell: str, words: Sequence[str]) -> str:
    """Write the condition that a cell shows one of these words."""
    tests = [f'{cell}="{word}"' for word in words]
    return tests[0] if len(tests) == 1 else f"OR({','.join(tests)})"


def filled_flag(cell: str) -> str:
    """Write the formula that is 1 where a cell has words, 0 where it shows nothing or an error value."""
    return f'IF(ISERROR({cell}),0,IF({visible_text(cell)}="",0,1))'


UNSEEN = "\xa0\u200b\ufeff"
"""What is most often pasted unseen: no-break space, zero-width space, byte order mark. The reader knows them all."""


def visible_text(cell: str) -> str:
    """Write the formula of a cell's text without outer spaces and the signs that are most often pasted unseen."""
    for sign in UNSEEN:
        cell = f'SUBSTITUTE({cell},"{sign}","")'
    return f"TRIM({cell})"


def content_kind(cell: str, decimals: int = 0) -> str:
    """Write the formula of a cell's kind (core.cell_count.CountKind): 0 empty, 1 whole, 2 text … 5 anything else.

    A whole number equals its ROUND, not its INT: what is left over from a calculation may be just below it.
    With ``decimals`` a number with at most so many counts as one too.
    """
    number = f"IF({cell}<0,4,IF({cell}=ROUND({cell},{decimals}),1,3))"
    return nested_if(
        [
            (f"ISERROR({cell})", "5"),
            (f"ISLOGICAL({cell})", "5"),
            (f"ISBLANK({cell})", "0"),
            (f"ISNUMBER({cell})", number),
        ],
        f'IF({visible_text(cell)}="",0,2)',
    )
