"""A made-up county over two years: what each provider returned, period by period, plans and gaps included."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

from tests.consolidation.county_sample import NAMES, register
from tests.consolidation.return_builders import CATALOGUE, build_return, council_of, manifest
from xlkpi.consolidation.collect_period import consolidate_files
from xlkpi.consolidation.found_file import FoundFile
from xlkpi.core.checks import ActionPlanEntry
from xlkpi.core.lot import Contact, select_sections
from xlkpi.core.period import Period, is_due
from xlkpi.core.vocabulary import Rag

PERIODS = tuple(Period(2024, 4).back(-steps) for steps in range(7))
NOW = PERIODS[-1]
AS_OF = date(2026, 11, 24)
COUNCIL = (
    Contact("Ada Bexon", "Commissioning Officer", "ada.bexon@council.example", "01632 960001"),
    Contact("Rashid Karim", "Commissioning Manager", "rashid.karim@council.example", "01632 960002"),
)
WHOLE = ActionPlanEntry("Two carers left.", "Recruit two carers; meet monthly.", "95% by spring.", "31 March 2027")
PLANS = (WHOLE, replace(WHOLE, timescale="30/09/2026"), replace(WHOLE, outcomes="", timescale=""), ActionPlanEntry())


def people():
    """The register, with contracts that began at different times."""
    starts = (date(2025, 4, 1), date(2026, 4, 1), None, date(2024, 10, 15))
    return tuple(replace(who, contract_start=starts[n % 4], contract_ref=f"DS-{n}") for n, who in enumerate(register()))


def planned(checked, plans):
    """The return with action plans: a code's PlanRow, on its row of the sheet."""
    entries = tuple(
        entry._replace(plan=plans.get(entry.code, entry.plan), plan_row=6 + place if entry.rag else 0)
        for place, entry in enumerate(checked.entries)
    )
    return replace(checked, entries=entries)


def returned(number, period, figures, plans=None, *, sections=("all",), as_written=(), declared=None):
    """A return of one period by the provider of this number; ``figures`` and ``plans`` by code."""
    whose = manifest(number, NAMES[number - 1], sections=sections, period=period, as_written=as_written)
    day = declared or date.fromordinal(period.end.toordinal() + 10)
    return planned(build_return(whose, figures, declared=day), plans or {})


def together(returns, *, known=None, period=NOW, as_of=AS_OF):
    """A consolidation of returns of one or more periods, all in one inbox."""
    files = [FoundFile(f"{n:04d}.xlsx", checked_return) for n, checked_return in enumerate(returns)]
    return consolidate_files(files, council_of(known), period=period, as_of=as_of)


def history(codes_by_period, *, number=1, known=None, **more):
    """One provider: ``{period: {code: (x, y)}}``, with plans under ``plans={period: {code: PlanRow}}``."""
    plans = more.pop("plans", {})
    sections = more.pop("sections", tuple(section.key for section in CATALOGUE.sections))
    returns = [
        returned(number, period, figures, plans.get(period), sections=sections)
        for period, figures in codes_by_period.items()
    ]
    return together(returns, known=known, **more)


def county(seed=11):
    """Everybody over seven quarters: shares drift, some plan, some miss a period."""
    dice, known, returns = random.Random(seed), people(), []
    for number, who in enumerate(known, start=1):
        sections = select_sections(who, CATALOGUE.sections)
        drift = {}
        for period in PERIODS:
            if dice.random() < 0.08 and period != PERIODS[0]:
                continue
            figures, held = {}, dice.randrange(12, 90)
            for section in sections:
                for indicator in CATALOGUE.of_section(section.key):
                    if is_due(indicator, period):
                        figures[indicator.code] = (_share(indicator, drift, dice, held), held)
            indicator = returned(number, period, figures, sections=tuple(section.key for section in sections))
            plans = {e.code: dice.choice(PLANS) for e in indicator.entries if e.rag in (Rag.RED, Rag.AMBER)}
            returns.append(planned(indicator, plans))
    return together(returns, known=known), known


def _share(indicator, drift, dice, y):
    low = ">" in indicator.effective.red or indicator.code == "KPI S2"
    usual = drift.get(indicator.code, dice.choice((2, 5, 12, 20)) if low else dice.choice((99, 98, 96, 90, 80)))
    drift[indicator.code] = min(100, max(0, usual + dice.choice((-4, -2, 0, 1, 3))))
    return min(y, -(-y * drift[indicator.code] // 100))
