"""A Word document of the Council's with placeholders such as {{provider}}, filled in; all else stays as it is.

Word cuts a placeholder into several runs when somebody edits it, so a paragraph is read as one text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from itertools import pairwise

from lxml import etree

from xlkpi.ooxml.xml import BrokenPart
from xlkpi.plain_text import make_visible
from xlkpi.writing.marked_copy.edit_package import EditablePackage, NotAWorkbookError
from xlkpi.writing.marked_copy.edit_xml import Element, local, tag

BODY = "body"
"""The placeholder whose paragraph is repeated for every paragraph of the letter."""
MOST_PLACEHOLDERS = 200
"""Each is looked for in every run of its paragraph, and each place for the body is as long as the letter."""
_MAIN = "word/document.xml"
_BESIDE = re.compile(r"word/(?:header|footer)[0-9]*\.xml", re.IGNORECASE)
_PLACEHOLDER = re.compile(r"\{\{([^{}]*)\}\}")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_CORE = "docProps/core.xml"


class NotATemplate(ValueError):
    """A file that is not a Word document; the text completes a sentence that begins with its name."""


@dataclass(frozen=True)
class FilledDocument:
    """A filled document, and the placeholders that are not known, as they are written there."""

    data: bytes
    unknown: tuple[str, ...]


def fill_template(template: bytes, title: str, fields: Mapping[str, str], body: Sequence[str]) -> FilledDocument:
    """Fill the placeholders of a document, its headers and its footers; one that is not known stays.

    A line break in a field begins a new line. A paragraph of which nothing is left is taken out. The same template and
    texts give the same bytes. Raises NotATemplate where it is not a Word document, or has no place for the body.
    """
    try:
        package = EditablePackage(template)
        parts = [package.edit(name) for name in (_MAIN, *(name for name in package.names if _BESIDE.fullmatch(name)))]
        names = [name for root in parts for name in _names_in(root)]
        if len(names) > MOST_PLACEHOLDERS:
            message = f"has {len(names):,} placeholders, and a letter at most {MOST_PLACEHOLDERS}. Delete some."
            raise NotATemplate(message)
        if BODY not in names:
            message = f"has no {{{{{BODY}}}}}, where the text of the letter goes. Write it in a paragraph of its own."
            raise NotATemplate(message)
        unknown = [name for root in parts for name in _fill_part(root, fields, body)]
        if package.has(_CORE):
            for element in package.edit(_CORE).iter(_TITLE):
                element.text = make_visible(title)
        return FilledDocument(package.save(), tuple(dict.fromkeys(unknown)))
    except (NotAWorkbookError, BrokenPart, etree.XMLSyntaxError) as problem:
        message = f"is not a Word document: {problem}. Save it as .docx in Word."
        raise NotATemplate(message) from problem


def _fill_part(root: Element, fields: Mapping[str, str], body: Sequence[str]) -> Iterator[str]:
    known = {**fields, BODY: ""}
    for paragraph in list(root.iter(tag(root, "p"))):
        placeholders = _PLACEHOLDER.findall(_text_of(paragraph))
        names = {_plain(name) for name in placeholders}
        yield from (f"{{{{{name}}}}}" for name in placeholders if _plain(name) not in known)
        if BODY in names:
            for text in body:
                copy = deepcopy(paragraph)
                paragraph.addprevious(copy)
                _fill_paragraph(copy, {**fields, BODY: text})
            _take_out(paragraph)
        elif names & set(known):
            _fill_paragraph(paragraph, known)
            if not _text_of(paragraph).strip():
                _take_out(paragraph)


def _names_in(root: Element) -> list[str]:
    return [_plain(name) for each in root.iter(tag(root, "p")) for name in _PLACEHOLDER.findall(_text_of(each))]


def _plain(name: str) -> str:
    return "_".join(name.casefold().split())


def _take_out(paragraph: Element) -> None:
    """Remove a paragraph, unless it is the last one of its cell or text box, which must have one."""
    parent = paragraph.getparent()
    if parent is not None and sum(local(each) == "p" for each in parent.iterchildren("*")) > 1:
        parent.remove(paragraph)


def _texts_of(paragraph: Element) -> list[Element]:
    """List the text elements of a paragraph itself, without those of a text box in it."""
    texts = paragraph.iter(tag(paragraph, "t"))
    return [each for each in texts if next(each.iterancestors(tag(paragraph, "p"))) is paragraph]


def _text_of(paragraph: Element) -> str:
    return "".join(each.text or "" for each in _texts_of(paragraph))


def _fill_paragraph(paragraph: Element, fields: Mapping[str, str]) -> None:
    """Put the texts in: each into the run in which its placeholder begins, so that it looks as that run does."""
    texts = _texts_of(paragraph)
    places = [0]
    for each in texts:
        places.append(places[-1] + len(each.text or ""))
    for match in reversed(list(_PLACEHOLDER.finditer(_text_of(paragraph)))):
        if _plain(match[1]) not in fields:
            continue
        new = make_visible(fields[_plain(match[1])])
        for each, (start, end) in zip(texts, pairwise(places), strict=True):
            if start < match.end() and end > match.start():
                old = each.text or ""
                each.text = old[: max(match.start() - start, 0)] + new + old[max(match.end() - start, 0) :]
                new = ""
    for each in texts:
        _break_lines(each)


def _break_lines(text: Element) -> None:
    """Write the lines of a text as Word has them: a text element for each, with a break between two."""
    first, *more = (text.text or "").split("\n")
    text.text = first
    text.set(_SPACE, "preserve")
    last = text
    for line in more:
        for name, content in (("br", None), ("t", line)):
            element = etree.Element(tag(text, name))
            element.text = content
            last.addnext(element)
            last = element
        last.set(_SPACE, "preserve")
