"""Insert our cell XML into the workbook skeleton written by XlsxWriter."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence

from xlkpi.errors import PlanError
from xlkpi.ooxml.addresses import cell_address
from xlkpi.writing.package_parts import CORE, core_part
from xlkpi.writing.workbook.cut_once import cut_once
from xlkpi.writing.workbook.links import Links
from xlkpi.writing.workbook.look_styles import STYLES_PART, LookStyles
from xlkpi.writing.workbook.shared_strings import Strings
from xlkpi.writing.workbook.sheet_xml import SheetText, Spellings, extent_of, last_row
from xlkpi.writing.workbook.spell_apart import Apart, NumberedSheet
from xlkpi.writing.workbook.workbook_plan import Sheet, Table
from xlkpi.writing.workbook.zip_stream import Packing, packing

STRINGS = "xl/sharedStrings.xml"
_CELLS = re.compile(r"<sheetData/>|<sheetData>.*?</sheetData>", re.DOTALL)
_DIMENSION = re.compile(r'<dimension ref="[A-Z0-9:]+"/>')
# What may follow the links in a sheet, in the order of the standard; XlsxWriter always writes the margins.
_AFTER_LINKS = re.compile(r"<(?:printOptions|pageMargins)\b")
_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
)


def woven(shell: Mapping[str, bytes], sheets: Sequence[Sheet], looks: LookStyles, apart: Apart | None = None) -> bytes:
    """The shell with its sheets filled; every part at a fixed date, so that the same plan gives the same bytes.

    ``apart`` are the last of the sheets, where they are spelt elsewhere: asked for when those before are spelt.
    """
    target = io.BytesIO()
    with packing(target) as out:
        names = [f"xl/worksheets/sheet{number}.xml" for number in range(1, len(sheets) + 1)]
        strings = Strings()
        texts = _texts(sheets, Spellings(looks.numbers, strings), strings, apart)
        ours = {*names, *map(_relations_of, names), STRINGS}
        tables = _tables(sheets)
        for part, content in shell.items():
            if part not in ours:
                if part in tables:
                    out.put(part, [_long(content.decode(), tables.pop(part)).encode()])
                elif part == STYLES_PART:
                    out.put(part, [looks.part(content.decode())])
                else:
                    out.put(part, [core_part(content) if part == CORE else content])
        if tables:
            message = f"XlsxWriter no longer writes {', '.join(tables)}"
            raise PlanError(message)
        for name, sheet, text in zip(names, sheets, texts, strict=True):
            links = _put_sheet(out, name, shell[name].decode(), extent_of(sheet), text)
            _put_relations(out, shell, name, links)
        if STRINGS not in shell:
            message = "XlsxWriter no longer writes a table of texts"
            raise PlanError(message)
        out.put(STRINGS, map(str.encode, strings.chunks()))
    return target.getvalue()


def _tables(sheets: Sequence[Sheet]) -> dict[str, Table]:
    """The tables by the parts that contain them: numbered, sheet by sheet."""
    tables = [table for sheet in sheets for table in sheet.tables]
    return {f"xl/tables/table{number}.xml": table for number, table in enumerate(tables, start=1)}


def _long(part: str, table: Table) -> str:
    """A table of one row made as long as it is, and its filter too, where it has one."""
    first, width = cell_address(table.row, 1), len(table.columns)
    shell, whole = (f' ref="{first}:{cell_address(last, width)}"' for last in (table.row + 1, last_row(table)))
    if part.count(shell) != (2 if table.filtered else 1):
        message = f"XlsxWriter no longer writes the table {table.name} as{shell}"
        raise PlanError(message)
    return part.replace(shell, whole)


def _texts(
    sheets: Sequence[Sheet], spellings: Spellings, strings: Strings, apart: Apart | None
) -> Iterator[SheetText | NumberedSheet]:
    yield from (SheetText(sheet, spellings) for sheet in sheets[: apart.first if apart else None])
    if apart:
        yield from apart.spelt().numbered(strings)


def _put_sheet(out: Packing, name: str, shell: str, extent: str, text: SheetText | NumberedSheet) -> Links:
    head, tail = cut_once(_CELLS, shell, name)
    before, behind = cut_once(_DIMENSION, head, name)
    after = _AFTER_LINKS.search(tail)
    if after is None:
        message = f"XlsxWriter no longer writes page margins into {name}"
        raise PlanError(message)

    def chunks() -> Iterator[bytes]:
        yield f'{before}<dimension ref="{extent}"/>{behind}<sheetData>'.encode()
        yield from map(str.encode, text.chunks())
        yield f"</sheetData>{tail[: after.start()]}{text.links.element()}{tail[after.start() :]}".encode()

    out.put(name, chunks())
    return text.links


def _put_relations(out: Packing, shell: Mapping[str, bytes], sheet: str, links: Links) -> None:
    name = _relations_of(sheet)
    relations = shell.get(name, b"").decode()
    if relations or links.relationships():
        whole = (relations or _RELATIONS).replace("</Relationships>", f"{links.relationships()}</Relationships>")
        out.put(name, [whole.encode()])


def _relations_of(sheet: str) -> str:
    folder, name = sheet.rsplit("/", 1)
    return f"{folder}/_rels/{name}.rels"
