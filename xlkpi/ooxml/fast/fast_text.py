"""Text cut at its tags: the shapes that are known, and the shared strings read by them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from xlkpi.ooxml.strings import decoded
from xlkpi.ooxml.xml import root_of

PART_LIMIT = 8 << 20
"""Bytes of rows, or of shared strings, up to which cutting is worth its memory."""
MANY_SIGNS = 1_000

_END_TABLE, _FIRST_STRING, _END_STRING, _NEXT_STRING = b"</sst>", "<si><t", "</t></si>", "</t></si><si><t"
_TAGS_PER_STRING = 4
_STRING_STARTS = ("<si><t>", '<si><t xml:space="preserve">')
_NUMBERED = re.compile("&#([0-9]{1,5});")
_LAST_ASCII, _SURROGATES, _BEHIND_SURROGATES, _NO_CHARACTERS = 0x7F, 0xD800, 0xE000, 0xFFFE
_NEVER_IN_TEXT = "]]>"  # what ends a CDATA section: XML allows it nowhere else, so a parser calls it damage
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
        text = letters_of(stretch[: -len(_END_TABLE)])
        expect(text.startswith(_FIRST_STRING) and text.endswith(_END_STRING))
        pieces = text[len(_FIRST_STRING) : -len(_END_STRING)].split(_NEXT_STRING)
        expect(text.count("<") == _TAGS_PER_STRING * len(pieces))  # so no tag is in a text
        expect(_NEVER_IN_TEXT not in text)
        plain = text.count(_STRING_STARTS[0])
        expect(plain == len(pieces) or plain + text.count(_STRING_STARTS[1]) == len(pieces))
        signs = text.count("&")
        expect(signs == text.count(_ENTITIES[0]) or signs == sum(map(text.count, _ENTITIES)))
    except DECLINED:
        return None
    return _CutStrings(pieces)


class _CutStrings(Sequence[str]):
    """Strings whose tags are known to be as usual, each from behind "<t"; one is decoded when it is asked for."""

    def __init__(self, pieces: list[str]) -> None:
        self._pieces = pieces

    def __len__(self) -> int:
        return len(self._pieces)

    def __getitem__(self, index: int) -> str:  # type: ignore[override]  # nobody asks for a slice
        if index < 0:
            raise IndexError(index)
        text = self._pieces[index].partition(">")[2]
        if text.isascii() and "&" not in text and "_x" not in text:
            return text
        return decoded(unescaped(as_text(text)))


def text_of(stretch: bytes) -> str:
    """Decode a stretch of a part, UTF-8 and without carriage returns."""
    expect(b"\r" not in stretch)  # a parser reads a carriage return as a line feed
    return stretch.decode()


def letters_of(stretch: bytes) -> str:
    """Give a stretch of a part a letter for each byte, once it is known to be text as in `text_of`.

    Python searches and cuts that faster than text with even one letter outside Latin-1, and formulas of ours have one.
    What is cut out at tags is whole letters, which `as_text` gives back.
    """
    text_of(stretch)
    return stretch.decode("latin-1")


def as_text(letters: str) -> str:
    """Decode what was cut out of `letters_of`."""
    return letters if letters.isascii() else letters.encode("latin-1").decode()


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
    """Resolve the entities in the text between two tags; no tag may be in it."""
    expect("<" not in text and _NEVER_IN_TEXT not in text)
    if "&" not in text:
        return text
    text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&apos;", "'")
    text = text.replace("&#10;", "\n")  # as LibreOffice spells a line feed
    if "&#" in text:
        text = _NUMBERED.sub(_numbered, text)
    expect(text.count("&") == text.count("&amp;"))
    return text.replace("&amp;", "&")


def _numbered(match: re.Match[str]) -> str:
    """Return the character of a number, as openpyxl spells all outside ASCII. Others the parser has to judge."""
    number = int(match[1])
    expect(_LAST_ASCII < number < _SURROGATES or _BEHIND_SURROGATES <= number < _NO_CHARACTERS)
    return chr(number)


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
