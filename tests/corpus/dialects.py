"""The sample workbook in other legal spellings: each says the same, as real writers or the format allow it.

A dialect is a function from a workbook's bytes to a workbook's bytes; `DIALECTS` names them all.
"""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from lxml import etree

from tests.corpus.sample import MAIN, SHEETS, TEXTS, renamed, respelt

if TYPE_CHECKING:
    from collections.abc import Callable

ALL_MAIN = re.compile(r"xl/(workbook|sharedStrings|styles|worksheets/sheet\d+)\.xml")
ALL_XML = re.compile(r".*\.(xml|rels)")
M = f"{{{MAIN}}}"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
ZERO = datetime(1899, 12, 30)  # noqa: DTZ001 - a cell's date has no time zone
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _tree(change: Callable[[etree._Element], None]) -> Callable[[str], bytes]:
    def respell(text: str) -> bytes:
        root = etree.fromstring(text.encode())
        change(root)
        return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)

    return respell


def _prefixed(text: str) -> str:
    text = re.sub(r"<(/?)(?=[A-Za-z])(?![A-Za-z]+:)", r"<\1x:", text)
    return text.replace(f'xmlns="{MAIN}"', f'xmlns:x="{MAIN}"')


def prefix(data: bytes) -> bytes:
    return respelt(data, _prefixed, ALL_MAIN)


def inner_prefix(data: bytes) -> bytes:
    """The rows in a prefix that only they declare."""

    def rows(text: str) -> str:
        head, _, rest = text.partition("<sheetData>")
        body, _, tail = rest.partition("</sheetData>")
        body = re.sub(r"<(/?)(?=[a-z])", r"<\1in:", body)
        return f'{head}<in:sheetData xmlns:in="{MAIN}">{body}</in:sheetData>{tail}'

    return respelt(data, rows)


def strict(data: bytes) -> bytes:
    def change(text: str) -> str:
        text = text.replace(MAIN, STRICT)
        return text.replace(RELATIONS, "http://purl.oclc.org/ooxml/officeDocument/relationships")

    return respelt(data, change, ALL_XML)


def attribute_order(data: bytes) -> bytes:
    def change(root: etree._Element) -> None:
        for element in root.iter(etree.Element):
            pairs = list(element.attrib.items())[::-1]
            element.attrib.clear()
            for key, value in pairs:
                element.set(key, value)

    return respelt(data, _tree(change), ALL_XML)


def single_quotes(data: bytes) -> bytes:
    def tag(found: re.Match[str]) -> str:
        return re.sub(r'="([^"\']*)"', r"='\1'", found[0])

    return respelt(data, lambda text: re.sub(r"<[^>]*>", tag, text), ALL_XML)


def spaces_in_tags(data: bytes) -> bytes:
    def tag(found: re.Match[str]) -> str:
        inside = re.sub(r'" (?=\w)', '"\n   ', found[1])
        inside = re.sub(r'(\w)="', r'\1 = "', inside)
        return f"<{inside} {found[2]}>"

    return respelt(data, lambda text: re.sub(r"<([A-Za-z/][^>]*?)(/?)>", tag, text), ALL_MAIN)


def indented(data: bytes) -> bytes:
    """White space between all tags, but none where there is text."""

    def change(text: str) -> str:
        head, start, rest = text.partition("?>")
        return head + start + re.sub(r"(</[a-zA-Z]+>|/>|<(?:row|c|f|sheetData|cols)[^>]*>)(?=<)", "\\1\r\n\t  ", rest)

    return respelt(data, change)


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

    return respelt(data, _tree(change))


def cdata(data: bytes) -> bytes:
    def change(root: etree._Element) -> None:
        for element in root.iter(M + "t", M + "v", M + "f"):
            if element.text:
                element.text = etree.CDATA(element.text)

    return respelt(data, _tree(change), re.compile(f"{SHEETS.pattern}|{TEXTS.pattern}"))


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

    return respelt(data, _tree(change))


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

    return respelt(data, _tree(change), TEXTS)


def _phonetic() -> etree._Element:
    guide = etree.Element(M + "rPh", sb="0", eb="1")
    etree.SubElement(guide, M + "t").text = "not part of the text"
    return guide


def escaped(data: bytes) -> bytes:
    """Every letter P in a text as `_x0050_`, every line feed as `_x000A_`."""

    def change(root: etree._Element) -> None:
        for element in root.iter(M + "t"):
            element.text = (element.text or "").replace("P", "_x0050_").replace("\n", "_x000a_")

    return respelt(data, _tree(change), TEXTS)


def character_references(data: bytes) -> bytes:
    def text(found: re.Match[str]) -> str:
        return found[1] + "".join(f"&#x{ord(c):x};" if c.isalnum() else c for c in found[2]) + found[3]

    def change(whole: str) -> str:
        # entities keep their names: only digits and letters outside them are respelt
        return re.sub(r"(<(?:t|v|t xml:space=\"preserve\")>)([^<&]*)(</)", text, whole)

    return respelt(data, change, re.compile(f"{SHEETS.pattern}|{TEXTS.pattern}"))


