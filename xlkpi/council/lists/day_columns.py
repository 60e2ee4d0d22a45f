"""A column of days judged as a whole: how its texts are read, and which of them are asked about.

Each text is decided for all of its cells alike. What is not decided cell by cell is always reported, once per column
with how many cells it concerns and where the first one is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from xlkpi.core.day import read_year_first
from xlkpi.council.lists.day_forms import DayForm, DayText, read_form
from xlkpi.council.lists.day_order import DayOrder, find_orders
from xlkpi.council.lists.year_place import NEAR, YearPlaces, find_year_places
from xlkpi.findings import Code

FAR = timedelta(days=5 * 366)
"""So long after the middle of a list's days nothing in it can have happened."""
FEWEST_WRONG = 3
"""Cells that make a column; fewer are read one by one."""
FEWEST_EVENINGS = 2
MOST_SPELLINGS = 50_000
"""Different texts of a column that is judged as a whole: a century of days in any spelling has fewer."""
_YEAR_DAY_MONTH = re.compile(r"[0-9]{4}[-/.](?:1[3-9]|2[0-9]|3[01])[-/.](?:0?[1-9]|1[0-2])(?![0-9])")
"""A date with the year first that has the day before the month: the others of its list may have it there too."""
_DAYS = frozenset(
    (DayForm.SURE, DayForm.EITHER, DayForm.DAY_FIRST, DayForm.MONTH_FIRST, DayForm.STORED_LOW, DayForm.STORED_HIGH)
)
_NOTHING = frozenset((DayForm.EMPTY, DayForm.ZERO))


@dataclass(frozen=True)
class DecidedText:
    """How all cells of a column with one text are read: as ``instead``, with ``code`` for what is reported of them.

    ``sets_aside``: their rows are not used.
    """

    instead: str
    code: Code | None = None
    sets_aside: bool = False


DayDecisions = dict[str, DecidedText]
TextCounts = Mapping[str, int]


@dataclass(frozen=True)
class _ColumnCells:
    """The texts of one column, how often each is there, and what it may mean."""

    counts: TextCounts
    meant: Mapping[str, DayText]

    def forms(self) -> Counter[DayForm]:
        forms: Counter[DayForm] = Counter()
        for text, count in self.counts.items():
            forms[self.meant[text].form] += count
        return forms

    def select(self, wanted: Callable[[DayText], bool]) -> list[str]:
        return [text for text, meant in self.meant.items() if wanted(meant)]

    def of_form(self, *forms: DayForm) -> list[str]:
        return self.select(lambda meant: meant.form in forms)


def judge_day_columns(
    counts: Mapping[str, TextCounts], required: str = "", near: int = NEAR, *, may_be_far: bool = False
) -> dict[str, DayDecisions]:
    """Judge the columns of days of a list from how often each text is in them: the texts decided, by column.

    ``required`` is the column without whose day a row cannot be used; ``near``, within how many years of the middle
    one a day is likely; ``may_be_far``: days may be long after the others, as the ends of contracts are. Texts not
    decided are read one by one.
    """
    judged = {name: texts for name, texts in counts.items() if len(texts) <= MOST_SPELLINGS}
    meant = {text: read_form(text) for text in set().union(*judged.values())}
    years = _find_years(judged.values(), meant, near)
    meant |= {text: DayText(DayForm.SURE, day) for text, day in years.first.items()}
    meant |= dict.fromkeys(years.unsure, DayText(DayForm.OTHER))
    columns = {name: _ColumnCells(texts, {text: meant[text] for text in texts}) for name, texts in judged.items()}
    orders = find_orders({name: cells.forms() for name, cells in columns.items()})
    latest = date.max if may_be_far else _latest_possible(columns.values())
    are_utc = _are_evenings_midnights(columns.values())
    has_month_last = any(map(_YEAR_DAY_MONTH.match, meant))
    decided = {}
    for name, cells in columns.items():
        decided[name] = _judge(cells, orders[name], latest, is_required=name == required)
        if are_utc:
            decided[name].update(_in_uk(cells, cells.select(is_evening), Code.LIST_DAYS_EVENING))
        decided[name].update(_judge_years(cells, years))
        if has_month_last and not cells.of_form(DayForm.STORED_HIGH):
            decided[name].update(_decide(cells.of_form(DayForm.STORED_LOW), Code.LIST_DAY_ORDER, sets_aside=True))
    return decided


def _find_years(columns: Iterable[TextCounts], meant: Mapping[str, DayText], near: int) -> YearPlaces:
    """Find where the dates of a list in three pairs of digits have their year."""
    texts: Counter[str] = Counter()
    for counts in columns:
        texts.update(counts)
    days = ((day, texts[text]) for text, written in meant.items() if (day := written.day) and not read_year_first(text))
    return find_year_places(texts, days, near)


def _judge_years(cells: _ColumnCells, years: YearPlaces) -> Iterator[tuple[str, DecidedText]]:
    """Read dates that have two digits of the year first, and set aside those that could have them last as well."""
    for text in cells.counts.keys() & years.first.keys():
        yield text, DecidedText(years.first[text].isoformat(), Code.LIST_YEAR_FIRST)
    yield from _decide(cells.counts.keys() & years.unsure, Code.LIST_YEAR_ORDER, sets_aside=True).items()


