"""Read and write one XML part without disturbing its content."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lxml import etree

from xlkpi.ooxml import xml
from xlkpi.ooxml.limits import DIGIT_LIMIT, LONGEST_CELL_TEXT
from xlkpi.ooxml.xml import root_of
from xlkpi.plain_text import make_visible

Element = etree._Element  # lxml has no public name for its element class

_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def parse(data: bytes) -> Element:
    """The root of a part, its comments and white space kept.

    Raises:
        BrokenPart: it declares a document type (entities could be hidden there), or is not XML.
        lxml.etree.XMLSyntaxError: it is not well-formed further on, or absurdly deep or long.
    """
    root_of(data)
    # Names are not looked up, entities not resolved, limits observed: the file comes from outside.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, strip_cdata=False)
    return etree.fromstring(data, parser)


def serialise(root: Element) -> bytes:
    """The part as UTF-8 with a declaration, as spreadsheet programs write it."""
    return etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True)


def namespace(element: Element) -> str:
    """The namespace of an element, empty text for none."""
    return etree.QName(element).namespace or ""


def local(element: Element) -> str:
    """The name of an element without its namespace."""
    return xml.local(str(element.tag))


def tag(near: Element, name: str) -> str:
    """`name` in the namespace of a neighbour: a part is Strict or Transitional throughout."""
    space = namespace(near)
    return f"{{{space}}}{name}" if space else name


def new_root(space: str, name: str) -> Element:
    """The root of a new part, its namespace the default one."""
    return etree.Element(f"{{{space}}}{name}", nsmap={None: space})  # type: ignore[dict-item]  # stubs want a prefix


def elements(parent: Element) -> Iterator[Element]:
    """All children that are elements; comments and the like are passed over."""
    return parent.iterchildren("*")


def child(parent: Element, name: str) -> Element | None:
    """The first child of that name, in the parent's own namespace."""
    return parent.find(tag(parent, name))


def children(parent: Element | None, name: str) -> Iterator[Element]:
    """The children of that name, in order; none when there is no parent."""
    return iter(()) if parent is None else parent.iterchildren(tag(parent, name))


def add(parent: Element, name: str, /, **attributes: str) -> Element:
    """A new last child."""
    return etree.SubElement(parent, tag(parent, name), attributes)


def place(parent: Element, name: str, order: Sequence[str], /, **attributes: str) -> Element:
    """A new child where the schema's `order` of names wants it."""
    element = parent.makeelement(tag(parent, name), attributes)
    later = frozenset(order[order.index(name) + 1 :])
    after = next((item for item in elements(parent) if local(item) in later), None)
    if after is None:
        parent.append(element)
    else:
        after.addprevious(element)
    return element


def ensure(parent: Element, name: str, order: Sequence[str]) -> Element:
    """The child of that name, made in its place when it is missing."""
    existing = child(parent, name)
    return place(parent, name, order) if existing is None else existing


def number(text: str | None, default: int) -> int:
    """An attribute as a whole number ≥ 0; `default` when it is missing, longer than any, or says something else."""
    is_number = text is not None and len(text) <= DIGIT_LIMIT and text.isascii() and text.isdigit()
    return int(text or 0) if is_number else default


def cell_text(text: str) -> str:
    """Text that a cell can contain and shows unchanged.

    Signs that act are made visible, line ends become one line feed, `_x0041_` is kept from being read as
    an escape, and text longer than a cell is cut with an ellipsis.
    """
    escaped = _ESCAPE.sub("_x005F_", make_visible(text))
    return escaped if len(escaped) <= LONGEST_CELL_TEXT else escaped[: LONGEST_CELL_TEXT - 1] + "…"
