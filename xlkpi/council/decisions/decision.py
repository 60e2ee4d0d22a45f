"""One decision of the log, and the log as a whole."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from pathlib import Path

from xlkpi.core.cell_count import Figure, as_number
from xlkpi.core.day import NotADay, parse_day
from xlkpi.core.period import Period
from xlkpi.council.decisions.kinds import DecisionKind
from xlkpi.council.lists.faults import Fault

EntryKey = tuple[str, Period | None, str]
"""A provider_id in lower case, a period and the code of an indicator."""
_COUNTS = re.compile(
    r"x\s*[=:]?\s*£?(?P<x>[0-9]{1,9}(?:[.][0-9]{1,2})?)(?:\s*[;,\s]\s*y\s*[=:]?\s*(?P<y>[0-9]{1,9}))?", re.IGNORECASE
)
AgreedCounts = tuple[Figure, int | None]
"""x and y that were agreed; y is None where the value names x alone."""


def parse_counts(text: str) -> AgreedCounts | None:
    """Read the value of agreed figures, ``x=2; y=6``, or ``x=1250.50`` alone; None where it is anything else."""
    match = _COUNTS.fullmatch(text.strip())
    if match is None:
        return None
    x = Fraction(match["x"])
    return x.numerator if x.denominator == 1 else x, int(match["y"]) if match["y"] else None


def show_counts(x: Figure, y: int | None) -> str:
    """Write agreed figures as the log has them: ``x=2; y=6``, ``x=1250.5``."""
    return f"x={as_number(x)}" if y is None else f"x={as_number(x)}; y={y}"


@dataclass(frozen=True)
class Decision:
    """One row of the log: what was decided about what, by whom, when and why.

    A column that the row leaves empty is empty text, or None for ``period``. ``value`` is as the log writes it: agreed
    counts as ``x=2; y=6``, a day in ISO; of a decision to use a file, or to set it aside, the sha256 of the content it
    is about (where empty, it is about the file of that name, whatever its content). ``row`` is the row in the list
    ``list_name``, counted from 1.
    """

    kind: DecisionKind
    decided_by: str
    decided_on: date
    why: str
    provider_id: str = ""
    period: Period | None = None
    indicator: str = ""
    file: str = ""
    value: str = ""
    row: int = 0
    list_name: str = ""

    @property
    def counts(self) -> AgreedCounts | None:
        """Give the agreed x and y; None for other kinds."""
        return parse_counts(self.value) if self.kind is DecisionKind.AGREE_FIGURES else None

    @property
    def day(self) -> date | None:
        """Give the day that the value names; None where it names none."""
        try:
            return parse_day(self.value)
        except NotADay:
            return None

    @property
    def day_meant(self) -> date:
        """Give the day that the decision is about: the one its value names, else the day it was decided."""
        return self.day or self.decided_on

    def is_about(self, provider_id: str | None, period: Period | None, indicator: str | None) -> bool:
        """Tell whether it is about a provider, a period and an indicator; None is any."""
        return (
            (provider_id is None or self.provider_id.casefold() == provider_id.casefold())
            and (period is None or self.period == period)
            and (indicator is None or self.indicator == indicator)
        )


@dataclass(frozen=True)
class DecisionLog:
    """Every decision that can be read, in the order they were taken, and what is wrong with other rows.

    ``path`` is the list that is read, the first of them where there are several; None where there is none.
    """

    path: Path | None = None
    decisions: tuple[Decision, ...] = ()
    faults: tuple[Fault, ...] = ()

    @property
    def name(self) -> str:
        """Give the name of the list's file; empty where there is no list."""
        return self.path.name if self.path else ""

    @cached_property
    def agreed_figures(self) -> Mapping[EntryKey, Decision]:
        """The last decision about the figures of each entry."""
        decisions = self.of(DecisionKind.AGREE_FIGURES)
        return {(each.provider_id.casefold(), each.period, each.indicator): each for each in decisions}

    def of(
        self,
        *kinds: DecisionKind,
        provider_id: str | None = None,
        period: Period | None = None,
        indicator: str | None = None,
    ) -> tuple[Decision, ...]:
        """Give the decisions of these kinds about something, the latest last; what is not named may be anything.

        Of two decisions of one day the lower row is the later one: people add rows at the end.
        """
        return tuple(
            decision
            for decision in self.decisions
            if decision.kind in kinds and decision.is_about(provider_id, period, indicator)
        )
