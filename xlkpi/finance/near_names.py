"""Names that are nearly alike, found among hundreds for thousands of spellings without comparing every pair.

`difflib` compares two names in some 50 microseconds. Two counts that bound its ratio, taken for all names at once, need
a thousandth of that: how many characters two names share, and how many pairs of neighbours. Only pairs that pass both
are compared, and the result is the same.
"""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    Table = np.ndarray[Any, np.dtype[np.uint8]]

NEAR = 0.84
"""The least ratio of two names that are suggested for each other."""
LEAST_PAIRS = 1.5 * NEAR - 1
MOST_PAIRS = 20_000_000
"""Pairs looked at in one list, some seconds of work: 5,000 spellings beside 4,000 names."""
_LONGEST = 250
"""Longer names are not compared; no cell that is read is longer."""


class NearNames:
    """Finds the names nearest to a spelling.

    ``compared`` counts the pairs that were compared letter by letter, ``pairs`` all that were looked at; beyond
    `MOST_PAIRS` nothing is found any more, and ``is_exhausted`` says so.
    """

    def __init__(self, names: Iterable[str]) -> None:
        """Know these names, in lower case."""
        import numpy as np  # noqa: PLC0415 - only the finance check pays for numpy

        self.compared = 0
        self.pairs = 0
        self._names = sorted((name for name in dict.fromkeys(names) if len(name) <= _LONGEST), key=len)
        self._lengths = np.array([len(name) for name in self._names])
        self._pairs = _Shared([_neighbours(name) for name in self._names])
        self._letters = _Shared(self._names)

    @property
    def is_exhausted(self) -> bool:
        """Whether so much was compared that no more is."""
        return self.pairs > MOST_PAIRS

    def find(self, text: str) -> list[str]:
        """Find the two names nearest to a text in lower case, the nearest first."""
        self.pairs += len(self._names)
        if self.is_exhausted or len(text) > _LONGEST:
            return []
        candidates = list(self._candidates(text))
        self.compared += len(candidates)
        if not candidates:
            return []
        return difflib.get_close_matches(text, candidates, n=2, cutoff=NEAR)

    def _candidates(self, text: str) -> Iterator[str]:
        """The names whose ratio with a text can be `NEAR`.

        Of T characters in both, M at least NEAR·T/2 must match, in blocks. Each gap between two blocks has a character
        without a match, so there are at most T - 2·M + 1 blocks, and at least 3·M - T - 1 pairs of neighbours in them.
        """
        length = len(text)
        first = int(self._lengths.searchsorted(length * NEAR / (2 - NEAR) - 1, "left"))
        last = int(self._lengths.searchsorted(length * (2 - NEAR) / NEAR + 1, "right"))
        if first == last:
            return
        both = self._lengths[first:last] + length
        alike = (self._pairs.count(_neighbours(text), first, last) >= LEAST_PAIRS * both - 1).nonzero()[0]
        if not alike.size:
            return
        letters = self._letters.count(text, first, last)
        for place in alike[letters[alike] >= NEAR / 2 * both[alike]].tolist():
            yield self._names[first + place]


class _Shared:
    """Counts how many things a text has in common with each name: the second of two alike counts with a second only."""

    def __init__(self, of_names: Sequence[Iterable[str]]) -> None:
        import numpy as np  # noqa: PLC0415 - as in NearNames

        places: dict[tuple[str, int], list[int]] = defaultdict(list)
        for place, things in enumerate(of_names):
            for thing in _numbered(things):
                places[thing].append(place)
        self._rows = {thing: row for row, thing in enumerate(places)}
        self._table: Table = np.zeros((len(places), len(of_names)), dtype="uint8")
        for row, names in enumerate(places.values()):
            self._table[row, names] = 1

    def count(self, things: Iterable[str], first: int, last: int) -> Table:
        """Count the things that these names have too, for the names from the first up to before the last."""
        rows = [row for thing in _numbered(things) if (row := self._rows.get(thing)) is not None]
        counts: Table = self._table[rows, first:last].sum(axis=0, dtype="uint8")
        return counts


def _numbered(things: Iterable[str]) -> Iterator[tuple[str, int]]:
    """Tell things that are there more than once apart: the first, the second and so on."""
    seen: dict[str, int] = {}
    for thing in things:
        number = seen.get(thing, 0)
        seen[thing] = number + 1
        yield thing, number


def _neighbours(text: str) -> list[str]:
    return [first + second for first, second in pairwise(text)]
