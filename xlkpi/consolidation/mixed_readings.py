"""Where the Schedule can be read in two ways: returns made under both, and results that differ by it."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from xlkpi.catalogue import Catalogue
from xlkpi.consolidation.result import Consolidation, FileFinding
from xlkpi.core.assess import Assessment, assess_indicator
from xlkpi.core.indicator import Indicator
from xlkpi.core.records import DataRow
from xlkpi.core.vocabulary import Reading
from xlkpi.findings import Code, finding


def mixed_indicators(rows: Iterable[DataRow], catalogue: Catalogue) -> tuple[str, ...]:
    """Return the indicators that were returned under both readings, in the Schedule's order."""
    seen = {(row.indicator, row.reading) for row in rows}
    return tuple(
        code
        for code, indicator in catalogue.indicators.items()
        if indicator.why and all((code, reading) in seen for reading in Reading)
    )


def mixed_finding(code: str, rows: Iterable[DataRow]) -> FileFinding:
    """Make the finding about one mixed indicator; it belongs to the folder, not to a file."""
    counts = Counter(row.reading for row in rows if row.indicator == code)
    readings = ", ".join(f"{counts[reading]} {reading.value}" for reading in Reading)
    facts = {"code": code, "readings": readings}
    return FileFinding("", "", "", finding(Code.MIXED_READINGS, facts, indicator=code))


@dataclass(frozen=True)
class TwoResults:
    """A row whose RAG depends on the reading, with its result under each."""

    row: DataRow
    as_written: Assessment
    effective: Assessment


def two_results(rows: Sequence[DataRow], catalogue: Catalogue) -> tuple[TwoResults, ...]:
    """Every row that the two readings rate differently, by indicator and then in the order of the rows."""
    by_code: dict[str, list[TwoResults]] = {
        code: [] for code, indicator in catalogue.indicators.items() if indicator.why
    }
    for row in rows:
        if row.indicator in by_code and row.has_figures(catalogue.indicators[row.indicator]):
            indicator = catalogue.indicators[row.indicator]
            written = assess_indicator(indicator, row.x_in_force, row.y_in_force, reading=Reading.AS_WRITTEN)
            effective = assess_indicator(indicator, row.x_in_force, row.y_in_force, reading=Reading.EFFECTIVE)
            if written.state is not effective.state:
                by_code[row.indicator].append(TwoResults(row, written, effective))
    return tuple(itertools.chain.from_iterable(by_code.values()))


@dataclass(frozen=True)
class ReadingUse:
    """An indicator with two readings: how many entries were returned under each, how many the two rate differently.

    ``in_force`` is None where returns mix both readings.
    """

    indicator: Indicator
    in_force: Reading | None
    effective: int
    as_written: int
    rated_differently: int


def count_reading_uses(
    result: Consolidation, catalogue: Catalogue, differing: Iterable[TwoResults]
) -> tuple[ReadingUse, ...]:
    """Count, for every indicator with two readings, the entries returned under each; in the Schedule's order."""
    rated_differently = Counter(results.row.indicator for results in differing)
    entries = Counter((row.indicator, row.reading) for row in result.rows)
    return tuple(
        ReadingUse(
            indicator,
            None if code in result.mixed else result.readings[code],
            entries[code, Reading.EFFECTIVE],
            entries[code, Reading.AS_WRITTEN],
            rated_differently[code],
        )
        for code, indicator in catalogue.indicators.items()
        if indicator.why
    )
