"""Messages about a return file: whether it can be read, what was done to its sheets and rows, what it declares."""

from __future__ import annotations

from enum import Enum

from xlkpi.findings.severity import MUST, NOTE, QUERY, USE_FRESH_COPY, Message

# The rows and sheets of the workbook.
ROW_UNSURE: Message = (
    MUST,
    "{code}: its figures should be beside its code, but {at} says “{found}”,"
    " so we cannot be sure which figures belong to it. " + USE_FRESH_COPY,
)
ROW_TWICE: Message = (
    MUST,
    "{code} is in two rows ({at} and {near}) with figures that differ, so we cannot be sure which are meant. "
    + USE_FRESH_COPY,
)
CELL_BROUGHT: Message = (
    MUST,
    "{code}: {at} was moved there from the row of {other}, so we cannot be sure which figures belong to {code}. "
    + USE_FRESH_COPY,
)
HEADINGS_LOST: Message = (
    MUST,
    "{sheet} does not have one heading x and one heading y above the figures, so we cannot be sure which figures are"
    " which. " + USE_FRESH_COPY,
)
ROW_LOST: Message = (MUST, "The row for {code} is missing from this file. " + USE_FRESH_COPY)
ROW_MOVED: Message = (
    NOTE,
    "{code} is now in row {row} of {sheet}, not in row {planned}. Its figures were read there.",
)
NAMES_LOST: Message = (
    NOTE,
    "{codes}: the named cells are missing. The figures were read from the rows with these codes.",
)
NAME_ELSEWHERE: Message = (
    QUERY,
    "{codes}: the names of the cells point to {named}, but the headings x, y and “Reason or comment” are above {seen}."
    " What is in {seen} was read: check it, or copy your figures into a fresh copy of the workbook.",
)
CELLS_SWAPPED: Message = (
    NOTE,
    "{codes}: the cells of x and y were moved to each other's place. What is under the headings x and y was read"
    " ({seen}).",
)
SHEET_PROVIDER: Message = (
    MUST,
    "{sheets}: the heading says {found} ({at}), but the workbook was made for {provider}."
    " Copy your own figures into a fresh copy of the workbook.",
)
SHEET_PERIOD: Message = (
    MUST,
    "{sheets}: the heading says {found} ({at}), but the workbook was made for {period}."
    " Copy the figures of {period} into a fresh copy of the workbook.",
)
COPY_DIFFERS: Message = (
    MUST,
    "The sheet {other} also has figures for {codes}, and they differ: {at} on {sheet}, {near} on {other}."
    " Correct them on {sheet}, which was read, and delete {other}.",
)
SHEET_LOST: Message = (MUST, "The sheet {sheet} is missing. " + USE_FRESH_COPY)
SHEET_RENAMED: Message = (NOTE, "The sheet {planned} is now called {sheet}. Its figures were read there.")
SHEET_HIDDEN: Message = (QUERY, "The sheet {sheet} is hidden. {remedy}")
SHOW_SHEET = "Show it, check its figures, and save again."
"""What can be done to a hidden sheet, unless the list of sheets is locked or a program hid it from the menu too."""
ROW_HIDDEN: Message = (NOTE, "{codes}: hidden, possibly by a filter. The figures were still read.")
COLUMN_HIDDEN: Message = (NOTE, "{sheet}: column {column} is hidden. It was still read.")
PROTECTION_OFF: Message = (
    NOTE,
    "The protection is off on {sheets}. Figures were read by name, and all results were recalculated.",
)
FORMULA_LOST: Message = (NOTE, "{sheet}: the formula is missing from {cells}. Our own results are used.")

# The return as a whole.
DECLARED_BY: Message = (MUST, "Enter the name of the person making the declaration ({at}).")
DECLARED_ON: Message = (MUST, "Enter the date of the declaration ({at}) as day/month/year.")
DECLARED_ON_TEXT: Message = (MUST, "The date of the declaration ({at}) is “{found}”. Enter it as day/month/year.")
DECLARED_EARLY: Message = (
    QUERY,
    "The figures were declared on {found}, before the period ended on {end}. Check the date.",
)
PROVIDER_CHANGED: Message = (
    MUST,
    "Start here says this is the return of {found}, but the workbook was made for {provider}."
    " Copy your figures into the workbook that was made for you.",
)
PROVIDER_RENAMED: Message = (
    QUERY,
    "Start here says this is the return of {found}, but the workbook was made for {provider}."
    " Check that both are the same provider.",
)
PERIOD_CHANGED: Message = (
    MUST,
    "Start here says {found}, but this workbook was made for {period}. Use the workbook for your period.",
)
MANIFEST_CHANGED: Message = (
    QUERY,
    "The hidden sheet of this workbook was edited. Check that the provider and the period are right.",
)
SEAL_WRONG: Message = (
    QUERY,
    "This workbook says it is the return of {provider}, but its seal does not match this PC's key: somebody altered it,"
    " or it was built with another key. Ask the provider whether it sent this file; xlkpi key says how to move a key.",
)
SEAL_MISSING: Message = (
    QUERY,
    "This workbook says it is the return of {provider}, but it has no seal: it was built before this PC had a key, or"
    " by somebody else. Ask the provider whether it sent this file; if it did, decide to use it.",
)

# The file itself.
UNREADABLE: Message = (MUST, "{reason} {remedy}")
NOT_A_RETURN: Message = (
    MUST,
    "{file} is a workbook, but not one of our KPI returns. Copy your figures into the workbook we sent.",
)
MANIFEST_LOST: Message = (
    MUST,
    "{file} has lost its hidden sheet, so we cannot tell whose return it is. " + USE_FRESH_COPY,
)
MANIFEST_REBUILT: Message = (
    QUERY,
    "This workbook has lost its hidden sheet and the names of its cells, as in Numbers. It was read by its codes as the"
    " return of {provider} for {period}: check that this is right, and decide to use it.",
)
TEMPLATE_UNKNOWN: Message = (
    MUST,
    "This workbook was made with template {found}, which this version of xlkpi does not know."
    " Update xlkpi, or copy the figures into a fresh copy of the workbook.",
)


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
