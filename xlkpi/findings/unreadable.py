"""Why a file cannot be read: every case, what it is called, and what to do about it."""

from __future__ import annotations

from enum import Enum


class Unreadable(Enum):
    """Why a file cannot be read: a code for scripts, what it is, and what to do.

    `says` follows the file's name and may hold `{detail}`; `remedy` is one whole sentence.
    """

    EMPTY = ("empty", "is empty (0 bytes)", "Save the workbook again and use that copy.")
    PASSWORD = (
        "password",
        "is locked with a password to open it",
        "Open it, clear the password under File, Info, Protect Workbook, and save it again.",
    )
    OLD_XLS = (
        "old xls",
        "is an Excel 97-2003 workbook (.xls)",
        "Open it and save it as Excel Workbook (.xlsx).",
    )
    HTML = ("html", "is a web page, not a workbook", "Download the workbook itself and use that file.")
    TEXT = ("text", "is plain text such as CSV, not a workbook", "Use the .xlsx in which the figures were entered.")
    PDF = ("pdf", "is a PDF, not a workbook", "Use the .xlsx it was printed from.")
    ODS = (
        "ods",
        "is an OpenDocument spreadsheet (.ods)",
        "Open it and save it as Excel 2007-365 (.xlsx).",
    )
    XLSB = (
        "xlsb",
        "is an Excel binary workbook (.xlsb)",
        "Open it and save it as Excel Workbook (.xlsx).",
    )
    WORD = ("word", "is a Word document, not a workbook", "Use the .xlsx in which the figures were entered.")
    EMAIL = ("e-mail", "is an e-mail, not a workbook", "Save its attachment into the folder.")
    ARCHIVE = ("archive", "is a zip folder with files in it", "Unpack it, and put the workbooks into the folder.")
    NOT_A_WORKBOOK = (
        "not a workbook",
        "is not an Excel workbook",
        "Use the .xlsx in which the figures were entered.",
    )
    NOT_A_MASTER = (
        "not a master",
        "is a workbook, but not a master of xlkpi: {detail}",
        "Use the master that xlkpi consolidate wrote.",
    )
    DAMAGED = (
        "damaged",
        "is damaged: {detail}",
        "Open it in Excel and save it again; if that fails, ask for a fresh copy.",
    )
    TOO_LARGE = (
        "too large",
        "is too large to open safely: {detail}",
        "Copy the figures into a fresh copy of the workbook.",
    )
    LOCK_FILE = (
        "lock file",
        "is the lock file that stands beside an open workbook",
        "Close the workbook and use the file without ~$ in its name.",
    )
    MISSING = ("missing", "does not exist", "Check the name and the folder.")
    NOT_A_FILE = ("not a file", "is a folder or a device, not a file", "Name the workbook itself.")
    PERMISSION = (
        "permission",
        "cannot be opened from this account ({detail})",
        "Close it elsewhere, or ask for access to it.",
    )

    def __init__(self, code: str, says: str, remedy: str) -> None:
        """Unpack the tuple, so that `Unreadable.PDF.remedy` reads as it stands above."""
        self.code = code
        self.says = says
        self.remedy = remedy
