"""The short cut never reads a part otherwise than the parser does: it declines, or agrees."""

from __future__ import annotations

import io
import random
import re
import zipfile

import pytest
from lxml import etree

from tests.corpus import raw_workbook as sample
from tests.corpus.legal_dialects import DIALECTS
from tests.reading.largest_return import whole_return
from xlkpi.ooxml.fast_grid import Shapes, read_grid
from xlkpi.ooxml.model import SheetContents
from xlkpi.ooxml.sheet import read_sheet
from xlkpi.ooxml.strings import read_strings
from xlkpi.ooxml.values import ValueParser
from xlkpi.ooxml.xml import BrokenPart, root_of

STRINGS = [f"text {index}" for index in range(2000)]
DATES = frozenset(("1", "2"))


def shapes() -> Shapes:
    return Shapes(ValueParser(STRINGS, DATES, from_1904=False))


def sheets(data: bytes) -> list[bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [archive.read(name) for name in archive.namelist() if sample.SHEETS.fullmatch(name)]


SAMPLE = sample.sample()
PARTS = sheets(SAMPLE) + sheets(whole_return())


def both(part: bytes) -> tuple[object, object]:
    def one(short_cut: bool) -> object:
        try:
            return all_of(read_sheet(part, shapes(), {}, short_cut=short_cut))
        except BrokenPart:
            return "damaged"

    return one(True), one(False)


def all_of(contents: SheetContents) -> dict[str, object]:
    """Everything a part says, what is worked out only when asked for among it."""
    return {**vars(contents), "cells": dict(contents.cells), "validations": contents.validations()}


@pytest.mark.parametrize("part", PARTS, ids=range(len(PARTS)))
def test_it_takes_what_xlsxwriter_writes_and_agrees(part):
    assert read_grid(part, root_of(part)) is not None
    cut, parsed = both(part)
    assert cut == parsed


@pytest.mark.parametrize("name", DIALECTS)
def test_it_agrees_or_declines_in_every_dialect(name):
    for data in sheets(DIALECTS[name](SAMPLE)):
        cut, parsed = both(data)
        assert cut == parsed


@pytest.mark.parametrize(
    "name",
    ["hidden_rows_in_a_comment", "comments_and_instructions", "cdata", "indented", "no_addresses", "prefix", "utf_16"],
)
def test_it_declines_what_it_could_misread(name):
    part = sheets(DIALECTS[name](SAMPLE))[1]
    assert isinstance(read_sheet(part, shapes(), {}).cells, dict), "the parser's own cells"


EDITS = (
    lambda chance, text: insert(chance, text, "<!-- > -->"),
    lambda chance, text: insert(chance, text, "<!--<sheetData><row r='1'/></sheetData>-->"),
    lambda chance, text: insert(chance, text, "<?x </v> ?>"),
    lambda chance, text: insert(chance, text, " \n"),
    lambda chance, text: insert(chance, text, "<![CDATA[ ]]>"),
    lambda chance, text: swap(chance, text, r'"', "'"),
    lambda chance, text: swap(chance, text, r"/>", " />"),
    lambda chance, text: swap(chance, text, r'(?<=") (?=\w)', "\n"),
    lambda chance, text: swap(chance, text, r"(?<=\w)=(?=\")", " = "),
    lambda chance, text: swap(chance, text, r"<v>", '<v xml:space="preserve">'),
    lambda chance, text: swap(chance, text, r"<v>", "<v>\r\n"),
    lambda chance, text: swap(chance, text, r"<v>", "<v>&#48;"),
    lambda chance, text: swap(chance, text, r"<v>", "<v><![CDATA[1]]>"),
    lambda chance, text: swap(chance, text, r"</f>", " &amp;&lt;&#x41;</f>"),
    lambda chance, text: swap(chance, text, r"</f>", " &amp;lt;&apos;&quot;</f>"),
    lambda chance, text: swap(chance, text, r"<f>", '<f t="shared" si="0" ref="A1:B2">'),
    lambda chance, text: swap(chance, text, r"<f>[^<]*</f>", '<f t="shared" si="0"/>'),
    lambda chance, text: swap(chance, text, r"<f>", '<f ca="1">'),
    lambda chance, text: swap(chance, text, r"<v>[^<]*</v>", "<v/>"),
    lambda chance, text: swap(chance, text, r"<v>[^<]*</v>", ""),
    lambda chance, text: swap(chance, text, r"<row ", '<row hidden="true" '),
    lambda chance, text: swap(chance, text, r"<row ([^>]*)>", r'<row \1 ht="1">'),
    lambda chance, text: swap(chance, text, r'<c r="\w+"', "<c"),
    lambda chance, text: swap(chance, text, r'<c r="(\w+)" s', r'<c t="n" r="\1" s'),
    lambda chance, text: swap(chance, text, r' s="\d+"', ' s="1"'),
    lambda chance, text: swap(chance, text, r"<sheetData>", "<sheetData x=\"1\">"),
    lambda chance, text: swap(chance, text, r"</sheetData>", "</sheetData >"),
    lambda chance, text: swap(chance, text, r' t="\w+"', ' t="str"'),
    lambda chance, text: swap(chance, text, r"</v>", "</v><extLst/>"),
    lambda chance, text: swap(chance, text, r"<c ", "<c cm=\"1\" "),
    lambda chance, text: swap(chance, text, r'<c r="A', '<c r="a'),
)  # fmt: skip


def insert(chance: random.Random, text: str, what: str) -> str:
    """Something between two tags, anywhere after the root's."""
    places = [found.end() for found in re.finditer(r">(?=<)", text)][1:]
    place = chance.choice(places)
    return text[:place] + what + text[place:]


def swap(chance: random.Random, text: str, old: str, new: str) -> str:
    """One occurrence, or the pair that begins there for quotes, replaced."""
    found = list(re.finditer(old, text))
    if not found:
        return text
    one = chance.choice(found)
    if new == "'":
        pair = re.compile(r'="([^"\'<>]*)"').search(text, max(one.start() - 1, 0))
        return text if pair is None else f"{text[: pair.start()]}='{pair[1]}'{text[pair.end() :]}"
    return text[: one.start()] + one.expand(new) + text[one.end() :]


@pytest.mark.parametrize("edit", range(len(EDITS)))
def test_it_agrees_or_declines_after_any_edit_that_is_still_xml(edit):
    judged = 0
    for seed in range(24):
        chance = random.Random(1000 * edit + seed)
        text = PARTS[seed % len(PARTS)].decode()
        for _ in range(chance.randint(1, 2)):
            text = EDITS[edit](chance, text)
        part = text.encode()
        try:
            etree.fromstring(part)
        except etree.XMLSyntaxError:
            continue
        cut, parsed = both(part)
        assert cut == parsed
        judged += 1
    assert judged > 0


@pytest.mark.parametrize("name", ["", *DIALECTS])
def test_shared_texts_are_the_same_with_and_without(name):
    data = DIALECTS[name](whole_return()) if name else whole_return()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        part = next((archive.read(one) for one in archive.namelist() if one.lower().endswith("sharedstrings.xml")), b"")
    assert list(read_strings(part)) == list(read_strings(part, short_cut=False))
