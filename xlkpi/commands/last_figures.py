"""The figures that a return shows beside its inputs: those of the provider's last return of the same length."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from xlkpi.core.period import Period
from xlkpi.core.records import DataRow
from xlkpi.layout.provider_texts import LastFigures

ByProvider = Mapping[str, Mapping[str, LastFigures]]


def last_figures(rows: Iterable[DataRow], period: Period) -> ByProvider:
    """Give, by provider and indicator, the figures of the latest period before this one with counts for x and y.

    An indicator is always returned for the same length of time, so its last figures are comparable.
    """
    figures: dict[str, dict[str, LastFigures]] = {}
    for row in sorted(rows, key=lambda row: row.period):
        if row.period < period and row.x is not None and row.y is not None:
            outturn = None if row.outturn is None else float(row.outturn)
            last = LastFigures(str(row.period), row.x, row.y, outturn, row.state.value)
            figures.setdefault(row.provider_id, {})[row.indicator] = last
    return figures
