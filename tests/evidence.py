"""A loop over nothing proves nothing: what tests go through is first seen to be there."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable

T = TypeVar("T")


def some(things: Iterable[T]) -> list[T]:
    """All the things, of which there is at least one."""
    listed = list(things)
    assert listed, "nothing was there to look at"
    return listed
