"""The sample county as the tests look at it: every delivery with its figures, judged by core and by the oracle."""

from __future__ import annotations

from functools import cache

from tests.judge.oracle import cross_checks
from xlkpi.catalogue import load_catalogue
from xlkpi.core.checks import assess_entries, check_entries
from xlkpi.core.period import Period
from xlkpi.demo import DEMO_PERIOD, plan_deliveries, plan_earlier_deliveries, read_sample_register, read_sample_settings
from xlkpi.layout.addresses import list_asked
from xlkpi.layout.plan import make_return_key

__all__ = ["DEMO_PERIOD", "Period"]


@cache
def demo():
    return plan_deliveries(load_catalogue(), read_sample_register(), read_sample_settings())


@cache
def earlier():
    return plan_earlier_deliveries(load_catalogue(), read_sample_register(), read_sample_settings())


def returns(period=DEMO_PERIOD):
    """The deliveries that carry a return for a period."""
    return [delivery for delivery in (*demo(), *earlier()) if delivery.filled and delivery.period == period]


def with_behaviour(behaviour, period=DEMO_PERIOD):
    return [delivery for delivery in demo() if delivery.behaviour is behaviour and delivery.period == period]


def provider(provider_id):
    return next(delivery for delivery in read_sample_register() if delivery.provider_id == provider_id)


def asked(delivery):
    catalogue = load_catalogue()
    return list_asked(catalogue, make_return_key(catalogue, delivery.provider, delivery.period))


def before(delivery):
    """The provider's figures of the earlier half-year by code; none for the earlier half-year itself."""
    old = next((o for o in earlier() if o.provider == delivery.provider and o.period < delivery.period), None)
    return {code: (entry.x, entry.y) for code, entry in old.filled.entries.items()} if old else {}


def problems(finding):
    """What core finds in a delivery, as (code of the finding, indicator)."""
    previous = {code: y for code, (_, y) in before(finding).items()}
    findings = check_entries(
        assess_entries(asked(finding), finding.filled.entries), load_catalogue().relations, previous
    )
    return {(problem.code, code) for code, expected_texts in findings.items() for problem in expected_texts}


def outside_view(delivery):
    """What the oracle finds across a delivery's entries; a reason in the action plan counts as one."""
    entries = {code: (e.x, e.y, e.comment or e.plan.issue) for code, e in delivery.filled.entries.items()}
    return cross_checks(entries, before(delivery))
