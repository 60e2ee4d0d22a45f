"""Check the catalogue's own data, because a fault here would reach every provider."""

from __future__ import annotations

from typing import Any, Iterator, List, Mapping, Optional

from xlkpi.catalogue.validate_outturn import kinds_differ, outturn_faults, relation_faults
from xlkpi.core.indicator import slug_of
from xlkpi.core.near_text import suggest
from xlkpi.core.period import QUARTERS, PeriodScheme
from xlkpi.core.vocabulary import Frequency

REQUIRED = ("code", "section", "description", "x", "y", "red", "amber", "green", "frequency", "measured")
OVERRIDES = frozenset(("x", "y", "red", "amber", "green", "frequency", "outturn"))


def find_faults(data: Mapping[str, Any], scheme: PeriodScheme = QUARTERS) -> List[str]:
    """List every fault of the data file in words; empty when there is none. ``scheme`` has the reporting periods."""
    missing = [
        key for key in ("version", "source", "sections", "indicators", "same_y", "x_sums", "x_parts") if key not in data
    ]
    if missing:
        return [f"the catalogue has no {key}" for key in missing]
    relations = (*_relation_faults(data), *relation_faults(data))
    return [*_indicator_faults(data), *_frequency_faults(data, scheme), *relations]


def _indicator_faults(data: Mapping[str, Any]) -> Iterator[str]:
    sections = [section["key"] for section in data["sections"]]
    seen, slugs = set(), set()
    for row in data["indicators"]:
        code = row.get("code", "?")
        absent = [key for key in REQUIRED if key not in row]
        if absent:
            yield f"{code} has no {', '.join(absent)}"
            continue
        if code in seen:
            yield f"{code} is a duplicate"
        seen.add(code)
        if slug_of(code).casefold() in slugs:
            yield f"{code} and another code differ only in signs that a cell's name cannot have"
        slugs.add(slug_of(code).casefold())
        if row["section"] not in sections:
            near = suggest(row["section"], sections)
            yield f"{code} names the section {row['section']}, which does not exist. {near}"
        yield from _reading_faults(code, row)
        yield from _definition_faults(code, row)
        if row.get("effective"):
            yield from _definition_faults(code, {**row, **row["effective"]})


def _reading_faults(code: str, row: Mapping[str, Any]) -> Iterator[str]:
    effective = row.get("effective", {})
    if bool(effective) != bool(row.get("why")):
        yield f"{code}: an effective reading and the reason for it go together"
    for key in sorted(set(effective) - OVERRIDES):
        yield f"{code}: {key} cannot be read differently"
    if kinds_differ(row):
        yield f"{code}: both readings must ask for the same figures"
    for key, value in effective.items():
        if row.get(key) == value:
            yield f"{code}: the effective {key} is the same as the written one"


def _definition_faults(code: str, row: Mapping[str, Any]) -> Iterator[str]:
    if _frequency(row) is None and row["frequency"] is not None:
        often = (frequency.value for frequency in Frequency if frequency is not Frequency.OPEN)
        yield f"{code}: {row['frequency']} is not a frequency. {suggest(row['frequency'], often)}"
    yield from outturn_faults(code, row)


def _frequency(row: Mapping[str, Any]) -> Optional[Frequency]:
    try:
        return Frequency(row.get("frequency"))
    except ValueError:
        return None


def _frequency_faults(data: Mapping[str, Any], scheme: PeriodScheme) -> Iterator[str]:
    """Find indicators that would be reported in the middle of what they count, or more often than returns are."""
    for row in data["indicators"]:
        for reading in (row, row.get("effective", {})):
            frequency = _frequency(reading)
            if frequency is not None and not scheme.fits(frequency):
                periods = f"the contract's reporting periods are {scheme.frequency.value}"
                yield f"{row.get('code', '?')}: {reading['frequency']} does not fit, because {periods}"


def _relation_faults(data: Mapping[str, Any]) -> Iterator[str]:
    codes = {row.get("code"): row.get("section") for row in data["indicators"]}
    groups = [g["indicators"] for g in (*data["same_y"], *data["x_sums"])]
    groups += [[pair["part"], pair["whole"]] for pair in data["x_parts"]]
    for group in groups:
        unknown = [code for code in group if code not in codes]
        if unknown:
            yield f"a check across entries names {', '.join(unknown)}, which does not exist"
        elif len({codes[code] for code in group}) > 1:
            yield f"a check across entries spans sections: {', '.join(group)}"
