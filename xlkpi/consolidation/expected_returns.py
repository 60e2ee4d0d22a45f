"""Who must report in a period, which returns are missing, and the rows of the heat map."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from xlkpi.catalogue import Catalogue
from xlkpi.consolidation.missing_provider import MissingProvider
from xlkpi.consolidation.result import ProviderLine
from xlkpi.consolidation.rows import provider_name
from xlkpi.core.lot import Provider, by_name, select_sections
from xlkpi.core.period import Period, must_be_returned
from xlkpi.core.vocabulary import Reading
from xlkpi.council import Council
from xlkpi.reading.returns.checked_return import Manifest


def readings_in_force(used: Sequence[Manifest], catalogue: Catalogue) -> Mapping[str, Reading]:
    """Return the reading by indicator: as written where every used return was made so, else effective."""
    switched = set.intersection(*(set(manifest.as_written) for manifest in used)) if used else set()
    both = (Reading.EFFECTIVE, Reading.AS_WRITTEN)
    return {code: both[code in switched] for code in catalogue.indicators}


def expected_providers(
    period: Period | None,
    council: Council,
    readings: Mapping[str, Reading],
    asked_after: Mapping[str, frozenset[str]],
) -> tuple[Provider, ...] | None:
    """Return the providers who must report in a period; None where no register or no period says so.

    ``asked_after`` has the sections of each provider's next return: the register has today's lots, and one that even
    that return did not have was added later.
    """
    providers = council.register.providers
    if providers is None or period is None:
        return None
    catalogue = council.terms.in_force(period)
    return tuple(
        provider
        for provider in providers
        if must_report(provider, period, catalogue, readings, asked_after.get(provider.provider_id))
    )


def must_report(
    provider: Provider,
    period: Period,
    catalogue: Catalogue,
    readings: Mapping[str, Reading],
    held: frozenset[str] | None = None,
) -> bool:
    """Tell whether a provider reports a period: its contract runs in it, and one of its indicators must be returned.

    ``held`` are the sections that it held then, where a return shows them.
    """
    return provider.runs_in(period) and any(
        must_be_returned(indicator, period, readings[indicator.code])
        for section in select_sections(provider, catalogue.sections)
        if held is None or section.key in held
        for indicator in catalogue.of_section(section.key)
    )


def missing_of(
    expected: Iterable[Provider], returned: Collection[str], due_by: date | None = None
) -> tuple[MissingProvider, ...]:
    """Return expected providers who are not among those that returned, by name."""
    absent = [provider for provider in expected if provider.provider_id not in returned]
    absent.sort(key=lambda provider: by_name(provider.name, provider.provider_id))
    return tuple(MissingProvider(provider, due_by) for provider in absent)


def usual_due_day(days: Iterable[date | None]) -> date | None:
    """Return the day by which most returns were to be sent; None where none says so."""
    counts = Counter(day for day in days if day is not None)
    return max(counts, key=lambda day: (counts[day], day), default=None)


def provider_lines(
    expected: Iterable[Provider], used: Sequence[Manifest], council: Council
) -> tuple[ProviderLine, ...]:
    """Return everyone who is expected or has returned, by name."""
    lines = [_returned_line(manifest, council) for manifest in used]
    lines += [
        ProviderLine(
            absent.provider.provider_id,
            absent.provider.name,
            _sections_held(absent.provider, council.catalogue),
            None,
            frozenset(),
        )
        for absent in missing_of(expected, {manifest.provider_id for manifest in used})
    ]
    return tuple(sorted(lines, key=lambda line: by_name(line.provider, line.provider_id)))


def _returned_line(manifest: Manifest, council: Council) -> ProviderLine:
    known = (council.register.by_id or {}).get(manifest.provider_id)
    asked = frozenset(manifest.sections)
    return ProviderLine(
        manifest.provider_id,
        provider_name(manifest, council),
        _sections_held(known, council.catalogue) if known else asked,
        asked,
        frozenset(manifest.as_written),
    )


def _sections_held(provider: Provider, catalogue: Catalogue) -> frozenset[str]:
    return frozenset(section.key for section in select_sections(provider, catalogue.sections))
