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
    """Describe the first faults of each list, under its name; nothing where there are none."""
    lines: list[str] = []
    for name in dict.fromkeys(fault.list_name for fault in faults):
        of_list = [fault for fault in faults if fault.list_name == name]
        more = [f"and {len(of_list) - SHOWN} more."] if len(of_list) > SHOWN else []
        lines += ["", f"In {name or 'the register'}:", *(fault.message for fault in of_list[:SHOWN]), *more]
    return lines
