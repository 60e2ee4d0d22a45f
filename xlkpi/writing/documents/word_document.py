"""A letter as a Word document: paragraphs of plain text, the same bytes for the same text."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date
from xml.sax.saxutils import escape

from xlkpi.plain_text import make_visible
from xlkpi.writing.package_parts import EPOCH, LANGUAGE

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
DOCUMENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
A4 = (
    '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" '
    'w:header="720" w:footer="720" w:gutter="0"/>'
)
FONT = '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial" w:eastAsia="Arial"/>'


def render_document(title: str, paragraphs: Sequence[str], written_on: date) -> bytes:
    """Render paragraphs as a Word document; a line break inside a paragraph begins a new line.

    The first line of the first paragraph is its heading. Signs that nobody sees are removed; nothing in a text can
    act: there are no fields, links or macros.
    """
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations(
            ("officeDocument", OFFICE_RELATIONS, "word/document.xml"),
            ("metadata/core-properties", PACKAGE_RELATIONS, "docProps/core.xml"),
        ),
        "docProps/core.xml": _core(title, written_on),
        "word/_rels/document.xml.rels": _relations(("styles", OFFICE_RELATIONS, "styles.xml")),
        "word/document.xml": _document(paragraphs),
        "word/styles.xml": _styles(),
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in parts.items():
            out.writestr(zipfile.ZipInfo(name, EPOCH), (HEAD + content).encode(), zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _document(paragraphs: Sequence[str]) -> str:
    body = "".join(_paragraphs(paragraphs))
    return f'<w:document xmlns:w="{WORD}"><w:body>{body}<w:sectPr>{A4}</w:sectPr></w:body></w:document>'


def _paragraphs(paragraphs: Sequence[str]) -> Iterator[str]:
    for number, text in enumerate(paragraphs):
        lines = make_visible(text).split("\n")
        if number == 0:
            yield f'<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr>{_run(lines[:1])}</w:p>'
            lines = lines[1:]
        yield f"<w:p>{_run(lines)}</w:p>"


def _run(lines: Sequence[str]) -> str:
    texts = (f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in lines)
    return f"<w:r>{'<w:br/>'.join(texts)}</w:r>"


def _styles() -> str:
    spacing = '<w:spacing w:after="160" w:line="276" w:lineRule="auto"/>'
    defaults = f'<w:rPr>{FONT}<w:sz w:val="22"/><w:lang w:val="{LANGUAGE}"/></w:rPr>'
    return (
        f'<w:styles xmlns:w="{WORD}"><w:docDefaults><w:rPrDefault>{defaults}</w:rPrDefault>'
        f"<w:pPrDefault><w:pPr>{spacing}</w:pPr></w:pPrDefault></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/>'
        '<w:next w:val="Normal"/><w:pPr><w:keepNext/><w:outlineLvl w:val="0"/></w:pPr>'
        '<w:rPr><w:b/><w:sz w:val="28"/></w:rPr></w:style></w:styles>'
    )


def _content_types() -> str:
    return (
        f'<Types xmlns="{TYPES}">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{DOCUMENT_TYPE}.document.main+xml"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{DOCUMENT_TYPE}.styles+xml"/>'
        f'<Override PartName="/docProps/core.xml" ContentType="{CORE_TYPE}"/></Types>'
    )


def _relations(*targets: tuple[str, str, str]) -> str:
    each = "".join(
        f'<Relationship Id="rId{number}" Type="{base}/{kind}" Target="{target}"/>'
        for number, (kind, base, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{PACKAGE_RELATIONS}">{each}</Relationships>'


def _core(title: str, written_on: date) -> str:
    day = f'xsi:type="dcterms:W3CDTF">{written_on.isoformat()}T00:00:00Z</dcterms'
    return (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(make_visible(title))}</dc:title><dc:language>{LANGUAGE}</dc:language>"
        f"<dcterms:created {day}:created><dcterms:modified {day}:modified></cp:coreProperties>"
    )
