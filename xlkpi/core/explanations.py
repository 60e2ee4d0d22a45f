"""Which comment explains which query: a figure far out of line is explained only where the comment gives the figure.

A comment is often written for another reason, such as a missed target. Where y is merely unusual, any comment that
was not asked for by the target explains it, because providers explain in words; “n/a” is not words. Where the comment
is the reason for a missed target, or y is ten times what it is compared with, so that a slip of the finger (1500 for
15) is likelier than growth, the comment must show that its author saw this very number.
"""

from __future__ import annotations

import re
from typing import FrozenSet

from xlkpi.core.checks import Entry
from xlkpi.core.placeholders import is_placeholder
from xlkpi.core.problem import Problem
from xlkpi.core.visible_text import is_blank
from xlkpi.findings import Code

FAR_OUT = 10
"""How many times larger, or smaller, y has to be."""

_COMPARED_WITH = {Code.CHANGE: "previous", Code.SAME_Y: "other_y"}
_NUMBER = re.compile(r"[0-9]{1,3}(?:[,\u00a0\u202f ][0-9]{3})+(?![0-9])|[0-9]+")


def is_explained(problem: Problem, entry: Entry, *, target_missed: bool = False) -> bool:
    """Tell whether the entry's comment explains the problem, so that nobody has to ask.

    With ``target_missed`` the comment is the reason for that, unless the action plan gives the reason.
    """
    if not (problem.explainable and entry.explained):
        return False
    if names_problem(problem, entry.comment):
        return True
    if is_far_out(problem) or is_placeholder(entry.comment):
        return False
    return not (target_missed and is_blank(entry.plan.issue))


def names_problem(problem: Problem, comment: str) -> bool:
    """Tell whether a comment gives the figure that is asked about, or else the other indicator of the problem."""
    facts = dict(problem.facts)
    other = facts.get("other", "") if not is_far_out(problem) else ""
    return figure_of(problem) in numbers_in(comment) or (other != "" and other.casefold() in comment.casefold())


def figure_of(problem: Problem) -> str:
    """Give the figure that a comment has to mention."""
    facts = dict(problem.facts)
    return facts.get("y") or facts.get("x", "")


def is_far_out(problem: Problem) -> bool:
    """Tell whether the problem is a y that is far from what it is compared with; a fall to 0 is not.

    A very large y is far from everything.
    """
    if problem.code is Code.LARGE:
        return True
    if problem.code not in _COMPARED_WITH:
        return False
    facts = dict(problem.facts)
    y, other = int(facts["y"]), int(facts[_COMPARED_WITH[problem.code]])
    return y > 0 and max(y, other) >= FAR_OUT * max(min(y, other), 1)


def numbers_in(text: str) -> FrozenSet[str]:
    """List the whole numbers that a text gives in digits, ``1,500`` and ``1 500`` as ``1500``."""
    return frozenset(re.sub("[^0-9]", "", number).lstrip("0") or "0" for number in _NUMBER.findall(text))
