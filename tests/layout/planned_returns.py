"""Returns planned for the tests: blank and filled, of every kind of provider."""

from __future__ import annotations

from datetime import date
from functools import cache

from tests.layout import carried_returns
from tests.lots import LOTS
from xlkpi import load_catalogue
from xlkpi.core.checks import ActionPlanEntry, Entry
from xlkpi.core.lot import Contact, Provider
from xlkpi.core.period import Period
from xlkpi.layout.addresses import NATIVE
from xlkpi.layout.cover.rows import Declaration
from xlkpi.layout.plan import BLANK, Filled, plan_return
from xlkpi.layout.provider_texts import LastFigures, Sender

CATALOGUE = load_catalogue()
EVERYTHING = Provider(
    "P01", "Oak & Ash (Kent)", lots=LOTS, transport=True, contract_ref="C/17",
    contacts=(Contact("A. One", "Manager", "a@example.org", "01622 000000"), Contact("B. Two")),
)  # fmt: skip
LEAST = Provider("P02", "Elm")
SENDER = Sender((Contact("C. Officer", "Commissioning Officer"),), "kpi@example.org", date(2027, 4, 30))
AS_WRITTEN = ("KPI S2", "KPI S4c", "KPI S5", "KPI S6", "KPI I4", "KPI E1", "KPI T1", "INFO A1")
BEFORE = {code: LastFigures("2025-26 Q4", 42, 50, 0.84, "Amber") for code in CATALOGUE.indicators} | {
    "KPI S1": LastFigures("2025-26 Q4", 0, 0, None, "No cases")
}
ODD = (None, 0, 1, 7, 40, 38, 41, "12 visits", " ", 0.5, -3, True, "#N/A", 10**6, 1000)


@cache
def plan(quarter=4, provider=EVERYTHING, as_written=(), filled="no", before=False, edition=NATIVE):
    """A return as planned; `filled` is "no", "well" (nothing to fix) or "badly" (everything wrong somewhere)."""
    return plan_return(
        CATALOGUE,
        provider,
        Period(2026, quarter),
        sender=SENDER,
        previous=BEFORE if before else {},
        as_written=as_written,
        edition=edition,
        filled={"no": BLANK, "well": well(), "badly": badly()}[filled],
    )


def well():
    """Filled in as Help says, so that nothing is to be fixed or explained."""
    x = {"KPI S1": 1, "KPI S2": 1, "KPI I4": 0, "KPI E2": 1, "KPI I3": 40, "INFO A3a": 4, "INFO A3b": 4, "INFO A3c": 4}
    entries = {code: Entry(x.get(code, 40 if row.is_kpi else 10), 40) for code, row in CATALOGUE.indicators.items()}
    return Filled(entries, Declaration("A. One", 46_482))


def badly():
    """Every kind of content in every kind of place."""
    codes = list(CATALOGUE.indicators)
    entries = {
        code: Entry(
            ODD[n % 15], ODD[(n * 4 + 3) % 15], "why" if n % 5 == 0 else "", ActionPlanEntry("i" * (n % 2), "a")
        )
        for n, code in enumerate(codes)
    }
    return Filled({**entries, "KPI S3": Entry(41, 40), "KPI S4a": Entry(3, 40)}, Declaration("", "soon"))


def every_plan():
    """The plans over which a rule must hold, with a name each."""
    yield from ((f"Q{quarter} blank", plan(quarter)) for quarter in (1, 2, 3, 4))
    yield "least", plan(1, LEAST)
    yield "filled well", plan(4, filled="well", before=True)
    yield "filled badly", plan(4, filled="badly", before=True)
    yield "as written", plan(4, as_written=AS_WRITTEN, filled="badly")
    yield "carried", carried_returns.plan()
    yield "carried, updated", carried_returns.plan(carried_returns.FILLED)


PLANS = dict(every_plan())
