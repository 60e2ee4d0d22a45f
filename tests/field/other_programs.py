"""A return as other programs save it, as close as public descriptions and files found in public allow.

No such program was run. What each is known to keep, change and lose is written beside the function; what could not be
found out is tried in every way that is possible.
"""

from __future__ import annotations

import re

from tests.judge.packages.package import packed, parts_of

Parts = dict[str, bytes]
FIRST_ROWS = 1000
_NAMES = re.compile(r"<definedNames>.*?</definedNames>", re.DOTALL)
_NAME = re.compile(r'(<definedName name=")([^"]+)(")')
_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def _changed(parts: Parts, name: str, *changes: tuple[str, str]) -> None:
    text = parts[name].decode()
    for pattern, replacement in changes:
        text, count = re.subn(pattern, replacement, text, flags=re.DOTALL)
        assert count, (name, pattern)
    parts[name] = text.encode()


def _sheets(parts: Parts) -> list[str]:
    return [name for name in parts if name.startswith("xl/worksheets/sheet")]


def _without_part(parts: Parts, name: str) -> None:
    """Take a part out, and what refers to it."""
    del parts[name]
    _changed(parts, "[Content_Types].xml", (f'<Override PartName="/{name}"[^>]*/>', ""))
    _changed(parts, "_rels/.rels", (f'<Relationship [^>]*Target="{name}"/>', ""))


def google_sheets(data: bytes, names: str = "dropped") -> bytes:
    """As Google Sheets downloads it: no document properties, every number with a point, a thousand rows with a height.

    It knows no very hidden sheet and no lock on the list of sheets. Its own names have no point, so ours are dropped,
    spelt with ``_`` or kept, and a sheet's lock becomes a right within Google.
    """
    parts = parts_of(data)
    for name in ("docProps/core.xml", "docProps/app.xml"):
        _without_part(parts, name)
    _changed(parts, "xl/workbook.xml", ("<workbookProtection[^>]*/>", ""), ('state="veryHidden"', 'state="hidden"'))
    if names == "dropped":
        _changed(parts, "xl/workbook.xml", (_NAMES.pattern, ""))
    elif names == "underscored":
        text = parts["xl/workbook.xml"].decode()
        spelt = _NAME.sub(
            lambda match: match[1] + match[2].replace(".", "_").replace("_xlnm_", "_xlnm.") + match[3], text
        )
        parts["xl/workbook.xml"] = spelt.encode()
    for sheet in _sheets(parts):
        text = re.sub(r"<sheetProtection[^>]*/>", "", parts[sheet].decode())
        text = re.sub(r"(<c r=\"[A-Z]+\d+\"(?: s=\"\d+\")?><v>)(-?\d+)(</v>)", r"\1\2.0\3", text)
        last = max(map(int, re.findall(r'<row r="(\d+)"', text)), default=0)
        empty = "".join(f'<row r="{n}" ht="15.75" customHeight="1"/>' for n in range(last + 1, FIRST_ROWS + 1))
        parts[sheet] = text.replace("</sheetData>", f"{empty}</sheetData>").encode()
    return packed(parts)


def wps_office(data: bytes) -> bytes:
    """As WPS Spreadsheets saves it: everything is kept; its own build is noted in custom properties and namespaces."""
    parts = parts_of(data)
    properties = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Properties '
        'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
        '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="KSOProductBuildVer">'
        "<vt:lpwstr>2057-12.2.0.13489</vt:lpwstr></property></Properties>"
    )
    _added(
        parts,
        "docProps/custom.xml",
        properties,
        "custom-properties+xml",
        "officeDocument/2006/relationships/custom-properties",
    )
    _changed(parts, "docProps/app.xml", ("<Application>[^<]*", "<Application>WPS Office_12.2.0.13489_F1E327BC"))
    for sheet in _sheets(parts):
        _changed(
            parts, sheet, ("<worksheet ", f'<worksheet xmlns:mc="{_COMPATIBILITY}" xmlns:etc="http://www.wps.cn/etc" ')
        )
    return packed(parts)


def _added(parts: Parts, name: str, text: str, kind: str, relation: str) -> None:
    parts[name] = text.encode()
    content = (
        f'<Override PartName="/{name}" ContentType="application/vnd.openxmlformats-officedocument.{kind}"/></Types>'
    )
    kind_of_link = f"http://schemas.openxmlformats.org/{relation}"
    link = f'<Relationship Id="rIdAdded" Type="{kind_of_link}" Target="{name}"/></Relationships>'
    _changed(parts, "[Content_Types].xml", ("</Types>", content))
    _changed(parts, "_rels/.rels", ("</Relationships>", link))


