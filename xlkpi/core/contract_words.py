"""What a contract calls itself and its two sides, in the workbooks, messages and letters."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Iterator, Mapping, Tuple

from xlkpi.core.day import MONTHS
from xlkpi.core.period import PeriodScheme
from xlkpi.core.vocabulary import Frequency


@dataclass(frozen=True)
class ContractWords:
    """The names that texts use. ``case_system`` is empty where no system of the Council counts anything too."""

    council: str = "The Council"
    short: str = "the Council"
    contract: str = "Contract"
    case_system: str = ""
    short_names: Tuple[Tuple[str, str], ...] = ()
    """Indicators in a few words, by code, for tables that have no room for the contract's sentences."""
    routine: str = "KPI monitoring."
    """What is done where a provider needs no closer monitoring."""
    periods: str = "quarterly"
    first_month: str = "April"
    """How often a reporting period ends, and the month in which the contract's year begins."""

    @property
    def scheme(self) -> PeriodScheme:
        """How the contract cuts its years into reporting periods."""
        return _scheme(self.periods, self.first_month)


_FREQUENCIES = ("monthly", "quarterly", "four-monthly", "half-yearly", "annual")


def parse_scheme(content: Mapping[str, Any]) -> PeriodScheme:
    """Read how the contract cuts its years into reporting periods, and nothing else of the file."""
    return ContractWords(**{key: content[key] for key in ("periods", "first_month") if key in content}).scheme


def find_scheme_faults(content: Mapping[str, Any]) -> Iterator[str]:
    """Find what is wrong with the reporting periods that a contract names; one that names none has quarters."""
    for key, known in (("periods", _FREQUENCIES), ("first_month", MONTHS)):
        if key in content and content[key] not in known:
            yield f"{key} is “{content[key]}”. Write {', '.join(known[:-1])} or {known[-1]}."


@lru_cache(maxsize=32)
def _scheme(periods: str, first_month: str) -> PeriodScheme:
    return PeriodScheme(Frequency(periods), MONTHS.index(first_month) + 1)


UNNAMED = ContractWords()
"""The words of a contract that does not say what it is called."""


def parse_words(content: Mapping[str, Any]) -> ContractWords:
    """Read the words from the content of a file; what begins with ``_`` is a note for people."""
    texts = {key: text for key, text in content.items() if not key.startswith("_")}
    return ContractWords(**{**texts, "short_names": tuple(dict(texts.get("short_names", {})).items())})
