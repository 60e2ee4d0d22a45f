"""Damaged files and other kinds of file: refused in one way, or annotated; nothing else is ever raised."""

from __future__ import annotations

import io
import random
import zipfile

import pytest

from tests.writing import marked_copy_sources as sources
from xlkpi.errors import XlkpiError
from xlkpi.writing.marked_copy.annotate import Mark, NotAWorkbookError, Remark, annotate

ROWS = '<sheetData><row r="2"><c r="B2"><v>1</v></c></row></sheetData>'
DOCTYPE = '<!DOCTYPE worksheet [<!ENTITY a "b">]>'


OTHER_KINDS = {
    "empty": (lambda: b"", "cut short"),
    "torn": (lambda: b"PK\x03\x04 torn", "cut short"),
    "cut": (lambda: sources.by_openpyxl()[:-400], "cut short"),
    "word": (lambda: sources.pack({"word/document.xml": "<a/>"}), "no .xlsx"),
    "not XML": (lambda: sources.by_hand("<sheetData>"), "plain XML"),
    "entities": (lambda: sources.by_hand(ROWS, parts={"xl/s.xml": f"{DOCTYPE}<worksheet/>"}), "document type"),
    "no sheets": (lambda: sources.by_hand(ROWS, parts={"xl/book.xml": "<workbook/>"}), "no sheets"),
    "bomb": (lambda: sources.by_hand(ROWS, parts={"big.bin": b"\0" * (65 << 20)}), "unpack"),
}
"""Each is made where it is read: what a module makes, every worker makes."""


@pytest.mark.parametrize("kind", OTHER_KINDS)
def test_another_kind_of_file_is_refused(kind):
    make, says = OTHER_KINDS[kind]
    with pytest.raises(NotAWorkbookError, match=says):
        annotate(make(), [Mark("One", "B2", "note")], [], title="t")


def test_a_damaged_member_is_refused():
    source = bytearray(sources.by_hand(ROWS))
    info = zipfile.ZipFile(io.BytesIO(source)).getinfo("xl/book.xml")
    source[info.header_offset + 60] ^= 0xFF
    with pytest.raises(NotAWorkbookError):
        annotate(bytes(source), [], [], title="t")


@pytest.mark.parametrize("seed", range(150))
def test_a_scribbled_part_is_annotated_or_refused(seed):
    chance = random.Random(seed)
    parts = sources.unpack(sources.by_openpyxl() if seed % 2 else sources.by_xlsxwriter())
    name = chance.choice([name for name in parts if name.endswith((".xml", ".rels"))])
    data = bytearray(parts[name])
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(data))
        if chance.random() < 0.5:
            del data[at : at + chance.randint(1, 60)]
        else:
            data[at] = chance.choice(b"09<>\"'az: /&")
    marks = [Mark("All lots", "F7", "query"), Mark("It's odd", "C12", "note")]
    remarks = [Remark("note", "", "All lots", "F7", "m")]
    messages, copy = "", b""
    try:
        copy = annotate(sources.pack({**parts, name: bytes(data)}), marks, remarks, title="t")
    except XlkpiError as problem:
        messages = str(problem)
    if copy:
        assert set(parts) < set(sources.unpack(copy))
    else:
        assert messages.startswith(("it ", "its ", "one of its ", "the part "))
