"""A share as it is shown: on the side of every band's edge on which it is judged. Edges and targets are whole percents.

89.996% to two decimals would be 90.00%, beside a target of 90% that is missed. Where rounding would reach a whole
percent that the share does not reach, more decimals are shown, or the last step before it.
"""

from __future__ import annotations

from fractions import Fraction

MOST_DECIMALS = 8
"""Of a percent: enough for every y up to a million, and as many as a cell keeps."""


def decimals_to_show(share: Fraction, usual: int) -> int:
    """Give the decimals of a percent with which a share is shown: the usual ones, or as many more as it needs.

    >>> decimals_to_show(Fraction(22499, 25000), 2), decimals_to_show(Fraction(9, 10), 2)
    (3, 2)
    """
    n, d = 100 * share.numerator, share.denominator
    distance = abs(n - (2 * n + d) // (2 * d) * d)  # of n/d from the nearest whole percent, in parts of d
    decimals = usual
    while 0 < 2 * distance * 10**decimals <= d and decimals < MOST_DECIMALS:
        decimals += 1
    return decimals


def round_as_shown(number: Fraction, decimals: int) -> Fraction:
    """Round a number as a spreadsheet shows it: half a step goes away from 0, as people round.

    >>> str(round_as_shown(Fraction(33, 8), 2)), str(round_as_shown(Fraction(-33, 8), 2))
    ('413/100', '-413/100')
    """
    steps = int(abs(number) * 10**decimals + Fraction(1, 2))
    return Fraction(steps if number >= 0 else -steps, 10**decimals)


def round_beside_edges(share: Fraction, decimals: int) -> Fraction:
    """Round a share to so many decimals of a percent, but not onto a whole percent that it does not reach.

    >>> str(round_beside_edges(Fraction(8996, 10000), 1))
    '899/1000'
    """
    percent = share * 100
    rounded = round_as_shown(percent, decimals)
    if rounded != percent and rounded.denominator == 1:
        step = Fraction(1, 10**decimals)
        rounded += step if percent > rounded else -step
    return rounded / 100
