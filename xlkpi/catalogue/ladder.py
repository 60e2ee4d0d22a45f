"""The ladder of performance management: which condition calls for which step, and who is written to.

It is data, one rung per condition, the gravest first: another contract has another ladder. The conditions are those
that the record can show; a ladder leaves out what its contract does not know.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from pathlib import Path
from typing import Any, Iterator, List, Mapping, Optional, Tuple

from xlkpi.core.near_text import suggest
from xlkpi.errors import CatalogueError

LADDER = "ladder.json"
LADDER_FILE = Path(__file__).with_name("day_services") / LADDER
PLAIN_LADDER = Path(__file__).with_name("plain_ladder.json")
"""The steps of a contract that has no ladder of its own: they name no paragraph."""
LEVELS = (1, 2, 3)
"""The points of contact of each side, in order (Schedule 1.0)."""


class Condition(Enum):
    """What the record shows of an open matter."""

    CLAUSE_48 = "warned, still failing, and an agreed plan failed"
    STILL_FAILING = "still failing at the next due period after a warning"
    NO_PLAN_AFTER_WARNING = "no plan agreed in time after a warning"
    RED_AGAIN = "Red in two due periods in a row"
    PLAN_FAILED = "plan failed"
    PLAN_NEVER_GIVEN = "plan never given"
    PLAN_OVERDUE = "plan overdue"
    PLAN_REDATED = "plan re-dated twice"
    RETURNS_MISSING = "two returns in a row not sent"
    WARNED = "warned"
    RETURN_MISSING = "return not sent"
    RED_WITHOUT_PLAN = "Red without a complete plan"
    PLAN_RETURNED = "plan returned, not agreed"
    PLAN_RUNNING = "plan running"
    RED_AFTER_DELIVERY = "Red after a delivered plan"
    AMBER_WITHOUT_REASON = "Amber without a reason"
    AMBER_WITH_REASON = "Amber with a reason"


class StepKind(Enum):
    """What a step is, whatever a ladder calls it: it decides which letter is written."""

    TERMINATION = "termination"
    INTERVENTION = "intervention"
    WARNING = "warning"
    RETURN = "return"
    PLAN = "plan"
    PROGRESS = "progress"
    REASONS = "reasons"


@dataclass(frozen=True)
class Rung:
    """One row of the ladder.

    ``contact`` is the point of contact on both sides that the step is a matter for. ``working_days`` are counted from
    the receipt of the letter to the day by which an action plan must be agreed; None where the contract sets no day.
    """

    condition: Condition
    step: str
    kind: StepKind
    paragraph: str
    contact: int
    working_days: Optional[int]
    ground: str


@dataclass(frozen=True)
class Ladder:
    """All rungs, the gravest first."""

    rungs: Tuple[Rung, ...]

    def place(self, rung: Rung) -> int:
        """Give a rung's place from the top: the smaller, the graver."""
        return self.rungs.index(rung)

    @property
    def warning_days(self) -> int:
        """Working days from receiving a formal warning to an agreed action plan; 0 where the ladder has no warning."""
        days = [rung.working_days for rung in self.rungs if rung.kind is StepKind.WARNING and rung.working_days]
        return max(days, default=0)


@lru_cache(maxsize=8)
def load_ladder(folder: Optional[Path] = None) -> Ladder:
    """Load the ladder of a catalogue folder, or the plain one where it has none; without a folder, that of xlkpi.

    Raises CatalogueError with every fault.
    """
    own = folder / LADDER if folder else LADDER_FILE
    return parse_ladder(json.loads((own if own.is_file() else PLAIN_LADDER).read_text(encoding="utf-8-sig")))


def parse_ladder(data: Mapping[str, Any]) -> Ladder:
    """Turn the content of a ladder's file into a Ladder; raises CatalogueError with every fault."""
    faults = find_ladder_faults(data)
    if faults:
        raise CatalogueError(faults)
    return Ladder(
        tuple(
            Rung(
                Condition(row["condition"]),
                row["step"].strip(),
                StepKind(row["kind"]),
                row["paragraph"],
                row["contact"],
                row["working_days"],
                row["ground"].strip().rstrip("."),  # sentences go on after it, and end with a full stop of their own
            )
            for row in data["rungs"]
        )
    )


def find_ladder_faults(data: Mapping[str, Any]) -> List[str]:
    """List every fault of a ladder in words; empty when there is none."""
    rows = data.get("rungs")
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        return ["the ladder has no rungs. Write a list of them, or delete the file to have the plain steps"]
    faults = [fault for number, row in enumerate(rows, start=1) for fault in _rung_faults(number, row)]
    conditions = [row.get("condition") for row in rows]
    twice = sorted({str(each) for each in conditions if conditions.count(each) > 1})
    return [*faults, *(f"the ladder has two rungs for “{each}”. Delete one of the two" for each in twice)]


def _rung_faults(number: int, row: Mapping[str, Any]) -> Iterator[str]:
    absent = [key for key in Rung.__dataclass_fields__ if key not in row]
    if absent:
        yield f"rung {number} of the ladder has no {', '.join(absent)}. Enter each, empty or null where there is none"
        return
    for key, words in (("condition", Condition), ("kind", StepKind)):
        if row[key] not in {word.value for word in words}:
            near = suggest(row[key], (word.value for word in words))
            yield f"rung {number} of the ladder: “{row[key]}” is not a {key}. {near}"
    if row["contact"] not in LEVELS:
        yield f"rung {number} of the ladder: contact is {row['contact']}. Write 1, 2 or 3"
    days = row["working_days"]
    if days is not None and (not isinstance(days, int) or days < 1):
        yield f"rung {number} of the ladder: working_days is {days}. Write a whole number of 1 or more, or null"
    for key in ("step", "ground"):
        if not isinstance(row[key], str) or not row[key].strip():
            yield f"rung {number} of the ladder: {key} is empty. Enter it"
    if not isinstance(row["paragraph"], str):
        yield f"rung {number} of the ladder: paragraph is text in quotation marks, empty where there is none"
