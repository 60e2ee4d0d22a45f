"""Checks over the entries of one return: each alone, against each other, against the last return, and reasons."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Dict, List, Mapping, NamedTuple, Optional, Sequence, Tuple

from xlkpi.core.assess import decide_state, read_figures
from xlkpi.core.cell_count import Count, CountKind, Figure, Raw, distance
from xlkpi.core.indicator import Indicator, PartOfX, SameY, SumOfX
from xlkpi.core.problem import LARGEST_USUAL, Problem, find_own_problem, problem
from xlkpi.core.visible_text import is_blank
from xlkpi.core.vocabulary import Reading, State
from xlkpi.findings import Code


@dataclass(frozen=True)
class ActionPlanEntry:
    """One row of the action plan as the provider filled it in (Appendix A); a part not filled in is empty.

    ``progress`` and ``new_timescale`` are the update of a plan that is open since an earlier period.
    """

    issue: str = ""
    action: str = ""
    outcomes: str = ""
    timescale: str = ""
    progress: str = ""
    new_timescale: str = ""

    @property
    def complete(self) -> bool:
        """Whether action, expected outcomes and timescale are all written."""
        return not any(is_blank(text) for text in (self.action, self.outcomes, self.timescale))


class Entry(NamedTuple):
    """One indicator as returned: x and y as found, the comment, the action-plan row.

    A named tuple, as `AssessedEntry` is, because a folder of returns has thousands.
    """

    x: Raw = None
    y: Raw = None
    comment: str = ""
    plan: ActionPlanEntry = ActionPlanEntry()

    @property
    def explained(self) -> bool:
        """Whether a comment was written."""
        return not is_blank(self.comment)

    @property
    def reasoned(self) -> bool:
        """Whether the reason for missing the target is given, next to the figures or in the action plan."""
        return self.explained or not is_blank(self.plan.issue)


NO_ENTRY = Entry()
"""What was entered for an indicator that a return does not have."""


@dataclass(frozen=True)
class AskedIndicator:
    """One indicator as a return asks for it: under which reading, open or not, and whether it may stay empty."""

    indicator: Indicator
    reading: Reading
    due: bool
    required: bool


@dataclass(frozen=True)
class Relations:
    """How the figures of different indicators depend on each other."""

    same_y: Tuple[SameY, ...] = ()
    x_sums: Tuple[SumOfX, ...] = ()
    x_parts: Tuple[PartOfX, ...] = ()


class AssessedEntry(NamedTuple):
    """An entry with its counts and state, ready to be compared with others."""

    asked: AskedIndicator
    entry: Entry
    x: Count
    y: Count
    state: State

    @property
    def whole(self) -> bool:
        """Whether x and y are both whole numbers of 0 or more: only then is the entry compared with others."""
        return self.asked.due and self.x.kind is CountKind.WHOLE and self.y.kind is CountKind.WHOLE


@dataclass
class _ProblemLists:
    rows: Dict[str, AssessedEntry]
    problems: Dict[str, List[Problem]] = field(default_factory=dict)

    def whole(self, codes: Sequence[str]) -> List[AssessedEntry]:
        return [self.rows[code] for code in codes if code in self.rows and self.rows[code].whole]

    def add(self, kind: Code, indicator: str, **facts: object) -> None:
        self.problems[indicator].append(problem(kind, indicator, **facts))


# First what makes an entry unusable, then what the contract asks for, then what only looks odd: a row shows one
# message, and a query is pointless while the figures themselves must be fixed.
ROW_ORDER = (
    Code.COUNT_EMPTY,
    Code.COUNT_TEXT,
    Code.COUNT_DECIMAL,
    Code.COUNT_NEGATIVE,
    Code.COUNT_OTHER,
    Code.X_OVER_Y,
    Code.X_WITHOUT_Y,
    Code.REASON,
    Code.PLAN,
    Code.SAME_Y,
    Code.SUM_OF_X,
    Code.PART_OF_X,
    Code.CHANGE,
    Code.CARRIED_OVER,
    Code.LARGE,
    Code.UNRATED,
)


def assess_entries(asked: Sequence[AskedIndicator], entries: Mapping[str, Entry]) -> Dict[str, AssessedEntry]:
    """Give each asked indicator its entry and state; one that is not due is Not due whatever was entered."""
    return {
        question.indicator.code: assess_entry(question, entries.get(question.indicator.code, NO_ENTRY))
        for question in asked
    }


def assess_entry(question: AskedIndicator, entry: Entry) -> AssessedEntry:
    """Give an entry its counts and state."""
    x, y = read_figures(question.indicator, entry.x, entry.y)
    state = decide_state(question.indicator, x, y, question.reading) if question.due else State.NOT_DUE
    return AssessedEntry(question, entry, x, y, state)


def check_entries(
    rows: Mapping[str, AssessedEntry], relations: Relations, previous: Mapping[str, int]
) -> Dict[str, Tuple[Problem, ...]]:
    """List all problems by indicator, starting with the one that the row shows.

    ``previous`` is y of the provider's last return of the same length, where known. Explained queries are
    included: the caller decides what an explanation does to them. Entries left completely empty have no problem here.
    """
    lists = _ProblemLists(dict(rows), {code: [] for code in rows})
    for row in rows.values():
        if row.asked.due:
            _check_alone(lists, row, previous.get(row.asked.indicator.code))
    for group in relations.same_y:
        _check_same_y(lists, group)
    for total in relations.x_sums:
        _check_sum(lists, total)
    for pair in relations.x_parts:
        _check_part(lists, pair)
    return {
        code: tuple(sorted(problems, key=lambda p: ROW_ORDER.index(p.code))) if problems else ()
        for code, problems in lists.problems.items()
    }


def _check_alone(lists: _ProblemLists, row: AssessedEntry, previous: Optional[int]) -> None:
    code = row.asked.indicator.code
    own = find_own_problem(row.asked.indicator, row.state, row.x, row.y)
    if own:
        lists.problems[code].append(own)
    if row.state in (State.RED, State.AMBER) and not row.entry.reasoned:
        lists.add(Code.REASON, code, rag=row.state.value)
    if row.state is State.RED and not row.entry.plan.complete:
        lists.add(Code.PLAN, code)
    if not (row.whole and row.asked.indicator.effective.has_y):
        return
    if previous is not None and changed_much(row.y.number, previous):
        lists.add(Code.CHANGE, code, y=row.y.shown, previous=previous)
    if row.y.number > LARGEST_USUAL:
        lists.add(Code.LARGE, code, y=row.y.shown)


def changed_much(y: Figure, previous: int) -> bool:
    """Return whether y differs from the last return by more than half of it, and by at least 10.

    The second condition keeps small services quiet: a change from 4 people to 7 needs no explanation.
    """
    change = distance(y, previous)
    return change >= 10 and 2 * change > previous


def _check_same_y(lists: _ProblemLists, group: SameY) -> None:
    # Each later row is compared with the first one only: one wrong figure then gives one query, not one per pair.
    whole = lists.whole(group.indicators)
    for row in whole[1:]:
        first = whole[0]
        if row.y.number != first.y.number:
            lists.add(
                Code.SAME_Y,
                row.asked.indicator.code,
                y=row.y.shown,
                other=first.asked.indicator.code,
                other_y=first.y.shown,
                counts=group.counts,
            )


def _check_sum(lists: _ProblemLists, group: SumOfX) -> None:
    whole = lists.whole(group.indicators)
    total = sum(row.x.number for row in whole)
    if len(whole) == len(group.indicators) and total > whole[-1].y.number:
        lists.add(
            Code.SUM_OF_X,
            group.indicators[-1],
            members=join_words(group.indicators),
            total=total,
            y=whole[-1].y.shown,
            because=group.because,
        )


def _check_part(lists: _ProblemLists, pair: PartOfX) -> None:
    whole = lists.whole((pair.part, pair.whole))
    if len(whole) == 2 and whole[0].x.number > whole[1].x.number:
        lists.add(
            Code.PART_OF_X,
            pair.part,
            x=whole[0].x.shown,
            other=pair.whole,
            other_x=whole[1].x.shown,
            because=pair.because,
        )


def join_words(words: Sequence[str], last: str = "and") -> str:
    """Join words in a sentence: ``A``, ``A and B``, ``A, B and C``."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}"
