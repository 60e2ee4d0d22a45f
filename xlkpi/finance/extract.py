"""Reading an extract of the case system (SWIFT/Liberi): x and y of an indicator as the council counts them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, PlainValidator

from xlkpi.catalogue import load_catalogue
from xlkpi.core.period import Period
from xlkpi.council.finance_settings import LEDGER_SETTINGS
from xlkpi.council.lists.columns import EXTRACT
from xlkpi.council.lists.faults import told
from xlkpi.council.lists.finding_collector import Told
from xlkpi.council.lists.parse_values import given, read_period, read_text, read_whole
from xlkpi.council.lists.reader import is_blank_row, open_list, read_row
from xlkpi.finance.providers import Directory
from xlkpi.findings import Code, Finding

CROSS_CHECKED = "SWIFT/Liberi"


def cross_checked() -> tuple[str, ...]:
    """The indicators whose How measured names the case system, in the Schedule's order."""
    return tuple(code for code, one in load_catalogue().indicators.items() if CROSS_CHECKED in one.measured)


def _indicator(text: str) -> str:
    try:
        code = load_catalogue().find(read_text(text)).code
    except KeyError:
        raise told(f"says “{read_text(text)}”, which is no indicator. Write its whole code, as INFO W1.") from None
    if code not in cross_checked():
        raise told(f"says {code}, which is not compared with {CROSS_CHECKED}. Delete the row.")
    return code


class ExtractRow(BaseModel):
    """A row of the extract."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    provider_id: Annotated[str, PlainValidator(given("Enter whose figures they are."))]
    period: Annotated[Period, PlainValidator(read_period)]
    indicator: Annotated[str, PlainValidator(_indicator)]
    x: Annotated[int, PlainValidator(read_whole)]
    y: Annotated[int, PlainValidator(read_whole)]


@dataclass(frozen=True)
class Counted:
    """x and y as the council counts them, and the line they stand in."""

    x: int
    y: int
    line: int


@dataclass(frozen=True)
class Extract:
    """The council's counts of one period by provider and indicator. rows_read = used + other_periods + set aside."""

    file: str
    rows_read: int
    other_periods: int
    rows_set_aside: int
    counts: Mapping[tuple[str, str], Counted]
    findings: tuple[Finding, ...]


def read_extract(path: Path, period: Period, directory: Directory, mapped: Mapping[str, str]) -> Extract:
    """The rows of one period; a row that cannot be used is a finding with its line.

    Raises UnreadableFile where the file is no list, LedgerError where it lacks a column.
    """
    header, body = open_list(path, EXTRACT, mapped)
    say = Told(path.name)
    counts: dict[tuple[str, str], Counted] = {}
    read = other = 0
    for line, record in body:
        if is_blank_row(record):
            continue
        read += 1
        row = read_row(ExtractRow, say, line, record, header)
        if row is None:
            continue
        if row.period != period:
            other += 1
            continue
        _keep(say, line, row, directory, counts)
    return Extract(path.name, read, other, read - other - len(counts), counts, say.all())


def _keep(say: Told, line: int, row: ExtractRow, directory: Directory, counts: dict[tuple[str, str], Counted]) -> None:
    whose = directory.whose(row.provider_id)
    key = (whose.provider_id, row.indicator)
    if not whose.provider_id:
        near = {"near": whose.near} if whose.near else {}
        say.add(Code.LEDGER_PROVIDER, {"line": line, "found": row.provider_id, "settings": LEDGER_SETTINGS, **near})
    elif key in counts:
        says = f"says {row.indicator}, as line {counts[key].line} does for this provider. Keep one of them."
        say.add(Code.LIST_ROW, {"line": line, "column": "indicator", "remedy": says})
    else:
        counts[key] = Counted(row.x, row.y, line)
