"""Figures that officers agreed on where return and ledger differ: a small list beside the inbox, not in the return."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, PlainValidator

from xlkpi.core.period import Period
from xlkpi.council.lists.columns import Columns
from xlkpi.council.lists.faults import told
from xlkpi.council.lists.finding_collector import Told
from xlkpi.council.lists.parse_values import NO_DAY, given, read_day, read_period, read_whole
from xlkpi.council.lists.reader import is_blank_row, open_list, read_row
from xlkpi.errors import RegisterError
from xlkpi.findings import Code, Finding

S2_DECISIONS = "S2 decisions.csv"
_NAMES = ("provider_id", "period", "agreed_x", "agreed_y", "who", "when", "why")
_ALSO = {"x": "agreed_x", "y": "agreed_y", "name": "who", "date": "when", "reason": "why"}
COLUMNS = Columns(_NAMES, _NAMES, _ALSO, RegisterError)


_given = given("Enter it: a decision has a name, a date and a reason.")


def _day(text: str) -> date:
    day = read_day(text)
    if day == NO_DAY:
        raise told("is empty. Enter the day of the decision as day/month/year.")
    return date.fromordinal(day)


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

    provider_id: Annotated[str, PlainValidator(_given)]
    period: Annotated[Period, PlainValidator(read_period)]
    agreed_x: Annotated[int, PlainValidator(read_whole)]
    agreed_y: Annotated[int, PlainValidator(read_whole)]
    who: Annotated[str, PlainValidator(_given)]
    when: Annotated[date, PlainValidator(_day)]
    why: Annotated[str, PlainValidator(_given)]


@dataclass(frozen=True)
class S2Decisions:
    """The whole list, of every period: its name, its usable rows each with its line, and what is wrong with others."""

    file: str = ""
    rows: tuple[tuple[int, S2DecisionRow], ...] = ()
    faults: tuple[Finding, ...] = ()

    def of_period(self, period: Period, known: Collection[str]) -> tuple[Mapping[str, S2Decision], tuple[Finding, ...]]:
        """Return the decisions of one period by provider, and what is wrong; ``known`` are the providers' ids.

        Of two decisions about one provider the one lower in the list counts, because people add rows at the end.
        """
        findings = Told(self.file)
        decisions: dict[str, S2Decision] = {}
        for line, row in self.rows:
            if row.period != period:
                continue
            fault = _fault(row, known)
            if fault:
                findings.add(Code.LIST_ROW, {"line": line, "column": fault[0], "remedy": fault[1]})
                continue
            decisions[row.provider_id] = S2Decision(
                row.provider_id, str(row.period), row.agreed_x, row.agreed_y, row.who, row.when, row.why
            )
        return decisions, (*self.faults, *findings.all())


def read_s2_decisions(path: Path | None) -> S2Decisions:
    """Read a list of agreed figures; None is a list without rows.

    Raises UnreadableFile where the file is neither CSV nor .xlsx, RegisterError where it lacks a column.
    """
    if path is None:
        return S2Decisions()
    header, body = open_list(path, COLUMNS, {})
    findings = Told(path.name)
    rows = []
    for line, record in body:
        row = None if is_blank_row(record) else read_row(S2DecisionRow, findings, line, record, header)
        if row is not None:
            rows.append((line, row))
    return S2Decisions(path.name, tuple(rows), findings.all())


def _fault(row: S2DecisionRow, known: Collection[str]) -> tuple[str, str] | None:
    if row.provider_id not in known:
        return "provider_id", f"says “{row.provider_id}”, which is not a provider of this check. Correct it."
    if row.agreed_x > row.agreed_y:
        return "agreed_x", f"is {row.agreed_x} and agreed_y {row.agreed_y}. x counts some of the y. Check both."
    return None
