"""Legal spellings of the same XML: prefixes, quotes, white space, comments, encodings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from tests.corpus.raw_workbook import MAIN, SHEETS, TEXTS, respelt

if TYPE_CHECKING:
    from collections.abc import Callable

ALL_MAIN = re.compile(r"xl/(workbook|sharedStrings|styles|worksheets/sheet\d+)\.xml")
ALL_XML = re.compile(r".*\.(xml|rels)")
M = f"{{{MAIN}}}"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def by_tree(change: Callable[[etree._Element], None]) -> Callable[[str], bytes]:
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

    return respelt(data, by_tree(change), ALL_XML)


def single_quotes(data: bytes) -> bytes:
    def tag(match: re.Match[str]) -> str:
        return re.sub(r'="([^"\']*)"', r"='\1'", match[0])

    return respelt(data, lambda text: re.sub(r"<[^>]*>", tag, text), ALL_XML)


def spaces_in_tags(data: bytes) -> bytes:
    def tag(match: re.Match[str]) -> str:
        inside = re.sub(r'" (?=\w)', '"\n   ', match[1])
        inside = re.sub(r'(\w)="', r'\1 = "', inside)
        return f"<{inside} {match[2]}>"

    return respelt(data, lambda text: re.sub(r"<([A-Za-z/][^>]*?)(/?)>", tag, text), ALL_MAIN)


def indented(data: bytes) -> bytes:
    """White space between all tags, but none where there is text."""

    def change(text: str) -> str:
        head, start, rest = text.partition("?>")
        return head + start + re.sub(r"(</[a-zA-Z]+>|/>|<(?:row|c|f|sheetData|cols)[^>]*>)(?=<)", "\\1\r\n\t  ", rest)

    return respelt(data, change)


def cdata(data: bytes) -> bytes:
    def change(root: etree._Element) -> None:
        for element in root.iter(M + "t", M + "v", M + "f"):
            if element.text:
                element.text = etree.CDATA(element.text)

    return respelt(data, by_tree(change), re.compile(f"{SHEETS.pattern}|{TEXTS.pattern}"))


def character_references(data: bytes) -> bytes:
    def text(match: re.Match[str]) -> str:
        return match[1] + "".join(f"&#x{ord(c):x};" if c.isalnum() else c for c in match[2]) + match[3]

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
