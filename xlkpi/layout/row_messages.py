"""The number of each message that a row can show; the row's hidden column *kind* contains it.

The order is that of ``core.checks``: of several problems, a row shows the one with the lowest number.
"""

from __future__ import annotations

from typing import Tuple

from xlkpi.core.problem import Problem
from xlkpi.findings import Code

ROW_MESSAGES: Tuple[Tuple[Code, str], ...] = (
    (Code.COUNT_EMPTY, "x"),
    (Code.COUNT_EMPTY, "y"),
    (Code.COUNT_TEXT, "x"),
    (Code.COUNT_DECIMAL, "x"),
    (Code.COUNT_NEGATIVE, "x"),
    (Code.COUNT_OTHER, "x"),
    (Code.COUNT_TEXT, "y"),
    (Code.COUNT_DECIMAL, "y"),
    (Code.COUNT_NEGATIVE, "y"),
    (Code.COUNT_OTHER, "y"),
    (Code.X_OVER_Y, ""),
    (Code.REASON, ""),
    (Code.PLAN, ""),
    (Code.SAME_Y, ""),
    (Code.SUM_OF_X, ""),
    (Code.PART_OF_X, ""),
    (Code.CHANGE, ""),
    (Code.CARRIED_OVER, ""),
    (Code.LARGE, ""),
    (Code.UNRATED, ""),
)
MESSAGE_NUMBERS = {pair: number for number, pair in enumerate(ROW_MESSAGES, start=1)}
MESSAGE_NUMBERS[Code.X_WITHOUT_Y, ""] = MESSAGE_NUMBERS[Code.X_OVER_Y, ""]
"""Of one row only one of the two can be: the first of a share of y, the second of an average per y."""
REASON_NUMBER = MESSAGE_NUMBERS[Code.REASON, ""]
PLAN_NUMBER = MESSAGE_NUMBERS[Code.PLAN, ""]
FIRST_QUERY = MESSAGE_NUMBERS[Code.SAME_Y, ""]
LAST_QUERY = MESSAGE_NUMBERS[Code.LARGE, ""]


def message_number(problem: Problem) -> int:
    """Give the number of a problem's message."""
    return MESSAGE_NUMBERS[problem.code, dict(problem.facts).get("which", "")]
