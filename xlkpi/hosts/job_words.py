"""Words that the messages of several jobs share."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlkpi.council import Fault

SHOWN = 5


def many(number: int, thing: str) -> str:
    """Count things: ``3 files``, ``1 file``."""
    return f"{number} {thing}{'' if number == 1 else 's'}"


def listed(words: list[str]) -> str:
    """List the first twenty, and say how many more there are."""
    shown = ", ".join(words[:20])
    return shown if len(words) <= 20 else f"{shown} and {len(words) - 20} more"


def describe_faults(faults: Sequence[Fault]) -> list[str]:
    """Describe the first faults of the register, with a line above them; nothing where there are none."""
    if not faults:
        return []
    more = [f"and {len(faults) - SHOWN} more."] if len(faults) > SHOWN else []
    return ["", "In the register:", *(fault.full_message for fault in faults[:SHOWN]), *more]
