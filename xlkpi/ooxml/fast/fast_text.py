"""Text cut at its tags: the shapes that are known, and the shared strings read by them."""

from __future__ import annotations

from collections.abc import Sequence

from xlkpi.ooxml.strings import decoded
from xlkpi.ooxml.xml import root_of

PART_LIMIT = 8 << 20
"""Bytes of rows, or of shared strings, up to which cutting is worth its memory."""
MANY_SIGNS = 1_000

_END_TABLE, _END_STRING, _NEXT_STRING = b"</sst>", "</t></si>", "</t></si><si><t"
_STRING_STARTS = ("<si><t>", '<si><t xml:space="preserve">')
_ENTITIES = ("&amp;", "&lt;", "&gt;", "&quot;", "&apos;", "&#10;")


class Unfamiliar(Exception):
    """A piece is not letter for letter one of the known shapes."""


DECLINED = (Unfamiliar, ValueError, LookupError)
"""What a spelling that the short cut does not know raises: the parser then says what it is."""


def cut_strings(data: bytes) -> Sequence[str] | None:
    """Give the shared strings, when every one is spelt as common writers do; else None."""
    root = root_of(data)
    stretch = data[root.end :].rstrip()
    if root.local != "sst" or not root.is_plain or len(data) > PART_LIMIT or not stretch.endswith(_END_TABLE):
        return None
    try:
        expect(has_only_elements(data, root.end))
        text = text_of(stretch[: -len(_END_TABLE)])
        before, *pieces = text.split("<si><t")
        begun = sum(map(text.count, _STRING_STARTS))
        expect(not before and text.count("<") == 4 * len(pieces))
        expect(begun == text.count(_END_STRING) == len(pieces))
        expect(text.count(_NEXT_STRING) == len(pieces) - 1)  # so each ends before the next begins: no tag is in a text
        expect(text.count("&") == sum(map(text.count, _ENTITIES)) and text.endswith(_END_STRING))
    except DECLINED:
        return None
    return _CutStrings(pieces)


class _CutStrings(Sequence[str]):
    """Strings whose tags are known to be as usual; a string is decoded when it is asked for."""

    def __init__(self, pieces: list[str]) -> None:
        self._pieces = pieces

    def __len__(self) -> int:
        return len(self._pieces)

    def __getitem__(self, index: int) -> str:  # type: ignore[override]  # nobody asks for a slice
        if index < 0:
            raise IndexError(index)
        text = self._pieces[index].partition(">")[2].removesuffix(_END_STRING)
        return decoded(unescaped(text)) if "&" in text or "_x" in text else text


def text_of(stretch: bytes) -> str:
    """Decode a stretch of a part, UTF-8 and without carriage returns."""
    expect(b"\r" not in stretch)  # a parser reads a carriage return as a line feed
    return stretch.decode()


def has_only_elements(data: bytes, start: int) -> bool:
    """Whether a part has no comment, CDATA section, declaration or instruction from ``start`` on.

    All begin with "<!" or "<?"; the second character is much the rarer in a sheet, so that is what is looked for.
    """
    for sign in (b"!", b"?"):
        at = data.find(sign, start)
        for _ in range(MANY_SIGNS):
            if at < 0:
                break
            if data[at - 1 : at] == b"<":
                return False
            at = data.find(sign, at + 1)
        else:  # so many signs of that kind are faster to pass over in one search
            if data.find(b"<" + sign, start) >= 0:
                return False
    return True


def unescaped(text: str) -> str:
    """Resolve the entities in the text between two tags; no tag may be in it, and no other character's number."""
    expect("<" not in text)
    if "&" not in text:
        return text
    text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&apos;", "'")
    text = text.replace("&#10;", "\n")  # as LibreOffice spells a line feed
    expect(text.count("&") == text.count("&amp;"))
    return text.replace("&amp;", "&")


def attributes(text: str, allowed: frozenset[str] | None = None) -> dict[str, str]:
    """Read attributes spelt ` name="value"`, each once and, where a set is given, each in it."""
    *pairs, last = text.split('"')
    names, values = pairs[0::2], pairs[1::2]
    expect(not last and len(names) == len(values) == len(set(names)))
    by_name = {}
    for name, value in zip(names, values, strict=True):
        expect(name[:1] == " " and name[-1:] == "=" and "&" not in value and "<" not in value)
        expect(name[1:-1] in allowed if allowed else name[1:-1].replace(":", "").isalnum())
        by_name[name[1:-1]] = value
    return by_name


def expect(familiar: bool) -> None:
    """Raise Unfamiliar where the spelling is not familiar."""
    if not familiar:
        raise Unfamiliar
