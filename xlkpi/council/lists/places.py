"""Where a row of a list is: a list may be several sheets or several files, and its lines are numbered throughout."""

from __future__ import annotations

from bisect import bisect_left


class ListPlaces:
    """The files and sheets that a list is made of, with the running number before the first line of each.

    The lines of the first keep their own numbers, so a list of one file and one sheet is numbered as the file is.
    """

    def __init__(self) -> None:
        """Begin with no file or sheet."""
        self._before: list[int] = []
        self._names: list[str] = []
        self.last = 0

    @property
    def names(self) -> tuple[str, ...]:
        """Give the files and sheets in the order in which they were read."""
        return tuple(self._names)

    def begin(self, name: str) -> int:
        """Begin the next file or sheet; return what to add to the numbers of its lines."""
        self._before.append(self.last)
        self._names.append(name)
        return self.last

    def find(self, line: int) -> tuple[str, int]:
        """Find the file or sheet of a running line, and the line there."""
        part = bisect_left(self._before, line) - 1
        return self._names[part], line - self._before[part]

    def beside(self, line: int, other: int) -> str:
        """Name a second line beside a first: ``7``, or ``7 of april.csv`` where that is another file or sheet."""
        (name, _), (other_name, number) = self.find(line), self.find(other)
        return str(number) if name == other_name else f"{number} of {other_name}"

    def label(self, line: int) -> int | str:
        """Give a line as a sheet of ours shows it: its number, with its file or sheet where there are several."""
        name, number = self.find(line)
        return number if len(self._names) == 1 else f"{number}, {name}"
