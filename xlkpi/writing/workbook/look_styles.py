"""The part of a workbook that lists its styles, and the number that each of our looks has in it.

XlsxWriter makes a format of every look, and writes a cell in it, to find both out: half of what a small workbook cost.
They are the same in every workbook, so they are made once in a process.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from xlkpi.errors import PlanError
from xlkpi.writing.returns.formats import properties_of
from xlkpi.writing.workbook.cell_styles import every_look
from xlkpi.writing.workbook.cut_once import cut_once
from xlkpi.writing.xlsxwriter_strict import check_status, raise_warnings

if TYPE_CHECKING:
    from xlkpi.writing.unpacked_workbook import Parts

STYLES_PART = "xl/styles.xml"
_LOOKS_SHEET = "xl/worksheets/sheet1.xml"
_CELL_STYLE = re.compile(r'<c r="[A-Z]+1" s="([0-9]+)"/>')
# What rules lay over cells: the only formats that differ between workbooks, since each has its own rules.
_RULE_FORMATS = re.compile(r'<dxfs count="0"/>|<dxfs count="[0-9]+">.*?</dxfs>', re.DOTALL)


@dataclass(frozen=True)
class LookStyles:
    """The style numbers of the looks, and the styles part before and after the formats of a workbook's own rules."""

    numbers: Mapping[tuple[str, str], int]
    before: str
    after: str

    def part(self, of_shell: str) -> bytes:
        """The styles part of a workbook: our looks, and the formats of rules that XlsxWriter wrote into its shell."""
        start, end = cut_once(_RULE_FORMATS, of_shell, STYLES_PART)
        return f"{self.before}{of_shell[len(start) : len(of_shell) - len(end)]}{self.after}".encode()


@lru_cache(maxsize=2)  # with other units than percent, and without
def styles_of_looks(*, with_units: bool) -> LookStyles:
    """The styles of `every_look`."""
    return read_looks(show_looks(with_units=with_units), with_units=with_units)


def show_looks(*, with_units: bool) -> Parts:
    """Make a workbook of one cell in each look, and give its parts."""
    from xlkpi.writing.unpacked_workbook import UnpackedWorkbook  # noqa: PLC0415 - as in shell_of

    with raise_warnings():
        out = UnpackedWorkbook()
        sheet = out.add_worksheet()
        for col, look in enumerate(every_look(with_units=with_units).values()):
            check_status(sheet.write_blank(0, col, None, out.add_format(properties_of(look))))
        return out.take_parts()


def read_looks(parts: Mapping[str, bytes], *, with_units: bool) -> LookStyles:
    """Read which style number each look got. Raises PlanError where XlsxWriter wrote something else than expected."""
    looks = every_look(with_units=with_units)
    numbers = [int(number) for number in _CELL_STYLE.findall(parts[_LOOKS_SHEET].decode())]
    before, after = cut_once(_RULE_FORMATS, parts[STYLES_PART].decode(), STYLES_PART)
    if len(numbers) != len(looks):
        message = f"XlsxWriter wrote {len(numbers)} cells for {len(looks)} looks"
        raise PlanError(message)
    return LookStyles(dict(zip(looks, numbers, strict=True)), before, after)
