"""What a file is, by its first bytes and its main part, when it is not a workbook we read."""

from __future__ import annotations

from xlkpi.errors import Unreadable

ZIP = b"PK\x03\x04"
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

WORKBOOK_NAMES = (".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".pdf", ".docx")
EMAIL_LINES = (b"received:", b"return-path:", b"from:", b"to:", b"subject:", b"date:", b"delivered-to:", b"x-")

_BEGINNING = 4096


def is_lock_file(name: str) -> bool:
    """Whether a name is that of the small file by which Excel or LibreOffice marks an open workbook."""
    return name.startswith(("~$", ".~lock."))


def not_a_zip(data: bytes) -> tuple[Unreadable, str]:
    """Why bytes that do not begin a zip file are not a workbook: the reason, and its detail ("" for most)."""
    head = data[:_BEGINNING].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not data:
        return Unreadable.EMPTY, ""
    if not data.strip(b"\0"):
        return Unreadable.DAMAGED, "it contains nothing but zeros, as a half-copied file does"
    if data.startswith(COMPOUND):
        return _compound(data), ""
    if head.startswith(b"%PDF-"):
        return Unreadable.PDF, ""
    if _is_email(head.lower()):
        return Unreadable.EMAIL, ""
    if _is_html(head.lower()):
        return Unreadable.HTML, ""
    if head.startswith((b"<?xml", b"{\\rtf")):
        return Unreadable.NOT_A_WORKBOOK, ""
    return (Unreadable.TEXT if _is_text(data[:_BEGINNING]) else Unreadable.NOT_A_WORKBOOK), ""


def _compound(data: bytes) -> Unreadable:
    """Several formats share these first bytes; the names in the file's directory tell them apart."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return Unreadable.PASSWORD
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
