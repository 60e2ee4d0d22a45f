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
    return [one for one in (*demo(), *earlier()) if one.filled and one.period == period]


def with_behaviour(behaviour, period=DEMO_PERIOD):
    return [delivery for delivery in demo() if delivery.behaviour is behaviour and delivery.period == period]


def provider(provider_id):
    return next(one for one in read_sample_register() if one.provider_id == provider_id)


def asked(one):
    catalogue = load_catalogue()
    return list_asked(catalogue, make_return_key(catalogue, one.provider, one.period))


def before(one):
    """The provider's figures of the earlier half-year by code; none for the earlier half-year itself."""
    old = next((o for o in earlier() if o.provider == one.provider and o.period < one.period), None)
    return {code: (entry.x, entry.y) for code, entry in old.filled.entries.items()} if old else {}


def problems(one):
    """What core finds in a delivery, as (code of the finding, indicator)."""
    previous = {code: y for code, (_, y) in before(one).items()}
    found = check_entries(assess_entries(asked(one), one.filled.entries), load_catalogue().relations, previous)
    return {(problem.code, code) for code, told in found.items() for problem in told}


def outside_view(one):
    """What the oracle finds across a delivery's entries; a reason in the action plan counts as one."""
    entries = {code: (e.x, e.y, e.comment or e.plan.issue) for code, e in one.filled.entries.items()}
    return cross_checks(entries, before(one))
