"""Which sheet of a file is which of ours, also where a program renamed it or the names of its cells are lost."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from xlkpi.core.visible_text import fold_code
from xlkpi.errors import UnreadableFile
from xlkpi.layout.cover.rows import LABELS
from xlkpi.ooxml.addresses import cell_address
from xlkpi.ooxml.model import RawSheet, RawWorkbook
from xlkpi.reading.returns.headings import find_columns

MOST_ROWS = 200
_LABEL_COLUMN, _CODE_COLUMN = 2, 1
_ENOUGH_LABELS = 3
"""How many labels of the cover a sheet needs to be one under another name."""


def sheet_titled(book: RawWorkbook, title: str) -> RawSheet | None:
    """Find the sheet of a title, or the one that a program exported as ``title - Table 1``."""
    sheet = book.sheet(title)
    if sheet is None:
        start = f"{title} - ".casefold()
        exported = [sheet for sheet in book.sheets if sheet.name.casefold().startswith(start)]
        sheet = exported[0] if len(exported) == 1 else None
    return sheet


def sheet_by_names(book: RawWorkbook, names: Iterable[str], title: str) -> RawSheet | None:
    """Find the sheet of a title, else the one that defined names point to, whatever it is called now."""
    targets = (book.target(name) for name in names)
    named = (book.sheet(target.sheet) for target in targets if target)
    return sheet_titled(book, title) or next((sheet for sheet in named if sheet), None)


def sheet_by_labels(book: RawWorkbook) -> RawSheet | None:
    """Find the only sheet that has the labels of the cover where the cover has them."""
    wanted = {fold_code(label) for label in LABELS.values()}
    covers = [sheet for sheet in book.sheets if len(wanted & _texts(sheet, _LABEL_COLUMN)) >= _ENOUGH_LABELS]
    return covers[0] if len(covers) == 1 else None


def sheet_by_codes(book: RawWorkbook, codes: Collection[str]) -> RawSheet | None:
    """Find the only sheet with headings x and y that has more of these codes in its first column than any other."""
    wanted = {fold_code(code) for code in codes}
    counts = [(len(wanted & _texts(sheet, _CODE_COLUMN)), sheet) for sheet in book.sheets]
    candidates = [(count, sheet) for count, sheet in counts if count and find_columns(sheet)]
    most = max((count for count, _ in candidates), default=0)
    sheets = [sheet for count, sheet in candidates if count == most]
    return sheets[0] if len(sheets) == 1 else None


def sheet_by_first_line(book: RawWorkbook, text: str) -> RawSheet | None:
    """Find the only sheet that has a text in its first cell."""
    candidates = [sheet for sheet in book.sheets if fold_code(text) in _texts(sheet, 1, rows=1)]
    return candidates[0] if len(candidates) == 1 else None


def _texts(sheet: RawSheet, column: int, rows: int = MOST_ROWS) -> set[str]:
    """Return the texts in the first rows of a column, as codes are compared; none where the sheet is damaged."""
    try:
        stored = sheet.contents.cells
    except UnreadableFile:  # if it is one of ours it is missed, and if not its damage is of no account
        return set()
    cells = (stored.get(cell_address(row, column)) for row in range(1, rows + 1))
    return {fold_code(str(cell[0][1])) for cell in cells if cell is not None}
