"""An indicator of the Schedule, as written and as read."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Optional, Tuple

from xlkpi.core.bands import Bands
from xlkpi.core.contract_words import UNNAMED, ContractWords
from xlkpi.core.target_change import TargetChange
from xlkpi.core.vocabulary import Frequency, OutturnRule, Reading

NO_Y = "n/a"
"""What the contract has for y where only x is asked for."""


@lru_cache(maxsize=4096)  # each return asks for the same few dozen, several times
def slug_of(code: str) -> str:
    """Write a code as a defined name begins: a letter first, then letters, digits, points and underscores."""
    plain = "".join(char if char.isascii() and (char.isalnum() or char == ".") else "_" for char in code)
    return plain if plain[:1].isalpha() else f"I_{plain}"


@dataclass(frozen=True)
class Definition:
    """One reading of an indicator: what x and y count, how the outturn is calculated and rated, how often it is due."""

    x: str
    y: str
    red: str
    amber: str
    green: str
    bands: Optional[Bands]
    outturn: OutturnRule
    frequency: Frequency
    stretch: str = ""
    """A better outturn to aim for: shown, never rated."""

    @cached_property  # asked for several times per entry
    def has_y(self) -> bool:
        """Whether y is asked for; otherwise the outturn is x alone."""
        return self.y != NO_Y

    @cached_property
    def decimals(self) -> int:
        """How many decimals x may have: pence, and hundredths of a day where x is itself a number of days."""
        alone = self.outturn is OutturnRule.DAYS and not self.has_y
        return 2 if alone or self.outturn is OutturnRule.AMOUNT else 0


@dataclass(frozen=True)
class Indicator:
    """A KPI or an INFO indicator; its identity is the whole code (``INFO W1`` is not ``KPI W1``).

    ``why`` is empty unless the two readings differ. ``carried_over`` marks the two KPIs whose x may exceed y,
    because cases of an earlier period may be counted (KPI S3, KPI E4).
    """

    code: str
    section: str
    description: str
    measured: str
    written: Definition
    effective: Definition
    why: str = ""
    carried_over: bool = False
    changes: Tuple[TargetChange, ...] = ()
    """The changes of its target up to the period it is read for, the earliest first."""
    first_target: str = ""
    """Its bands before the first of them, in words; empty where nothing changed."""
    words: ContractWords = UNNAMED
    """What its contract calls the Council, and the system in which the Council counts too."""

    @property
    def target(self) -> str:
        """The bands in force in words: ``Red <85%, Amber 85-95%, Green >95%``."""
        now = self.effective
        return f"Red {now.red}, Amber {now.amber}, Green {now.green}"

    @cached_property
    def slug(self) -> str:
        """The code as a defined name begins: ``KPI_S4a``."""
        return slug_of(self.code)

    @property
    def is_kpi(self) -> bool:
        """Whether it is rated at all; INFO indicators are reported, never rated."""
        return self.written.bands is not None

    @property
    def cross_checked(self) -> bool:
        """Whether *How KPI Measured* names a cross check with the Council's case system."""
        return bool(self.words.case_system) and self.words.case_system in self.measured

    def read(self, reading: Reading) -> Definition:
        """Give the definition under one reading."""
        return self.written if reading is Reading.AS_WRITTEN else self.effective


@dataclass(frozen=True)
class Section:
    """A table of the Schedule, reported by the holders of any of its lots (none named: by every provider)."""

    key: str
    title: str
    heading: str
    lots: Tuple[str, ...]


@dataclass(frozen=True)
class SameY:
    """Indicators whose y counts the same people, who are named in ``counts``."""

    indicators: Tuple[str, ...]
    counts: str


@dataclass(frozen=True)
class SumOfX:
    """Indicators whose x values add up to y at most, and the reason."""

    indicators: Tuple[str, ...]
    because: str


@dataclass(frozen=True)
class PartOfX:
    """An indicator whose x cannot exceed another's x, and the reason."""

    part: str
    whole: str
    because: str
