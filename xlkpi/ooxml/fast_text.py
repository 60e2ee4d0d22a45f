"""Reading a part by cutting its text at its tags, where it is spelt as all common writers spell it.

The rule that makes it safe: in well-formed XML a "<" stands nowhere but at the start of a tag, a comment, a CDATA
section or an instruction. So when every piece between the cuts is letter for letter of a known shape, and the
text in it holds no "<", there is nothing else it can mean; anything else is `Unfamiliar`, and the parser reads it.
(On XML that is not well-formed a cut may succeed where a parser refuses; the zip file's CRC vouches for the bytes.)
"""

from __future__ import annotations


class Unfamiliar(Exception):
    """A piece is not letter for letter one of the known shapes."""


def cuttable(stretch: bytes) -> str:
    """A stretch of a part as text.

    Raises:
        Unfamiliar: it holds carriage returns, which a parser reads as line feeds.
        UnicodeDecodeError: it is not UTF-8, which is a ValueError.
    """
    expect(b"\r" not in stretch)
    return stretch.decode()


MANY_SIGNS = 10_000


def is_elements_only(data: bytes, start: int) -> bool:
    """Whether no comment, CDATA section, declaration or instruction stands in a part from ``start`` on.

    All begin with "<!" or "<?"; the second character is much the rarer in a sheet, so that is what is looked for.
    """
    for sign in (b"!", b"?"):
        if data.count(sign) > MANY_SIGNS:
            if data.find(b"<" + sign, start) >= 0:
                return False
            continue
        at = data.find(sign, start)
        while at >= 0:
            if data[at - 1] == _TAG:
                return False
            at = data.find(sign, at + 1)
    return True


_TAG = ord("<")


def plain(text: str) -> str:
    """What stood between two tags, its entities resolved.

    Raises:
        Unfamiliar: a tag stands in it, or a character's number other than that of a line feed.
    """
    if "<" in text:
        raise Unfamiliar
    if "&" not in text:
        return text
    text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&apos;", "'")
    text = text.replace("&#10;", "\n")  # as LibreOffice spells a line feed
    expect(text.count("&") == text.count("&amp;"))
    return text.replace("&amp;", "&")


def attributes(text: str, allowed: frozenset[str] | None = None) -> dict[str, str]:
    """Attributes spelt ` name="value"`, each once and, where a set is given, each in it.

    Raises:
        Unfamiliar: they are spelt otherwise.
    """
    *pairs, last = text.split('"')
    names, values = pairs[0::2], pairs[1::2]
    expect(not last and len(names) == len(values) == len(set(names)))
    found = {}
    for name, value in zip(names, values, strict=True):
        expect(name[:1] == " " and name[-1:] == "=" and "&" not in value and "<" not in value)
        expect(name[1:-1] in allowed if allowed else name[1:-1].replace(":", "").isalnum())
        expect(not name.startswith(" xmlns"))
        found[name[1:-1]] = value
    return found


def expect(familiar: bool) -> None:
    """Go on only when the spelling is familiar.

    Raises:
        Unfamiliar: it is not.
    """
    if not familiar:
        raise Unfamiliar
