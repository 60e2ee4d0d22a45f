"""The figures that a return shows beside its inputs: those of the provider's last return of the same length."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from xlkpi.catalogue.load import Catalogue, ContractTerms
from xlkpi.core.indicator import Definition
from xlkpi.core.period import Period
from xlkpi.core.records import DataRow
from xlkpi.layout.provider_texts import LastFigures

ByProvider = Mapping[str, Mapping[str, LastFigures]]


def last_figures(rows: Iterable[DataRow], period: Period, terms: ContractTerms) -> ByProvider:
    """Give, by provider and indicator, the figures in force in the latest period before this one with x and y.

    Figures that counted another length of time than the indicator does now are left out: they cannot be compared.
    """
    figures: dict[str, dict[str, LastFigures]] = {}
    now = terms.in_force(period)
    for row in sorted(rows, key=lambda row: row.period):
        before, wanted = _definition(row, _built_with(row, terms)), _definition(row, now)
        if row.period >= period or before is None or wanted is None or not _can_compare(before, wanted):
            continue
        x, y = row.x_in_force, row.y_in_force
        if x is not None and (y is not None or not before.has_y):
            outturn = None if row.outturn_in_force is None else float(row.outturn_in_force)
            definition = None if before.outturn.is_share else before
            last = LastFigures(str(row.period), x, y, outturn, row.state_in_force.value, definition)
            figures.setdefault(row.provider_id, {})[row.indicator] = last
    return figures


def _built_with(row: DataRow, terms: ContractTerms) -> Catalogue:
    """Give the catalogue that a row's return was built with: its template begins with the version."""
    return terms.version(row.template.rpartition("/")[0]) or terms.in_force(row.period)


def _definition(row: DataRow, catalogue: Catalogue) -> Definition | None:
    indicator = catalogue.indicators.get(row.indicator)
    return indicator.read(row.reading) if indicator else None


def _can_compare(before: Definition, now: Definition) -> bool:
    """Whether figures counted the same length of time, and the same kind of thing."""
    is_same = before.outturn is now.outturn or (before.outturn.is_share and now.outturn.is_share)
    return before.frequency is now.frequency and is_same and before.has_y is now.has_y
