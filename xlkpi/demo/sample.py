"""The sample register, settings and meetings, as an officer could have written them, and the periods they are for."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from xlkpi.core.lot import Provider
from xlkpi.core.period import Period
from xlkpi.council import Settings, read_register, read_settings

REGISTER = Path(__file__).with_name("register.csv")
SETTINGS = Path(__file__).with_name("xlkpi.toml")
MEETING_LIST = Path(__file__).with_name("meetings.csv")

DEMO_PERIOD = Period(2026, 2)
DEMO_DAY = date(2026, 11, 24)
"""The day after the last of the sample's returns came in: days late are counted to it, on whatever day it runs."""
EARLIER_PERIODS = tuple(DEMO_PERIOD.back(steps) for steps in range(7, 0, -1))
"""The seven periods before the demo period, the earliest first."""
EARLIER_PERIOD = Period(2025, 4)
"""The last return of the same length as the demo period's: its half-year, and its whole year too."""


def read_sample_register() -> tuple[Provider, ...]:
    """Read the 25 sample providers, all invented, from REGISTER as from any register."""
    providers, _ = read_register(REGISTER)
    return providers


def read_sample_settings() -> Settings:
    """Read the sample Council's contacts and terms from SETTINGS."""
    return read_settings(SETTINGS)
