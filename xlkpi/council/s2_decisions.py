"""What officers settled on where return and ledger differ: a small list beside the inbox, never the return itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, PlainValidator

from xlkpi.core.period import Period
from xlkpi.council.file_names import list_beside
from xlkpi.council.lists.columns import DECISION_ALIASES, ListColumns, ListHeader
from xlkpi.council.lists.faults import CellFault
from xlkpi.council.lists.finding_collector import FindingCollector
from xlkpi.council.lists.parse_values import read_period, read_whole, required, required_date
from xlkpi.council.lists.reader import is_blank_row, open_list, validate_row
from xlkpi.findings import Finding

S2_DECISIONS = "S2 decisions.csv"
_NAMES = ("provider_id", "period", "agreed_x", "agreed_y", "who", "when", "why")
S2_COLUMNS = ListColumns(_NAMES, _NAMES, {"x": "agreed_x", "y": "agreed_y", **DECISION_ALIASES})


_text = required("Enter it: a decision has a name, a date and a reason.")


_day = required_date("Enter the day of the decision as day/month/year.")


@dataclass(frozen=True)
class S2Decision:
    """The figures that an officer settled on: who, when and why. Both sides' figures stand beside it."""

    provider_id: str
    period: str
    x: int
    y: int
    who: str
    when: date
    why: str


class S2DecisionRow(BaseModel):
    """A row of the list of decisions."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    provider_id: Annotated[str, PlainValidator(_text)]
    period: Annotated[Period, PlainValidator(read_period)]
    agreed_x: Annotated[int, PlainValidator(read_whole)]
    agreed_y: Annotated[int, PlainValidator(read_whole)]
    who: Annotated[str, PlainValidator(_text)]
    when: Annotated[date, PlainValidator(_day)]
    why: Annotated[str, PlainValidator(_text)]


def decisions_beside(folder: Path) -> Path | None:
    """Find the list of decisions beside an inbox (``inbox S2 decisions.csv``), or None where there is none."""
    path = list_beside(folder, S2_DECISIONS)
    return path if path.is_file() else None


def read_decisions(
    path: Path | None, period: Period, known: Mapping[str, str]
) -> tuple[dict[str, S2Decision], tuple[Finding, ...]]:
    """Read the decisions of one period by provider, and what is wrong with others; ``known`` are the providers by id.

    Of two decisions about one provider the one lower in the list counts, as a list is added to at its end.
    Raises UnreadableFile where the file is not a list, RegisterError where it lacks a column.
    """
    if path is None:
        return {}, ()
    header, rows = open_list(path, S2_COLUMNS)
    findings = FindingCollector(path.name)
    decisions: dict[str, S2Decision] = {}
    for row, line, cells in rows:
        if is_blank_row(cells):
            continue
        decided, faults = validate_row(S2DecisionRow, header.every(cells), header, row)
        if decided is not None and decided.period == period:
            faults = _faults(decided, known, header, row)
            if not faults:
                decisions[decided.provider_id] = _decision(decided)
        for fault in faults:
            findings.add_row(line, fault)
    return decisions, findings.all()


def _decision(row: S2DecisionRow) -> S2Decision:
    return S2Decision(row.provider_id, str(row.period), row.agreed_x, row.agreed_y, row.who, row.when, row.why)


def _faults(decided: S2DecisionRow, known: Mapping[str, str], header: ListHeader, row: int) -> tuple[CellFault, ...]:
    """What no cell shows by itself: a provider who is not in the check, an x above its y."""
    if decided.provider_id not in known:
        reason = f"says “{decided.provider_id}”, which is not a provider of this check. Correct it."
        return (CellFault("provider_id", header.cell("provider_id", row), reason),)
    if decided.agreed_x > decided.agreed_y:
        both = f"is {decided.agreed_x} and agreed_y {decided.agreed_y}"
        reason = f"{both}. x counts some of the y. Check both."
        return (CellFault("agreed_x", header.cell("agreed_x", row), reason),)
    return ()
