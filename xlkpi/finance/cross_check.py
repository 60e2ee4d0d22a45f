"""The cross-check: returns against the Council's case system, for the indicators whose How measured names it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from xlkpi.catalogue import Catalogue
from xlkpi.consolidation.result import Consolidation
from xlkpi.core.assess import Assessment, assess_indicator
from xlkpi.core.cell_count import Figure, distance
from xlkpi.core.direction import Direction, compare
from xlkpi.core.indicator import Indicator
from xlkpi.core.lot import by_name
from xlkpi.core.records import AgreedFigures
from xlkpi.core.vocabulary import Reading, State
from xlkpi.finance.agreement import NO_COUNTS, CountPair
from xlkpi.finance.extract import Extract, cross_checked


class CrossClass(Enum):
    """How return and case system compare."""

    AGREED = "Agreed"
    SMALL = "Small difference"
    DIFFERENT_X = "Different x"
    DIFFERENT_Y = "Different y"
    DIFFERENT = "Different x and y"
    NOT_CHECKED = "Not checked"
    NO_RETURN = "No return"


class WorseSide(Enum):
    """Which side's figures say the worse."""

    RETURN = "return"
    CASE_SYSTEM = "case system"
    SAME = "same"
    NOT_RATED = "not rated"


@dataclass(frozen=True)
class CrossComparison:
    """One indicator of one provider by both sides; a side without figures has a CountPair of None.

    ``agreed`` are the figures that officers agreed, which are in force instead of both sides'.
    """

    provider_id: str
    provider: str
    indicator: Indicator
    reading: Reading
    returned: CountPair
    counted: CountPair
    agreement: CrossClass
    agreed: AgreedFigures | None = None

    @property
    def is_comparable(self) -> bool:
        """Whether both sides have figures."""
        return self.returned.known and self.counted.known

    @property
    def x_difference(self) -> Figure | None:
        """X of the return − x of the case system; None unless both sides have figures."""
        return self._difference(self.returned.x, self.counted.x)

    @property
    def y_difference(self) -> Figure | None:
        """Y of the return − y of the case system; None unless both sides have figures."""
        return self._difference(self.returned.y, self.counted.y)

    def _difference(self, returned: Figure | None, counted: Figure | None) -> Figure | None:
        if not self.is_comparable or returned is None or counted is None:
            return None
        return returned - counted

    def by_return(self) -> Assessment:
        """Assess the return's figures."""
        return assess_indicator(self.indicator, self.returned.x, self.returned.y, reading=self.reading)

    def by_case_system(self) -> Assessment:
        """Assess the Council's figures."""
        return assess_indicator(self.indicator, self.counted.x, self.counted.y, reading=self.reading)

    @property
    def worse(self) -> WorseSide:
        """The side with the worse RAG; of two alike, the one further from Green. INFO indicators are not rated."""
        returned, counted = self.by_return(), self.by_case_system()
        if returned.rag is None or counted.rag is None:
            return WorseSide.NOT_RATED
        return _WORSE.get(compare(self.indicator.read(self.reading).bands, returned, counted), WorseSide.NOT_RATED)


_WORSE: Mapping[Direction | None, WorseSide] = {
    Direction.WORSE: WorseSide.RETURN,
    Direction.SAME: WorseSide.SAME,
    Direction.BETTER: WorseSide.CASE_SYSTEM,
}


@dataclass(frozen=True)
class CrossCheck:
    """All lines by provider and then in the Schedule's order, and the extract they were compared with."""

    extract: Extract
    lines: tuple[CrossComparison, ...]


def compare_with_case_system(
    result: Consolidation, extract: Extract, names: Mapping[str, str], catalogue: Catalogue, tolerance: int
) -> CrossCheck:
    """Compare the returned entries with the extract; ``names`` gives providers' names by id."""
    codes = cross_checked(catalogue)
    rows = {(row.provider_id, row.indicator): row for row in result.rows if row.indicator in codes}
    keys = sorted(
        {*rows, *extract.counts}, key=lambda key: (*by_name(names.get(key[0], key[0]), key[0]), codes.index(key[1]))
    )
    lines = []
    for key in keys:
        row, counted = rows.get(key), extract.counts.get(key)
        has_y = catalogue.indicators[key[1]].effective.has_y
        returned = CountPair(row.x, row.y, has_y) if row and row.state is not State.CHECK else NO_COUNTS
        theirs = CountPair(counted.x, counted.y if has_y else None, has_y) if counted else NO_COUNTS
        reading = row.reading if row else result.readings[key[1]]
        agreement, name = classify_pair(returned, theirs, tolerance), names.get(key[0], key[0])
        agreed = row.agreed if row else None
        indicator = catalogue.indicators[key[1]]
        lines.append(CrossComparison(key[0], name, indicator, reading, returned, theirs, agreement, agreed))
    return CrossCheck(extract, tuple(lines))


def classify_pair(returned: CountPair, counted: CountPair, tolerance: int) -> CrossClass:
    """Classify a line. Without figures in a return: No return, whatever the extract contains."""
    if returned.x is None or not returned.known:
        return CrossClass.NO_RETURN
    if counted.x is None or not counted.known:
        return CrossClass.NOT_CHECKED
    by_x, by_y = distance(returned.x, counted.x), distance(returned.y or 0, counted.y or 0)
    if by_x == by_y == 0:
        return CrossClass.AGREED
    if by_x <= tolerance and by_y <= tolerance:
        return CrossClass.SMALL
    if by_x > tolerance and by_y > tolerance:
        return CrossClass.DIFFERENT
    return CrossClass.DIFFERENT_X if by_x > tolerance else CrossClass.DIFFERENT_Y
