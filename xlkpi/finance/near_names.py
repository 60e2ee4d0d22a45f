"""Names that are nearly alike, found among hundreds for thousands of spellings without comparing every pair.

`difflib` compares two names in some 50 microseconds. Two counts that bound its ratio take a thousandth of that: how
many characters two names share, and how many pairs of neighbours. Only pairs that pass both are compared, and the
result is the same.
"""

from __future__ import annotations

import difflib
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise

NEAR = 0.84
"""The least ratio of two names that are suggested for each other."""
LEAST_PAIRS = 1.5 * NEAR - 1
MOST_PAIRS = 20_000_000
"""Pairs looked at in one list, some seconds of work: 5,000 spellings beside 4,000 names."""


class NearNames:
    """Finds the names nearest to a spelling.

    ``compared`` counts the pairs that were compared letter by letter, ``pairs`` all that were looked at; beyond
    `MOST_PAIRS` nothing is found any more, and ``is_exhausted`` says so.
    """

    def __init__(self, names: Iterable[str]) -> None:
        """Know these names, in lower case."""
        self.compared = 0
        self.pairs = 0
        self._bits: dict[tuple[str, int], int] = {}
        self._names = sorted(dict.fromkeys(names), key=len)
        self._lengths = [len(name) for name in self._names]
        self._pairs_of_name = [self._set_bits(_neighbours(name), learn=True) for name in self._names]
        self._letters_of_name = [self._set_bits(name, learn=True) for name in self._names]

    @property
    def is_exhausted(self) -> bool:
        """Whether so much was compared that no more is."""
        return self.pairs > MOST_PAIRS

    def find(self, text: str) -> list[str]:
        """Find the two names nearest to a text in lower case, the nearest first."""
        self.pairs += len(self._names)
        if self.is_exhausted:
            return []
        candidates = list(self._candidates(text))
        self.compared += len(candidates)
        return difflib.get_close_matches(text, candidates, n=2, cutoff=NEAR)

    def _candidates(self, text: str) -> Iterator[str]:
        """The names whose ratio with a text can be `NEAR`.

        Of T characters in both, M at least NEAR·T/2 must match, in blocks. Each gap between two blocks has a character
        without a match, so there are at most T - 2·M + 1 blocks, and at least 3·M - T - 1 pairs of neighbours in them.
        """
        length, pairs = len(text), self._set_bits(_neighbours(text))
        first = bisect_left(self._lengths, length * NEAR / (2 - NEAR) - 1)
        last = bisect_right(self._lengths, length * (2 - NEAR) / NEAR + 1)
        if first == last:
            return
        least = LEAST_PAIRS * (length + self._lengths[first]) - 1
        shared = [(pairs & bits).bit_count() for bits in self._pairs_of_name[first:last]]
        if max(shared) < least:
            return
        letters = self._set_bits(text)
        for place, count in enumerate(shared, start=first):
            both = length + self._lengths[place]
            is_alike = count >= least and count >= LEAST_PAIRS * both - 1
            if is_alike and (letters & self._letters_of_name[place]).bit_count() >= NEAR / 2 * both:
                yield self._names[place]

    def _set_bits(self, things: Iterable[str], *, learn: bool = False) -> int:
        """One bit for the first of each thing, one for the second and so on: shared bits are shared things."""
        seen: Counter[str] = Counter()
        bits = 0
        for thing in things:
            key = (thing, seen[thing])
            seen[thing] += 1
            bit = self._bits.setdefault(key, len(self._bits)) if learn else self._bits.get(key)
            if bit is not None:
                bits |= 1 << bit
        return bits


def _neighbours(text: str) -> list[str]:
    return [first + second for first, second in pairwise(text)]