def comments_and_instructions(data: bytes) -> bytes:
    noise = '<!-- <c r="A1"><v>9</v></c> --><?note <v>9</v>?>'

    def change(text: str) -> str:
        head, start, rest = text.partition("?>")
        rest = re.sub(r"(</(?:c|v|f|t|si|row|sheet|definedName)>)(?=<)", r"\1" + noise.replace("\\", r"\\"), rest)
        return head + start + noise + rest

    return respelt(data, change, ALL_MAIN)


def hidden_rows_in_a_comment(data: bytes) -> bytes:
    """A comment that holds rows in the common spelling, and the real ones in another."""

    def change(text: str) -> str:
        decoy = f"<!--{ROWS}-->"
        text = re.sub(r"(<worksheet[^>]*>)", r"\1" + decoy, _spaced(text))
        return text.replace("</worksheet>", decoy + "</worksheet>")

    return respelt(data, change)


def other_rows_in_a_comment(data: bytes) -> bytes:
    """The only rows in the common spelling stand in a comment after the real ones."""
    return respelt(data, lambda text: _spaced(text).replace("</worksheet>", f"<!--{ROWS}--></worksheet>"))


def other_rows_in_an_instruction(data: bytes) -> bytes:
    return respelt(data, lambda text: _spaced(text).replace("</worksheet>", f"<?x {ROWS}?></worksheet>"))


def foreign_rows(data: bytes) -> bytes:
    """Another format's rows and cells in an extension, under the same local names."""
    return respelt(data, lambda text: text.replace("</worksheet>", FOREIGN + "</worksheet>"))


def foreign_rows_alone(data: bytes) -> bytes:
    """The same, and they are the only ones in the common spelling."""
    return respelt(data, lambda text: _spaced(text).replace("</worksheet>", FOREIGN + "</worksheet>"))


ROWS = '<sheetData><row r="1"><c r="A1"><v>9</v></c></row></sheetData>'
FOREIGN = f'<extLst><ext uri="u"><a xmlns="urn:other">{ROWS}</a></ext></extLst>'


def _spaced(text: str) -> str:
    return text.replace("<sheetData>", "<sheetData >").replace("</sheetData>", "</sheetData >")


def words_for_truth(data: bytes) -> bytes:
    def change(text: str) -> str:
        text = re.sub(r'(hidden|sheet|objects|scenarios)="1"', r'\1="true"', text)
        text = re.sub(r'(t="b"[^>]*>(?:<f>[^<]*</f>)?<v>)1<', r"\1true<", text)
        return re.sub(r'(t="b"[^>]*>(?:<f>[^<]*</f>)?<v>)0<', r"\1false<", text)

    return respelt(data, change)


def iso_dates(data: bytes) -> bytes:
    def change(text: str) -> str:
        def cell(found: re.Match[str]) -> str:
            moment = ZERO + timedelta(days=float(found[3]))
            return f'<c r="{found[1]}" s="{found[2]}" t="d"><v>{moment.isoformat()}</v></c>'

        return re.sub(r'<c r="(B[23])" s="(\d+)"><v>([\d.]+)</v></c>', cell, text)

    return respelt(data, change, re.compile(r"xl/worksheets/sheet1\.xml"))


def from_1904(data: bytes) -> bytes:
    def book(text: str) -> str:
        return text.replace("<workbookPr", '<workbookPr date1904="1"')

    def change(text: str) -> str:
        def cell(found: re.Match[str]) -> str:
            return f"{found[1]}{float(found[2]) - 1462!r}</v>"

        return re.sub(r'(<c r="B[23]" s="\d+"><v>)([\d.]+)</v>', cell, text)

    data = respelt(data, book, re.compile(r"xl/workbook\.xml"))
    return respelt(data, change, re.compile(r"xl/worksheets/sheet1\.xml"))


def utf_16(data: bytes) -> bytes:
    def change(text: str) -> bytes:
        return text.replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16")

    return respelt(data, change, ALL_XML)


def marked_utf_8(data: bytes) -> bytes:
    """A byte order mark and no XML declaration."""
    return respelt(data, lambda text: b"\xef\xbb\xbf" + re.sub(r"^<\?xml.*?\?>\s*", "", text).encode(), ALL_XML)


def latin_1(data: bytes) -> bytes:
    def change(text: str) -> bytes:
        return text.replace('encoding="UTF-8"', 'encoding="ISO-8859-1"').encode("latin-1", "xmlcharrefreplace")

    return respelt(data, change, ALL_XML)


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
        prefix, inner_prefix, strict, attribute_order, single_quotes, spaces_in_tags, indented, no_addresses, cdata,
        inline_strings, runs_and_phonetics, escaped, character_references, comments_and_instructions,
        hidden_rows_in_a_comment, other_rows_in_a_comment, other_rows_in_an_instruction, foreign_rows,
        foreign_rows_alone, words_for_truth, iso_dates, from_1904, utf_16, marked_utf_8, latin_1,
        explicit, cell_extensions, odd_names, absolute_targets, other_case, backslashes, stored, streamed,
        libreoffice_names,
    )
}  # fmt: skip
