"""A return as a careful provider fills it in: figures, reasons, action plan, declaration."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from xlkpi.core.assess import decide_state
from xlkpi.core.cell_count import read_count
from xlkpi.core.checks import AskedIndicator, Entry
from xlkpi.core.lot import Provider
from xlkpi.core.period import Period
from xlkpi.core.vocabulary import State
from xlkpi.demo.figures import make_figures
from xlkpi.demo.reasons import choose_reason
from xlkpi.demo.seeded_random import SeededRandom
from xlkpi.layout.cover.rows import Declaration
from xlkpi.layout.plan import Filled
from xlkpi.ooxml.serial_days import to_serial

Entries = dict[str, Entry]
SATURDAY = 5


def fill_entries(provider: Provider, asked: Sequence[AskedIndicator], period: Period) -> Entries:
    """Fill in every entry that is due, complete: an Amber has its reason, a Red its action plan too (Schedule 5.0)."""
    figures = make_figures(provider, asked, period)
    entries = {}
    for wanted in asked:
        code = wanted.indicator.code
        if code in figures:
            entries[code] = fill_entry(
                wanted, *figures[code], period, SeededRandom(provider.provider_id, period, code, "reason")
            )
    return entries


def fill_entry(asked: AskedIndicator, x: int, y: int, period: Period, numbers: SeededRandom) -> Entry:
    """Fill in one entry with whatever its RAG calls for."""
    state = decide_state(asked.indicator, read_count(x), read_count(y), asked.reading)
    if state not in (State.AMBER, State.RED):
        return Entry(x, y)
    reason = choose_reason(asked.indicator.code, x, y, period, numbers)
    if state is State.AMBER:
        return Entry(x, y, reason.text, reason.plan) if numbers.falls(25) else Entry(x, y, reason.text)
    return Entry(x, y, "See action plan." if numbers.falls(40) else reason.text, reason.plan)


def declare_return(provider: Provider, entries: Entries, day: date) -> Filled:
    """Declare the return: its first contact does, and saves it on that day."""
    by = provider.contacts[0].name if provider.contacts else provider.name
    return Filled(entries, Declaration(by, to_serial(day)), choose_save_time(provider, day))


def choose_save_time(provider: Provider, day: date) -> str:
    """Choose a time in that day's office hours."""
    numbers = SeededRandom(provider.provider_id, day, "saved")
    return f"{day.isoformat()}T{numbers.between(9, 16):02d}:{numbers.between(0, 59):02d}:00Z"


def choose_punctual_day(provider: Provider, period: Period) -> date:
    """Choose the working day on which a punctual provider declares: in the second to fourth week after the period."""
    return move_to_weekday(
        period.end + timedelta(days=SeededRandom(provider.provider_id, period, "declared").between(8, 23))
    )


def move_to_weekday(day: date) -> date:
    """Move a day of a weekend to the Monday after it."""
    return day + timedelta(days=7 - day.weekday()) if day.weekday() >= SATURDAY else day
