"""Bands, frequencies, periods and readings in the words a provider reads."""

from __future__ import annotations

from typing import Iterable, Tuple

from xlkpi.core.bands import Interval
from xlkpi.core.checks import AskedIndicator
from xlkpi.core.day import MONTHS, long_date
from xlkpi.core.indicator import Definition, Indicator
from xlkpi.core.outturn_units import show_edge
from xlkpi.core.period import MONTHS_OF, NOUNS, Period, PeriodScheme
from xlkpi.core.target_change import TargetChange
from xlkpi.core.vocabulary import Frequency, OutturnRule, Reading

LONGEST_COMMENT = 2_000
COMMENT_TOO_LONG = f"This text is longer than {LONGEST_COMMENT:,} characters. Shorten it, or send the rest by email."


def span_words(period: Period, frequency: Frequency) -> str:
    """Write the days that an entry counts: ``1 April to 30 September 2026``."""
    first, last = period.span(frequency)
    start = long_date(first) if first.year != last.year else f"{first.day} {MONTHS[first.month - 1]}"
    return f"{start} to {long_date(last)}"


def list_lengths(scheme: PeriodScheme, frequencies: Iterable[Frequency], article: str = "") -> str:
    """List in words how long indicators count, the shortest first: ``a quarter, a half-year or a year``."""
    used = {scheme.frequency, *frequencies}
    nouns = [NOUNS[months] for often, months in MONTHS_OF.items() if often in used]
    words = [noun if noun.endswith("s") else f"{article}{noun}" for noun in nouns]
    return " or ".join(part for part in (", ".join(words[:-1]), words[-1]) if part)


def band_words(interval: Interval, rule: OutturnRule = OutturnRule.X_OF_Y) -> str:
    """Write one band: ``above 95%``, ``85% to 95%``, ``85% to below 100%``, ``100%``, ``up to 5 days``."""
    low, high = (show_edge(rule, edge) if edge is not None else "" for edge in (interval.lower, interval.upper))
    if not low:
        return f"{'below' if interval.high_open else 'up to'} {high}"
    if not high:
        return f"{'above' if interval.low_open else 'from'} {low}"
    if low == high:
        return low
    return f"{'above ' if interval.low_open else ''}{low} to {'below ' if interval.high_open else ''}{high}"


def bands_words(definition: Definition) -> str:
    """Write the bands, best first, and of which share; an INFO indicator is not rated."""
    if definition.bands is None:
        return "Reported for information, not rated."
    bands = definition.bands
    text = "\n".join(f"{rag.value}: {band_words(band, definition.outturn)}" for rag, band in bands.by_rag)
    of_what = outturn_words(definition)
    return f"{text}\n{of_what}" if of_what else text


def outturn_words(definition: Definition) -> str:
    """Say of which share or average the bands are; empty where it needs no words: x of y, and x alone."""
    if definition.outturn is OutturnRule.REST_OF_Y:
        return "of the share (y − x) ÷ y"
    return "" if definition.outturn.is_share or not definition.has_y else "of the average x ÷ y"


def bands_cell(asked: AskedIndicator) -> str:
    """Write the bands in force, with the reading where the Schedule can be read in two ways."""
    indicator = asked.indicator
    definition = indicator.read(asked.reading)
    text = bands_words(definition)
    if definition.stretch:
        text += f"\nStretch target: {definition.stretch} (not rated)"
    if indicator.changes:
        text += f"\nTarget changed from {indicator.changes[-1].from_period}: see Help"
    if indicator.why and indicator.written.bands is not None:
        written, words = asked.reading is Reading.AS_WRITTEN, indicator.words
        in_force = f"As written in the {words.document}" if written else f"As {words.short} reads the {words.document}"
        text += f"\n{in_force}: see Help"
    return text


def how_cell(asked: AskedIndicator, period: Period) -> str:
    """Write how often it is reported, which days count, and how it is measured."""
    frequency = asked.indicator.read(asked.reading).frequency
    name = {Frequency.OPEN: "No frequency stated; open in every return"}.get(frequency, frequency.value.capitalize())
    if not asked.due:
        return f"{name}: not due in {period}\n{asked.indicator.measured}"
    optional = "" if asked.required else "\nMay be left empty"
    return f"{name}: {span_words(period, frequency)}{optional}\n{asked.indicator.measured}"


def reading_words(indicator: Indicator) -> Tuple[str, str]:
    """Write both readings of an indicator whose readings differ, as written and effective, in one line each."""
    return _reading(indicator.written), _reading(indicator.effective)


def _reading(definition: Definition) -> str:
    parts = [f"outturn {definition.outturn.value.replace(' - ', ' − ')}", f"reported {definition.frequency.value}"]
    if definition.bands is not None:
        parts.insert(1, f"Red {definition.red}, Amber {definition.amber}, Green {definition.green}")
    else:
        parts.insert(1, f"y = {definition.y.rstrip('*')}")
    return "; ".join(parts)


def describe_change(change: TargetChange) -> Tuple[str, str]:
    """Write what a change of a target put in force, and by which agreement."""
    bands = f"Red {change.red}, Amber {change.amber}, Green {change.green}" if change.has_bands else "bands as before"
    stretch = f"; stretch target {change.stretch}" if change.stretch else ""
    day = f" on {long_date(change.agreed_on)}" if change.agreed_on else ""
    agreed = f"Agreed{f' by {change.agreed_by}' if change.agreed_by else ''}{day}" if change.agreed_by or day else ""
    return f"From {change.from_period}: {bands}{stretch}", ". ".join(
        part for part in (change.reference, agreed) if part
    )


def period_words(period: Period) -> str:
    """Write the period with its days: ``2026-27 Q2 (1 July to 30 September 2026)``."""
    return f"{period} ({span_words(period, period.scheme.frequency)})"
