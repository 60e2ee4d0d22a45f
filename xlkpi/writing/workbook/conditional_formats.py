"""What changes while people type: fills that follow the word of a formula, and rules on what belongs in a cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlkpi.core.day import FIRST_DAY, LAST_DAY
from xlkpi.writing.workbook.cell_styles import WORDS
from xlkpi.writing.workbook.workbook_plan import EntryRule, Sheet
from xlkpi.writing.xlsxwriter_strict import check_status

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet


class Fills:
    """The fills of our words as conditional formats of one workbook, each made once and only where one is needed."""

    def __init__(self, book: Workbook) -> None:
        """Serve the formats of this workbook."""
        self._book = book
        self._formats: dict[str, Format] = {}

    def of(self, word: str) -> Format:
        """The format that is laid over a cell with this word."""
        if word not in self._formats:
            look = WORDS[word]
            fill = {"bg_color": look.fill} if look.fill else {}
            self._formats[word] = self._book.add_format({"font_color": look.ink, "bold": look.bold, **fill})
        return self._formats[word]


def add_live(out: Worksheet, sheet: Sheet, fills: Fills) -> None:
    """Lay the fills over the sheet's ``live_words``, and its ``rules`` on their cells."""
    for cells in sheet.live_words:
        for word in WORDS:
            fill = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": fills.of(word)}
            check_status(out.conditional_format(cells, fill))
    for rule in sheet.rules:
        check_status(out.data_validation(rule.cells, _validation(rule)))


def _validation(rule: EntryRule) -> dict[str, object]:
    words = {"error_title": rule.title, "error_message": rule.message, "error_type": "warning"}
    if rule.source:
        return {"validate": "list", "source": rule.source, **words}
    if rule.words:
        return {"validate": "list", "source": list(rule.words), **words}
    if rule.whole:
        return {"validate": "integer", "criteria": ">=", "value": 0, **words}
    return {"validate": "date", "criteria": "between", "minimum": FIRST_DAY, "maximum": LAST_DAY, **words}
