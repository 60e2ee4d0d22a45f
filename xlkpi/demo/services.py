"""How large a sample provider's services are: the counts that its y are."""

from __future__ import annotations

from collections.abc import Mapping

from xlkpi.core.indicator import Indicator
from xlkpi.core.lot import Provider
from xlkpi.core.period import Period
from xlkpi.demo.seeded_random import SeededRandom

INVOICE_INDICATOR = "KPI S2"
COUNTED = {
    **dict.fromkeys(("KPI S4a", "KPI S4b", "KPI S4c"), "people"),
    **dict.fromkeys(("INFO W1", "INFO W2", "INFO W3", "KPI W1", "KPI W2"), "wellbeing"),
    **dict.fromkeys(("INFO I1", "INFO I2", "INFO I3", "KPI I1", "KPI I2"), "independence"),
    **dict.fromkeys(("KPI I3", "KPI I4"), "leavers"),
    **dict.fromkeys(("INFO E1", "INFO E2", "KPI E3"), "employment"),
    **dict.fromkeys(("KPI E1", "KPI E2"), "starters"),
    **dict.fromkeys(("INFO A1", "INFO A2", "INFO A3a", "INFO A3b", "INFO A3c", "INFO A4"), "additional"),
    **dict.fromkeys(("KPI A1", "KPI A2"), "additional"),
    **dict.fromkeys(("INFO T1", "INFO T2"), "travellers"),
    "KPI S1": "referrals",
    "KPI S2": "invoices",
    "KPI S3": "complaints",
    "KPI S5": "staff",
    "KPI S6": "managers",
    "KPI E4": "job leavers",
    "KPI T1": "days",
}
"""Which of a provider's counts an indicator's y is; indicators with the same count have the same y."""

COUNTED_IN_SECTION = {"all": "people", "transport": "travellers"}
"""What y counts for an indicator that is not in COUNTED, such as one added to the catalogue later: everybody whom the
section serves. In the other sections the count has the section's name."""

LOTS_OF = {
    "wellbeing": ("1a", "1b"),
    "independence": ("2a", "2b"),
    "employment": ("3",),
    "additional": ("4",),
}
SCALE = {"large": 3, "in-house": 2}


def find_count(indicator: Indicator) -> str:
    """Name the count that an indicator's y is; the count of its section where COUNTED does not say."""
    section = indicator.section
    return COUNTED.get(indicator.code) or COUNTED_IN_SECTION.get(section, section)


def size_services(provider: Provider, period: Period) -> Mapping[str, int]:
    """Size a provider's services: its counts in the half-year that ends with a period, by the names of COUNTED.

    A count that its lots do not bring is 0. From one period to another they drift by 6% at most.
    """
    sizes = {name: _size(provider, period, name, lots) for name, lots in LOTS_OF.items()}
    held = sum(sizes.values())
    travellers = _drifting(provider, period, "travellers", (held // 3) or 54) if provider.transport else 0
    people = max(*sizes.values(), travellers, held * 9 // 10)
    independence, employment = sizes["independence"], sizes["employment"]
    return {
        **sizes,
        "people": people,
        "travellers": travellers,
        "leavers": independence // 6 + bool(independence),
        "starters": employment // 3,
        "job leavers": employment // 4,
        "referrals": people // 5 + 2,
        "invoices": 6 * max(len(provider.holds), 1),
        "complaints": SeededRandom(provider.provider_id, period, "complaints").between(0, 2 + people // 25),
        "staff": people // 4 + 2,
        "managers": 1 + people // 60,
        "days": SeededRandom(provider.provider_id, period, "days").between(118, 126),
    }


def _size(provider: Provider, period: Period, name: str, lots: tuple[str, ...]) -> int:
    held = [lot for lot in lots if lot in provider.lots]
    usual = sum(SeededRandom(provider.provider_id, lot).between(14, 30) for lot in held)
    return _drifting(provider, period, name, usual * SCALE.get(provider.kind, 1))


def _drifting(provider: Provider, period: Period, name: str, usual: int) -> int:
    return usual * SeededRandom(provider.provider_id, period, name).between(94, 106) // 100
