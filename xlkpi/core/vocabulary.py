"""The closed vocabularies of the contract; the value of each member is the word a person reads."""

from __future__ import annotations

from enum import Enum
from typing import Optional


class Vocabulary(Enum):
    """A closed vocabulary."""

    # Enum hashes a member by its name, in Python code; members are looked up for every cell of a master.
    __hash__ = object.__hash__


class Rag(Vocabulary):
    """Red, Amber or Green (Schedule 5.0); INFO indicators never have one."""

    RED = "Red"
    AMBER = "Amber"
    GREEN = "Green"


class State(Vocabulary):
    """The state of an entry, from nothing entered to rated; always a word, never an error value."""

    NOT_ENTERED = "Not entered"
    INCOMPLETE = "Incomplete"
    NO_CASES = "No cases"
    CHECK = "Check"
    NOT_DUE = "Not due"
    GREEN = "Green"
    AMBER = "Amber"
    RED = "Red"
    INFORMATION = "Information"
    UNRATED = "Unrated"


class Reading(Vocabulary):
    """Which reading of an indicator is in force: the contract to the letter, or as the Council reads it."""

    EFFECTIVE = "effective"
    AS_WRITTEN = "as written"


class Frequency(Vocabulary):
    """How often an indicator is reported; OPEN where the contract does not say."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    FOUR_MONTHLY = "four-monthly"
    SIX_MONTHLY = "six-monthly"
    ANNUAL = "annual"
    OPEN = "not stated"

    @classmethod
    def _missing_(cls, value: object) -> Optional[Frequency]:
        # A contract may call its own half-years either way; texts then use one word.
        return cls.SIX_MONTHLY if value == "half-yearly" else None


class OutturnRule(Vocabulary):
    """How the outturn is calculated from x and y: as a share of y, as a plain count, in pounds or in days.

    A count is x alone. An amount and days are x alone where there is no y, otherwise x per y: the average.
    """

    X_OF_Y = "x/y"
    REST_OF_Y = "(y - x)/y"
    COUNT = "count"
    AMOUNT = "amount"
    DAYS = "days"

    @property
    def is_share(self) -> bool:
        """Whether x counts some of the y, so that the outturn is a percentage."""
        return self is OutturnRule.X_OF_Y or self is OutturnRule.REST_OF_Y