def share_of_days(counts: TextCounts) -> float:
    """Give the share of days among the cells of a column that are not empty; 0 where all are."""
    forms = _ColumnCells(counts, {text: read_form(text) for text in counts}).forms()
    filled = sum(count for form, count in forms.items() if form not in _NOTHING)
    return sum(forms[form] for form in _DAYS) / filled if filled else 0.0


def _latest_possible(columns: Iterable[_ColumnCells]) -> date:
    """The last day that can be meant: some years after the middle one of all days in the list."""
    days: Counter[date] = Counter()
    for cells in columns:
        for text, count in cells.counts.items():
            day = cells.meant[text].day
            if day is not None:
                days[day] += count
    seen, middle = 0, date.max
    for day in sorted(days):
        seen += days[day]
        if 2 * seen >= days.total():
            middle = day
            break
    return min(middle, date.max - FAR) + FAR


def _judge(cells: _ColumnCells, order: DayOrder, latest: date, *, is_required: bool) -> DayDecisions:
    forms = cells.forms()
    filled = {form for form, count in forms.items() if count and form not in _NOTHING}
    if filled and filled <= {DayForm.YES, DayForm.NO} and forms.total() >= FEWEST_WRONG:
        return _judge_flags(cells, is_required=is_required)
    if filled == {DayForm.OTHER} and forms[DayForm.OTHER] >= FEWEST_WRONG:
        return _decide(cells.of_form(DayForm.OTHER), Code.LIST_NOT_DAYS, sets_aside=True)
    return {
        **_decide(cells.of_form(DayForm.ZERO), Code.LIST_DAYS_ZERO),
        **_decide(cells.of_form(DayForm.NEVER), Code.LIST_DAYS_NEVER),
        **_decide(cells.of_form(DayForm.NO), None),
        **dict(_in_uk(cells, cells.select(is_in_other_zone), Code.LIST_DAYS_UTC)),
        **dict(_judge_order(cells, order)),
        **_decide(
            cells.select(lambda meant: meant.day is not None and meant.day > latest),
            Code.LIST_DAYS_FAR,
            sets_aside=True,
        ),
    }


def _decide(texts: Iterable[str], code: Code | None, *, sets_aside: bool = False) -> DayDecisions:
    """Decide that texts are read as empty, or that their rows are set aside."""
    return {text: DecidedText("", code, sets_aside) for text in texts}


def _judge_flags(cells: _ColumnCells, *, is_required: bool) -> DayDecisions:
    """A column of yes and no: no means that there is no day; which day yes means, only the officer can say."""
    if is_required:
        return _decide(cells.of_form(DayForm.YES, DayForm.NO), Code.LIST_NOT_DAYS, sets_aside=True)
    return {
        **_decide(cells.of_form(DayForm.ZERO, DayForm.NO), None),
        **_decide(cells.of_form(DayForm.YES), Code.LIST_YES_NO),
    }


def _judge_order(cells: _ColumnCells, order: DayOrder) -> Iterator[tuple[str, DecidedText]]:
    """Read dates with the month first where the column has them, and set aside those that could be two days."""
    either, month_first = cells.of_form(DayForm.EITHER), cells.of_form(DayForm.MONTH_FIRST)
    if order is DayOrder.MONTH_FIRST:
        yield from _swapped(cells, [*either, *month_first], Code.LIST_MONTH_FIRST)
    elif order is DayOrder.UNSURE:
        yield from _swapped(cells, month_first, None)
        yield from _decide(either, Code.LIST_DAY_ORDER, sets_aside=True).items()
    elif order is DayOrder.SWAPPED:
        yield from _swapped(cells, month_first, None)
        yield from _decide(cells.of_form(DayForm.STORED_LOW), Code.LIST_DAYS_SWAPPED, sets_aside=True).items()


def _swapped(cells: _ColumnCells, texts: Iterable[str], code: Code | None) -> Iterator[tuple[str, DecidedText]]:
    for text in texts:
        day = cells.meant[text].swapped
        if day is not None:
            yield text, DecidedText(day.isoformat(), code)


def is_in_other_zone(meant: DayText) -> bool:
    """Tell whether a text has a zone in whose time its day is another one than in the United Kingdom."""
    return meant.late_evening is None and meant.in_uk not in (None, meant.day)


def is_evening(meant: DayText) -> bool:
    """Tell whether a text is 23:00 of a summer's day, which is midnight in the United Kingdom where it is UTC."""
    return bool(meant.late_evening)


def _are_evenings_midnights(columns: Iterable[_ColumnCells]) -> bool:
    """Whether all times of a list without a zone are 23:00 in summer and midnight in winter."""
    times: Counter[bool] = Counter()
    for cells in columns:
        for text, count in cells.counts.items():
            evening = cells.meant[text].late_evening
            if evening is not None:
                times[evening] += count
    return times[True] >= FEWEST_EVENINGS and not times[False]


def _in_uk(cells: _ColumnCells, texts: Iterable[str], code: Code) -> Iterator[tuple[str, DecidedText]]:
    """Read moments as days in the United Kingdom."""
    for text in texts:
        day = cells.meant[text].in_uk
        if day is not None:
            yield text, DecidedText(day.isoformat(), code)
