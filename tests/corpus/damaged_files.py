"""Files that are no readable workbook, made from a good one or from nothing, and why each is refused."""

from __future__ import annotations

import io
import random
import re
import struct
import zipfile
from functools import lru_cache
from typing import TYPE_CHECKING

from tests.corpus.raw_workbook import respelt
from xlkpi.errors import Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
SHEET_1 = re.compile(r"xl/worksheets/sheet1\.xml")
BOMB = (
    '<!DOCTYPE lolz [<!ENTITY a "lol">'
    + "".join(f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9))
    + "]>"
)


def compound(*streams: str) -> bytes:
    """What begins as every OLE file does, with these names in its directory."""
    return COMPOUND + b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in streams)


def zipped(**members: bytes | str) -> bytes:
    """A zip file; "__" in a name stands for "/", and a leading "dot" for "."."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("dot", "."), content)
    return target.getvalue()


def document(main: str, root: str) -> bytes:
    """An Office file of another kind."""
    rels = f'<Relationships><Relationship Id="r" Type="u/officeDocument" Target="{main}"/></Relationships>'
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("_rels/.rels", rels)
        archive.writestr(main, root)
    return target.getvalue()


FOREIGN: dict[str, tuple[bytes, Unreadable]] = {
    "nothing": (b"", Unreadable.EMPTY),
    "zeros": (bytes(40_000), Unreadable.DAMAGED),
    "password": (compound("Root Entry", "EncryptionInfo", "EncryptedPackage"), Unreadable.PASSWORD),
    "xls": (compound("Root Entry", "Workbook"), Unreadable.OLD_XLS),
    "doc": (compound("Root Entry", "WordDocument"), Unreadable.WORD),
    "html": (b"<!DOCTYPE html><html><body><table></table></body></html>", Unreadable.HTML),
    "html after a mark": (b"\xef\xbb\xbf\r\n<HTML><table></table></HTML>", Unreadable.HTML),
    "html from excel": (b'<html xmlns:x="urn:schemas-microsoft-com:office:excel">', Unreadable.HTML),
    "web archive": (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", Unreadable.HTML),
    "csv": ("KPI,x,y\nKPI S1,40,£50\n".encode("cp1252"), Unreadable.TEXT),
    "csv in utf-16": ("KPI\tx\ty\n".encode("utf-16"), Unreadable.TEXT),
    "pdf": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", Unreadable.PDF),
    "label": (compound("Root Entry", "\x06DataSpaces", "DRMEncryptedDataSpace", "EncryptedPackage"), Unreadable.LABEL),
    "label on any file": (b".pfile" + bytes(60), Unreadable.LABEL),
    "standing password": (
        compound("Root Entry", "StrongEncryptionDataSpace", "LabelInfo", "EncryptedPackage"),
        Unreadable.PASSWORD,
    ),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(60), Unreadable.PICTURE),
    "photo": (b"\xff\xd8\xff\xe0" + bytes(60), Unreadable.PICTURE),
    "7-zip": (b"7z\xbc\xaf\x27\x1c" + bytes(60), Unreadable.ARCHIVE),
    "rar": (b"Rar!\x1a\x07\x01" + bytes(60), Unreadable.ARCHIVE),
    "numbers": (zipped(Index__Documentdotiwa=b"x", previewdotjpg=b"x"), Unreadable.NUMBERS),
    "link of windows": (b"[InternetShortcut]\r\nURL=https://oak.sharepoint.example/x\r\n", Unreadable.LINK),
    "link of a desktop": (b"[Desktop Entry]\nType=Link\nURL=https://a.example/x\n", Unreadable.LINK),
    "link of a mac": (
        b'<?xml version="1.0"?><plist><dict><key>URL</key></dict></plist>',
        Unreadable.LINK,
    ),
    "shell link": (b"L\0\0\0\x01\x14\x02\0" + bytes(60), Unreadable.LINK),
    "address alone": (b"https://oak.sharepoint.example/x", Unreadable.LINK),
    "google": (b'{"url": "https://docs.google.com/open?id=1a", "doc_id": "1a"}', Unreadable.GOOGLE_LINK),
    "google address": (b"https://docs.google.com/spreadsheets/d/1a", Unreadable.GOOGLE_LINK),
    "notice": (b"This attachment was removed by the mail security gateway.\r\n", Unreadable.REMOVED),
    "notice in utf-16": ("The file return.xlsx was blocked by policy.".encode("utf-16"), Unreadable.REMOVED),
    "notice as a page": (b"<html><body>Attachment quarantined</body></html>", Unreadable.REMOVED),
    "list of files": (b"file,a,b,c,d,e,f,g,h,i,j\nremoved,1,2,3,4,5,6,7,8,9,10\n", Unreadable.TEXT),
    "long text": (b"The attached file was removed. " * 1_000, Unreadable.TEXT),
    "flat ods": (
        b'<?xml version="1.0"?><o:document o:mimetype="a/vnd.oasis.opendocument.spreadsheet"/>',
        Unreadable.ODS,
    ),
    "xml spreadsheet": (
        b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><W/>',
        Unreadable.XML_SHEET,
    ),
    "rtf": (b"{\\rtf1 hello}", Unreadable.NOT_A_WORKBOOK),
    "xml": (b'<?xml version="1.0"?><Workbook xmlns="urn:a:spreadsheet:of:2003"/>', Unreadable.NOT_A_WORKBOOK),
    "ods": (zipped(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), Unreadable.ODS),
    "odt": (zipped(mimetype=b"application/vnd.oasis.opendocument.text"), Unreadable.NOT_A_WORKBOOK),
    "zip": (zipped(readme="hello"), Unreadable.NOT_A_WORKBOOK),
    "docx": (document("word/document.xml", '<w:document xmlns:w="u"/>'), Unreadable.WORD),
    "pptx": (document("ppt/presentation.xml", '<p:presentation xmlns:p="u"/>'), Unreadable.NOT_A_WORKBOOK),
    "xlsb": (document("xl/workbook.bin", "\x83\x01"), Unreadable.XLSB),
}


def truncated(data: bytes) -> Iterator[tuple[str, bytes]]:
    """The file cut short at every twentieth of its length."""
    for twentieth in range(1, 20):
        yield f"cut at {twentieth * 5}%", data[: len(data) * twentieth // 20]


def flipped(data: bytes, seed: int) -> bytes:
    """The file with one to four bytes changed, at seeded places."""
    chance = random.Random(seed)
    changed = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def misspelt(data: bytes, seed: int) -> bytes:
    """The file made anew, CRCs right, with one to four characters of one part's XML changed."""
    chance = random.Random(seed)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [name for name in archive.namelist() if name.endswith((".xml", ".rels"))]
    part = re.compile(re.escape(chance.choice(names)))

    def change(text: str) -> str:
        characters = list(text)
        for _ in range(chance.randint(1, 4)):
            characters[chance.randrange(len(characters))] = chance.choice("<>&\"'/=0a1 \x01é")
        return "".join(characters)

    return respelt(data, change, part)


