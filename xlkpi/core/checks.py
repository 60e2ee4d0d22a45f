"""Checks over the entries of one return: each alone, against each other, against last time, and reasons given."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Dict, List, Mapping, Optional, Sequence, Tuple

from xlkpi.core.assess import decide_state
from xlkpi.core.cell_count import Count, CountKind, Raw, is_blank, read_count
from xlkpi.core.indicator import Indicator, PartOfX, SameY, SumOfX
from xlkpi.core.problem import LARGEST_USUAL, Problem, find_own_problem, problem
from xlkpi.core.vocabulary import Reading, State
from xlkpi.findings import Code


@dataclass(frozen=True)
class ActionPlanEntry:
    """What a provider wrote in one row of the action plan (Appendix A); empty where nothing is written."""

    issue: str = ""
    action: str = ""
    outcomes: str = ""
    timescale: str = ""

    @property
    def complete(self) -> bool:
        """Whether action, expected outcomes and timescale are all written."""
        return not any(is_blank(text) for text in (self.action, self.outcomes, self.timescale))


@dataclass(frozen=True)
class Entry:
    """One indicator as returned: x and y as found, the comment, the action-plan row."""

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
        """Whether the reason for missing the target is given, beside the figures or in the action plan."""
        return self.explained or not is_blank(self.plan.issue)


@dataclass(frozen=True)
class Asked:
    """One indicator as a return asks for it: under which reading, open or not, and whether it may stay empty."""

    indicator: Indicator
    reading: Reading
    due: bool
    required: bool


@dataclass(frozen=True)
class Relations:
    """How the figures of different indicators hang together."""

    same_y: Tuple[SameY, ...] = ()
    x_sums: Tuple[SumOfX, ...] = ()
    x_parts: Tuple[PartOfX, ...] = ()


@dataclass(frozen=True)
class AssessedEntry:
    """An entry with what has been made of it, ready to be compared with others."""

    asked: Asked
    entry: Entry
    x: Count
    y: Count
    state: State

    @property
    def whole(self) -> bool:
        """Whether x and y are both whole numbers of 0 or more: only then is the entry compared with others."""
        return self.asked.due and self.x.kind is CountKind.WHOLE and self.y.kind is CountKind.WHOLE


@dataclass
class _Book:
    rows: Dict[str, AssessedEntry]
    found: Dict[str, List[Problem]] = field(default_factory=dict)

    def whole(self, codes: Sequence[str]) -> List[AssessedEntry]:
        return [self.rows[code] for code in codes if code in self.rows and self.rows[code].whole]

    def add(self, kind: Code, indicator: str, **facts: object) -> None:
        self.found[indicator].append(problem(kind, indicator, **facts))


ROW_ORDER = (
    Code.COUNT_EMPTY,
    Code.COUNT_TEXT,
    Code.COUNT_DECIMAL,
    Code.COUNT_NEGATIVE,
    Code.COUNT_OTHER,
    Code.X_OVER_Y,
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


def assess_entries(asked: Sequence[Asked], entries: Mapping[str, Entry]) -> Dict[str, AssessedEntry]:
    """Each asked indicator with its entry and state; one that isn't due is Not due whatever stands in it."""
    rows = {}
    for one in asked:
        entry = entries.get(one.indicator.code, Entry())
        x, y = read_count(entry.x), read_count(entry.y)
        state = decide_state(one.indicator, x, y, one.reading) if one.due else State.NOT_DUE
        rows[one.indicator.code] = AssessedEntry(one, entry, x, y, state)
    return rows


def check_entries(
    rows: Mapping[str, AssessedEntry], relations: Relations, previous: Mapping[str, int]
) -> Dict[str, Tuple[Problem, ...]]:
    """All problems by indicator, the one a row shows first in front.

    ``previous`` holds y of the provider's last return of the same length, where known. Explained queries are
    included: the caller decides what an explanation does to them. Entries left wholly empty have no problem here.
    """
    book = _Book(dict(rows), {code: [] for code in rows})
    for row in rows.values():
        if row.asked.due:
            _check_alone(book, row, previous.get(row.asked.indicator.code))
    for group in relations.same_y:
        _check_same_y(book, group)
    for total in relations.x_sums:
        _check_sum(book, total)
    for pair in relations.x_parts:
        _check_part(book, pair)
    return {code: tuple(sorted(found, key=lambda p: ROW_ORDER.index(p.code))) for code, found in book.found.items()}


def _check_alone(book: _Book, row: AssessedEntry, previous: Optional[int]) -> None:
    code = row.asked.indicator.code
    own = find_own_problem(row.asked.indicator, row.state, row.x, row.y)
    if own:
        book.found[code].append(own)
    if row.state in (State.RED, State.AMBER) and not row.entry.reasoned:
        book.add(Code.REASON, code, rag=row.state.value)
    if row.state is State.RED and not row.entry.plan.complete:
        book.add(Code.PLAN, code)
    if row.whole and previous is not None and changed_much(row.y.number, previous):
        book.add(Code.CHANGE, code, y=row.y.shown, previous=previous)
    if row.whole and row.y.number > LARGEST_USUAL:
        book.add(Code.LARGE, code, y=row.y.shown)


def changed_much(y: int, previous: int) -> bool:
    """Whether y differs from last time by more than half of it, and by at least 10."""
    change = abs(y - previous)
    return change >= 10 and 2 * change > previous


def _check_same_y(book: _Book, group: SameY) -> None:
    whole = book.whole(group.indicators)
    for row in whole[1:]:
        first = whole[0]
        if row.y.number != first.y.number:
            book.add(
                Code.SAME_Y,
                row.asked.indicator.code,
                y=row.y.shown,
                other=first.asked.indicator.code,
                other_y=first.y.shown,
                counts=group.counts,
            )


def _check_sum(book: _Book, group: SumOfX) -> None:
    whole = book.whole(group.indicators)
    total = sum(row.x.number for row in whole)
    if len(whole) == len(group.indicators) and total > whole[-1].y.number:
        book.add(
            Code.SUM_OF_X,
            group.indicators[-1],
            members=join_words(group.indicators),
            total=total,
            y=whole[-1].y.shown,
            because=group.because,
        )


def _check_part(book: _Book, pair: PartOfX) -> None:
    whole = book.whole((pair.part, pair.whole))
    if len(whole) == 2 and whole[0].x.number > whole[1].x.number:
        book.add(
            Code.PART_OF_X,
            pair.part,
            x=whole[0].x.shown,
            other=pair.whole,
            other_x=whole[1].x.shown,
            because=pair.because,
        )


def join_words(words: Sequence[str]) -> str:
    """Words in a sentence: ``A``, ``A and B``, ``A, B and C``."""
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " and " + words[-1]
