"""Targets by date: the catalogue as changed by what both sides agreed, and whether a change can be put in force."""

from __future__ import annotations

from dataclasses import replace
from typing import Dict, Iterable, Iterator, List, Tuple

from xlkpi.catalogue.model import Catalogue
from xlkpi.catalogue.near_band import find_near_band, find_retyped_band
from xlkpi.catalogue.validate_outturn import BANDS, LET_BANDS_MEET
from xlkpi.core.bands import Bands, parse_bands, parse_interval
from xlkpi.core.indicator import NO_Y, Definition, Indicator
from xlkpi.core.outturn_units import (
    band_example,
    highest_outturn,
    is_in_unit,
    parse_outturn,
    scale_of,
    steps_of,
    stretch_example,
)
from xlkpi.core.target_change import TargetChange
from xlkpi.core.vocabulary import OutturnRule


def change_targets(catalogue: Catalogue, changes: Iterable[TargetChange]) -> Catalogue:
    """Put changes of targets in force, the earliest first; the catalogue itself where there are none.

    A change replaces the bands of both readings: what both sides agreed is not in doubt. What x and y count, and how
    the outturn is calculated, stays as each reading has it.
    """
    by_code: Dict[str, List[TargetChange]] = {}
    for change in changes:
        by_code.setdefault(change.indicator, []).append(change)
    if not by_code:
        return catalogue
    changed = {code: _changed(each, by_code.get(code, ())) for code, each in catalogue.indicators.items()}
    return replace(catalogue, indicators=changed)


def _changed(indicator: Indicator, changes: Iterable[TargetChange]) -> Indicator:
    for change in changes:
        indicator = replace(
            indicator,
            written=_define(indicator.written, change),
            effective=_define(indicator.effective, change),
            changes=(*indicator.changes, change),
            first_target=indicator.first_target or indicator.target,
        )
    return indicator


def _define(definition: Definition, change: TargetChange) -> Definition:
    if not change.has_bands:
        return replace(definition, stretch=change.stretch)
    bands = parse_bands(change.red, change.amber, change.green, scale_of(definition.outturn))
    return replace(
        definition, red=change.red, amber=change.amber, green=change.green, bands=bands, stretch=change.stretch
    )


def find_change_faults(change: TargetChange, indicator: Indicator) -> Iterator[Tuple[str, str]]:
    """Find what keeps a change out of force: the column, and what follows the place in a message."""
    now, rule = indicator.effective.bands, indicator.effective.outturn
    if now is None:
        yield "indicator", f"says “{indicator.code}”, which is not rated, so it has no target. Delete the row."
        return
    empty = [column for column in BANDS if not getattr(change, column)]
    if empty and (len(empty) < len(BANDS) or not change.stretch):
        yield from ((column, f"is empty. Enter the band, as {band_example(rule)}.") for column in empty)
        return
    bands = now
    if not empty:
        unread = [column for column in BANDS if not _is_band(getattr(change, column), column, rule)]
        yield from ((each, _not_a_band(getattr(change, each), rule)) for each in unread)
        changed = None if unread else parse_bands(change.red, change.amber, change.green, scale_of(rule))
        if changed is None:
            return
        yield from _band_faults(changed, now, indicator)
        bands = changed
    if change.stretch:
        yield from _stretch_faults(change.stretch, bands, rule)


def _not_a_band(text: str, rule: OutturnRule) -> str:
    retyped = find_retyped_band(text, rule)
    if retyped:
        return f"says “{text}”. Format the cell as text, and type the band again, as {retyped}."
    near = find_near_band(text, rule)
    form = f"Write a band as {band_example(rule)}."
    return f"says “{text}”. " + (f"Did you mean {near}?" if near and near != NO_Y else form)


def _is_band(text: str, column: str, rule: OutturnRule) -> bool:
    if column == "amber" and text == "n/a":
        return True
    try:
        parse_interval(text)
    except ValueError:
        return False
    return is_in_unit(text, rule)


def _band_faults(bands: Bands, now: Bands, indicator: Indicator) -> Iterator[Tuple[str, str]]:
    if bands.higher_is_better is not now.higher_is_better:
        better = "higher" if now.higher_is_better else "lower"
        yield "green", f"turns {indicator.code} round, where the {better} outturn is better. Check red and green."
        return
    definition = indicator.effective
    highest = highest_outturn(definition.outturn, carried_over=indicator.carried_over)
    for rag, what in bands.faults(highest, steps_of(definition.outturn, has_y=definition.has_y)):
        yield rag.value.casefold(), f"{what}. {LET_BANDS_MEET}"


def _stretch_faults(stretch: str, bands: Bands, rule: OutturnRule) -> Iterator[Tuple[str, str]]:
    share = parse_outturn(stretch, rule)
    if share is None:
        yield "stretch", f"says “{stretch}”. Enter {stretch_example(rule)}."
        return
    if (rule.is_share and share > 1) or not bands.green.holds(share.numerator, share.denominator):
        yield "stretch", f"says “{stretch}”, which is not Green. A stretch target is a better outturn than the target."
