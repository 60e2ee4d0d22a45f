"""The lines of a scorecard: one indicator each, with its earlier outturns, its direction and the county."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from xlkpi.consolidation.series import IndicatorSeries
from xlkpi.core.cell_count import Figure, distance
from xlkpi.core.chance import describe_chance
from xlkpi.core.day import long_date
from xlkpi.core.indicator import Definition, Indicator
from xlkpi.core.outturn_units import describe_pair, more_or_less, show_x
from xlkpi.core.period import Period
from xlkpi.core.records import DataRow
from xlkpi.core.shown_share import round_as_shown, round_beside_edges
from xlkpi.core.vocabulary import OutturnRule, Rag, Reading, State
from xlkpi.feedback.short_names import shorten_description

LONGEST_HISTORY = 7
TARGET_MET, LARGEST_GAP = "Target met", 9_999


@dataclass(frozen=True)
class EarlierOutturn:
    """An outturn of an earlier period, under the reading in force now."""

    period: Period
    outturn: Fraction


@dataclass(frozen=True)
class ScorecardLine:
    """One indicator: this period's figures, earlier ones, and the county; ``county`` is None for too few providers.

    ``last`` is the outturn of the due period before, ``history`` those of all periods before. ``agreed`` says which
    figures were agreed, beside those that were returned; empty where the returned ones are in force.
    """

    indicator: Indicator
    reading: Reading
    name: str
    x: Figure | None
    y: Figure | None
    outturn: Fraction | None
    state: State
    target: str
    gap: str
    history: tuple[EarlierOutturn, ...]
    last: EarlierOutturn | None
    direction: str
    county: Fraction | None
    agreed: str = ""
    chance: str = ""
    stretch: str = ""

    @property
    def definition(self) -> Definition:
        """What its figures are, under the reading of the line."""
        return self.indicator.read(self.reading)

    @property
    def county_shown(self) -> Fraction | None:
        """The county's outturn, rounded to a tenth: from an exact one, a provider's x and y could be deduced."""
        if self.county is None:
            return None
        is_share = self.indicator.effective.outturn.is_share
        return round_beside_edges(self.county, 1) if is_share else round_as_shown(self.county, 1)


def build_line(row: DataRow, series: IndicatorSeries, period: Period, county: Fraction | None) -> ScorecardLine:
    """Build the line of an entry; ``county`` is the county's outturn, None where it must not be shown."""
    indicator, definition = series.indicator, series.indicator.read(row.reading)
    return ScorecardLine(
        indicator=indicator,
        reading=row.reading,
        name=shorten_description(indicator),
        x=row.x_in_force,
        y=row.y_in_force,
        outturn=row.outturn_in_force,
        state=row.state_in_force,
        target=row.target if indicator.is_kpi else "",
        stretch=row.stretch if indicator.is_kpi else "",
        gap=describe_gap(row.gap_in_force, definition),
        history=list_earlier_outturns(series, period),
        last=find_last_outturn(series, period),
        direction=describe_direction(series, period),
        county=county,
        agreed=describe_agreement(row, definition),
        chance=describe_row_chance(row, definition, indicator.words.a_provider),
    )


def describe_agreement(row: DataRow, definition: Definition) -> str:
    """Write ``2 of 60, agreed on 5 November 2026 (returned: 0 of 60)``; empty where nothing was agreed."""
    if row.agreed is None:
        return ""
    returned = "no figures"
    if row.x is not None and (row.y is not None or not definition.has_y):
        returned = describe_pair(row.x, row.y, definition)
    agreed = describe_pair(row.agreed.x, row.agreed.y, definition)
    return f"{agreed}, agreed on {long_date(row.agreed.on)} (returned: {returned})"


def describe_row_chance(row: DataRow, definition: Definition, who: str) -> str:
    """Write how far chance may explain a Red or Amber; empty for any other entry. ``who`` is the other side."""
    x, y = row.x_in_force, row.y_in_force
    if row.rag_in_force not in (Rag.RED, Rag.AMBER) or x is None or y is None:
        return ""
    return describe_chance(definition, x, y, who)


def list_earlier_outturns(series: IndicatorSeries, period: Period) -> tuple[EarlierOutturn, ...]:
    """List the outturns before a period, the earliest first; at most seven, the latest ones."""
    outturns = [
        EarlierOutturn(point.period, point.assessed.outturn)
        for point in series.points
        if point.period < period and point.assessed.outturn is not None
    ]
    return tuple(outturns[-LONGEST_HISTORY:])


def find_last_outturn(series: IndicatorSeries, period: Period) -> EarlierOutturn | None:
    """Find the outturn of the due period before, with which a master compares too; None where there is none."""
    previous = series.previous_period(period)
    return next((earlier for earlier in list_earlier_outturns(series, period) if earlier.period == previous), None)


def describe_direction(series: IndicatorSeries, period: Period) -> str:
    """Write ``↑ better``, ``↓ better``, ``↓ worse``, ``= same``; up or down where nothing is rated.

    The arrow shows whether the outturn rose or fell, the word whether that is good. Empty without an earlier outturn.
    """
    change = series.change(period)
    if change is None:
        return ""
    if change == 0:
        return "= same"
    direction = series.direction(period)
    word = direction.value.lower() if direction else "up" if change > 0 else "down"
    return f"{'↑' if change > 0 else '↓'} {word}"


def describe_gap(gap: Figure | None, definition: Definition) -> str:
    """Write by how much x has to change for Green with this y: ``3 more``, ``2 fewer``, ``Target met``."""
    if gap is None:
        return ""
    if gap == 0:
        return TARGET_MET
    change = distance(gap, 0)
    if definition.outturn.is_share or definition.outturn is OutturnRule.COUNT:
        figure = f"{change:,}" if change <= LARGEST_GAP else f"> {LARGEST_GAP:,}"
    else:
        figure = show_x(definition, change)
    return f"{figure} {more_or_less(definition.outturn, rises=gap > 0)}"
