"""What a file is, by its first bytes and its main part, when it is not a workbook we read."""

from __future__ import annotations

import re

from xlkpi.errors import Unreadable

ZIP = b"PK\x03\x04"
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

WORKBOOK_NAMES = (".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".pdf", ".docx")
EMAIL_LINES = (b"received:", b"return-path:", b"from:", b"to:", b"subject:", b"date:", b"delivered-to:", b"x-")

_BEGINNING = 4096
_LONGEST_NOTICE, _MOST_COMMAS = 20_000, 8
"""A line with more commas is one of a table, not of a notice."""
_THING = re.compile(r"\b(attachments?|attached|file|document)\b")
_REMOVED = re.compile(
    r"\b(removed|blocked|quarantined|stripped|deleted|withheld|rejected|disallowed|not allowed|not permitted)\b"
)
_LINK_STARTS = (b"[internetshortcut]", b"[desktop entry]", b"http://", b"https://")
_BY_FIRST_SIGNS = (
    (b"%PDF-", Unreadable.PDF),
    ((b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"\x1f\x8b\x08"), Unreadable.ARCHIVE),
    ((b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*"), Unreadable.PICTURE),
    (b"L\0\0\0\x01\x14\x02\0", Unreadable.LINK),
    (b"bplist00", Unreadable.LINK),
    (b".pfile", Unreadable.LABEL),
)


def is_lock_file(name: str) -> bool:
    """Whether a name is that of the small file by which Excel or LibreOffice marks an open workbook."""
    return name.startswith(("~$", ".~lock."))


def not_a_zip(data: bytes, name: str = "") -> tuple[Unreadable, str]:
    """Why bytes that do not begin a zip file are not a workbook: the reason, and its detail ("" for most).

    The name helps only where the bytes are plain text: ``.gsheet`` and ``.url`` are links.
    """
    head = data[:_BEGINNING].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not data:
        return Unreadable.EMPTY, ""
    if not data.strip(b"\0"):
        return Unreadable.DAMAGED, "it contains nothing but zeros, as a half-copied file does"
    if data.startswith(COMPOUND):
        return _compound(data), ""
    for signs, reason in _BY_FIRST_SIGNS:
        if head.startswith(signs):
            return reason, ""
    if _is_email(head.lower()):
        return Unreadable.EMAIL, ""
    if _is_html(head.lower()):
        return (Unreadable.REMOVED if is_removal_notice(data) else Unreadable.HTML), ""
    if head.startswith((b"<?xml", b"{\\rtf")):
        return _other_xml(head), ""
    return (_text(data, name) if _is_text(data[:_BEGINNING]) else Unreadable.NOT_A_WORKBOOK), ""


def _other_xml(head: bytes) -> Unreadable:
    if b"Excel.Sheet" in head or b"urn:schemas-microsoft-com:office:spreadsheet" in head:
        return Unreadable.XML_SHEET
    if b"opendocument" in head and b"spreadsheet" in head:
        return Unreadable.ODS
    return Unreadable.LINK if b"<plist" in head and b"URL" in head else Unreadable.NOT_A_WORKBOOK


def _text(data: bytes, name: str) -> Unreadable:
    """What a file of plain text is: a link, a notice of a mail gateway, or text such as CSV."""
    words = data[:_BEGINNING].lower()
    ending = name.lower().rpartition(".")[2]
    is_link = ending in ("url", "webloc", "website", "desktop") or words.lstrip().startswith(_LINK_STARTS)
    at_google = b"docs.google.com" in words or b"drive.google.com" in words
    if ending in ("gsheet", "gdoc") or (at_google and (is_link or words.lstrip().startswith(b"{"))):
        return Unreadable.GOOGLE_LINK
    if is_link:
        return Unreadable.LINK
    return Unreadable.REMOVED if is_removal_notice(data) else Unreadable.TEXT


def is_removal_notice(data: bytes) -> bool:
    """Whether a short text says that an attachment was removed, as the gateways of mail systems write it."""
    if len(data) > _LONGEST_NOTICE:
        return False
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8"
    text = data.decode(encoding, "replace").lower()
    is_table = any(line.count(sign) > _MOST_COMMAS for line in text.splitlines() for sign in ",;\t")
    return bool(not is_table and _THING.search(text) and _REMOVED.search(text))


def _compound(data: bytes) -> Unreadable:
    """Several formats share these first bytes; the names in the file's directory tell them apart."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return Unreadable.LABEL if "DRMEncrypted".encode("utf-16-le") in data else Unreadable.PASSWORD
    if "WordDocument".encode("utf-16-le") in data:
        return Unreadable.WORD
    if "__substg1.0_".encode("utf-16-le") in data:
        return Unreadable.EMAIL
    return Unreadable.OLD_XLS


def foreign_zip(members: frozenset[str], mimetype: bytes) -> Unreadable | None:
    """What kind of zip file this is, when its list of parts shows that it is not an .xlsx; None when it may be one.

    Args:
        members: The parts' names in lower case.
        mimetype: The content of the part `mimetype`, b"" when there is none.
    """
    if b"opendocument.spreadsheet" in mimetype:
        return Unreadable.ODS
    if any(name.endswith(".iwa") or name == "index.zip" for name in members):
        return Unreadable.NUMBERS
    if "_rels/.rels" in members or "[content_types].xml" in members:
        return None
    holds_files = any(name.endswith(WORKBOOK_NAMES) for name in members)
    return Unreadable.ARCHIVE if holds_files else Unreadable.NOT_A_WORKBOOK


def foreign_part(main: str, root: str) -> Unreadable:
    """What kind of document a zip file is whose main part is not a workbook: by its name, and its root element."""
    if main.endswith(".bin"):
        return Unreadable.XLSB
    return Unreadable.WORD if root == "document" else Unreadable.NOT_A_WORKBOOK


def _is_email(head: bytes) -> bool:
    """Whether it begins as a message does, and tells from whom it is before the first empty line."""
    header = head.replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    return header.startswith(EMAIL_LINES) and b"\nfrom:" in b"\n" + header and b"\nsubject:" in b"\n" + header


def _is_html(head: bytes) -> bool:
    return head.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<table", b"mime-version:")) or (
        head.startswith(b"<") and b"<html" in head
    )


def _is_text(head: bytes) -> bool:
    """Whether bytes look like text of any common encoding: no control characters but tab and line ends."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return all(byte >= 0x20 or byte in b"\t\r\n\f" for byte in head)
