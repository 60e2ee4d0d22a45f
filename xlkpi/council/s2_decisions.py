"""Figures that officers agreed on where return and ledger differ: a small list beside the inbox, not in the return."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, NamedTuple

from pydantic import BaseModel, ConfigDict, PlainValidator

from xlkpi.core.period import Period
from xlkpi.council.lists.columns import DECISION_ALIASES, NO_HEADER, ListColumns, ListHeader
from xlkpi.council.lists.faults import CellFault
from xlkpi.council.lists.finding_collector import FindingCollector
from xlkpi.council.lists.parse_values import read_period, read_whole, required, required_date
from xlkpi.council.lists.reader import open_list
from xlkpi.council.lists.validate_row import validate_row
from xlkpi.findings import Finding

S2_DECISIONS = "S2 decisions.csv"
_NAMES = ("provider_id", "period", "agreed_x", "agreed_y", "who", "when", "why")
S2_COLUMNS = ListColumns(_NAMES, _NAMES, {"x": "agreed_x", "y": "agreed_y", **DECISION_ALIASES}, may_overflow=True)


_text = required("Enter it: a decision needs a name, a date and a reason.")


_day = required_date("Enter the day of the decision as day/month/year.")


@dataclass(frozen=True)
class S2Decision:
    """The figures that an officer agreed on: who, when and why. The figures of both sides are kept too."""

    provider_id: str
    period: str
    x: int
    y: int
    who: str
    when: date
    why: str


class S2DecisionRow(BaseModel):
    """A row of the list as text, turned into what it means."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    provider_id: Annotated[str, PlainValidator(_text)]
    period: Annotated[Period, PlainValidator(read_period)]
    agreed_x: Annotated[int, PlainValidator(read_whole)]
    agreed_y: Annotated[int, PlainValidator(read_whole)]
    who: Annotated[str, PlainValidator(_text)]
    when: Annotated[date, PlainValidator(_day)]
    why: Annotated[str, PlainValidator(_text)]


class ListedDecision(NamedTuple):
    """A usable row of the list, with the row and the line it is in."""

    row: int
    line: int
    decided: S2DecisionRow


@dataclass(frozen=True)
class S2Decisions:
    """The whole list, of every period: its name and header, its usable rows, and what is wrong with others."""

    file: str = ""
    header: ListHeader = NO_HEADER
    rows: tuple[ListedDecision, ...] = ()
    faults: tuple[Finding, ...] = ()

    def of_period(self, period: Period, known: Collection[str]) -> tuple[Mapping[str, S2Decision], tuple[Finding, ...]]:
        """Return the decisions of one period by provider, and what is wrong; ``known`` are the providers' ids.

        Of two decisions about one provider the one lower in the list counts, because people add rows at the end.
        """
        findings = FindingCollector(self.file)
        decisions: dict[str, S2Decision] = {}
        for row, line, decided in self.rows:
            if decided.period != period:
                continue
            fault = _fault(decided, known, self.header, row)
            if fault:
                findings.add_row(line, fault)
            else:
                decisions[decided.provider_id] = _decision(decided)
        return decisions, (*self.faults, *findings.all())


def read_s2_decisions(path: Path | None) -> S2Decisions:
    """Read a list of agreed figures; None is a list without rows.

    Raises UnreadableFile where the file is neither CSV nor .xlsx, RegisterError where it lacks a column.
    """
    if path is None:
        return S2Decisions()
    opened = open_list(path, S2_COLUMNS)
    findings = FindingCollector(path.name, opened.places)
    findings.add_header(opened.header)
    rows = []
    for listed in opened:
        if listed.is_blank:
            continue
        if listed.fault:
            findings.add_row(listed.line, listed.fault)
            continue
        decided, faults = validate_row(S2DecisionRow, listed.header.every(listed.cells), listed.header, listed.row)
        for fault in faults:
            findings.add_row(listed.line, fault)
        if decided is not None:
            rows.append(ListedDecision(listed.row, listed.line, decided))
    findings.add_remarks(opened.remarks)
    return S2Decisions(path.name, opened.header, tuple(rows), findings.all())


def _decision(row: S2DecisionRow) -> S2Decision:
    return S2Decision(row.provider_id, str(row.period), row.agreed_x, row.agreed_y, row.who, row.when, row.why)


def _fault(decided: S2DecisionRow, known: Collection[str], header: ListHeader, row: int) -> CellFault | None:
    """What no cell shows by itself: a provider who is not in the check, an x above its y."""
    if decided.provider_id not in known:
        reason = f"says “{decided.provider_id}”, which is not a provider of this check. Correct it."
        return CellFault("provider_id", header.cell("provider_id", row), reason)
    if decided.agreed_x > decided.agreed_y:
        both = f"is {decided.agreed_x} and agreed_y {decided.agreed_y}"
        return CellFault("agreed_x", header.cell("agreed_x", row), f"{both}. x counts some of the y. Check both.")
    return None
