"""Signal or chance: how often a provider exactly at the target does no better than this, by exact binomials.

It informs a person beside a Red or Amber, and never changes a RAG. The probabilities are exact fractions; the sentence
rounds them to words, because nobody weighs a failure by a fourth digit.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import Optional, Tuple

from xlkpi.core.assess import outturn_parts
from xlkpi.core.bands import Bands
from xlkpi.core.cell_count import Figure
from xlkpi.core.indicator import Definition

MOST_CASES = 20_000
"""Above this y no probability is calculated: chance then moves the outturn by less than half a point."""
FINEST_POINTS = 1_000
"""Above this y one case moves the outturn by less than a tenth of a point."""

# The lower bounds are near the middle between two of the words, and each has a prime other than 2 and 5 below the
# line. A target is a decimal, so no probability can equal a bound: a spreadsheet, which rounds, finds the same words.
CHANCE_WORDS: Tuple[Tuple[Fraction, str], ...] = (
    (Fraction(5, 6), "nine times in ten"),
    (Fraction(5, 7), "three times in four"),
    (Fraction(7, 12), "two times in three"),
    (Fraction(4, 9), "one time in two"),
    (Fraction(11, 30), "two times in five"),
    (Fraction(2, 7), "one time in three"),
    (Fraction(2, 9), "one time in four"),
    (Fraction(2, 11), "one time in five"),
    (Fraction(1, 7), "one time in six"),
    (Fraction(1, 9), "one time in eight"),
    (Fraction(1, 12), "one time in ten"),
    (Fraction(1, 18), "one time in 15"),
    (Fraction(1, 24), "one time in 20"),
    (Fraction(1, 39), "one time in 30"),
    (Fraction(1, 70), "one time in 50"),
    (Fraction(1, 140), "one time in 100"),
    (Fraction(1, 300), "one time in 200"),
    (Fraction(1, 700), "one time in 500"),
    (Fraction(1, 1400), "one time in 1,000"),
    (Fraction(0), "once in over 1,000 times"),
)
"""A probability's words: those of the first bound that it reaches."""
ONE_CASE = "One case moves the outturn by {points}"
NO_BETTER = "; {who} at target does no better {often}."
A_PROVIDER = "a provider"
NO_ROOM = "; a target of {target}% leaves no room for chance."
TOO_MANY = f"Over {MOST_CASES:,} cases: chance moves the outturn by less than half a point."


def target_share(bands: Bands) -> Fraction:
    """Give the share at which Green begins: the edge of its band."""
    edge = bands.green.lower if bands.higher_is_better else bands.green.upper
    return edge or Fraction(0)


def chance_at_target(definition: Definition, x: Figure, y: Figure) -> Optional[Fraction]:
    """Calculate how probable it is that a provider exactly at the target does no better than x of y.

    The direction of the target and the rule of the outturn are the definition's. None without bands, without cases,
    and above ``MOST_CASES``, where the number has no meaning for a person. None for what is not a share, too: a count,
    an amount or days are not so many of y cases, so no binomial describes them.
    """
    if definition.bands is None or not definition.outturn.is_share or not 0 < y <= MOST_CASES:
        return None
    share, cases = outturn_parts(definition, x, y)
    return _no_better(definition.bands, share, cases)


def _no_better(bands: Bands, share: int, y: int) -> Fraction:
    target = target_share(bands)
    if bands.higher_is_better:
        return _at_most(share, y, target)
    # no fewer than so many where few are wanted: no more than so many of the others
    return _at_most(y - share, y, 1 - target)


def describe_chance(definition: Definition, x: Figure, y: Figure, who: str = A_PROVIDER) -> str:
    """Write the sentence beside a Red or Amber; empty without bands or cases, and for what is not a share.

    ``who`` is what the contract calls the other side, with its article.
    """
    if definition.bands is None or not definition.outturn.is_share or y < 1:
        return ""
    if y > MOST_CASES:
        return TOO_MANY
    share, cases = outturn_parts(definition, x, y)
    return _sentence(definition.bands, share, cases, who)


@lru_cache(maxsize=4_096)  # a county has the same few figures over and over
def _sentence(bands: Bands, share: int, y: int, who: str) -> str:
    start, target = ONE_CASE.format(points=points_words(y)), target_share(bands)
    if target in (0, 1):
        return start + NO_ROOM.format(target=100 * target)
    probability = _no_better(bands, share, y)
    often = next(words for bound, words in CHANCE_WORDS if probability >= bound)
    return start + NO_BETTER.format(who=who, often=often)


def points_words(y: int) -> str:
    """Write how far one case of y moves the outturn: ``10 points``, ``1 point``, ``33.3 points``."""
    if y > FINEST_POINTS:
        return "less than 0.1 points"
    tenths = (2_000 // y + 1) // 2  # of a point, halves up as a spreadsheet rounds
    whole, tenth = divmod(tenths, 10)
    return f"{whole}{f'.{tenth}' if tenth else ''} {'point' if tenths == 10 else 'points'}"


def _at_most(most: int, cases: int, probability: Fraction) -> Fraction:
    """The probability of at most so many successes."""
    if most >= cases:
        return Fraction(1)
    if most < 0 or probability == 1:
        return Fraction(0)
    success, whole = probability.numerator, probability.denominator
    if 2 * most > cases:  # the other tail is shorter
        ways = whole**cases - _ways(cases - most - 1, cases, whole - success, success)
    else:
        ways = _ways(most, cases, success, whole - success)
    return Fraction(ways, whole**cases)


def _ways(most: int, cases: int, success: int, failure: int) -> int:
    """Add up C(cases, k) * success**k * failure**(cases - k) for k from 0 to ``most``; every step is a whole number."""
    total, ways = 0, 1
    for number in range(most + 1):
        total = total * failure + ways
        ways = ways * (cases - number) * success // (number + 1)
    return int(total * failure ** (cases - most))
