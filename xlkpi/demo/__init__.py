"""A sample county: providers nobody knows, and what they send in for one period, with people's usual mistakes."""

from __future__ import annotations

from xlkpi.demo.behaviours import Behaviour, behaviour_of
from xlkpi.demo.deliveries import Delivery, deliveries, earlier_deliveries
from xlkpi.demo.inbox import write_inbox
from xlkpi.demo.sample import (
    DEMO_PERIOD,
    EARLIER_PERIOD,
    REGISTER,
    SETTINGS,
    sample_register,
    sample_settings,
)

__all__ = [
    "DEMO_PERIOD",
    "EARLIER_PERIOD",
    "REGISTER",
    "SETTINGS",
    "Behaviour",
    "Delivery",
    "behaviour_of",
    "deliveries",
    "earlier_deliveries",
    "sample_register",
    "sample_settings",
    "write_inbox",
]
