"""Shared strings: the texts of a workbook's cells, each stored once; and the escapes text is stored with."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING
from xml.parsers import expat

from xlkpi.ooxml.fast_text import Unfamiliar, cuttable, expect, is_elements_only, plain
from xlkpi.ooxml.xml import BrokenPart, local, parse, root_of

if TYPE_CHECKING:
    from xlkpi.ooxml.xml import Root

CUT_LIMIT = 8 << 20
"""Bytes up to which cutting is worth its memory."""

_END_TABLE, _END_STRING = b"</sst>", "</t></si>"
_STARTS = ("<si><t>", '<si><t xml:space="preserve">')
ENTITIES = ("&amp;", "&lt;", "&gt;", "&quot;", "&apos;", "&#10;")

_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")


def decoded(text: str) -> str:
    r"""Text with its `_xHHHH_` escapes (ECMA-376 part 1, 22.9.2.19) made characters again.

    `_x005F_` escapes an underscore, so `_x005F_x0041_` is the text "_x0041_". Half a surrogate pair, which no
    file can hold, becomes U+FFFD.

    >>> decoded("one_x000D_two"), decoded("_x005F_x0041_")
    ('one\rtwo', '_x0041_')
    """
    if "_x" not in text:
        return text
    plain = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
    return plain.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def read_strings(data: bytes, *, short_cut: bool = True) -> Sequence[str]:
    """The texts of the shared strings part, by index: rich text joined, phonetic guides left out.

    Args:
        data: The part.
        short_cut: Whether it may be read without the parser, for which the result is the same.

    Raises:
        BrokenPart: it is not XML, or not a table of strings.
    """
    root = root_of(data)
    if root.local != "sst":
        raise BrokenPart("its shared texts are something else")
    found = _cut_strings(data, root) if short_cut and len(data) <= CUT_LIMIT else None
    if found is None:
        strings = _Strings()
        strings.read(data)
        return strings.found
    return found


def _cut_strings(data: bytes, root: Root) -> Sequence[str] | None:
    """The texts without the parser, when every one is spelt as common writers do; else None."""
    stretch = data[root.end :].rstrip()
    if not root.is_plain or not stretch.endswith(_END_TABLE) or not is_elements_only(data, root.end):
        return None
    try:
        text = cuttable(stretch[: -len(_END_TABLE)])
        before, *pieces = text.split("<si><t")
        begun = sum(map(text.count, _STARTS))
        expect(not before and text.count("<") == 4 * len(pieces) and begun == text.count(_END_STRING) == len(pieces))
        expect(text.count("&") == sum(map(text.count, ENTITIES)) and text.endswith(_END_STRING))
        return _Texts(pieces)
    except (Unfamiliar, ValueError):
        return None


class _Texts(Sequence[str]):
    """Texts whose tags are known to be as usual; a text is worked out when it is asked for."""

    def __init__(self, pieces: list[str]) -> None:
        self._pieces = pieces

    def __len__(self) -> int:
        return len(self._pieces)

    def __getitem__(self, index: int) -> str:  # type: ignore[override]  # nobody asks for a slice
        if index < 0:
            raise IndexError(index)
        return decoded(plain(self._pieces[index].partition(">")[2][: -len(_END_STRING)]))


class _Strings:
    """One pass over the part. Handlers are set only inside `<t>`, where text counts."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._runs: list[str] = []
        self._open = False
        self._phonetic = False
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start

    def read(self, data: bytes) -> None:
        parse(self._parser, data)
        self._close()

    def _start(self, tag: str, _: dict[str, str]) -> None:
        name = local(tag)
        if name == "t":
            if not self._phonetic:
                self._parser.CharacterDataHandler = self._runs.append
                self._parser.EndElementHandler = self._end_text
        elif name == "si":
            self._close()
            self._open = True
        elif name in ("r", "rPh"):
            self._phonetic = name == "rPh"

    def _end_text(self, _: str) -> None:
        self._parser.CharacterDataHandler = None
        self._parser.EndElementHandler = None

    def _close(self) -> None:
        runs = self._runs
        if self._open:
            self.found.append(decoded(runs[0] if len(runs) == 1 else "".join(runs)))
        runs.clear()
        self._open = self._phonetic = False
