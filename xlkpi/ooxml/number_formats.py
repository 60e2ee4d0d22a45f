"""Number formats: which code a cell's style shows its number with, and which codes show a calendar date."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.parsers import expat

from xlkpi.ooxml.limits import DIGIT_LIMIT, FORMAT_LIMIT, LONGEST_FORMAT, OversizePart
from xlkpi.ooxml.model import GENERAL
from xlkpi.ooxml.part_cache import once_per_part
from xlkpi.ooxml.xml import local, parse, root_of

if TYPE_CHECKING:
    from collections.abc import Mapping

# ECMA-376 part 1, 18.8.30; 27-36 and 50-58 are East Asian dates whose look depends on the locale
BUILT_IN = {
    0: GENERAL, 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00",
    12: "# ?/?", 13: "# ??/??", 14: "mm-dd-yy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "m/d/yy h:mm", 37: "#,##0_);(#,##0)",
    38: "#,##0_);[Red](#,##0)", 39: "#,##0.00_);(#,##0.00)", 40: "#,##0.00_);[Red](#,##0.00)",
    41: '_-* #,##0_-;-* #,##0_-;_-* "-"_-;_-@_-', 43: '_-* #,##0.00_-;-* #,##0.00_-;_-* "-"??_-;_-@_-', 45: "mm:ss",
    46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@", **dict.fromkeys((5, 6, 7, 8, 42, 44), "£#,##0.00"),
    **dict.fromkeys((*range(27, 37), *range(50, 59)), "yyyy-mm-dd"),
}  # fmt: skip


@dataclass(frozen=True)
class Styles:
    """What the cells' style numbers (the text of a cell's `s`) mean.

    Attributes:
        formats: Number format code by style; a style not listed is "General".
        dates: The styles whose code shows a calendar date.
    """

    formats: Mapping[str, str] = field(default_factory=dict)
    dates: frozenset[str] = frozenset()


@once_per_part
def read_styles(data: bytes) -> Styles:
    """The styles part; returns made from one template share it, so it is read once for many files.

    Raises:
        BrokenPart: it is not XML.
        OversizePart: it has more number formats than the limit.
    """
    reader = _StylesReader()
    reader.read(data)
    formats = {str(index): reader.codes.get(number, GENERAL) for index, number in enumerate(reader.numbers)}
    codes = set(formats.values())
    if len(codes) > FORMAT_LIMIT:
        raise OversizePart(f"it has over {FORMAT_LIMIT:,} number formats")
    known = {code: shows_a_date(code) for code in codes}
    return Styles(formats, frozenset(style for style, code in formats.items() if known[code]))


def shows_a_date(code: str) -> bool:
    """Whether a number format code shows a day, month or year; a time of day or a duration alone is none.

    >>> shows_a_date("dd/mm/yyyy"), shows_a_date("[h]:mm"), shows_a_date('0 "days"'), shows_a_date("mmm")
    (True, False, False, True)
    """
    letters = _bare(code)
    if "d" in letters or "y" in letters:
        return True
    return "m" in letters and "h" not in letters and "s" not in letters


def _bare(code: str) -> str:
    """The first section of a code in lower case, without quoted, escaped and bracketed text."""
    bare: list[str] = []
    until = ""
    skip = False
    for letter in code[:LONGEST_FORMAT].lower():
        if skip:
            skip = False
        elif until:
            # a duration's [h] decides what the m after it means
            bare.append(letter if until == "]" and letter in "hs" and bare[-1:] == ["["] else "")
            until = "" if letter == until else until
        elif letter in '"[':
            until = '"' if letter == '"' else "]"
            bare.append(letter)
        elif letter in "\\_*":
            skip = True
        elif letter == ";":
            break
        else:
            bare.append(letter)
    return "".join(bare)


class _StylesReader:
    """One pass over the part: it may have 64,000 cell formats, and two facts of each are needed.

    Attributes:
        codes: Number format codes by number.
        numbers: The number of each cell format's code, in order.
    """

    def __init__(self) -> None:
        self.codes = dict(BUILT_IN)
        self.numbers: list[int] = []
        self._path: list[str] = []
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = lambda _: self._path.pop()

    def read(self, data: bytes) -> None:
        root_of(data)
        parse(self._parser, data)

    def _start(self, tag: str, at: dict[str, str]) -> None:
        self._path.append(tag)
        if len(self._path) == 3:
            group = local(self._path[1])
            if group == "numFmts":
                self.codes[_number(at)] = at.get("formatCode", "")
            elif group == "cellXfs":
                self.numbers.append(_number(at))


def _number(at: Mapping[str, str]) -> int:
    text = at.get("numFmtId", "0").strip()[: DIGIT_LIMIT + 1]
    return int(text) if text.isdecimal() else 0
