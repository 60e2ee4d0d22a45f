"""How far a figure is from Green, and what chance does (``core.gap``, ``core.chance``), as worksheet formulas."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from xlkpi.core.bands import Bands
from xlkpi.core.chance import (
    CHANCE_WORDS,
    FINEST_POINTS,
    MOST_CASES,
    NO_BETTER,
    NO_ROOM,
    ONE_CASE,
    TOO_MANY,
    target_share,
)
from xlkpi.layout.expression import is_one_of, literal, nested_if, times

MISSED = ("Amber", "Red")


def change_formula(bands: Bands, share: str, y: str) -> str:
    """Write by how much x must change for Green, y unchanged; ``share`` and ``y`` are the parts of the outturn."""
    green = bands.green
    whole_y, whole_share = y if y.isdigit() else _whole(y), _whole(share)
    if bands.higher_is_better:
        edge = f"{times(green.low or 0, whole_y)}/{green.scale}"
        wanted = f"INT({edge})+1" if green.low_open else f"-INT(-{edge})"
        return f"{wanted}-{whole_share}"
    edge = f"{times(green.high or 0, whole_y)}/{green.scale}"
    allowed = f"-INT(-{edge})-1" if green.high_open else f"INT({edge})"
    return f"{whole_share}-({allowed})"


def chance_formula(bands: Bands, share: str, y: str, rag: str) -> str:
    """Write the probability that a provider at the target does no better; empty text where the row needs no words.

    BINOMDIST is the name that every program since Excel 2010 calculates without a prefix in the file.
    """
    target, cases, done = target_share(bands), _whole(y), _whole(share)
    if bands.higher_is_better:
        probability = f"BINOMDIST({done},{cases},{_decimal(target)},TRUE)"
    else:
        # IFERROR: carried-over cases can outnumber y, which at the target never happens
        probability = f"IFERROR(BINOMDIST({cases}-{done},{cases},{_decimal(1 - target)},TRUE),0)"
    return nested_if([(is_one_of(rag, MISSED), f'IF({y}>{MOST_CASES},"",{probability})')], '""')


def chance_words(y: str, probability: str, bands: Bands, who: str) -> str:
    """Write the sentence for a row whose y and probability are in these cells; ``who`` is the other side."""
    points = f"ROUND(100/{y},1)"
    words = f'IF({y}>{FINEST_POINTS},"less than 0.1",{points})&IF({points}=1," point"," points")'
    before, after = (literal(part) for part in ONE_CASE.split("{points}"))
    sentence = f"{before}&{words}&{after}".replace('&""', "")
    return f"IF({y}>{MOST_CASES},{literal(TOO_MANY)},{sentence}&{_how_often(probability, bands, who)})"


def _how_often(probability: str, bands: Bands, who: str) -> str:
    target = target_share(bands)
    if target in (0, 1):
        return literal(NO_ROOM.format(target=100 * target))
    *above, (_, least) = CHANCE_WORDS
    cases = [(f"{probability}>={float(bound):.15g}", literal(often)) for bound, often in above]
    before, after = (literal(part) for part in NO_BETTER.replace("{who}", who).split("{often}"))
    return f"{before}&{nested_if(cases, literal(least))}&{after}"


def _whole(cell: str) -> str:
    """Round to a count: what is left of a calculation in the sixteenth digit would show, 176.99999999999997 fewer."""
    return f"ROUND({cell},0)"


def _decimal(share: Fraction) -> str:
    """Write a share in digits; targets are decimals, so that it has an end."""
    return str(Decimal(share.numerator) / Decimal(share.denominator))
