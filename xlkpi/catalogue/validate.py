"""Check the catalogue's own data, because a fault here would reach every provider."""

from __future__ import annotations

from typing import Any, Dict, Iterator, List, Mapping, Optional, Sequence

from xlkpi.catalogue.validate_outturn import kinds_differ, outturn_faults, relation_faults
from xlkpi.core.indicator import slug_of
from xlkpi.core.near_text import suggest
from xlkpi.core.period import QUARTERS, PeriodScheme
from xlkpi.core.vocabulary import Frequency

REQUIRED = ("code", "section", "description", "x", "y", "red", "amber", "green", "frequency", "measured")
OVERRIDES = frozenset(("x", "y", "red", "amber", "green", "frequency", "outturn"))
_OTHER_WORDS = {
    **dict.fromkeys(("yearly", "annually", "12-monthly", "once-a-year", "every-year"), Frequency.ANNUAL.value),
    **dict.fromkeys(("6-monthly", "biannual", "biannually", "twice-a-year"), Frequency.SIX_MONTHLY.value),
    **dict.fromkeys(("4-monthly", "termly"), "four-monthly"),
    **dict.fromkeys(("3-monthly", "every-quarter"), Frequency.QUARTERLY.value),
    "every-month": Frequency.MONTHLY.value,
}
"""What people call a frequency, and what they mean."""


def find_faults(data: Mapping[str, Any], scheme: PeriodScheme = QUARTERS) -> List[str]:
    """List every fault of the data file in words; empty when there is none. ``scheme`` has the reporting periods."""
    missing = [
        key for key in ("version", "source", "sections", "indicators", "same_y", "x_sums", "x_parts") if key not in data
    ]
    if missing:
        return [f"the catalogue has no {key}" for key in missing]
    return [*find_indicator_faults(data, scheme), *find_relation_faults(data)]


def find_indicator_faults(data: Mapping[str, Any], scheme: PeriodScheme) -> Iterator[str]:
    """Find what is wrong with the indicators, each by itself and beside the others; every fault begins with a code."""
    yield from _indicator_faults(data)
    yield from _frequency_faults(data, scheme)


def find_relation_faults(data: Mapping[str, Any]) -> Iterator[str]:
    """Find what is wrong with how entries depend on each other; every fault begins with its place."""
    yield from _relation_faults(data)
    yield from relation_faults(data)


def _indicator_faults(data: Mapping[str, Any]) -> Iterator[str]:
    sections = [section["key"] for section in data["sections"]]
    slugs: Dict[str, str] = {}
    for row in data["indicators"]:
        code = row.get("code", "?")
        absent = [key for key in REQUIRED if key not in row]
        if absent:
            yield f"{code} has no {', '.join(absent)}"
            continue
        slug = slug_of(code).casefold()
        other = slugs.get(slug)
        slugs.setdefault(slug, code)
        if other == code:
            yield f"{code} is there twice. Delete one of the two, or give it another code"
        elif other:
            yield f"{code} and {other} differ only in signs that a cell's name cannot have. Give one another code"
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
        yield f"{code}: an effective reading and the reason for it go together. Enter effective and why, or neither"
    for key in sorted(set(effective) - OVERRIDES):
        yield f"{code}: {key} cannot be read differently. {suggest(key, sorted(OVERRIDES))}"
    if kinds_differ(row):
        yield f"{code}: both readings must ask for the same figures. Write an effective outturn with the same x and y"
    for key, value in effective.items():
        if row.get(key) == value:
            yield f"{code}: the effective {key} is the same as the written one. Delete it"


def _definition_faults(code: str, row: Mapping[str, Any]) -> Iterator[str]:
    if _frequency(row) is None and row["frequency"] is not None:
        often = (frequency.value for frequency in Frequency if frequency is not Frequency.OPEN)
        meant = _OTHER_WORDS.get(row["frequency"].casefold().replace(" ", "-"), row["frequency"])
        yield f"{code}: {row['frequency']} is not a frequency. {suggest(meant, often)}"
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
                fitting = [each.value for each in Frequency if each is not Frequency.OPEN and scheme.fits(each)]
                periods = f"because the reporting periods are {scheme.frequency.value}"
                code, often = row.get("code", "?"), reading["frequency"]
                yield f"{code}: {often} does not fit, {periods}. Write {' or '.join(fitting)}"


def _relation_faults(data: Mapping[str, Any]) -> Iterator[str]:
    sections = {row.get("code"): row.get("section") for row in data["indicators"]}
    places: Dict[str, str] = {}
    for name in ("same_y", "x_sums", "x_parts"):
        for number, group in enumerate(data[name], start=1):
            codes = group["indicators"] if name != "x_parts" else [group["part"], group["whole"]]
            place = f"{name}, entry {number}"
            yield from _group_faults(place, codes, sections)
            for code in dict.fromkeys(codes if name == "same_y" else ()):
                if places.setdefault(code, place) != place:
                    yield f"{place}: {code} is in {places[code]} too. Write one entry with all that have the same y"


def _group_faults(place: str, codes: Sequence[str], sections: Mapping[Optional[str], Any]) -> Iterator[str]:
    unknown = [code for code in codes if code not in sections]
    if unknown:
        yield f"{place}: {', '.join(unknown)} is not an indicator"
    elif len(set(codes)) < max(len(codes), 2):
        yield f"{place}: it names {', '.join(codes) or 'nothing'}. Name at least two indicators, each once"
    elif len({sections[code] for code in codes}) > 1:
        yield f"{place}: {', '.join(codes)} are not in one section. Name indicators of the same section"
