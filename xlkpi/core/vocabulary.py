"""The closed vocabularies of the contract, each member's value being the word a person reads."""

from __future__ import annotations

from enum import Enum


class Vocabulary(Enum):
    """A closed vocabulary. Members hash as objects do: Enum's own way is a call of Python for every look-up."""

    __hash__ = object.__hash__


class Rag(Vocabulary):
    """Red, Amber or Green (Schedule 5.0); INFO indicators never have one."""

    RED = "Red"
    AMBER = "Amber"
    GREEN = "Green"


class State(Vocabulary):
    """What an entry amounts to, from nothing entered to rated; always a word, never an error value."""

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
    """Which reading of an indicator is in force: the Schedule to the letter, or as we read it."""

    EFFECTIVE = "effective"
    AS_WRITTEN = "as written"


class Frequency(Vocabulary):
    """How often an indicator is reported to KCC; OPEN where the Schedule ticks no box."""

    QUARTERLY = "quarterly"
    SIX_MONTHLY = "six-monthly"
    ANNUAL = "annual"
    OPEN = "not stated"


class OutturnRule(Vocabulary):
    """Which share of y the outturn is."""

    X_OF_Y = "x/y"
    REST_OF_Y = "(y - x)/y"
