"""Single values put into cells so that nothing is lost, rounded or run as a formula."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from xlkpi.writing.master.looks import Looks
from xlkpi.writing.master.model import Formula, Link, Plain, Value
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
        if isinstance(value, Link):
            self._link(row, col, value, style)
        elif isinstance(value, Formula):
            look = self._looks.of(style, value.value)
            done(self._sheet.write_formula(row - 1, col - 1, "=" + value.text, look, _cached(value.value)))
        else:
            self._put(row, col, value, style)

    def _put(self, row: int, col: int, value: Plain, style: str) -> None:
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

    def _link(self, row: int, col: int, link: Link, style: str) -> None:
        if self._links >= MOST_LINKS or not link.text:
            self.put(row, col, link.text, style)
            return
        self._links += 1
        look = self._looks.of(style, link.text)
        to = f"external:{link.file}#{link.place}" if link.file else f"internal:{link.place}"
        done(self._sheet.write_url(row - 1, col - 1, to, look, fitting(link.text)))


def _cached(value: Plain) -> object:
    if isinstance(value, Fraction):
        return float(value)
    return "" if value is None else value


def fitting(text: str) -> str:
    """A text as a cell can hold it: cut at Excel's limit, bytes of a file's name that are no text replaced."""
    plain = text.encode("utf-8", "replace").decode("utf-8")
    return plain if len(plain) <= LONGEST_TEXT else plain[: LONGEST_TEXT - 1] + "…"
