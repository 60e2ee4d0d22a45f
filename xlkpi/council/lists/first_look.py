"""Rows of a list gone through before they are read one by one, so that its columns can be judged as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from xlkpi.council.lists.reader import ListedRow, OpenList

BUFFERED = 100_000
"""Rows that are kept in memory while the columns are judged; of a longer list the file is read twice."""
STEP = 20_000


class FirstLook:
    """Goes through the rows of a list once in steps, and then gives them again."""

    def __init__(self, opened: OpenList) -> None:
        """Look through an opened list, whose rows have not been read."""
        self._opened = opened
        self._buffered: list[ListedRow] | None = []

    def steps(self) -> Iterator[list[ListedRow]]:
        """Go through all rows, many at a time."""
        rows = iter(self._opened)
        while step := list(islice(rows, STEP)):
            yield step
            if self._buffered is not None:
                self._buffered = [*self._buffered, *step] if len(self._buffered) < BUFFERED else None

    def rows(self) -> Iterable[ListedRow]:
        """Give the rows again, once all steps have been gone through."""
        return self._opened.again() if self._buffered is None else self._buffered
