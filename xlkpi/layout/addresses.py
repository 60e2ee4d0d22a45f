"""Which row of which sheet belongs to which indicator, and what each column is for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from typing import Dict, Mapping, Tuple

from xlkpi.catalogue.load import Catalogue
from xlkpi.core.checks import AskedIndicator
from xlkpi.core.period import Period, is_due, must_be_returned
from xlkpi.core.vocabulary import Reading
from xlkpi.ooxml.addresses import cell_address

COVER, PLAN, HELP, MANIFEST = "Start here", "Action plan", "Help", "_xlkpi"
QUESTIONS = "Questions"
HEADER_ROW, FIRST_ROW = 5, 6
NATIVE, UDF = "native", "udf"
EDITIONS = (NATIVE, UDF)
"""What calculates a return: the sheet's own formulas, or the functions of xlkpi/hosts (docs/adr/0012)."""


class Col(IntEnum):
    """Columns of a section sheet; those from X_KIND on are hidden workings.

    The workings keep each formula short: Excel allows 8,192 characters and 64 levels of nesting.
    """

    CODE = 1
    DESCRIPTION = 2
    X_COUNTS = 3
    Y_COUNTS = 4
    LAST = 5
    X = 6
    Y = 7
    OUTTURN = 8
    RAG = 9
    GAP = 10
    CHECK = 11
    COMMENT = 12
    BANDS = 13
    HOW = 14
    X_KIND = 15
    Y_KIND = 16
    EXPLAINED = 17
    REASONED = 18
    PLANNED = 19
    KIND = 20
    LAST_Y = 21
    WHOLE = 22
    DONE = 23
    CHANCE = 24


class PlanCol(IntEnum):
    """Columns of the action plan (Appendix A), then the update of an open plan; the last four are hidden workings.

    Only a return that carries open plans has the columns of the update.
    """

    KPI = 1
    NEED = 2
    LEVEL = 3
    DATE = 4
    RAG = 5
    ISSUE = 6
    ACTION = 7
    OUTCOMES = 8
    TIMESCALE = 9
    PROGRESS = 10
    NEW_TIMESCALE = 11
    HAS_ISSUE = 12
    COMPLETE = 13
    OPEN = 14
    STATE = 15


@dataclass(frozen=True)
class ReturnKey:
    """What returns of one template have in common: sections in order, period, indicators read as written.

    ``open_plans`` is whether plans are carried forward, ``question_rows`` how many rows the sheet *Questions* has.
    """

    sections: Tuple[str, ...]
    period: Period
    as_written: Tuple[str, ...] = ()
    edition: str = NATIVE
    open_plans: bool = False
    question_rows: int = 0

    @property
    def more_steps(self) -> int:
        """How many steps the cover has beyond those of every return."""
        return int(self.open_plans) + bool(self.question_rows)


@dataclass(frozen=True)
class Place:
    """Where an indicator is: its section's sheet and row, and its row of the action plan (0: none)."""

    sheet: str
    row: int
    plan_row: int = 0

    def at(self, col: Col) -> str:
        """Give the address of one of its cells."""
        return cell_address(self.row, col)


def list_asked(catalogue: Catalogue, key: ReturnKey) -> Tuple[AskedIndicator, ...]:
    """List the indicators of the return's sections in order, with reading and whether each is due and required."""
    out = []
    for section in key.sections:
        for indicator in catalogue.of_section(section):
            reading = Reading.AS_WRITTEN if indicator.code in key.as_written else Reading.EFFECTIVE
            out.append(
                AskedIndicator(
                    indicator,
                    reading,
                    is_due(indicator, key.period, reading),
                    must_be_returned(indicator, key.period, reading),
                )
            )
    return tuple(out)


# A folder of returns has few combinations of rows and many files, so each combination is placed once.
@lru_cache(maxsize=256)
def _places(rows: Tuple[Tuple[str, str, bool], ...]) -> Mapping[str, Place]:
    out: Dict[str, Place] = {}
    next_row: Dict[str, int] = {}
    plan_row = FIRST_ROW
    for code, sheet, planned in rows:
        row = next_row.setdefault(sheet, FIRST_ROW)
        next_row[sheet] = row + 1
        out[code] = Place(sheet, row, plan_row if planned else 0)
        plan_row += planned
    return out


def locate_indicators(
    catalogue: Catalogue, asked: Tuple[AskedIndicator, ...], *, open_plans: bool = False
) -> Mapping[str, Place]:
    """Give each indicator its place in the return, by code; with open plans, every KPI has a row of the action plan."""
    titles = {section.key: section.title for section in catalogue.sections}
    return _places(
        tuple(
            (a.indicator.code, titles[a.indicator.section], a.indicator.is_kpi and (a.due or open_plans)) for a in asked
        )
    )
