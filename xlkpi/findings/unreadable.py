"""Why a file cannot be read, whatever file it is: a return, a master, a list, a key."""

from __future__ import annotations

from enum import Enum


class Unreadable(Enum):
    """Why a file cannot be read: a code for scripts, what it is, and what to do.

    `description` follows the file's name and may contain `{detail}`; `remedy` is one whole sentence.
    """

    EMPTY = ("empty", "is empty (0 bytes)", "Save the workbook again and use that copy.")
    PASSWORD = (
        "password",
        "is locked with a password to open it, even if Excel opens it without asking",
        "Open it, clear the password under File, Info, Protect Workbook, and save it again; if none is shown there,"
        " copy your figures into a fresh copy of the workbook.",
    )
    LABEL = (
        "label",
        "is encrypted by a sensitivity label or rights management, so only people named by its owner can open it",
        "Open it, choose a label without encryption under Home, Sensitivity (or File, Info, Protect Workbook, Restrict"
        " Access, Unrestricted Access), and save it again.",
    )
    OLD_XLS = (
        "old xls",
        "is an Excel 97-2003 workbook (.xls)",
        "Open it and save it as Excel Workbook (.xlsx).",
    )
    HTML = ("html", "is a web page, not a workbook", "Download the workbook itself and use that file.")
    XML_SHEET = (
        "xml spreadsheet",
        "is an XML Spreadsheet 2003 (.xml)",
        "Open it and save it as Excel Workbook (.xlsx).",
    )
    GOOGLE_LINK = (
        "google link",
        "is a link to Google Sheets, not a workbook",
        "Open it in Google Sheets, choose File, Download, Microsoft Excel (.xlsx), and send that file.",
    )
    LINK = (
        "link",
        "is a link to a file kept elsewhere, not the workbook",
        "Open the link, download the workbook, and send that file.",
    )
    NUMBERS = (
        "numbers",
        "is an Apple Numbers spreadsheet (.numbers)",
        "Open it in Numbers, choose File, Export To, Excel, and send that file.",
    )
    REMOVED = (
        "removed",
        "is a notice that the attachment was removed on its way, not the workbook",
        "Send the .xlsx workbook again in another way, such as a shared folder.",
    )
    PICTURE = ("picture", "is a picture, not a workbook", "Send the .xlsx workbook you filled in.")
    TEXT = ("text", "is plain text such as CSV, not a workbook", "Send the .xlsx workbook you filled in.")
    PDF = ("pdf", "is a PDF, not a workbook", "Send the .xlsx workbook it was printed from.")
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
    WORD = ("word", "is a Word document, not a workbook", "Send the .xlsx workbook you filled in.")
    EMAIL = ("e-mail", "is an email, not a workbook", "Save its attachment into the folder, or the email as .eml.")
    ARCHIVE = (
        "archive",
        "is an archive with files in it, such as a zip folder",
        "Unpack it, and put the workbooks into the folder.",
    )
    NOT_A_WORKBOOK = (
        "not a workbook",
        "is not an Excel workbook",
        "Send the .xlsx workbook you filled in.",
    )
    NOT_A_MASTER = (
        "not a master",
        "is a workbook, but not a master made by xlkpi: {detail}",
        "Use the master that xlkpi consolidate wrote.",
    )
    NOTHING_PREVIOUS = (
        "nothing previous",
        "contains no return and no master",
        "Name the folder with the earlier returns, or a master made of them.",
    )
    NOTHING_EARLIER = (
        "nothing earlier",
        "contains nothing of a period before {detail}",
        "Name the folder with the earlier returns, or a master made of them.",
    )
    NOT_A_KEY = (
        "not a key",
        "is not a key of xlkpi: a key is a line of 64 digits and letters a to f",
        "Copy it again from the PC that built the returns; xlkpi key says where it is there.",
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
    TOO_SLOW = (
        "too slow",
        "takes too long to read: it was stopped after {detail}",
        "Copy the figures into a fresh copy of the workbook.",
    )
    STOPPED = (
        "stopped",
        "could not be read: reading it stopped unexpectedly ({detail})",
        "Ask for a fresh copy; the details are in xlkpi.log.",
    )
    LOCK_FILE = (
        "lock file",
        "is the lock file of an open workbook",
        "Close the workbook and use the file without ~$ in its name.",
    )
    MISSING = ("missing", "does not exist", "Check the name and the folder.")
    NOT_A_FILE = ("not a file", "is a folder or a device, not a file", "Name the workbook itself.")
    EMPTY_FOLDER = ("empty folder", "is a folder without a file in it", "Put the list into it, or name the list.")
    PERMISSION = (
        "permission",
        "cannot be opened from this account ({detail})",
        "Close it elsewhere, or ask for access to it.",
    )

    def __init__(self, code: str, description: str, remedy: str) -> None:
        """Unpack the tuple, so that each part has a name: `Unreadable.PDF.remedy`."""
        self.code = code
        self.description = description
        self.remedy = remedy
