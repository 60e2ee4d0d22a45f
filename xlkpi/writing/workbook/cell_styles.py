"""How a master looks: the returns' own colours, and a fill for each word in a cell."""

from __future__ import annotations

import math
from dataclasses import replace
from fractions import Fraction

from xlkpi.core.shown_share import MOST_DECIMALS, decimals_to_show
from xlkpi.layout.styles import GREEN_INK, GREY_FILL, GREY_INK, INK, LINE, NAVY, PALE, RED_INK, STYLES, WHITE, Style
from xlkpi.writing.workbook.quantity import USUAL_DECIMALS, Quantity, list_unit_formats
from xlkpi.writing.workbook.workbook_plan import StyledText

LINK_INK = "#0B4EA2"
MISSING_FILL, MISSING_INK = "#E4D9F2", "#3F2A66"
_CELL = Style(line=LINE, valign="vcenter")
_ONE_LINE = replace(_CELL, wrap=False)
_MIDDLE = replace(_ONE_LINE, align="center")
_QUIET = Style(PALE, GREY_INK)
_TO_FIX = Style(WHITE, RED_INK, bold=True)
_MISSING = Style(MISSING_FILL, MISSING_INK, italic=True)

MASTER_STYLES: dict[str, Style] = {
    "plain": Style(wrap=False),
    "prose": Style(size=11, valign="top"),
    "title": STYLES["title"],
    "subtitle": STYLES["subtitle"],
    "heading": STYLES["heading"],
    "note": Style(ink=GREY_INK, wrap=False),
    "small": Style(size=9, wrap=False, line=WHITE, valign="vcenter"),
    "small whole": replace(_MIDDLE, numbers="#,##0", size=9),
    "small text": replace(_CELL, size=9, align="center"),
    "small share": replace(_MIDDLE, numbers="0.00%", size=9),
    "point": Style(line=WHITE, wrap=False),
    "warning": replace(STYLES["query"], wrap=False, bold=True),
    "warning open": Style(ink=RED_INK, bold=True, wrap=False),
    "header": STYLES["header"],
    "header centre": replace(STYLES["header"], align="center", size=9),
    "header middle": replace(STYLES["header"], align="center"),
    "header open": replace(STYLES["header"], wrap=False, line=NAVY),
    "band": Style(PALE, NAVY, 9, bold=True, wrap=False, valign="vcenter"),
    "topic": Style(ink=NAVY, size=11, bold=True, valign="top"),
    "label": replace(STYLES["label"], size=10, wrap=False),
    "label open": Style(PALE, NAVY, bold=True, wrap=False, line=PALE, valign="vcenter"),
    "figure": replace(_MIDDLE, numbers="#,##0", bold=True),
    "name": replace(_CELL, bold=True, ink=NAVY),
    "text": _CELL,
    "line": _ONE_LINE,
    "code": replace(_ONE_LINE, bold=True, ink=NAVY),
    "quiet": replace(_ONE_LINE, ink=GREY_INK, size=8),
    "link": replace(_ONE_LINE, ink=LINK_INK, underline=True),
    "link text": replace(_CELL, ink=LINK_INK, underline=True),
    "link centre": replace(_MIDDLE, ink=LINK_INK, underline=True),
    "link open": Style(ink=LINK_INK, underline=True, wrap=False),
    "centre": _MIDDLE,
    "whole": replace(_MIDDLE, numbers="#,##0"),
    "gap": replace(_MIDDLE, numbers="+#,##0;−#,##0;0"),
    "points": replace(_MIDDLE, numbers="+0.00;−0.00;0.00"),
    "share": replace(_MIDDLE, numbers="0.00%"),
    "share rounded": replace(_MIDDLE, numbers="0.0%"),
    "day": replace(_MIDDLE, numbers="dd/mm/yyyy"),
    "days": replace(_MIDDLE, numbers="0.0"),
    "mark": replace(_MIDDLE, numbers="0;;", ink=GREY_INK),
    "money": replace(_ONE_LINE, align="right", numbers="£#,##0.00;−£#,##0.00"),
    "input": replace(STYLES["comment"], size=10, wrap=False),
    "input day": replace(STYLES["day"], size=10, wrap=False, align="center"),
    "input whole": replace(STYLES["comment"], size=10, wrap=False, align="center", numbers="#,##0"),
    "input money": replace(STYLES["comment"], size=10, wrap=False, align="right", numbers="£#,##0.00;−£#,##0.00"),
    "input share": replace(STYLES["comment"], size=10, wrap=False, align="center", numbers="0%"),
    "heat none": Style(GREY_FILL, GREY_INK, line=WHITE),
}

