"""XML of an untrusted file: no document types, no entities, nothing but well-formed elements.

Every part is opened by `root_of` first, which stops at the root element; a document type can only come before
it, so nothing parsed after it can contain an entity of the sender's making.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET
from xml.parsers import expat

from xlkpi.ooxml.limits import PROLOGUE_LIMIT, TREE_TAG_LIMIT, OversizePart
from xlkpi.ooxml.part_cache import once_per_part

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

PROLOGUE_STEPS = 100
"""How many ">" may come before the root element's start tag ends: a real part has two."""

USUAL_START = 4096
"""Bytes within which the start tag of the root element nearly always ends."""

STRIDE = 1024
"""Bytes that `first_text` reads first; each time after that twice as many."""

NOT_XML = (expat.ExpatError, ET.ParseError, ValueError, LookupError)
"""What the parsers raise on text that is not XML, or is in an encoding they do not know."""


class BrokenPart(Exception):
    """A part that cannot be read; the message is the `detail` of an `UnreadableFile`."""


class ForeignPart(Exception):
    """The main part is not a workbook; its name and its root element are the arguments."""


@dataclass(frozen=True)
class Root:
    """The root element's tag, and how namespaces are spelt in this part.

    Attributes:
        prefix: Of the root's own tag, "" for none.
        uri: The namespace it belongs to, "" for none.
        local: The tag without prefix.
        encoding: As the XML declaration names it, in lower case; "" for none.
        declared: How many namespaces the root element declares.
        end: How many bytes the prologue and the root's start tag take.
    """

    prefix: str
    uri: str
    local: str
    encoding: str
    declared: int
    end: int

    @property
    def is_plain(self) -> bool:
        """Whether the part is UTF-8 and its tags have no prefix, as common writers spell it."""
        return not self.prefix and self.encoding in ("", "utf-8")


def root_of(data: bytes) -> Root:
    """Read as far as the root element's start tag.

    Raises:
        BrokenPart: there is no root element, or a document type comes before it.
    """
    end = data.find(b">", data.find(b">", 0, USUAL_START) + 1, USUAL_START) + 1
    return (_usual_root(data[:end]) if end else None) or _find_root(data)


@lru_cache(maxsize=256)  # nearly all parts begin like others of their kind: an XML declaration and the root's start tag
def _usual_root(start: bytes) -> Root | None:
    """Find the root in the first two tags of a part; None where it does not end there."""
    try:
        return _find_root(start)
    except BrokenPart:
        return None


def _find_root(data: bytes) -> Root:
    """Find it: the bytes go in up to one ">" after the other, so nothing after a forbidden declaration is parsed."""
    roots: list[tuple[str, dict[str, str]]] = []
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_doctype
    encodings: list[str] = []
    parser.XmlDeclHandler = lambda _version, encoding, _standalone: encodings.append((encoding or "").lower())
    parser.StartElementHandler = lambda tag, attributes: roots.append((tag, attributes))
    start = steps = 0
    try:
        while not roots:
            end = data.find(b">", start, PROLOGUE_LIMIT) + 1
            steps += 1
            # Each step rescans an unfinished comment or attribute: never quadratic, however long that is.
            if steps > PROLOGUE_STEPS or (not end and len(data) > PROLOGUE_LIMIT):
                raise BrokenPart("its XML does not begin with an element")
            parser.Parse(data[start:end] if end else data[start:], not end)
            start = end
    except NOT_XML as problem:
        raise BrokenPart(_reason(problem)) from problem
    tag, attributes = roots[0]
    prefix, _, name = tag.rpartition(":")
    uri = attributes.get("xmlns:" + prefix if prefix else "xmlns", "")
    declared = sum(key.startswith("xmlns") for key in attributes)
    return Root(prefix, uri, name, "".join(encodings), declared, start)


def tree(data: bytes) -> Element:
    """A small part as a tree, tags spelt "{namespace}local".

    Raises:
        BrokenPart: it is not well-formed XML, or it has a document type.
        OversizePart: it has more tags than the limit.
    """
    root_of(data)
    if data.count(b"<") > TREE_TAG_LIMIT:
        raise OversizePart(f"a part of it has over {TREE_TAG_LIMIT:,} tags")
    try:
        return ET.fromstring(data)  # noqa: S314 - root_of has refused document types
    except NOT_XML as problem:
        raise BrokenPart(_reason(problem)) from problem


@once_per_part
def first_text(data: bytes, wanted: str) -> str:
    """The text of the first element of that local name, "" when there is none; reads no further than that.

    A part that many files share is read once.

    Raises:
        BrokenPart: the part is not XML as far as it was read.
    """
    root_of(data)
    texts: list[str] = []
    ended: list[str] = []

    def start(tag: str, _: dict[str, str]) -> None:
        if local(tag) == wanted and not ended:
            parser.CharacterDataHandler = texts.append
            parser.EndElementHandler = end

    def end(tag: str) -> None:
        parser.CharacterDataHandler = None
        parser.EndElementHandler = None
        ended.append(tag)

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    begin, stride = 0, STRIDE
    while begin < len(data) and not ended:
        parse(parser, data[begin : begin + stride], last=begin + stride >= len(data))
        begin, stride = begin + stride, 2 * stride  # an unfinished tag is read again each time: twice in all
    return "".join(texts)


def local(tag: str) -> str:
    """A tag or an attribute's name without its namespace: "{…}sheet", "x:sheet" and "sheet" are all "sheet"."""
    return tag[max(tag.rfind("}"), tag.rfind(":"), tag.rfind(" ")) + 1 :]


def truth(value: str | None) -> bool:
    """An XML boolean: "1" and "true" are true; "0", "false" and no attribute are false."""
    return value in ("1", "true")


def parse(parser: expat.XMLParserType, data: bytes, *, last: bool = True) -> None:
    """Run a parser, whose handlers are set, over a whole part that `root_of` has passed.

    Raises:
        BrokenPart: it is not well-formed XML, or a handler raised it.
    """
    try:
        parser.Parse(data, last)
    except NOT_XML as problem:
        raise BrokenPart(_reason(problem)) from problem


def _refuse_doctype(*_: object) -> None:
    raise BrokenPart("it declares a document type, which no workbook does")


def _reason(problem: Exception) -> str:
    line = getattr(problem, "lineno", 0) or (getattr(problem, "position", None) or (0,))[0]
    return f"its XML breaks off at line {line}" if line else "its XML cannot be read"
