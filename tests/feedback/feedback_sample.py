"""A made-up county for feedback: a few providers of all lots with figures that tests set, over one or more periods."""

from __future__ import annotations

from datetime import date

from tests.consolidation.return_builders import CATALOGUE, build_return, manifest, provider, together
from tests.lots import LOTS
from xlkpi.core.period import Period
from xlkpi.feedback.provider_facts import gather_from_consolidation
from xlkpi.feedback.scorecard import build_scorecards

LAST, HALF = Period(2025, 4), Period(2026, 2)
Q4, EARLIER = Period(2026, 4), (Period(2024, 4), LAST)
BY = date(2027, 5, 31)
ALL = tuple(section.key for section in CATALOGUE.sections)
NAMES = ("Ash & Elm CIC", "Birch Works", "Cedar Trust", "Damson Links")


def county(figures, *, names=NAMES, earlier=None, findings=None, absent=0, as_written=()):
    """A consolidation of Q4. ``figures`` are a dict by code for each provider, ``earlier`` provider 1's by period.

    ``findings`` are provider 1's; the last ``absent`` providers have sent nothing.
    """
    register = [provider(n, name, LOTS, transport=True) for n, name in enumerate(names, start=1)]
    files = {}
    for n, (name, own) in enumerate(zip(names[: len(names) - absent], figures, strict=True), start=1):
        whose = manifest(n, name, sections=ALL, period=Q4, as_written=as_written)
        files[f"{n}.xlsx"] = build_return(whose, own, findings=(findings or ()) if n == 1 else ())
    for period, own in (earlier or {}).items():
        files[f"1 {period}.xlsx"] = build_return(manifest(1, names[0], sections=ALL, period=period), own)
    return together(files, register=register, period=Q4)


def cards(result, by=BY):
    """The scorecards by provider_id."""
    planned = build_scorecards(gather_from_consolidation(result), CATALOGUE, by)
    return {card.provider_id: card for card in planned}


def first_card(figures, **more):
    return cards(county(figures, **more))["P001"]


def line(card, code):
    return next(feedback_item for feedback_item in card.lines if feedback_item.indicator.code == code)


def everything(x, y):
    """The same figures for every indicator."""
    return dict.fromkeys(CATALOGUE.indicators, (x, y))
