"""Check how an outturn is defined: its kind, the bands in its unit, and which checks across entries it can be in."""

from __future__ import annotations

from itertools import combinations
from typing import Any, Dict, Iterator, Mapping, Optional

from xlkpi.core.bands import Bands, parse_bands
from xlkpi.core.indicator import NO_Y
from xlkpi.core.near_text import suggest
from xlkpi.core.outturn_units import band_example, is_in_unit, scale_of, show_edge
from xlkpi.core.vocabulary import OutturnRule

_RULES = tuple(rule.value for rule in OutturnRule)
BANDS = ("red", "amber", "green")


def rule_of(row: Mapping[str, Any]) -> Optional[OutturnRule]:
    """Give the rule that an indicator names, x of y where it names none; None where there is no such rule."""
    named = row.get("outturn", OutturnRule.X_OF_Y.value)
    return next((rule for rule in OutturnRule if rule.value == named), None)


def bands_of(row: Mapping[str, Any]) -> Optional[Bands]:
    """Read the bands of an indicator in its own unit. Raises ValueError where they cannot be read."""
    return parse_bands(row["red"], row["amber"], row["green"], scale_of(rule_of(row) or OutturnRule.X_OF_Y))


def outturn_faults(code: str, row: Mapping[str, Any]) -> Iterator[str]:
    """Find what is wrong with one reading: its kind, its y and its bands."""
    rule = rule_of(row)
    if rule is None:
        yield f"{code}: {row['outturn']} is not an outturn. {suggest(row['outturn'], _RULES)}"
        return
    if rule.is_share and row["y"] == NO_Y:
        yield f"{code}: y is n/a, but x is a share of y. Say what y counts, or write another outturn"
    if rule is OutturnRule.COUNT and row["y"] != NO_Y:
        yield f"{code}: a count is x alone. Write n/a for y"
    if not rule.is_share and row.get("carried_over"):
        yield f"{code}: only an x that counts some of the y can be carried over"
    try:
        bands = bands_of(row)
    except ValueError:
        yield f"{code}: the bands {row['red']}, {row['amber']}, {row['green']} cannot be read"
        return
    if bands is None:
        return
    written = [row[name] for name in BANDS if row[name] != NO_Y]
    if not all(is_in_unit(band, rule) for band in written):
        unlike = ", ".join(written)
        yield f"{code}: the bands {unlike} are not in the outturn's unit. Write them as {band_example(rule)}"
        return
    for band, other in combinations([each for _, each in bands.by_rag], 2):
        shared = band.overlap(other)
        if shared is not None:
            yield f"{code}: two bands contain {show_edge(rule, shared)}"
            return


def kinds_differ(row: Mapping[str, Any]) -> bool:
    """Tell whether the two readings of an indicator need other figures, so that a return could not ask for both."""
    written, effective = rule_of(row), rule_of({**row, **row.get("effective", {})})
    if written is None or effective is None:
        return False
    y_differs = (row["y"] == NO_Y) is not (row.get("effective", {}).get("y", row["y"]) == NO_Y)
    return y_differs or (written is not effective and not (written.is_share and effective.is_share))


def relation_faults(data: Mapping[str, Any]) -> Iterator[str]:
    """Find indicators whose kind has no part in a check across entries that names them."""
    rows: Dict[str, Mapping[str, Any]] = {row.get("code", ""): row for row in data["indicators"]}
    for group in data["same_y"]:
        for code in group["indicators"]:
            if rows.get(code, {}).get("y") == NO_Y:
                yield f"a check across entries compares the y of {code}, which has none"
    for group in data["x_sums"]:
        members = [rows[code] for code in group["indicators"] if code in rows]
        for row in members:
            if rule_of(row) in (OutturnRule.AMOUNT, OutturnRule.DAYS):
                yield f"a check across entries adds up the x of {row['code']}, which is not a count"
        if members and members[-1].get("y") == NO_Y:
            yield f"a check across entries compares a sum with the y of {members[-1]['code']}, which has none"
    for pair in data["x_parts"]:
        rules = {_unit_of(rows[code]) for code in (pair["part"], pair["whole"]) if code in rows}
        if len(rules) > 1:
            yield f"a check across entries compares the x of {pair['part']} and {pair['whole']}, which differ in unit"


def _unit_of(row: Mapping[str, Any]) -> Optional[OutturnRule]:
    rule = rule_of(row)
    return OutturnRule.COUNT if rule is not None and rule.is_share else rule
