"""What the same bytes mean is worked out once: parts that many files of one template share, within a bound in bytes."""

from __future__ import annotations

from collections import OrderedDict
from functools import wraps
from threading import Lock
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

LARGEST_REMEMBERED = 128 << 10
"""Bytes of a part above which nothing is remembered of it: the parts of a return have some tens of thousands."""
BYTES_REMEMBERED = 4 << 20
"""Bytes of parts that one function remembers together."""

P = ParamSpec("P")
R = TypeVar("R")


def once_per_part(read: Callable[Concatenate[bytes, P], R]) -> Callable[Concatenate[bytes, P], R]:
    """Remember what a function gives for the bytes of a part; those not used for longest are forgotten first.

    `functools.lru_cache` counts entries, so that some hundred hostile files would stay in memory whole.
    """
    remembered: OrderedDict[tuple[object, ...], R] = OrderedDict()
    lock = Lock()
    total = 0

    @wraps(read)
    def reader(data: bytes, /, *args: P.args, **kwargs: P.kwargs) -> R:
        nonlocal total
        if len(data) > LARGEST_REMEMBERED:
            return read(data, *args, **kwargs)
        key = (data, *args, *kwargs.items())
        with lock:
            if key in remembered:
                remembered.move_to_end(key)
                return remembered[key]
        result = read(data, *args, **kwargs)
        with lock:
            if key not in remembered:
                total += len(data)
            remembered[key] = result
            while total > BYTES_REMEMBERED:
                oldest, _ = remembered.popitem(last=False)
                total -= len(oldest[0])  # type: ignore[arg-type]  # the part comes first
        return result

    return reader
