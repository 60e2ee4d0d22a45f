"""The largest return there is, as our own writer makes it."""

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
    provider = Provider("P001", "Acme & Sons", lots=("1a", "1b", "2a", "2b", "3", "4"), transport=True)
    return write_return(plan_return(load_catalogue(), provider, Period(2026, 4)))
