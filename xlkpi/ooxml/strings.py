"""Shared strings: the texts of a workbook's cells, each stored once; and the escapes text is stored with."""

from __future__ import annotations

import re
from xml.parsers import expat

from xlkpi.ooxml.xml import BrokenPart, local, parse, root_of

_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")


def decoded(text: str) -> str:
    r"""Text with its `_xHHHH_` escapes (ECMA-376 part 1, 22.9.2.19) made characters again.

    `_x005F_` escapes an underscore, so `_x005F_x0041_` is the text "_x0041_". Half a surrogate pair, which no
    file can contain, becomes U+FFFD.

    >>> decoded("one_x000D_two"), decoded("_x005F_x0041_")
    ('one\rtwo', '_x0041_')
    """
    if "_x" not in text:
        return text
    plain = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    return plain.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def read_strings(data: bytes) -> list[str]:
    """Read the shared strings part: its texts by index, rich text joined, phonetic guides left out.

    Raises:
        BrokenPart: it is not XML, or not a table of strings.
    """
    root = root_of(data)
    if root.local != "sst":
        raise BrokenPart("its shared texts are something else")
    strings = _StringsReader()
    strings.read(data)
    return strings.texts


class _StringsReader:
    """One pass over the part. Handlers are set only inside `<t>`, where text counts."""

    def __init__(self) -> None:
        self.texts: list[str] = []
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
            self.texts.append(decoded(runs[0] if len(runs) == 1 else "".join(runs)))
        runs.clear()
        self._open = self._phonetic = False
