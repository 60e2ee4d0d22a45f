"""The sample workbook in other legal spellings: each says the same, as real writers or the format allow it.

A dialect is a function from a workbook's bytes to a workbook's bytes; `DIALECTS` names them all. Those that differ
only as XML stand in `spellings`; here are those that store values, cells and parts in another way.
"""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from lxml import etree

from tests.corpus import spellings as xml
from tests.corpus.raw_workbook import TEXTS, renamed, respelt
from tests.corpus.spellings import M, by_tree

if TYPE_CHECKING:
    from collections.abc import Callable

ZERO = datetime(1899, 12, 30)  # noqa: DTZ001 - a cell's date has no time zone


def no_addresses(data: bytes) -> bytes:
    """No `r` on rows and cells that follow the one before; what was left out is filled with bare cells."""

    def change(root: etree._Element) -> None:
        for row in root.iter(M + "row"):
            column = 0
            for cell in list(row):
                letters, number = re.fullmatch(r"([A-Z]+)(\d+)", cell.get("r")).groups()
                target = 0
                for letter in letters:
                    target = target * 26 + ord(letter) - 64
                if target > 20:
                    continue
                for _ in range(column + 1, target):
                    cell.addprevious(etree.Element(M + "c"))
                column = target
                del cell.attrib["r"]
        before = 0
        for row in root.iter(M + "row"):
            number = int(row.get("r"))
            if number == before + 1:
                del row.attrib["r"]
            before = number

    return respelt(data, by_tree(change))


