"""Pseudo-random numbers that are the same every time, on every Python."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class SeededRandom:
    """Random numbers seeded by words; only ``random()`` is used, whose series Python promises to keep."""

    def __init__(self, *seed: object) -> None:
        self._random = random.Random(" | ".join(str(word) for word in seed))  # noqa: S311 - sample data, no secret

    def between(self, low: int, high: int) -> int:
        """Pick a whole number from low to high, both included."""
        return low + int(self._random.random() * (high - low + 1))

    def pick(self, options: Sequence[T]) -> T:
        """Pick one of the options."""
        return options[self.between(0, len(options) - 1)]

    def falls(self, percent: int) -> bool:
        """Decide whether something happens that happens so many times in a hundred."""
        return self.between(1, 100) <= percent
