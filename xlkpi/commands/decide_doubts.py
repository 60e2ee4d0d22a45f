"""What is doubtful about a decision as soon as it is made: an unknown provider, indicator or period.

The next master says it too. Whoever has just decided can still see at a glance what was meant.
"""

from __future__ import annotations

from collections.abc import Iterator

from xlkpi.consolidation.contract_days import describe_days_not_running
from xlkpi.consolidation.match_decisions import known_entries
from xlkpi.core.day import long_date
from xlkpi.core.lot import Provider
from xlkpi.core.near_text import suggest
from xlkpi.council import Council
from xlkpi.council.decisions import Decision


def find_doubts(decision: Decision, council: Council) -> Iterator[str]:
    """Say of each thing that a decision is about and the Council's lists do not know what is nearest to it."""
    provider, named = None, decision.provider_id
    if named and council.register.providers is not None:
        provider = council.register.find(named)
        if provider is None:
            near = known_entries(None, (), council).nearest_provider(named)
            advice = f"Did you mean {near}?" if near else "Add it to the register, or name another."
            yield f"The provider “{named}” is not in the register. {advice}"
    if decision.indicator and decision.indicator not in council.terms.codes:
        try:
            council.catalogue.find(decision.indicator)
        except KeyError:
            yield f"“{decision.indicator}” is not an indicator. {suggest(decision.indicator, council.terms.codes)}"
    yield from _about_period(decision, provider)


def _about_period(decision: Decision, provider: Provider | None) -> Iterator[str]:
    period = decision.period
    if period is None:
        return
    if period.start > decision.decided_on:
        yield f"{period} begins on {long_date(period.start)}. Did you mean an earlier period?"
    elif provider and not provider.runs_in(period):
        when = describe_days_not_running(provider, period)
        yield f"The contract of {provider.provider_id} {when}, so nothing is due for {period}. Check the period."
