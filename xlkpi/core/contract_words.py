"""What a contract calls itself and its two sides, and its own sentences, in the workbooks, messages and letters."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Iterator, Mapping, Tuple

from xlkpi.core.contract_texts import EVERYWHERE, TEXTS
from xlkpi.core.day import MONTHS
from xlkpi.core.near_text import suggest
from xlkpi.core.period import MONTHS_OF, PeriodScheme
from xlkpi.core.vocabulary import Frequency

_VOWELS, _SPOKEN_AS_YOU = tuple("aeiou"), ("uni", "use", "eu")
"""Beginnings of words before which English says ``an``, and those of them before which it does not: a university."""


@dataclass(frozen=True)
class ContractWords:
    """The names and sentences that texts use, each empty or neutral where the contract has none of its own.

    ``document`` is the part of the contract with the indicators, ``provider`` the other side, ``area`` what they all
    serve together. ``case_system`` is the system in which the Council counts some indicators too,
    ``invoice_indicator`` the one that finance compares with the ledger. Invoices are paid within ``payment_days`` in
    ``payment_target`` percent of cases. Minutes count as agreed after ``minutes_days`` working days.
    """

    council: str = "The Council"
    short: str = "the Council"
    contract: str = "Contract"
    document: str = "contract"
    provider: str = "provider"
    area: str = "area"
    case_system: str = ""
    invoice_indicator: str = ""
    minutes_days: int = 0
    payment_days: int = 30
    payment_target: int = 95
    positions: Tuple[str, ...] = ()
    """The Council's points of contact, where the settings name nobody."""
    short_names: Tuple[Tuple[str, str], ...] = field(default=(), hash=False)
    """Indicators in a few words, by code, for tables that have no room for the contract's sentences."""
    texts: Tuple[Tuple[str, str], ...] = field(default=(), hash=False)
    """The contract's own sentences, by name; the others are those of `contract_texts`."""

    periods: str = "quarterly"
    first_month: str = "April"
    """How often a reporting period ends, and the month in which the contract's year begins."""

    @property
    def scheme(self) -> PeriodScheme:
        """How the contract cuts its years into reporting periods."""
        return _scheme(self.periods, self.first_month)

    def say(self, name: str, **facts: str) -> str:
        """Write a sentence of the contract; empty where the contract has nothing to say."""
        text = dict(self.texts).get(name, TEXTS[name])
        named = {name: getattr(self, name) for name in EVERYWHERE if name != "council"}
        return text.format(council=self.short, **{**named, **facts})

    @property
    def council_begins(self) -> str:
        """The Council's short name at the beginning of a sentence."""
        return begin_sentence(self.short)

    @property
    def a_provider(self) -> str:
        """The other side with its article: ``a provider``, ``an operator``."""
        word = self.provider.casefold()
        return f"{'an' if word.startswith(_VOWELS) and not word.startswith(_SPOKEN_AS_YOU) else 'a'} {self.provider}"

    @property
    def area_begins(self) -> str:
        """What all providers serve, at the beginning of a sentence."""
        return begin_sentence(self.area)


_FREQUENCIES = tuple("half-yearly" if each is Frequency.SIX_MONTHLY else each.value for each in MONTHS_OF)
"""What a contract calls its reporting periods; an indicator that counts half a year is six-monthly."""


def parse_scheme(content: Mapping[str, Any]) -> PeriodScheme:
    """Read how the contract cuts its years into reporting periods, and nothing else of the file."""
    return ContractWords(**{key: content[key] for key in ("periods", "first_month") if key in content}).scheme


def find_scheme_faults(content: Mapping[str, Any]) -> Iterator[str]:
    """Find what is wrong with the reporting periods that a contract names; one that names none has quarters."""
    for key, known in (("periods", _FREQUENCIES), ("first_month", MONTHS)):
        if key in content and content[key] not in known:
            written = str(content[key])
            number = int(written) if key == "first_month" and written.isdecimal() else 0
            meant = MONTHS[number - 1] if 1 <= number <= len(MONTHS) else written
            yield f"{key} is “{written}”. {suggest(meant, known)}"


@lru_cache(maxsize=32)
def _scheme(periods: str, first_month: str) -> PeriodScheme:
    return PeriodScheme(Frequency(periods), MONTHS.index(first_month) + 1)


def begin_sentence(words: str) -> str:
    """Write words as they are at the beginning of a sentence."""
    return words[:1].upper() + words[1:]


UNNAMED = ContractWords()
"""The words of a contract that does not say what it is called."""

_TABLES = ("short_names", "texts")


def parse_words(content: Mapping[str, Any]) -> ContractWords:
    """Read the words from the content of a file; what begins with ``_`` is a note for people."""
    words = {key: value for key, value in content.items() if not key.startswith("_")}
    tables = {key: tuple(dict(words.get(key, {})).items()) for key in _TABLES}
    return ContractWords(**{**words, **tables, "positions": tuple(words.get("positions", ()))})
