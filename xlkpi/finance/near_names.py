"""Names that are nearly alike, found among hundreds for thousands of spellings without comparing every pair.

`difflib` compares two names in some 50 microseconds. Two counts that bound its ratio, taken for all names at once, need
a thousandth of that: how many characters two names share, and how many pairs of neighbours. Only pairs that pass both
are compared, and the result is the same.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from heapq import nlargest
from itertools import islice, pairwise
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
        self._known_bounds: dict[int, tuple[int, int, Table, Table]] = {}
        self._pairs = _Shared([_neighbours(name) for name in self._names])
        self._letters = _Shared(self._names)

    @property
    def is_exhausted(self) -> bool:
        """Whether so much was compared that no more is."""
        return self.pairs > MOST_PAIRS

    def find(self, text: str, can_be: Callable[[str], bool] = bool) -> list[str]:
        """Find those of the two names nearest to a text in lower case that can be meant by it, the nearest first.

        The others are compared only where a name that can be meant is near.
        """
        self.pairs += len(self._names)
        if self.is_exhausted or len(text) > _LONGEST:
            return []
        candidates = list(self._candidates(text))
        possible = [name for name in candidates if can_be(name)]
        near = self._compare(text, possible)
        if not near:
            return []
        near += self._compare(text, [name for name in candidates if name not in possible])
        return [name for _, name in nlargest(2, near) if name in possible]

    def _compare(self, text: str, names: Sequence[str]) -> list[tuple[float, str]]:
        """Compare a text with names letter by letter, and give those that are near with their ratio."""
        if not names:
            return []
        self.compared += len(names)
        matcher = SequenceMatcher(b=text)
        near = []
        for name in names:
            matcher.set_seq1(name)
            ratio = matcher.ratio()
            if ratio >= NEAR:
                near.append((ratio, name))
        return near

    def _candidates(self, text: str) -> Iterator[str]:
        """The names whose ratio with a text can be `NEAR`.

        Of T characters in both, M at least NEAR·T/2 must match, in blocks. Each gap between two blocks has a character
        without a match, so there are at most T - 2·M + 1 blocks, and at least 3·M - T - 1 pairs of neighbours in them.
        """
        first, last, least_pairs, least_letters = self._bounds(len(text))
        if first == last:
            return
        pairs = self._pairs.count(_neighbours(text), first, last)
        alike = (pairs >= least_pairs).nonzero()[0]
        if not alike.size:
            return
        letters = self._letters.count(text, first, last)
        for place in alike[letters[alike] >= least_letters[alike]].tolist():
            yield self._names[first + place]

    def _bounds(self, length: int) -> tuple[int, int, Table, Table]:
        """Give which names a text of this length can be near to, and the least pairs and letters that each shares."""
        if length not in self._known_bounds:
            first = int(self._lengths.searchsorted(length * NEAR / (2 - NEAR) - 1, "left"))
            last = int(self._lengths.searchsorted(length * (2 - NEAR) / NEAR + 1, "right"))
            both = self._lengths[first:last] + length
            self._known_bounds[length] = (first, last, _least(LEAST_PAIRS * both - 1), _least(NEAR / 2 * both))
        return self._known_bounds[length]


class _Shared:
    """Counts how many things a text has in common with each name: the second of two alike counts with a second only."""

    def __init__(self, of_names: Sequence[Iterable[str]]) -> None:
        import numpy as np  # noqa: PLC0415 - as in NearNames

        places: dict[str, list[list[int]]] = defaultdict(list)
        for place, things in enumerate(of_names):
            for thing, number in Counter(things).items():
                of_thing = places[thing]
                of_thing.extend([] for _ in range(number - len(of_thing)))
                for names in of_thing[:number]:
                    names.append(place)
        rows = [names for of_thing in places.values() for names in of_thing]
        self._table: Table = np.zeros((len(rows), len(of_names)), dtype="uint8")
        for row, names in enumerate(rows):
            self._table[row, names] = 1
        following = iter(range(len(rows)))
        self._rows = {thing: list(islice(following, len(of_thing))) for thing, of_thing in places.items()}
        self._add = np.add.reduce

    def count(self, things: Iterable[str], first: int, last: int) -> Table:
        """Count the things that these names have too, for the names from the first up to before the last."""
        known = self._rows
        rows = [row for thing, number in Counter(things).items() if thing in known for row in known[thing][:number]]
        counts: Table = self._add(self._table.take(rows, axis=0)[:, first:last], axis=0, dtype="uint8")
        return counts


def _least(shares: Any) -> Table:
    """The whole numbers that counts must reach; none is above 210, that of two of the longest names."""
    import numpy as np  # noqa: PLC0415 - as in NearNames

    least: Table = np.ceil(shares).clip(0).astype("uint8")
    return least


def _neighbours(text: str) -> list[str]:
    return [first + second for first, second in pairwise(text)]
