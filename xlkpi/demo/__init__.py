"""A sample county: invented providers, and what they send in for one period, with the usual mistakes."""

from __future__ import annotations

from xlkpi.demo.behaviours import Behaviour, find_behaviour
from xlkpi.demo.delivered_files import write_inbox
from xlkpi.demo.deliveries import Delivery, plan_deliveries, plan_earlier_deliveries
from xlkpi.demo.sample import (
    DEMO_PERIOD,
    EARLIER_PERIOD,
    REGISTER,
    SETTINGS,
    read_sample_register,
    read_sample_settings,
)

__all__ = [
    "DEMO_PERIOD",
    "EARLIER_PERIOD",
    "REGISTER",
    "SETTINGS",
    "Behaviour",
    "Delivery",
    "find_behaviour",
    "plan_deliveries",
    "plan_earlier_deliveries",
    "read_sample_register",
    "read_sample_settings",
    "write_inbox",
]
