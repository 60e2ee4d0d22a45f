"""Plausible x and y for whatever a return asks: mostly Green, some Amber, a few Red, never contradicting each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xlkpi.core.assess import decide_state
from xlkpi.core.cell_count import read_count
from xlkpi.core.checks import AskedIndicator
from xlkpi.core.lot import Provider
from xlkpi.core.period import Period
from xlkpi.core.vocabulary import State
from xlkpi.demo.seeded_random import SeededRandom
from xlkpi.demo.services import find_count, size_services
from xlkpi.demo.stories import rating_wanted

SHARES = {
    **dict.fromkeys(("INFO W1", "INFO I1", "INFO E1", "INFO A1", "INFO T1"), (58, 80)),
    **dict.fromkeys(("INFO W2", "INFO I2", "INFO E2", "INFO A2", "INFO T2"), (6, 18)),
    **dict.fromkeys(("INFO W3", "INFO I3"), (8, 22)),
    "INFO A3a": (3, 9),
    "INFO A3c": (4, 12),
    "INFO A4": (0, 8),
}
"""What share of y, in percent, an INFO indicator's x is."""

WISHES = (State.GREEN,) * 80 + (State.AMBER,) * 13 + (State.RED,) * 7
Figures = dict[str, tuple[int, int]]


def make_figures(provider: Provider, asked: Sequence[AskedIndicator], period: Period) -> Figures:
    """Make x and y of every indicator that is due, by code; the same for the same provider and period.

    They raise no query: y agree where they count the same, and x that add up to y at most do so.
    """
    sizes = size_services(provider, period)
    figures: Figures = {}
    for entry in asked:
        code = entry.indicator.code
        if not entry.due:
            continue
        y = sizes[find_count(entry.indicator)]
        numbers = SeededRandom(provider.provider_id, period, code)
        wanted = rating_wanted(provider.provider_id, code, period)
        most = _most(code, y, figures)
        x = _rated(entry, y, most, numbers, wanted) if entry.indicator.is_kpi else _share(code, y, numbers)
        figures[code] = (x, y)
    if "INFO A3b" in figures:
        (reduced, y), (increased, _) = figures["INFO A3a"], figures["INFO A3c"]
        figures["INFO A3b"] = (y - reduced - increased, y)
    return figures


def _share(code: str, y: int, numbers: SeededRandom) -> int:
    low, high = SHARES.get(code, (0, 0))
    return y * numbers.between(low, high) // 100


def _most(code: str, y: int, figures: Mapping[str, tuple[int, int]]) -> int:
    """The largest x that does not contradict the figures made so far."""
    if code == "KPI S4c" and "KPI S4a" in figures:
        return figures["KPI S4a"][0]
    if code == "KPI I4" and "KPI I3" in figures:
        return y - figures["KPI I3"][0]
    return y


def _rated(asked: AskedIndicator, y: int, most: int, numbers: SeededRandom, wanted: State | None) -> int:
    by_chance = numbers.pick(WISHES)
    wish = wanted or by_chance
    possible = group_by_state(asked, y, most)
    state = next((s for s in (wish, State.GREEN, State.AMBER, State.RED) if s in possible), State.NO_CASES)
    counts = possible[state]
    if state is State.GREEN and numbers.falls(65):
        return counts[-1] if counts[-1] == most else counts[0]
    if state is State.RED:  # missed, but not by miles
        near = max(len(counts) // 4, 1)
        counts = counts[-near:] if counts[0] == 0 else counts[:near]
    return numbers.pick(counts)


def group_by_state(asked: AskedIndicator, y: int, most: int) -> dict[State, list[int]]:
    """Group every x from 0 to ``most`` by the state that it has with this y."""
    possible: dict[State, list[int]] = {}
    for x in range(most + 1):
        state = decide_state(asked.indicator, read_count(x), read_count(y), asked.reading)
        possible.setdefault(state, []).append(x)
    return possible