def inline_strings(data: bytes) -> bytes:
    """Texts in their cells, runs, phonetics and all, instead of shared."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        table = list(etree.fromstring(archive.read("xl/sharedStrings.xml")))

    def change(root: etree._Element) -> None:
        for cell in root.iter(M + "c"):
            if cell.get("t") == "s":
                inline = etree.fromstring(etree.tostring(table[int(cell[0].text)]))
                inline.tag = M + "is"
                inline.append(_phonetic())
                cell.set("t", "inlineStr")
                cell[:] = [inline]

    return respelt(data, by_tree(change))


def runs_and_phonetics(data: bytes) -> bytes:
    def change(root: etree._Element) -> None:
        for item in root:
            text = "".join(item.itertext())
            half = len(text) // 2
            item[:] = []
            for piece in (text[:half], text[half:]):
                run = etree.SubElement(item, M + "r")
                etree.SubElement(etree.SubElement(run, M + "rPr"), M + "b")
                etree.SubElement(run, M + "t").text = piece
            item.append(_phonetic())

    return respelt(data, by_tree(change), TEXTS)


def _phonetic() -> etree._Element:
    guide = etree.Element(M + "rPh", sb="0", eb="1")
    etree.SubElement(guide, M + "t").text = "not part of the text"
    return guide


def escaped(data: bytes) -> bytes:
    """Every letter P in a text as `_x0050_`, every line feed as `_x000A_`."""

    def change(root: etree._Element) -> None:
        for element in root.iter(M + "t"):
            element.text = (element.text or "").replace("P", "_x0050_").replace("\n", "_x000a_")

    return respelt(data, by_tree(change), TEXTS)


def words_for_truth(data: bytes) -> bytes:
    def change(text: str) -> str:
        text = re.sub(r'(hidden|sheet|objects|scenarios)="1"', r'\1="true"', text)
        text = re.sub(r'(t="b"[^>]*>(?:<f>[^<]*</f>)?<v>)1<', r"\1true<", text)
        return re.sub(r'(t="b"[^>]*>(?:<f>[^<]*</f>)?<v>)0<', r"\1false<", text)

    return respelt(data, change)


def iso_dates(data: bytes) -> bytes:
    def change(text: str) -> str:
        def cell(match: re.Match[str]) -> str:
            moment = ZERO + timedelta(days=float(match[3]))
            return f'<c r="{match[1]}" s="{match[2]}" t="d"><v>{moment.isoformat()}</v></c>'

        return re.sub(r'<c r="(B[23])" s="(\d+)"><v>([\d.]+)</v></c>', cell, text)

    return respelt(data, change, re.compile(r"xl/worksheets/sheet1\.xml"))


def from_1904(data: bytes) -> bytes:
    def book(text: str) -> str:
        return text.replace("<workbookPr", '<workbookPr date1904="1"')

    def change(text: str) -> str:
        def cell(match: re.Match[str]) -> str:
            return f"{match[1]}{float(match[2]) - 1462!r}</v>"

        return re.sub(r'(<c r="B[23]" s="\d+"><v>)([\d.]+)</v>', cell, text)

    data = respelt(data, book, re.compile(r"xl/workbook\.xml"))
    return respelt(data, change, re.compile(r"xl/worksheets/sheet1\.xml"))


def explicit(data: bytes) -> bytes:
    """Nothing left to a default: types, styles, spans, end tags."""

    def change(text: str) -> str:
        text = re.sub(r'<c r="(\w+)">', r'<c r="\1" s="0" t="n">', text)
        text = re.sub(r'<c r="(\w+)" s="(\d+)">', r'<c r="\1" s="\2" t="n" cm="0" vm="0" ph="0">', text)
        text = re.sub(r"<c ([^>]*)/>", r"<c \1></c>", text)
        text = text.replace("<f>", '<f aca="false" ca="true" xml:space="preserve">')
        return re.sub(r"<row ([^>]*?)(/?)>", r'<row \1 x14ac:dyDescent="0.25" thickBot="0"\2>', text).replace(
            "<worksheet ",
            '<worksheet xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="x14ac" '
            'xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac" ',
            1,
        )

    return respelt(data, change)


def cell_extensions(data: bytes) -> bytes:
    addition = '<extLst><ext uri="u"><x:v xmlns:x="urn:x">9</x:v></ext></extLst></c>'
    return respelt(data, lambda text: text.replace("</v></c>", "</v>" + addition))


def odd_names(data: bytes) -> bytes:
    """Parts under other names, found only by following the relationships."""

    def name(part: str) -> str:
        return part.replace("xl/workbook.xml", "xl/workbook2.xml").replace("/workbook.xml.rels", "/workbook2.xml.rels")

    data = respelt(data, lambda text: text.replace("xl/workbook.xml", "/xl/workbook2.xml"), re.compile("_rels/.rels"))
    return renamed(data, name)


def absolute_targets(data: bytes) -> bytes:
    def change(text: str) -> str:
        return re.sub(r'Target="(?!/)(\w)', r'Target="/xl/../xl/./\1', text)

    return respelt(data, change, re.compile(r"xl/_rels/workbook\.xml\.rels"))


def other_case(data: bytes) -> bytes:
    return renamed(data, lambda part: part if part.endswith(".rels") else part.upper())


def backslashes(data: bytes) -> bytes:
    data = respelt(data, lambda text: text.replace("worksheets/", "worksheets\\"), re.compile(r"xl/_rels/.*"))
    # ZipInfo mends separators of its own system only, so this spelling survives on every one
    target = data
    for folder in (b"xl/worksheets/", b"xl/_rels/"):
        target = target.replace(folder, folder.replace(b"/", b"\\"))
    return target


def stored(data: bytes) -> bytes:
    return respelt(data, lambda text: text, stored=True)


def streamed(data: bytes) -> bytes:
    """Sizes after the data, as a writer that cannot seek leaves them."""

    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def seek(self, *_: object) -> int:
            raise io.UnsupportedOperation

        def tell(self) -> int:
            raise io.UnsupportedOperation

    pipe = Pipe()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(info.filename, old.read(info))
    return pipe.getvalue()


def libreoffice_names(data: bytes) -> bytes:
    """Defined names with "." after the sheet and "$" before it."""

    def change(text: str) -> str:
        cell = r"\$[A-Z]+\$\d+"
        return re.sub(rf">('[^<]*?'|\w+)!({cell}(?::{cell})?)</definedName>", r">$\1.\2</definedName>", text)

    return respelt(data, change, re.compile(r"xl/workbook\.xml"))


DIALECTS: dict[str, Callable[[bytes], bytes]] = {
    change.__name__: change
    for change in (
        xml.prefix, xml.inner_prefix, xml.strict, xml.attribute_order, xml.single_quotes, xml.spaces_in_tags,
        xml.indented, xml.cdata, no_addresses, inline_strings, runs_and_phonetics, escaped,
        xml.character_references, xml.comments_and_instructions, xml.hidden_rows_in_a_comment,
        xml.other_rows_in_a_comment, xml.other_rows_in_an_instruction, xml.foreign_rows, xml.foreign_rows_alone,
        words_for_truth, iso_dates, from_1904, xml.utf_16, xml.marked_utf_8, xml.latin_1, explicit,
        cell_extensions, odd_names, absolute_targets, other_case, backslashes, stored, streamed,
        libreoffice_names,
    )
}  # fmt: skip
