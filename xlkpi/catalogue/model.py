"""A version of the catalogue: its data file made into indicators, or refused where it contradicts itself."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Dict, Mapping, Optional, Protocol, Tuple

from xlkpi.catalogue.validate import find_faults
from xlkpi.catalogue.validate_outturn import bands_of
from xlkpi.core.checks import Relations
from xlkpi.core.contract_words import UNNAMED, ContractWords
from xlkpi.core.indicator import Definition, Indicator, PartOfX, SameY, Section, SumOfX
from xlkpi.core.period import Period, PeriodScheme
from xlkpi.core.period_text import parse_period
from xlkpi.core.vocabulary import Frequency, OutturnRule
from xlkpi.errors import CatalogueError


class Terms(Protocol):
    """Whatever knows the catalogue that is in force for a period."""

    def in_force(self, _period: Optional[Period] = None) -> Catalogue:
        """Give the catalogue in force for a period; without one, the latest."""


@dataclass(frozen=True)
class Catalogue:
    """The Schedule as data: sections in order, indicators by code in order, and how their figures relate.

    ``from_period`` is the first period that the version is in force for; None: every period before the next version's.
    """

    version: str
    source: str
    sections: Tuple[Section, ...]
    indicators: Mapping[str, Indicator]
    relations: Relations
    from_period: Optional[Period] = None
    words: ContractWords = UNNAMED

    @property
    def scheme(self) -> PeriodScheme:
        """How the contract cuts its years into reporting periods."""
        return self.words.scheme

    def in_force(self, _period: Optional[Period] = None) -> Catalogue:
        """Give itself for every period: terms of one version, in which no target ever changed."""
        return self

    def of_section(self, key: str) -> Tuple[Indicator, ...]:
        """List the indicators of one section, in the Schedule's order."""
        return tuple(i for i in self.indicators.values() if i.section == key)

    def find(self, text: str) -> Indicator:
        """Find an indicator by its code, in any case and with any white space (``kpi s4A``).

        Raises KeyError where there is none: ``W1`` alone is two indicators, so nothing is guessed.
        """
        indicator = self.indicators.get(text) or self._by_plain_code.get(_plain(text))
        if indicator is None:
            raise KeyError(text)
        return indicator

    @cached_property
    def _by_plain_code(self) -> Mapping[str, Indicator]:
        return {_plain(code): indicator for code, indicator in self.indicators.items()}


def _plain(code: str) -> str:
    return " ".join(code.replace("_", " ").split()).upper()


def parse_catalogue(data: Mapping[str, Any], words: ContractWords = UNNAMED) -> Catalogue:
    """Turn the content of a version's file into a Catalogue; raises CatalogueError with every fault.

    ``words`` are what the contract calls itself and its two sides.
    """
    faults = find_faults(data, words.scheme)
    if faults:
        raise CatalogueError(faults)
    indicators = {row["code"]: _indicator(row, words) for row in data["indicators"]}
    return Catalogue(
        data["version"],
        data["source"],
        tuple(Section(s["key"], s["title"], s["heading"], tuple(s["lots"])) for s in data["sections"]),
        indicators,
        Relations(
            tuple(SameY(tuple(g["indicators"]), g["counts"]) for g in data["same_y"]),
            tuple(SumOfX(tuple(g["indicators"]), g["because"]) for g in data["x_sums"]),
            tuple(PartOfX(g["part"], g["whole"], g["because"]) for g in data["x_parts"]),
        ),
        parse_period(data.get("from_period", ""), words.scheme),
        words,
    )


def _indicator(row: Mapping[str, Any], words: ContractWords) -> Indicator:
    written = _definition(row)
    # The effective reading only lists what it changes, so a correction of the written text reaches both.
    effective = _definition({**row, **row.get("effective", {})})
    return Indicator(
        row["code"],
        row["section"],
        row["description"],
        row["measured"],
        written,
        effective,
        row.get("why", ""),
        row.get("carried_over", False),
        words=words,
    )


def _definition(row: Mapping[str, Any]) -> Definition:
    texts: Dict[str, str] = {key: row[key] for key in ("x", "y", "red", "amber", "green")}
    return Definition(
        **texts,
        bands=bands_of(row),
        outturn=OutturnRule(row.get("outturn", OutturnRule.X_OF_Y.value)),
        frequency=Frequency(row["frequency"] or Frequency.OPEN.value),
    )
