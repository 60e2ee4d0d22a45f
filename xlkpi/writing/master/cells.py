"""Single values put into cells so that nothing is lost, rounded or run as a formula."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from xlkpi.writing.master.looks import Looks
from xlkpi.writing.master.model import Value
from xlkpi.writing.strict import done

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

LONGEST_TEXT = 32_767
LARGEST_NUMBER = 10**15  # beyond this a cell no longer holds every digit
MOST_LINKS = 65_530


class Pen:
    """Writes into one sheet; rows and columns count from 1."""

    def __init__(self, sheet: Worksheet, looks: Looks) -> None:
        """Write into this sheet with these looks."""
        self._sheet = sheet
        self._looks = looks
        self._links = 0

    def put(self, row: int, col: int, value: Value, style: str) -> None:
        """Put a value: text always as text, a count of more than 15 digits as text, a share as a number."""
        sheet, look, at = self._sheet, self._looks.of(style, value), (row - 1, col - 1)
        if value is None or value == "":
            done(sheet.write_blank(*at, None, look))
        elif isinstance(value, str):
            done(sheet.write_string(*at, fitting(value), look))
        elif isinstance(value, date):
            done(sheet.write_datetime(*at, value, look))
        elif isinstance(value, int) and abs(value) >= LARGEST_NUMBER:
            done(sheet.write_string(*at, str(value), look))
        else:
            done(sheet.write_number(*at, float(value) if isinstance(value, Fraction) else value, look))

    def link(self, row: int, col: int, text: str, style: str, place: str) -> None:
        """Put a text that leads to a place in the workbook; beyond what a sheet can hold of links, the text alone."""
        if self._links >= MOST_LINKS:
            self.put(row, col, text, style)
            return
        self._links += 1
        look = self._looks.of(style, text)
        done(self._sheet.write_url(row - 1, col - 1, f"internal:{place}", look, fitting(text)))


def fitting(text: str) -> str:
    """A text as a cell can hold it: cut at Excel's limit, bytes of a file's name that are no text replaced."""
    plain = text.encode("utf-8", "replace").decode("utf-8")
    return plain if len(plain) <= LONGEST_TEXT else plain[: LONGEST_TEXT - 1] + "…"