def without(data: bytes, part: str) -> bytes:
    """The file without one of its parts."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            if info.filename != part:
                new.writestr(info.filename, old.read(info))
    return target.getvalue()


def wrong_crc(data: bytes, part: str) -> bytes:
    """The file with another checksum for one part, in both places that state it."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        crc = struct.pack("<I", archive.getinfo(part).CRC)
    return data.replace(crc, struct.pack("<I", 12345))


def in_sheet(data: bytes, old: str, new: str) -> bytes:
    """The file with something in its first sheet replaced."""
    return respelt(data, lambda text: text.replace(old, new, 1), SHEET_1)


@lru_cache(maxsize=1)
def bombs(data: bytes) -> dict[str, bytes]:
    """Files that would unpack or expand without end."""

    def huge(text: str) -> str:
        return text.replace("</worksheet>", " " * (65 << 20) + "</worksheet>")

    def packed(text: str) -> str:
        return text.replace("</worksheet>", " " * (8 << 20) + "</worksheet>")

    return {"one huge part": respelt(data, huge, SHEET_1), "packed beyond reason": respelt(data, packed, SHEET_1)}


@lru_cache(maxsize=2)
def broken(data: bytes) -> dict[str, bytes]:
    """Files whose zip is whole, and whose content no writer can have meant."""

    def doctype(text: str) -> str:
        return text.replace("?>", "?>" + BOMB, 1).replace("</v>", "&j;</v>", 1)

    def book(change: Callable[[str], str]) -> bytes:
        return respelt(data, change, re.compile(r"xl/workbook\.xml"))

    return {
        "document type in a sheet": respelt(data, doctype, SHEET_1),
        "document type in the workbook": book(doctype),
        "document type in the texts": respelt(data, doctype, re.compile(r"xl/sharedStrings\.xml")),
        "document type in the styles": respelt(data, doctype, re.compile(r"xl/styles\.xml")),
        "document type in the properties": respelt(data, doctype, re.compile(r"docProps/core\.xml")),
        "external entity": in_sheet(data, "?>", '?><!DOCTYPE a SYSTEM "file:///etc/passwd">'),
        "text that is not there": in_sheet(data, 't="s"><v>0<', 't="s"><v>999<'),
        "text before the first": in_sheet(data, 't="s"><v>0<', 't="s"><v>-1<'),
        "a number that is none": in_sheet(data, 't="s"><v>0<', "><v>1_000<"),
        "a number beyond all": in_sheet(data, 't="s"><v>0<', "><v>nan<"),
        "a type that is none": in_sheet(data, 't="s"><v>0<', 't="q"><v>0<'),
        "a truth that is none": in_sheet(data, 't="s"><v>0<', 't="b"><v>maybe<'),
        "a date that is none": in_sheet(data, 't="s"><v>0<', 't="d"><v>2026-13-01<'),
        "two cells of one address": in_sheet(data, 'r="B1"', 'r="A1"'),
        "an address that is none": in_sheet(data, 'r="A1"', 'r="a 1"'),
        "a row that is none": in_sheet(data, '<row r="1"', '<row r="one"'),
        "a column that is none": in_sheet(data, '<col min="8" max="10"', '<col min="8" max="99999"'),
        "an end tag too few": in_sheet(data, "</row>", ""),
        "no rows' end": in_sheet(data, "</sheetData>", ""),
        "not a sheet": in_sheet(data, "<worksheet ", "<workshop ").replace(b"</worksheet>", b"</workshop>"),
        "no sheets": book(lambda text: re.sub(r"<sheet [^>]*>", "", text)),
        "two sheets of one name": book(lambda text: text.replace('name="_meta"', 'name="COVER"')),
        "a sheet that points nowhere": book(lambda text: text.replace('r:id="rId1"', 'r:id="rId99"')),
        "an encoding that is none": in_sheet(data, 'encoding="UTF-8"', 'encoding="klingon"'),
        "an encoding of many bytes": in_sheet(data, 'encoding="UTF-8"', 'encoding="shift_jis"'),
        "prologue without end": in_sheet(data, "<worksheet", "<!--" + ">" * 500_000 + "--><worksheet"),
    }