def only_office(data: bytes) -> bytes:
    """As OnlyOffice saves it: names, rules and locks are kept, no spans; its own name."""
    parts = parts_of(data)
    _changed(parts, "docProps/app.xml", ("<Application>[^<]*", "<Application>ONLYOFFICE/8.2.0.143"))
    _changed(
        parts,
        "docProps/core.xml",
        ("</cp:coreProperties>", "<cp:lastModifiedBy></cp:lastModifiedBy></cp:coreProperties>"),
    )
    for sheet in _sheets(parts):
        parts[sheet] = re.sub(r' spans="[^"]*"', "", parts[sheet].decode()).encode()
    return packed(parts)


def excel_for_the_web(data: bytes) -> bytes:
    """As Excel for the web saves it: everything is kept; revision marks, its name, and a label of sensitivity."""
    parts = parts_of(data)
    _changed(parts, "docProps/app.xml", ("<Application>[^<]*", "<Application>Microsoft Excel Online"))
    spaces = (
        f'<workbook xmlns:mc="{_COMPATIBILITY}" mc:Ignorable="xr xr2" '
        'xmlns:xr="http://schemas.microsoft.com/office/spreadsheetml/2014/revision" '
        'xmlns:xr2="http://schemas.microsoft.com/office/spreadsheetml/2015/revision2" '
    )
    revision = (
        '<xr:revisionPtr revIDLastSave="12" documentId="8_{0}" xr6:coauthVersionLast="47" xr6:coauthVersionMax="47"/>'
    )
    revision = re.sub(r' xr6:\w+="\d+"', "", revision)
    _changed(parts, "xl/workbook.xml", ("<workbook ", spaces), ("<bookViews>", f"{revision}<bookViews>"))
    labels = (
        '<clbl:labelList xmlns:clbl="http://schemas.microsoft.com/office/2020/mipLabelMetadata">'
        '<clbl:label id="{00000000-0000-0000-0000-000000000000}" enabled="1" method="Standard"/></clbl:labelList>'
    )
    _added(parts, "docMetadata/LabelInfo.xml", labels, "labels+xml", "package/2006/relationships/metadata/labels")
    return packed(parts)


def numbers(data: bytes, titled: str = "{}") -> bytes:
    """As Numbers exports it: a summary in front, no names, no hidden state, no rules and no locks; tabs named anew."""
    parts = parts_of(data)
    summary = '<row r="1"><c r="A1" t="inlineStr"><is><t>This document was exported from Numbers.</t></is></c></row>'
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
    parts["xl/worksheets/sheet90.xml"] = (
        f'<worksheet xmlns="{main}"><sheetData>{summary}</sheetData></worksheet>'.encode()
    )
    override = f'<Override PartName="/xl/worksheets/sheet90.xml" ContentType="{kind}"/></Types>'
    link = f'<Relationship Id="rId90" Type="{relation}" Target="worksheets/sheet90.xml"/></Relationships>'
    _changed(parts, "[Content_Types].xml", ("</Types>", override))
    _changed(parts, "xl/_rels/workbook.xml.rels", ("</Relationships>", link))
    _changed(
        parts,
        "xl/workbook.xml",
        ("<workbookProtection[^>]*/>", ""),
        (_NAMES.pattern, ""),
        (' state="veryHidden"', ""),
        (r'<sheet name="([^"]*)"', lambda match: f'<sheet name="{titled.format(match[1])[:31]}"'),  # type: ignore[arg-type]
        ("<sheets>", '<sheets><sheet name="Export Summary" sheetId="90" r:id="rId90"/>'),
    )
    for sheet in _sheets(parts):
        text = re.sub(
            r"<sheetProtection[^>]*/>|<dataValidations.*?</dataValidations>", "", parts[sheet].decode(), flags=re.DOTALL
        )
        parts[sheet] = text.encode()
    return packed(parts)


PROGRAMS = {
    "Google Sheets, names dropped": google_sheets,
    "Google Sheets, names spelt with _": lambda data: google_sheets(data, "underscored"),
    "Google Sheets, names kept": lambda data: google_sheets(data, "kept"),
    "Numbers": numbers,
    "Numbers, tabs named anew": lambda data: numbers(data, "{} - Table 1"),
    "WPS Office": wps_office,
    "OnlyOffice": only_office,
    "Excel for the web": excel_for_the_web,
}
