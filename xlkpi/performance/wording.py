"""An open matter in words: the results of each period, its plan, and points for and against a graver step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from xlkpi.consolidation.county_totals import SMALL_Y
from xlkpi.core.assess import Assessment
from xlkpi.core.chance import describe_chance
from xlkpi.core.checks import join_words
from xlkpi.core.day import long_date
from xlkpi.core.direction import Direction, compare
from xlkpi.core.indicator import Definition
from xlkpi.core.outturn_units import has_whole_percents, show_figures, show_outturn
from xlkpi.core.period import Period
from xlkpi.core.records import ActionPlanRecord, DataRow
from xlkpi.core.shown_share import round_as_shown
from xlkpi.core.vocabulary import Rag, State
from xlkpi.performance.contact_book import find_first_year_end
from xlkpi.performance.due_results import DueResult
from xlkpi.performance.open_matter import OpenMatter, once_per_matter

MOST_DESCRIBED = 3
"""Periods that a cell describes; the sheet Trends contains the rest."""


def format_percent(share: Fraction) -> str:
    """Write a share as a percentage with two decimals, never rounded to a whole percent that it does not reach."""
    hundredths = share * 10_000
    rounded = int(round_as_shown(hundredths, 0))
    if rounded != hundredths and rounded % 100 == 0:
        return f"{'just below' if hundredths < rounded else 'just above'} {rounded // 100}%"
    return f"{rounded // 100}.{rounded % 100:02d}%"


def format_outturn(definition: Definition, outturn: Fraction) -> str:
    """Write an outturn in its unit."""
    return format_percent(outturn) if has_whole_percents(definition) else show_outturn(definition, outturn)


def describe_result(result: DueResult, definition: Definition) -> str:
    """Write a result as ``Red in 2026-27 Q2: 80.00% (x 40, y 50)``, or ``No return for 2026-27 Q2``."""
    if result.row is None:
        return f"{result.word} for {result.period}"
    outturn = format_outturn(definition, result.outturn) if result.outturn is not None else "no outturn"
    x, y = result.row.x_in_force, result.row.y_in_force
    figures = f"x {x}, y {y}" if x is None else show_figures(definition, x, y)
    agreed = ", agreed" if result.row.agreed else ""
    return f"{result.word} in {result.period}: {outturn} ({figures}{agreed})"


def join_periods(periods: Sequence[Period]) -> str:
    """Write periods as ``2026-27 Q2 and 2026-27 Q4``."""
    return join_words([str(period) for period in periods])


@once_per_matter
def describe_history(matter: OpenMatter) -> str:
    """Describe the results since the matter opened, the latest first, the returns not sent, and the plan."""
    if matter.indicator is None:
        return f"No return is used for {join_periods(matter.returns_missing)}."
    results = list(reversed(matter.life.results))
    definition = matter.indicator.read(matter.latest.reading)
    parts = [f"{describe_result(result, definition)}." for result in results[:MOST_DESCRIBED]]
    if len(results) > MOST_DESCRIBED:
        parts.append(f"Open since {matter.opened}.")
        if matter.returns_missing:
            parts.append(f"No return for {join_periods(matter.returns_missing)}.")
    other = [each for each in results if each.row is not None and each.row.reading is not each.reading]
    # Figures of different periods compare only under one reading, so say where a return used the other.
    parts += [f"{each.period} was returned under the other reading and is rated like the latest." for each in other]
    parts += [describe_plan(plan) for plan in matter.plan.versions[:-1][-MOST_DESCRIBED:]]
    plan = matter.plan.describe(matter.as_of)
    if plan:
        parts.append(f"Action plan: {plan}{_due(matter)}.")
    return " ".join(parts)


def describe_plan(plan: ActionPlanRecord) -> str:
    """Write an earlier version of a plan as ``Action plan of 2025-26 Q4, timescale: 30 June 2026.``."""
    timescale = " ".join(plan.timescale_in_force.split()) or "not given"
    return f"Action plan of {plan.period}, timescale: {timescale}."


def _due(matter: OpenMatter) -> str:
    times = matter.plan.redated
    redated = f", re-dated {'once' if times == 1 else f'{times} times'}" if times else ""
    return f", due by {long_date(matter.plan.due)}{redated}" if matter.plan.due else ""


@once_per_matter
def describe_considerations(matter: OpenMatter) -> str:
    """Describe the points for and against a graver step; empty where there are none."""
    return " ".join(filter(None, _considerations(matter)))


def _considerations(matter: OpenMatter) -> Iterator[str]:
    """Give each point in a sentence, empty where the contract, or chance, has nothing to say."""
    if matter.is_dropped:
        yield f"The {matter.words.document} does not have {matter.code} any more: close the matter, or decide on it."
    ends = find_first_year_end(matter.entry)
    if matter.indicator and ends and matter.latest.period.end <= ends:
        yield matter.words.say("first year", ends=long_date(ends))
    direction = find_direction(matter)
    if direction is Direction.BETTER:
        yield "Better than in the due period before."
    elif direction is Direction.WORSE:
        yield "Worse than in the due period before."
    row = matter.row
    if row is not None and 0 < (row.y_in_force or 0) < SMALL_Y:
        yield f"y is below {SMALL_Y}."
    yield describe_matter_chance(matter)
    if row is not None and _differs_as_written(row, matter):
        written = row.rag_as_written.value if row.rag_as_written else "not rated"
        yield f"Read as written it is {written}: see Readings."
    if matter.declined:
        on, why = long_date(matter.declined.decided_on), matter.declined.why
        yield f"{matter.declined.decided_by} declined a step on {on}: {why}"


def _differs_as_written(row: DataRow, matter: OpenMatter) -> bool:
    return row.agreed is None and row.reading is matter.latest.reading and row.rag_as_written is not matter.rag


@once_per_matter
def describe_matter_chance(matter: OpenMatter) -> str:
    """Write how far chance may explain the last rating; empty where it is Green, or there is no figure."""
    x, y = (matter.row.x_in_force, matter.row.y_in_force) if matter.row else (None, None)
    if matter.indicator is None or x is None or y is None or matter.rag is Rag.GREEN:
        return ""
    return describe_chance(matter.indicator.read(matter.latest.reading), x, y, matter.words.a_provider)


def find_direction(matter: OpenMatter) -> Direction | None:
    """Find whether the last rating is better or worse than the one before; None without two."""
    rated = matter.rated
    if matter.indicator is None or len(rated) < 2:
        return None
    now, then = (Assessment(State(each.word), each.outturn, each.rag, "") for each in (rated[-1], rated[-2]))
    return compare(matter.indicator.read(matter.latest.reading).bands, now, then)


def describe_note(matter: OpenMatter) -> str:
    """Write what opened a matter, why the step is proposed, and what to know before taking it."""
    ground = f"{matter.rung.ground}." if matter.rung else ""
    opened = f"Opened by {matter.opened_by} in {matter.opened}." if matter.indicator else f"Opened in {matter.opened}."
    return " ".join(filter(None, (opened, ground, describe_history(matter), describe_considerations(matter))))
