"""The workbook's table of texts: each text once, escaped so that a cell gives back exactly what was put in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xlkpi.ooxml.limits import LONGEST_CELL_TEXT
from xlkpi.plain_text import make_visible

_AT_ONCE = 2_000
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_ODD = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9a-fA-F]{4}_)")
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
)


class Strings(dict[str, int]):
    """The number of each text in the table; a text asked for the first time gets the next one."""

    def __missing__(self, text: str) -> int:
        number = self[text] = len(self)
        return number

    def chunks(self) -> Iterator[str]:
        """The XML of the table."""
        yield _HEAD
        texts = list(self)
        for start in range(0, len(texts), _AT_ONCE):
            yield "".join(map(_item, texts[start : start + _AT_ONCE]))
        yield "</sst>"


def _item(text: str) -> str:
    space = ' xml:space="preserve"' if text[:1].isspace() or text[-1:].isspace() or "\n" in text else ""
    return f"<si><t{space}>{escaped(text)}</t></si>"


def escaped(text: str) -> str:
    """A text within an element: what XML forbids, and what looks like such an escape, as ``_x001F_``."""
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    return text if text.isprintable() and "_x" not in text else _ODD.sub(_coded, text)


def _coded(match: re.Match[str]) -> str:
    return f"_x{ord(match.group()):04X}_"


def quoted_attribute(text: str) -> str:
    """A text within an attribute's double quotes."""
    return escaped(text).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")


def fitting(text: str) -> str:
    """Make a text fit for a cell: cut at Excel's limit, with every sign that acts made visible."""
    plain = make_visible(text)
    if len(plain) * 2 <= LONGEST_CELL_TEXT or _units(plain) <= LONGEST_CELL_TEXT:
        return plain
    fitting_text = plain.encode("utf-16-le")[: 2 * (LONGEST_CELL_TEXT - 1)].decode("utf-16-le", "ignore")
    return fitting_text + "…"


def _units(text: str) -> int:
    """Excel counts characters beyond U+FFFF, such as emoji, as two."""
    return len(text) + len(_ASTRAL.findall(text))
