"""Check how an outturn is defined: its kind, the bands in its unit, and which checks across entries it can be in."""

from __future__ import annotations

from itertools import combinations
from typing import Any, Dict, Iterator, Mapping, Optional, Sequence, Tuple

from xlkpi.catalogue.near_band import describe_unread
from xlkpi.core.bands import Bands, parse_bands
from xlkpi.core.indicator import NO_Y
from xlkpi.core.near_text import suggest
from xlkpi.core.outturn_units import scale_of, show_edge
from xlkpi.core.vocabulary import OutturnRule

_RULES = tuple(rule.value for rule in OutturnRule)
_OTHER_WORDS = {
    **dict.fromkeys(("percent", "percentage", "%", "share", "rate", "x of y"), OutturnRule.X_OF_Y.value),
    **dict.fromkeys(("number", "total", "sum", "x"), OutturnRule.COUNT.value),
    **dict.fromkeys(("money", "cost", "pounds", "£", "price"), OutturnRule.AMOUNT.value),
    **dict.fromkeys(("time", "average days", "working days"), OutturnRule.DAYS.value),
}
"""What people call an outturn, and what they mean."""
BANDS = ("red", "amber", "green")
LET_BANDS_MEET = "Let the bands meet, each edge in one of them."


def rule_of(row: Mapping[str, Any]) -> Optional[OutturnRule]:
    """Give the rule that an indicator names, x of y where it names none; None where there is no such rule."""
    named = row.get("outturn", OutturnRule.X_OF_Y.value)
    return next((rule for rule in OutturnRule if rule.value == named), None)


def bands_of(row: Mapping[str, Any]) -> Optional[Bands]:
    """Read the bands of an indicator in its own unit. Raises ValueError where they cannot be read."""
    return parse_bands(row["red"], row["amber"], row["green"], scale_of(rule_of(row) or OutturnRule.X_OF_Y))


def band_names(row: Mapping[str, Any]) -> Tuple[str, ...]:
    """Name the bands that an indicator has: none where it is only reported, no Amber where it has two."""
    return tuple(name for name in BANDS if row[name] != NO_Y)


def outturn_faults(code: str, row: Mapping[str, Any]) -> Iterator[str]:
    """Find what is wrong with one reading: its kind, its y and its bands."""
    rule = rule_of(row)
    if rule is None:
        meant = _OTHER_WORDS.get(row["outturn"].casefold(), row["outturn"])
        yield f"{code}: {row['outturn']} is not an outturn. {suggest(meant, _RULES)}"
        return
    if rule.is_share and row["y"] == NO_Y:
        yield f"{code}: y is n/a, but x is a share of y. Say what y counts, or write another outturn"
    if rule is OutturnRule.COUNT and row["y"] != NO_Y:
        yield f"{code}: a count is x alone. Write n/a for y"
    if not rule.is_share and row.get("carried_over"):
        yield f"{code}: only an x that counts some of the y can be carried over"
    yield from _band_faults(code, row, rule)


def _band_faults(code: str, row: Mapping[str, Any], rule: OutturnRule) -> Iterator[str]:
    named = band_names(row)
    unread = [fault for fault in (describe_unread(name, row[name], rule) for name in named) if fault]
    yield from (f"{code}: {fault}" for fault in unread)
    missing = [name for name in ("red", "green") if named and name not in named]
    if missing:
        yield f"{code}: {' and '.join(missing)} is n/a. Write a band, or n/a in all three where nothing is rated"
    bands = None if unread or missing else bands_of(row)
    if bands is None:
        return
    for band, other in combinations([each for _, each in bands.by_rag], 2):
        shared = band.overlap(other)
        if shared is not None:
            written = ", ".join(row[name] for name in BANDS)
            yield f"{code}: two bands contain {show_edge(rule, shared)} ({written}). {LET_BANDS_MEET}"
            return


def kinds_differ(row: Mapping[str, Any]) -> bool:
    """Tell whether the two readings of an indicator need other figures, so that a return could not ask for both."""
    written, effective = rule_of(row), rule_of({**row, **row.get("effective", {})})
    if written is None or effective is None:
        return False
    y_differs = (row["y"] == NO_Y) is not (row.get("effective", {}).get("y", row["y"]) == NO_Y)
    return y_differs or (written is not effective and not (written.is_share and effective.is_share))


def relation_faults(data: Mapping[str, Any]) -> Iterator[str]:
    """Find indicators whose kind has no part in a check across entries that names them, each with its place."""
    rows: Dict[str, Mapping[str, Any]] = {row.get("code", ""): row for row in data["indicators"]}
    for number, group in enumerate(data["same_y"], start=1):
        for code in group["indicators"]:
            if rows.get(code, {}).get("y") == NO_Y:
                yield f"same_y, entry {number}: {code} has no y to compare. Leave it out"
    for number, group in enumerate(data["x_sums"], start=1):
        yield from _sum_faults(f"x_sums, entry {number}", group["indicators"], rows)
    for number, pair in enumerate(data["x_parts"], start=1):
        rules = {_unit_of(rows[code]) for code in (pair["part"], pair["whole"]) if code in rows}
        if len(rules) > 1:
            codes = f"{pair['part']} and {pair['whole']}"
            yield f"x_parts, entry {number}: the x of {codes} differ in unit. Delete the entry"


def _sum_faults(place: str, codes: Sequence[str], rows: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    members = [rows[code] for code in codes if code in rows]
    for row in members:
        if rule_of(row) in (OutturnRule.AMOUNT, OutturnRule.DAYS):
            yield f"{place}: the x of {row['code']} is not a count, so it cannot be added up. Leave it out"
    if members and members[-1].get("y") == NO_Y:
        yield f"{place}: {members[-1]['code']} has no y that the sum could be compared with. Leave it out"


def _unit_of(row: Mapping[str, Any]) -> Optional[OutturnRule]:
    rule = rule_of(row)
    return OutturnRule.COUNT if rule is not None and rule.is_share else rule
