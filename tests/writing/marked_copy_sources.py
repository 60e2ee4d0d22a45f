"""Workbooks to annotate: from two libraries, by hand, and re-spelt as other programs write them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping

import openpyxl
import xlsxwriter
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import PatternFill, Protection
from openpyxl.worksheet.datavalidation import DataValidation

TRANSITIONAL = "http://schemas.openxmlformats.org"
MAIN = f"{TRANSITIONAL}/spreadsheetml/2006/main"
RELS = f"{TRANSITIONAL}/officeDocument/2006/relationships"
TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
STRICT = {
    MAIN: "http://purl.oclc.org/ooxml/spreadsheetml/main",
    RELS: "http://purl.oclc.org/ooxml/officeDocument/relationships",
}
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def by_xlsxwriter() -> bytes:
    """Four sheets (one hidden, one a chart) : protection, rules, merges, formulas, names, formats."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    look = {"num_format": "0.0%", "locked": False, "font_color": "white", "bg_color": "#203040"}
    entry = book.add_format(look)
    green = book.add_format({"bg_color": "#00FF00"})
    for name in ("Cover", "All lots", "It's odd", "Hidden"):
        sheet = book.add_worksheet(name)
        sheet.write("A1", f"  {name} ")
        sheet.write_row("F7", [12, 0.5], entry)
        sheet.write_formula("H7", "=F7/G7", entry, 24)
        sheet.write("F9", 3)
        sheet.data_validation("F7", {"validate": "integer", "criteria": ">=", "value": 0})
        sheet.conditional_format("H7", {"type": "cell", "criteria": ">", "value": 3, "format": green})
        sheet.merge_range("B11:D12", "joined")
        sheet.set_column("J:J", 10, entry)
        sheet.set_row(19, None, entry)
        sheet.protect("", {"sort": True})
    book.get_worksheet_by_name("All lots").activate()
    book.get_worksheet_by_name("Cover").select()  # two tabs selected: a group
    book.get_worksheet_by_name("Hidden").hide()
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": "='All lots'!$F$7:$G$7"})
    book.add_chartsheet("Chart").set_chart(chart)
    book.define_name("KPI_S1.x", "='All lots'!$F$7")
    book.define_name("Cover!local", "=Cover!$A$1")
    book.close()
    return buffer.getvalue()


def by_openpyxl() -> bytes:
    """The same two sheets as openpyxl writes them, the structure locked."""
    book = openpyxl.Workbook()
    book.active.title = "Cover"
    for name in ("All lots", "It's odd"):
        sheet = book.create_sheet(name)
        sheet["A1"] = f"  {name} "
        sheet["F7"], sheet["G7"], sheet["H7"], sheet["F9"] = 12, 0.5, "=F7/G7", 3
        sheet["F7"].number_format = "0.0%"
        sheet["F7"].protection = Protection(locked=False)
        sheet["B11"] = "joined"
        sheet.merge_cells("B11:D12")
        rule = DataValidation(type="whole", operator="greaterThanOrEqual", formula1="0", sqref="F7")
        sheet.add_data_validation(rule)
        fill = PatternFill(bgColor="00FF00")
        sheet.conditional_formatting.add("H7", CellIsRule("greaterThan", ["3"], fill=fill))
        sheet.protection.sheet = True
    book.security.lockStructure = True
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def by_hand(sheet: str, *, name: str = "One", parts: Mapping[str, str] | None = None) -> bytes:
    """The least a workbook can be: one sheet, no styles, no window; `sheet` is what stands in it."""
    office = f"{RELS}/officeDocument"
    files = {
        "[Content_Types].xml": f'<Types xmlns="{TRANSITIONAL}/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/book.xml" ContentType="{TYPES}.sheet.main+xml"/>'
        f'<Override PartName="/xl/s.xml" ContentType="{TYPES}.worksheet+xml"/></Types>',
        "_rels/.rels": relationships(("rId1", office, "xl/book.xml")),
        "xl/book.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELS}"><sheets>'
        f'<sheet name="{name}" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/book.xml.rels": relationships(("rId1", f"{RELS}/worksheet", "/xl/s.xml")),
        "xl/s.xml": f'<worksheet xmlns="{MAIN}">{sheet}</worksheet>',
    }
    return pack({**files, **(parts or {})})


def relationships(*rows: tuple[str, str, str]) -> str:
    inner = "".join(f'<Relationship Id="{i}" Type="{t}" Target="{p}"/>' for i, t, p in rows)
    return f'<Relationships xmlns="{TRANSITIONAL}/package/2006/relationships">{inner}</Relationships>'


def pack(files: Mapping[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, HEAD + content if isinstance(content, str) else content)
    return buffer.getvalue()


def unpack(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def respell(data: bytes, change: Callable[[str, str], str]) -> bytes:
    """The workbook with `change(text, part)` applied to every part that is not binary."""
    parts = unpack(data)
    text = (".xml", ".rels")
    return pack({n: change(b.decode(), n).encode() if n.endswith(text) else b for n, b in parts.items()})


def prefixed(text: str, part: str) -> str:
    """Every element of the spreadsheet's parts with a prefix."""
    if f'xmlns="{MAIN}"' not in text:
        return text
    return re.sub(r"<(/?)([A-Za-z]+[\s/>])", r"<\1y:\2", text).replace(f'xmlns="{MAIN}"', f'xmlns:y="{MAIN}"')


def bare(text: str, part: str) -> str:
    """Rows and cells without addresses, blanks filled in so that they keep their places."""
    if "/worksheets/" not in part or not part.endswith(".xml"):
        return text
    rows = dict(re.findall(r'<row r="(\d+)"[^>]*?(?:/>|>(.*?)</row>)', text, re.DOTALL))
    out = []
    for number in range(1, max(map(int, rows), default=0) + 1):
        row = rows.get(str(number), "")
        cells = {c: a for a, c in re.findall(r'(<c r="([A-Z])\d+"[^>]*?(?:/>|>.*?</c>))', row)}
        last = max(cells, default="@")
        inner = "".join(cells.get(chr(c), "<c/>") for c in range(65, ord(last) + 1))
        out.append(f"<row>{re.sub(r'<c r=.[A-Z]+[0-9]+.', '<c', inner)}</row>")
    data = f"<sheetData>{''.join(out)}</sheetData>"
    return re.sub(r"<sheetData>.*</sheetData>", lambda _: data, text, flags=re.DOTALL)


def strict(text: str, part: str) -> str:
    for old, new in STRICT.items():
        text = text.replace(old, new)
    return text


def loose(text: str, part: str) -> str:
    """Strict undone, for judges that only read the older spelling."""
    for old, new in STRICT.items():
        text = text.replace(new, old)
    return text


def inline(text: str, part: str) -> str:
    """Text in the cells themselves, attributes in single quotes, white space between cells."""
    if "/worksheets/" not in part or not part.endswith(".xml"):
        return text
    words = r'<c\2 t="inlineStr" r="\1"><is><t>text</t></is>'
    text = re.sub(r'<c r="(\w+)"([^>]*) t="s"><v>\d+</v>', words, text)
    return re.sub(r'r="(\w+)"', r"r='\1'", text.replace("</c>", "</c>\n  "))


def whole(text: str, part: str) -> str:
    return text


SPELLINGS = {
    "as written": whole,
    "prefixed": prefixed,
    "strict": strict,
    "no addresses": bare,
    "inline": inline,
}
WRITERS = {"XlsxWriter": by_xlsxwriter, "openpyxl": by_openpyxl}
