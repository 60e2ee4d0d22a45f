"""What every live cell shows for given entries, computed by core.

The writer stores these values beside the formulas, because a program that does not calculate shows 0 for a formula
without a stored value. The tests compare them with what LibreOffice calculates.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Dict, Mapping, Optional, Sequence, Tuple, Union

from xlkpi.core.assess import RATED, WITH_OUTTURN, outturn_parts
from xlkpi.core.chance import chance_at_target, describe_chance
from xlkpi.core.checks import AskedIndicator, AssessedEntry, Entry, Relations, assess_entries, check_entries
from xlkpi.core.gap import gap_to_green
from xlkpi.core.problem import Problem
from xlkpi.core.vocabulary import State
from xlkpi.findings import Code, render
from xlkpi.layout.addresses import PLAN, Col, Place
from xlkpi.layout.change_words import change_words
from xlkpi.layout.row_messages import FIRST_QUERY, LAST_QUERY, REASON_NUMBER, message_number

TARGET_MET = "Target met"


@dataclass(frozen=True)
class LiveRow:
    """The live cells of one indicator; ``outturn`` is a share or empty text, ``kind`` the number of its message.

    ``chance`` is the sentence on chance beside a Red or Amber, ``probability`` the number behind it.
    """

    row: AssessedEntry
    outturn: Union[float, str]
    gap: str
    kind: int
    check: str
    problems: Tuple[Problem, ...]
    chance: str = ""
    probability: Union[float, str] = ""

    @property
    def gap_cell(self) -> str:
        """The cell *Change needed for Green*: the change in words, and below it the sentence on chance."""
        return f"{self.gap}\n{self.chance}" if self.chance else self.gap

    @property
    def done(self) -> bool:
        """Whether both x and y have content."""
        return self.row.state not in (State.NOT_ENTERED, State.INCOMPLETE)


@dataclass(frozen=True)
class Tally:
    """The counts of a section or of the whole return."""

    due: int = 0
    entered: int = 0
    fix: int = 0
    reasons: int = 0
    plans: int = 0
    queries: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.due + other.due,
            self.entered + other.entered,
            self.fix + other.fix,
            self.reasons + other.reasons,
            self.plans + other.plans,
            self.queries + other.queries,
        )

    @property
    def clear(self) -> bool:
        """Whether only the declaration is still needed before sending."""
        return self.entered == self.due and not (self.fix or self.reasons or self.plans)

    @property
    def progress(self) -> str:
        """``9 of 14 entered, 1 to fix, 2 reasons missing``, and what else there is."""
        text = f"{self.entered} of {self.due} entered, {self.fix} to fix, {pluralise(self.reasons, 'reason')} missing"
        if self.plans:
            text += f", {pluralise(self.plans, 'action plan')} missing"
        if self.queries:
            text += f", {self.queries} to check or explain"
        return text


def pluralise(number: int, thing: str) -> str:
    """Write a number with its noun, in the plural unless it is 1."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def compute_live_rows(
    asked: Sequence[AskedIndicator],
    places: Mapping[str, Place],
    relations: Relations,
    entries: Mapping[str, Entry],
    previous_y: Mapping[str, int],
) -> Dict[str, LiveRow]:
    """Compute the live cells of every indicator of a return, by code."""
    rows = assess_entries(asked, entries)
    problems = check_entries(rows, relations, previous_y)
    return {code: _live_row(row, places[code], problems[code]) for code, row in rows.items()}


def _live_row(row: AssessedEntry, place: Place, problems: Tuple[Problem, ...]) -> LiveRow:
    first = first_shown(problems, row.entry)
    return LiveRow(
        row,
        _outturn(row),
        _gap(row),
        message_number(first) if first else 0,
        render_problem(first, place) if first else "",
        problems,
        *_chance(row),
    )


def first_shown(problems: Sequence[Problem], entry: Entry) -> Optional[Problem]:
    """Pick the problem a row shows: the first that is not an explained query."""
    return next((p for p in problems if not (p.explainable and entry.explained)), None)


def render_problem(problem: Problem, place: Place) -> str:
    """Render the message of a problem with the cells of its row."""
    return render(problem.code, {**message_addresses(place), **dict(problem.facts), **_which_cell(problem, place)})


def message_addresses(place: Place) -> Dict[str, str]:
    """Give the addresses that a row's messages name."""
    return {
        "x_at": place.at(Col.X),
        "y_at": place.at(Col.Y),
        "comment_at": place.at(Col.COMMENT),
        "plan_at": f"{PLAN}, row {place.plan_row}",
    }


def _which_cell(problem: Problem, place: Place) -> Dict[str, str]:
    which = "y" if problem.code is Code.LARGE else dict(problem.facts).get("which")
    return {"at": place.at(Col.X if which == "x" else Col.Y)} if which else {}


def _outturn(row: AssessedEntry) -> Union[float, str]:
    if row.state not in WITH_OUTTURN:
        return ""
    n, d = outturn_parts(row.asked.indicator.read(row.asked.reading), row.x.number, row.y.number)
    return n / d


def _gap(row: AssessedEntry) -> str:
    if row.state not in RATED:
        return ""
    gap = gap_to_green(row.asked.indicator, row.entry.x, row.entry.y, row.asked.reading)
    return change_words(row.asked.indicator.read(row.asked.reading), gap) if gap else TARGET_MET


def _chance(row: AssessedEntry) -> Tuple[str, Union[float, str]]:
    if row.state not in (State.RED, State.AMBER):
        return "", ""
    definition = row.asked.indicator.read(row.asked.reading)
    probability = chance_at_target(definition, row.x.number, row.y.number)
    words = describe_chance(definition, row.x.number, row.y.number, row.asked.indicator.words.a_provider)
    return words, "" if probability is None else float(probability)


def tally(rows: Sequence[LiveRow]) -> Tally:
    """Count what is entered and what is still to do in these rows."""
    return Tally(
        due=sum(r.row.asked.required for r in rows),
        entered=sum(r.row.asked.required and r.done for r in rows),
        fix=sum(0 < r.kind < REASON_NUMBER for r in rows),
        reasons=sum(r.kind == REASON_NUMBER for r in rows),
        plans=sum(r.row.state is State.RED and not r.row.entry.plan.complete for r in rows),
        queries=sum(FIRST_QUERY <= r.kind <= LAST_QUERY for r in rows),
    )
