"""What sample providers write when they have missed a target: a reason, and an action where one is wanted."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from xlkpi.core.checks import ActionPlanEntry
from xlkpi.core.day import long_date
from xlkpi.core.period import Period
from xlkpi.demo.seeded_random import SeededRandom

DATA = Path(__file__).with_name("reasons.toml")


@dataclass(frozen=True)
class MissedTargetReason:
    """One reason with the action that answers it, ready for the return's cells."""

    text: str
    action: str
    outcomes: str
    timescale: str

    @property
    def plan(self) -> ActionPlanEntry:
        """The row of the action plan (Appendix A)."""
        return ActionPlanEntry(self.text, self.action, self.outcomes, self.timescale)


def choose_reason(code: str, x: int, y: int, period: Period, numbers: SeededRandom) -> MissedTargetReason:
    """Choose a reason for missing a KPI's target; a text that counts things is used only for two or more of them."""
    texts = _texts().get(code, _texts()["any"])
    facts = {"x": x, "y": y, "rest": y - x}
    places = range(len(texts["reasons"]))
    fitting = [n for n in places if _counts_well(texts["reasons"][n], facts)] or [places[-1]]
    n = numbers.pick(fitting)
    by = period.end + timedelta(weeks=texts["weeks"][n])
    return MissedTargetReason(
        texts["reasons"][n].format(**facts), texts["actions"][n], texts["outcomes"][n], long_date(by)
    )


def _counts_well(text: str, facts: dict[str, int]) -> bool:
    return all(number > 1 for name, number in facts.items() if f"{{{name}}}" in text)


@cache
def _texts() -> dict[str, Any]:
    return tomllib.loads(DATA.read_text(encoding="utf-8"))
