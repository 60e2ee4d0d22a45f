"""Letters as Word documents: a title, a language and a heading for who listens; nothing is said by colour alone."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree as ET

import pytest

from tests.judge.packages.package import parts_of
from xlkpi.writing.documents.word_document import WORD, render_document

W = f"{{{WORD}}}"
SMALLEST = 22
"""Half points: 11 points."""


@pytest.fixture(scope="module")
def letter():
    """The parts of a letter, as trees."""
    data = render_document("A warning to Oak & Ash", ["Warning\nOak & Ash", "Dear Ann", "Yours"], date(2026, 11, 24))
    return {name: ET.fromstring(content) for name, content in parts_of(data).items()}


def test_title_and_language_are_set(letter):
    core = {element.tag.rpartition("}")[2]: element.text for element in letter["docProps/core.xml"]}
    assert core["title"] == "A warning to Oak & Ash"
    assert core["language"] == "en-GB"
    assert [lang.get(f"{W}val") for lang in letter["word/styles.xml"].iter(f"{W}lang")] == ["en-GB"]


def test_it_begins_with_a_heading_that_is_one(letter):
    styles = {style.get(f"{W}styleId"): style for style in letter["word/styles.xml"].iter(f"{W}style")}
    first = next(letter["word/document.xml"].iter(f"{W}p"))
    used = next(first.iter(f"{W}pStyle")).get(f"{W}val")
    assert next(styles[used].iter(f"{W}outlineLvl")).get(f"{W}val") == "0"
    assert "".join(text.text for text in first.iter(f"{W}t")) == "Warning"


def test_text_is_large_enough_and_as_dark_as_the_reader_has_it(letter):
    sizes = [int(size.get(f"{W}val")) for part in letter.values() for size in part.iter(f"{W}sz")]
    assert min(sizes) >= SMALLEST
    coloured = ("color", "shd", "highlight", "tbl", "drawing", "pict")
    assert not [name for part in letter.values() for name in coloured for _ in part.iter(f"{W}{name}")]
