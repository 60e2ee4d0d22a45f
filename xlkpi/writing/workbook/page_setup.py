"""How a sheet is printed: paper size, printed columns, and the rows repeated on every page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xlkpi.writing.xlsxwriter_strict import check_status

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

A4, A3 = 9, 8


@dataclass(frozen=True)
class PageSetup:
    """A4 turned sideways, as wide as one page and as long as it needs, unless set otherwise.

    ``repeat`` are the first and the last row to repeat on top of every page after their own. ``columns`` and ``rows``
    are how many of them, from A1 on, are printed at all (0: every one). A row in ``breaks`` begins a new page.
    ``one_page`` is for a sheet that must not need a second.
    """

    repeat: tuple[int, int] = (0, 0)
    columns: int = 0
    rows: int = 0
    breaks: tuple[int, ...] = ()
    a3: bool = False
    portrait: bool = False
    one_page: bool = False


LONGEST_FOOTER = 255
"""Characters that Excel takes, the codes for the sheet's name and the page included."""
PAGES = "&C&A&RPage &P of &N"

REPEAT_HEADER = PageSetup(repeat=(1, 1))
"""A table whose header is the sheet's first row."""


def footer_of(title: str, *, numbered: bool) -> str:
    """Write the footer of a page: the title as far as there is room, and on each of several the sheet and the page."""
    end = PAGES if numbered else ""
    room, spelt = LONGEST_FOOTER - len(f"&L{end}"), title.replace("&", "&&")
    if len(spelt) > room:
        spelt = spelt[: room - 1]
        if (len(spelt) - len(spelt.rstrip("&"))) % 2:
            spelt = spelt[:-1]  # half an ampersand would be read as a code
        spelt += "…"
    return f"&L{spelt}{end}"


def set_up(out: Worksheet, paper: PageSetup, title: str, extent: tuple[int, int]) -> None:
    """Write the page set-up of a sheet of so many rows and columns."""
    out.set_paper(A3 if paper.a3 else A4)
    if paper.portrait:
        out.set_portrait()
    else:
        out.set_landscape()
    out.fit_to_pages(1, 1 if paper.one_page else 0)
    out.set_margins(left=0.3, right=0.3, top=0.5, bottom=0.6)
    out.set_footer(footer_of(title, numbered=not paper.one_page))
    if paper.repeat != (0, 0):
        check_status(out.repeat_rows(paper.repeat[0] - 1, paper.repeat[1] - 1))
    if paper.columns or paper.rows:
        check_status(out.print_area(0, 0, (paper.rows or extent[0]) - 1, (paper.columns or extent[1]) - 1))
    if paper.breaks:
        out.set_h_pagebreaks([row - 1 for row in paper.breaks])  # each breaks behind the row above
