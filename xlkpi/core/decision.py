"""What an officer decided about a file that came back: use it, or set it aside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum


class Action(Enum):
    """What is to become of the file."""

    USE = "use"
    SET_ASIDE = "set aside"


@dataclass(frozen=True)
class Decision:
    """One row of the list of decisions: which file, what, who, when and why.

    ``sha256`` says which content was decided on; empty, the file is meant by its name whatever it holds. ``row``
    is where it stands in the list, counted from 1.
    """

    file: str
    sha256: str
    action: Action
    who: str
    when: date
    why: str
    row: int
