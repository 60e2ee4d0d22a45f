"""Findings of a long list: each with its line, and beyond a limit counted instead of listed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from xlkpi.findings import Code, Finding, finding

MOST_OF_A_KIND = 5_000


class Told:
    """Collects findings of one list. Of one kind the first 5,000 are kept, and one more says how many there were."""

    def __init__(self, name: str) -> None:
        """Collect what is to be said of the list of this name."""
        self.name = name
        self._kept: list[Finding] = []
        self._counts: Counter[Code] = Counter()

    def add(self, code: Code, facts: Mapping[str, object], *, indicator: str | None = None, cell: str = "") -> None:
        """Say one more thing."""
        self._counts[code] += 1
        if self._counts[code] <= MOST_OF_A_KIND:
            words = {"list": self.name, **{name: str(value) for name, value in facts.items()}}
            self._kept.append(finding(code, words, indicator=indicator, cell=cell))

    def all(self) -> tuple[Finding, ...]:
        """Everything kept, in the order it was said, and then how much was not."""
        more = [
            finding(
                Code.LIST_MORE,
                {"list": self.name, "number": f"{count - MOST_OF_A_KIND:,}", "code": code.name},
                severity=code.severity,
            )
            for code, count in self._counts.items()
            if count > MOST_OF_A_KIND
        ]
        return (*self._kept, *more)