WORDS: dict[str, Style] = {
    "Green": STYLES["Green"],
    "Amber": STYLES["Amber"],
    "Red": STYLES["Red"],
    "Info": STYLES["Information"],
    "Information": STYLES["Information"],
    "No cases": _QUIET,
    "Not due": _QUIET,
    "Unrated": _QUIET,
    "Not asked": _TO_FIX,
    "Not entered": _TO_FIX,
    "Incomplete": _TO_FIX,
    "Check": _TO_FIX,
    "Missing": _MISSING,
    "must fix": replace(STYLES["attention"], bold=True),
    "query": STYLES["query"],
    "note": _QUIET,
    "set aside": STYLES["query"],
    "superseded": _QUIET,
    # the finance check and the cross-check
    "Agreed": STYLES["Information"],
    "Small difference": _QUIET,
    "Return understates disputes": replace(STYLES["attention"], bold=True),
    "Return overstates": STYLES["query"],
    "Different invoice count": STYLES["query"],
    "Different x": STYLES["query"],
    "Different y": STYLES["query"],
    "Different x and y": STYLES["query"],
    "No ledger rows": _MISSING,
    "No return": _MISSING,
    "Not checked": _MISSING,
    "not used": STYLES["attention"],
    "Met": STYLES["Information"],
    "Not met": replace(STYLES["attention"], bold=True),
    "Better": Style(WHITE, GREEN_INK, bold=True),
    "Worse": _TO_FIX,
    "Same": _QUIET,
    "New": _QUIET,
    "Complete": STYLES["Green"],
    "Not needed now": _QUIET,
    "Agreed by both": STYLES["Green"],
    "Delivered": STYLES["Green"],
    "Failed": STYLES["Red"],
    "Overdue": STYLES["Red"],
    "Closed": _QUIET,
    "step: termination": STYLES["Red"],
    "step: intervention": STYLES["Red"],
    "step: warning": STYLES["Red"],
    "step: plan": STYLES["Amber"],
    "step: progress": STYLES["Information"],
    "step: reasons": STYLES["Information"],
    "step: return": _MISSING,
    "Intensive": STYLES["Red"],
    "Closer": STYLES["Amber"],
    "Routine": _QUIET,
}


LONGEST = 9
"""Letters of the longest word that fits in one line of a cell of a heat map at its full size."""

STYLES_BY_WORD = frozenset(("word", "small word", "heat", "heat open"))
"""The styles in which the word in a cell decides what it looks like."""
_OTHER = "other"  # any word that isn't one of ours


def look_of(style: str, value: object = None) -> tuple[str, str]:
    """Which look a cell has: its style, and in styles for words, such as ``heat``, the word that fills it.

    Raises KeyError for a style that isn't one of ours.
    """
    is_text = isinstance(value, str)  # most are, and to ask whether one is a fraction takes long
    if not is_text and isinstance(value, Quantity):
        return _look_of_quantity(style, value)
    if not is_text and style in _SHARES and isinstance(value, Fraction | float) and math.isfinite(value):
        # 0.9 is a little more than nine tenths in binary: what counts is the fraction that it was made of
        share = value if isinstance(value, Fraction) else Fraction(value).limit_denominator(LARGEST_Y)
        return style, _DECIMALS[decimals_to_show(share, _SHARES[style]) - _SHARES[style]]
    if style not in STYLES_BY_WORD:
        return LOOKS_BY_STYLE[style]
    word = value.looks_like if isinstance(value, StyledText) else str(value) if value else ""
    return style, word if word in WORDS or not word else _OTHER


def _look_of_quantity(style: str, value: Quantity) -> tuple[str, str]:
    """The look of a figure with a unit; a share has its own decimals, and a style without the unit shows it plainly."""
    if value.unit == "share" and style in _SHARES:
        return style, _DECIMALS[max(0, value.decimals - USUAL_DECIMALS)]
    look = (style, value.look)
    return look if look in _UNIT_LOOKS else (style, value.unit if (style, value.unit) in _UNIT_LOOKS else "")


LOOKS_BY_STYLE = {style: (style, "") for style in MASTER_STYLES}
_SHARES = {"share": 2, "small share": 2, "share rounded": 1}
"""The decimals of a percent that the styles of shares show, unless a share needs more (`xlkpi.core.shown_share`)."""
LARGEST_Y = 10**9
_DECIMALS = ("", *(f"{more} more decimals" for more in range(1, MOST_DECIMALS)))


_UNIT_LOOKS = {
    (style, look): replace(MASTER_STYLES[style], numbers=numbers) for style, look, numbers in list_unit_formats()
}


def every_look(*, with_units: bool = False) -> dict[tuple[str, str], Style]:
    """All looks there are: a workbook is given them all, so that its style numbers are known before its cells are.

    Those of other units than percent are only in a workbook that needs them.
    """
    by_style = {look: MASTER_STYLES[style] for style, look in LOOKS_BY_STYLE.items()}
    words = (*WORDS, _OTHER, "")
    closer = {
        (style, _DECIMALS[more]): replace(MASTER_STYLES[style], numbers=f"0.{'0' * (usual + more)}%")
        for style, usual in _SHARES.items()
        for more in range(1, MOST_DECIMALS - usual + 1)
    }
    units = _UNIT_LOOKS if with_units else {}
    return (
        by_style
        | closer
        | units
        | {(style, word): _word_style(style, word) for style in sorted(STYLES_BY_WORD) for word in words}
    )


def _word_style(style: str, word: str) -> Style:
    """The look of a cell with this word: a word we don't know, or none, gets no fill in a table."""
    if style.startswith("heat") and not word:
        return MASTER_STYLES["heat none"]
    look = replace(WORDS.get(word, Style()), align="center", line=LINE, wrap=False)
    if not style.startswith("heat"):
        return replace(look, size=9) if style == "small word" else look
    size = 7 if any(len(part) > LONGEST for part in word.split()) else 9
    look = replace(look, size=size, wrap=True, valign="vcenter", line=WHITE)
    # A frame is seen everywhere and on paper; LibreOffice underlines every link, and shows none of its number format.
    return replace(look, bold=True, thick=True, line=INK) if style == "heat open" else look
