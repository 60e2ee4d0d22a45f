"""What officers settled on where return and ledger differ: a small list beside the inbox, never the return itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import chain, islice
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, PlainValidator, ValidationError

from xlkpi.core.period import Period, parse_period
from xlkpi.finance.cells import NO_DAY, read_day, read_text, read_whole
from xlkpi.finance.columns import SEARCHED, Columns, Header, find_header
from xlkpi.finance.result import Decision
from xlkpi.finance.told import Told
from xlkpi.findings import Code, Finding
from xlkpi.layout.slots import column as letters
from xlkpi.register.faults import told
from xlkpi.register.file_names import list_beside
from xlkpi.register.stream import stream_records

S2_DECISIONS = "S2 decisions.csv"
_NAMES = ("provider_id", "period", "agreed_x", "agreed_y", "who", "when", "why")
COLUMNS = Columns(_NAMES, _NAMES, {"x": "agreed_x", "y": "agreed_y", "name": "who", "date": "when", "reason": "why"})


def _given(text: str) -> str:
    tidy = read_text(text)
    if not tidy:
        raise told("is empty. Enter it: a decision has a name, a date and a reason.")
    return tidy


def _day(text: str) -> date:
    day = read_day(text)
    if day == NO_DAY:
        raise told("is empty. Enter the day of the decision as day/month/year.")
    return date.fromordinal(day)


def _period(text: str) -> Period:
    period = parse_period(read_text(text))
    if period is None:
        raise told(f"says “{read_text(text)}”, which is no reporting period. Write it as 2026-27 Q2.")
    return period


class DecisionRow(BaseModel):
    """A row of the list of decisions."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    provider_id: Annotated[str, PlainValidator(_given)]
    period: Annotated[Period, PlainValidator(_period)]
    agreed_x: Annotated[int, PlainValidator(read_whole)]
    agreed_y: Annotated[int, PlainValidator(read_whole)]
    who: Annotated[str, PlainValidator(_given)]
    when: Annotated[date, PlainValidator(_day)]
    why: Annotated[str, PlainValidator(_given)]


def decisions_beside(folder: Path) -> Path | None:
    """The list of decisions beside an inbox (``inbox S2 decisions.csv``), or None where there is none."""
    path = list_beside(folder, S2_DECISIONS)
    return path if path.is_file() else None


def read_decisions(
    path: Path | None, period: Period, known: Mapping[str, str]
) -> tuple[dict[str, Decision], tuple[Finding, ...]]:
    """The decisions of one period by provider, and what is wrong with others; ``known`` are the providers by id.

    Of two decisions about one provider the one lower in the list counts, as a list is added to at its end.
    Raises UnreadableFile where the file is no list, LedgerError where it lacks a column.
    """
    if path is None:
        return {}, ()
    records = stream_records(path)
    first = list(islice(records, SEARCHED))
    header = find_header(path, first, COLUMNS, {})
    say = Told(path.name)
    decisions: dict[str, Decision] = {}
    for line, record in chain((one for one in first if one[0] > header.line), records):
        row = _row(say, line, record, header) if any(map(str.strip, record)) else None
        if row is None or row.period != period:
            continue
        fault = _fault(row, known)
        if fault:
            say.add(Code.LIST_ROW, {"line": line, "column": fault[0], "remedy": fault[1]})
            continue
        decisions[row.provider_id] = Decision(
            row.provider_id, str(row.period), row.agreed_x, row.agreed_y, row.who, row.when, row.why
        )
    return decisions, say.all()


def _row(say: Told, line: int, record: list[str], header: Header) -> DecisionRow | None:
    cells = {name: record[place] if place < len(record) else "" for name, place in header.at.items()}
    try:
        return DecisionRow.model_validate(cells)
    except ValidationError as problem:
        for error in problem.errors(include_url=False):
            column = str(error["loc"][0])
            cell = f"{letters(header.at[column] + 1)}{line}"
            say.add(Code.LIST_ROW, {"line": line, "column": column, "at": cell, "remedy": error["msg"]}, cell=cell)
        return None


def _fault(row: DecisionRow, known: Mapping[str, str]) -> tuple[str, str] | None:
    if row.provider_id not in known:
        return "provider_id", f"says “{row.provider_id}”, which is no provider of this check. Correct it."
    if row.agreed_x > row.agreed_y:
        return "agreed_x", f"is {row.agreed_x} and agreed_y {row.agreed_y}. x counts some of the y. Check both."
    return None
