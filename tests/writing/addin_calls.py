"""A workbook as Excel saves one whose formulas call functions of the add-in: by a number, with a link to its file."""

from __future__ import annotations

import io
import zipfile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
STARTUP = "http://schemas.microsoft.com/office/2006/relationships/xlExternalLinkPath/xlStartup"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml."


def saved_by_excel(*, others: int = 0, extra: str = "") -> bytes:
    """The workbook: `others` are links to other files before ours, `extra` is one more formula.

    D2 to D4 show Green, Red and what follows from them; the name *Mine* and a highlight call a function too.
    """
    number = others + 1
    links = [*[("file:///C:/else.xlsx", f"{RELATIONS}/externalLinkPath")] * others, ("xlkpi.xlam", STARTUP)]
    parts = {"xl/worksheets/sheet1.xml": _sheet(number, others=others, extra=extra)}
    for place, (target, kind) in enumerate(links, start=1):
        part = f"xl/externalLinks/externalLink{place}.xml"
        parts[part] = f'<externalLink xmlns="{MAIN}" xmlns:r="{RELATIONS}"><externalBook r:id="rId1"/></externalLink>'
        parts[part.replace("externalLinks/", "externalLinks/_rels/") + ".rels"] = (
            f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{kind}" Target="{target}"'
            ' TargetMode="External"/></Relationships>'
        )
    parts["xl/workbook.xml"] = _workbook(number)
    parts["xl/_rels/workbook.xml.rels"] = _relations(
        ("rId1", "worksheet", "worksheets/sheet1.xml"),
        *(
            (f"rId{place + 1}", "externalLink", f"externalLinks/externalLink{place}.xml")
            for place in range(1, number + 1)
        ),
    )
    parts["_rels/.rels"] = _relations(("rId1", "officeDocument", "xl/workbook.xml"))
    parts["[Content_Types].xml"] = _types(number)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(zipfile.ZipInfo(name), '<?xml version="1.0" encoding="UTF-8"?>\n' + text)
    return buffer.getvalue()


def _sheet(number: int, *, others: int, extra: str) -> str:
    call = f"[{number}]!"
    formulas = {
        "D2": f"{call}KPI_RAG(A2,B2,C2)",
        "D3": f'IF({call}KPI_RAG(A2,B2,C2)="Green",{call}KPI_GAP("KPI S3",40,50),0)',
        "D4": 'IF(D2="Green","on target","not")',
        "D5": f"{call}KPI_OUTTURN(A2,B2:B2,C2:C2)",
        "D6": f"IFERROR({call}KPI_S2(100,3,2),-1)",
        **({"D7": extra} if extra else {}),
        **({"D8": "[1]Elsewhere!A1"} if others else {}),
    }
    rows = (
        '<row r="2"><c r="A2" t="inlineStr"><is><t>KPI S3</t></is></c><c r="B2"><v>48</v></c><c r="C2"><v>50</v></c>'
        f"{_cell('D2', formulas.pop('D2'))}</row>"
        + "".join(f'<row r="{cell[1:]}">{_cell(cell, formula)}</row>' for cell, formula in formulas.items())
    )
    rule = (
        '<conditionalFormatting sqref="A2"><cfRule type="expression" priority="1">'
        f'<formula>{call}KPI_RAG(A2,B2,C2)="Red"</formula></cfRule></conditionalFormatting>'
    )
    return f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{rule}</worksheet>'


def _cell(place: str, formula: str) -> str:
    escaped = formula.replace("&", "&amp;").replace("<", "&lt;")
    return f'<c r="{place}" t="e"><f>{escaped}</f><v>#NAME?</v></c>'


def _workbook(number: int) -> str:
    listed = "".join(f'<externalReference r:id="rId{place + 1}"/>' for place in range(1, number + 1))
    return (
        f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets><sheet name="Mine" sheetId="1" r:id="rId1"/></sheets>'
        f"<externalReferences>{listed}</externalReferences>"
        f'<definedNames><definedName name="Mine">[{number}]!KPI_DUE("KPI S2","2026-27 Q2")</definedName></definedNames>'
        "</workbook>"
    )


def _relations(*relations: tuple[str, str, str]) -> str:
    items = "".join(f'<Relationship Id="{i}" Type="{RELATIONS}/{kind}" Target="{to}"/>' for i, kind, to in relations)
    return f'<Relationships xmlns="{PACKAGE}">{items}</Relationships>'


def _types(number: int) -> str:
    links = "".join(
        f'<Override PartName="/xl/externalLinks/externalLink{place}.xml" ContentType="{TYPE}externalLink+xml"/>'
        for place in range(1, number + 1)
    )
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{TYPE}sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{TYPE}worksheet+xml"/>{links}</Types>'
    )
