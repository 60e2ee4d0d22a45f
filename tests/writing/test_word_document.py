"""A letter as a Word document: its text, inert, readable by other programs, and the same bytes every time."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from xml.etree import ElementTree as ET

import pytest

from xlkpi.writing.documents.word_document import WORD, render_document

DAY = date(2026, 11, 24)
W = f"{{{WORD}}}"


def part(data, name="word/document.xml"):
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        return parts.read(name).decode()


def lines_of(data):
    """Each paragraph as its lines."""
    paragraphs = ET.fromstring(part(data)).iter(f"{W}p")
    return [[text.text or "" for text in paragraph.iter(f"{W}t")] for paragraph in paragraphs]


def test_the_first_line_is_the_heading_and_line_breaks_stay():
    data = render_document("Formal warning", ("Formal warning\nTo: Bea Stone\nDate: today", "Dear Bea,", "a\nb"), DAY)
    assert lines_of(data) == [["Formal warning"], ["To: Bea Stone", "Date: today"], ["Dear Bea,"], ["a", "b"]]
    assert part(data).count('w:val="Heading1"') == 1


TEXTS = [
    '<w:fldSimple w:instr="DATE"/>',
    "=1+1",
    "{ INCLUDETEXT }",
    "a & b",
    "tab\there",
    "\u202eevil",
    "zero\u200bwidth",
]


@pytest.mark.parametrize("text", TEXTS)
def test_nothing_in_a_text_can_act(text):
    data = render_document(text, ("Heading", text), DAY)
    tags = {element.tag.removeprefix(W) for element in ET.fromstring(part(data)).iter()}
    assert tags <= {"document", "body", "p", "pPr", "pStyle", "r", "t", "br", "sectPr", "pgSz", "pgMar"}
    assert "\u202e" not in part(data)
    assert "\u200b" not in part(data)
    ET.fromstring(part(data, "docProps/core.xml"))


def test_the_same_text_gives_the_same_bytes():
    first_document, other = (render_document("T", ("T", "text"), DAY) for _ in range(2))
    assert first_document == other
