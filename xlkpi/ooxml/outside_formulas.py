"""Formulas that reach out of the file: they ask another program, the network or another computer for something."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

from xlkpi.ooxml.part_cache import once_per_part

_FUNCTIONS = (
    *("WEBSERVICE", "RTD", "CALL", "REGISTER", r"REGISTER\.ID", "EXEC", "EXECUTE", "IMAGE", "DDE", r"SQL\.REQUEST"),
    *("INITIATE", "POKE", "REQUEST", "FOPEN", "FILES", "EVALUATE", "RUN", r"GET\.[A-Z]+", r"SEND\.KEYS", "PY"),
    *("IMPORT(?:XML|DATA|HTML|FEED|RANGE)", "STOCKHISTORY", "COPILOT", r"CUBE[A-Z]+"),
)
"""Functions of Excel, its macro language of 1992 that names may still use, LibreOffice and Google Sheets. FILTERXML and
ENCODEURL are not among them: they only work on what they are given."""
_REACHES_OUT = re.compile(
    rf"\b(?:{'|'.join(_FUNCTIONS)})\s*\("
    r"|\\\\|\bfile:|\b[a-z]:\\|\[[^\[\]]*\.(?:xl|od)[a-z]+\]"  # a share, a drive, a workbook by its name
    r"|[\w.]\|(?:'[^']*'|[\w./]+)!",  # a program and its topic: DDE
    re.IGNORECASE,
)
_SIGNS = tuple(sorted({stem for name in _FUNCTIONS for stem in re.findall(r"^[A-Z.]+", name.replace("\\", ""))}))
_SIGNS += ("HYPERLINK", "\\", "[", "|", "FILE:", "\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}", "\N{KELVIN SIGN}")
"""What a formula that reaches out has in it in capitals: to search for these takes a fifth of the patterns' time. The
last two are I and K where case is ignored, and are their own capitals."""
_LINK = re.compile(r"\bHYPERLINK\s*\(", re.IGNORECASE)
_LEADS_AWAY = re.compile(r"//|\b[a-z]:", re.IGNORECASE)
_RULE_FORMULA = re.compile(rb"<(?:\w+:)?(?:formula[12]?|f)(?=[\s>])[^<>]*>([^<]*)")
_ROWS_END = re.compile(rb"</(?:\w+:)?sheetData\s*>|<(?:\w+:)?sheetData\s*/>")
MOST_REMEMBERED = 2_000_000
"""Characters of formulas that are remembered together."""


def formula_reaches_out(formula: str) -> bool:
    """Tell whether a formula asks another program, the network or another computer for something."""
    capitals = formula.upper()
    if not any(sign in capitals for sign in _SIGNS):
        return False
    if _REACHES_OUT.search(formula):
        return True
    link = _LINK.search(formula)  # two steps: as one pattern it would take the square of the formula's length
    return bool(link and _LEADS_AWAY.search(formula, link.end()))


class FormulaMemory:
    """Formulas met before that do not reach out: the returns of one template share theirs, so each is judged once."""

    def __init__(self, unescape: Callable[[str], str] = str) -> None:
        """Remember formulas as they are spelt; ``unescape`` gives what a spelling means."""
        self._unescape = unescape
        self._harmless: set[str] = set()
        self._characters = 0

    def any_reaches_out(self, spelt: Collection[str]) -> bool:
        """Tell whether one of these formulas reaches out."""
        if self._harmless.issuperset(spelt):
            return False
        unknown = set(spelt) - self._harmless
        if any(formula_reaches_out(self._unescape(text)) for text in unknown):
            return True
        self._characters += sum(map(len, unknown))
        if self._characters > MOST_REMEMBERED:
            self._characters = 0
            self._harmless.clear()
        else:
            self._harmless.update(unknown)
        return False


def rule_of_sheet_reaches_out(part: bytes) -> bool:
    """Tell whether a formula of a highlight or an entry rule reaches out, from the whole part of a sheet."""
    end = _ROWS_END.search(part)
    return b"\0" in part[:4] or rule_reaches_out(part[end.end() if end else 0 :])


@once_per_part
def rule_reaches_out(part: bytes) -> bool:
    """Tell whether a formula of a highlight or an entry rule reaches out, from what follows the rows of a sheet.

    A letter may be written as its number (and a part in an encoding of two bytes): then it may, so the answer is yes.
    """
    formulas = _RULE_FORMULA.findall(part)
    texts = [formula.decode("utf-8", "replace").replace("&#10;", "\n") for formula in formulas]
    return any("&#" in text or formula_reaches_out(text) for text in texts)
