"""What may take only so much of the processor's time: a machine slower than usual may take as much longer."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

USUAL_SECONDS = 0.02
"""How long the measure takes on a usual machine."""


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Fail where what is done here takes longer than so many seconds of a usual machine's processor."""
    began = time.process_time()
    yield
    took = time.process_time() - began
    assert took < seconds * slowness()


@cache
def slowness() -> float:
    """How many times as long as a usual machine this one takes; 1 where it is faster."""
    return max(1.0, min(_measure() for _ in range(5)) / USUAL_SECONDS)


def _measure() -> float:
    began = time.process_time()
    text = "".join(f'<c r="{number}">{number * number}</c>' for number in range(20_000))
    assert sum(map(int, re.findall(r">(\d+)<", text))) > 0
    return time.process_time() - began
