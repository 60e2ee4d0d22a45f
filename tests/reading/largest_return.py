"""The largest return there is, and a small one with every kind of cell, as our own writer makes them."""

from __future__ import annotations

from functools import cache

from xlkpi.catalogue.load import load_catalogue
from xlkpi.core.lot import Provider
from xlkpi.core.period import Period
from xlkpi.layout.plan import plan_return
from xlkpi.writing.returns.write_return import write_return


@cache
def whole_return() -> bytes:
    """Every lot and transport, in the quarter when everything is due."""
    return _return_of(Provider("P001", "Acme & Sons", lots=("1a", "1b", "2a", "2b", "3", "4"), transport=True))


@cache
def small_return() -> bytes:
    """One lot, in the same quarter: the same sheets around it, and its action plan."""
    return _return_of(Provider("P002", "Zephyr & Sons", lots=("3",)))


def _return_of(provider: Provider) -> bytes:
    return write_return(plan_return(load_catalogue(), provider, Period(2026, 4)))
