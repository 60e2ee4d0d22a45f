"""A finding, and how its message is rendered from the template of its code."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from string import Formatter
from typing import FrozenSet, Mapping, Optional, Tuple

from xlkpi.findings.codes import Code
from xlkpi.findings.severity import Severity

LONGEST_QUOTED = 60


@dataclass(frozen=True)
class Finding:
    """One thing to fix, to explain or to know, with its place.

    ``sheet`` and ``cell`` are empty where there is none.
    """

    code: Code
    severity: Severity
    indicator: Optional[str]
    sheet: str
    cell: str
    message: str


Piece = Tuple[bool, str]


@lru_cache(maxsize=1024)  # a folder of returns has thousands of messages, from some dozens of templates
def pieces(code: Code, known: FrozenSet[str]) -> Tuple[Piece, ...]:
    """Split the template into literal text (False, text) and fields (True, name).

    An optional part is left out unless every fact in it is known.
    """
    out = []
    # A null character cannot be in a template, so it is a safe mark between the optional parts and the rest.
    for part in code.template.replace("[", "\0[").replace("]", "\0").split("\0"):
        optional = part.startswith("[")
        parsed = [(text, field) for text, field, _, _ in Formatter().parse(part[1:] if optional else part)]
        if optional and not all(field in known for _, field in parsed if field):
            continue
        for text, field in parsed:
            if text:
                out.append((False, text))
            if field:
                out.append((True, field))
    return tuple(out)


def render(code: Code, facts: Mapping[str, str]) -> str:
    """Render the message as a person reads it; raises KeyError where a fact that it needs is missing."""
    return "".join([facts[text] if is_field else text for is_field, text in pieces(code, frozenset(facts))])


def finding(
    code: Code,
    facts: Mapping[str, str],
    *,
    indicator: Optional[str] = None,
    sheet: str = "",
    cell: str = "",
    severity: Optional[Severity] = None,
) -> Finding:
    """Make a finding from its code and facts, at the code's own severity unless another is given."""
    return Finding(code, severity or code.severity, indicator, sheet, cell, render(code, facts))


def shorten(text: str, longest: int = LONGEST_QUOTED) -> str:
    """Cut a text that a message quotes; a dot in its place shows that there was more."""
    return text if len(text) <= longest else text[: longest - 1] + "…"
