"""Who must report in a period, who has not, and the rows of the heat map."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from xlkpi.catalogue import Catalogue
from xlkpi.consolidation.result import MissingProvider, ProviderLine
from xlkpi.consolidation.rows import Register, by_name, name_of
from xlkpi.core.lot import Provider, select_sections
from xlkpi.core.period import Period, must_be_returned
from xlkpi.core.vocabulary import Reading
from xlkpi.reading.returns.checked_return import Manifest


def readings_in_force(used: Sequence[Manifest], catalogue: Catalogue) -> Mapping[str, Reading]:
    """The reading by indicator: as written where every used return was made so, else effective."""
    switched = set.intersection(*(set(manifest.as_written) for manifest in used)) if used else set()
    both = (Reading.EFFECTIVE, Reading.AS_WRITTEN)
    return {code: both[code in switched] for code in catalogue.indicators}


def must_report(provider: Provider, period: Period, catalogue: Catalogue, readings: Mapping[str, Reading]) -> bool:
    """Whether at least one indicator of the provider's sections must be returned in the period."""
    return any(
        must_be_returned(indicator, period, readings[indicator.code])
        for section in select_sections(provider, catalogue.sections)
        for indicator in catalogue.of_section(section.key)
    )


def missing_of(
    expected: Iterable[Provider], used: Sequence[Manifest], usually: date | None = None
) -> tuple[MissingProvider, ...]:
    """Expected providers without a used return, by name; due on the day most used returns were, else ``usually``."""
    returned = {manifest.provider_id for manifest in used}
    due_by = _usual_day(manifest.send_by for manifest in used) or usually
    absent = [provider for provider in expected if provider.provider_id not in returned]
    absent.sort(key=lambda provider: by_name(provider.name, provider.provider_id))
    return tuple(MissingProvider(provider, due_by) for provider in absent)


def _usual_day(days: Iterable[date | None]) -> date | None:
    counts = Counter(day for day in days if day is not None)
    return max(counts, key=lambda day: (counts[day], day), default=None)


def provider_lines(
    expected: Iterable[Provider], used: Sequence[Manifest], register: Register | None, catalogue: Catalogue
) -> tuple[ProviderLine, ...]:
    """Everyone who is expected or has returned, by name."""
    lines = [_returned_line(manifest, register, catalogue) for manifest in used]
    lines += [
        ProviderLine(who.provider_id, who.name, _held(who, catalogue), None, frozenset())
        for who in (one.provider for one in missing_of(expected, used))
    ]
    return tuple(sorted(lines, key=lambda line: by_name(line.provider, line.provider_id)))


def _returned_line(manifest: Manifest, register: Register | None, catalogue: Catalogue) -> ProviderLine:
    known = (register or {}).get(manifest.provider_id)
    asked = frozenset(manifest.sections)
    return ProviderLine(
        manifest.provider_id,
        name_of(manifest, register),
        _held(known, catalogue) if known else asked,
        asked,
        frozenset(manifest.as_written),
    )


def _held(provider: Provider, catalogue: Catalogue) -> frozenset[str]:
    return frozenset(section.key for section in select_sections(provider, catalogue.sections))
