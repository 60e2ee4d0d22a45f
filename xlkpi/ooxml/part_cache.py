"""What the same bytes mean is read once: parts that many files of one template share, within a bound in bytes."""

from __future__ import annotations

from collections import OrderedDict
from functools import wraps
from threading import Lock
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

LARGEST_REMEMBERED = 128 << 10
"""Bytes of a part above which nothing is remembered of it: the parts of a return have some tens of thousands."""
BYTES_REMEMBERED = 4 << 20
"""Bytes of parts, and of what was read from them where that may be more, that one function remembers together."""
MOST_MET = 10_000
"""Parts of which it is known together that they were met once."""

P = ParamSpec("P")
R = TypeVar("R")


def once_per_part(read: Callable[Concatenate[bytes, P], R]) -> Callable[Concatenate[bytes, P], R]:
    """Remember what a function gives for the bytes of a part; those not used for longest are forgotten first.

    `functools.lru_cache` counts entries, so that some hundred hostile files would stay in memory whole.
    """
    return _remembering(read, lambda _: 0, None)


def once_per_repeated_part(
    weigh: Callable[[Any], int],
) -> Callable[[Callable[Concatenate[bytes, P], R]], Callable[Concatenate[bytes, P], R]]:
    """Remember likewise, from the second time on that the same bytes are met.

    For parts that differ from file to file more often than not, such as sheets with figures: they would push out the
    others. ``weigh`` gives the bytes of a result, which count as the part's do.
    """
    return lambda read: _remembering(read, weigh, set())


def _remembering(
    read: Callable[Concatenate[bytes, P], R], weigh: Callable[[Any], int], met: set[int] | None
) -> Callable[Concatenate[bytes, P], R]:
    """Make a function remember; with ``met``, the marks of the parts met so far, from the second time on."""
    remembered: OrderedDict[tuple[object, ...], tuple[R, int]] = OrderedDict()
    lock = Lock()
    total = 0

    @wraps(read)
    def reader(data: bytes, /, *args: P.args, **kwargs: P.kwargs) -> R:
        nonlocal total
        if len(data) > LARGEST_REMEMBERED:
            return read(data, *args, **kwargs)
        key = (data, *args, *kwargs.items())
        with lock:
            known = remembered.get(key)
            if known:
                remembered.move_to_end(key)
                return known[0]
        result = read(data, *args, **kwargs)
        with lock:
            if met is not None and is_first(key, met):
                return result
            if key not in remembered:
                size = len(data) + weigh(result)
                total += size
                remembered[key] = result, size
            while total > BYTES_REMEMBERED:
                _, (_, size) = remembered.popitem(last=False)
                total -= size
        return result

    return reader


def is_first(key: tuple[object, ...], met: set[int]) -> bool:
    """Note that a part was met; tell whether for the first time, as far as is known."""
    mark = hash(key)
    if mark in met:
        return False
    if len(met) >= MOST_MET:
        met.clear()
    met.add(mark)
    return True
