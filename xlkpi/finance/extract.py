"""Reading an extract of the case system (SWIFT/Liberi): x and y of an indicator as the Council counts them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, PlainValidator

from xlkpi.catalogue import load_catalogue
from xlkpi.core.period import Period
from xlkpi.council.finance_settings import LEDGER_SETTINGS
from xlkpi.council.lists.faults import CellFault, rejection
from xlkpi.council.lists.finance_columns import EXTRACT
from xlkpi.council.lists.finding_collector import FindingCollector
from xlkpi.council.lists.parse_values import ENTER_PROVIDER, read_period, read_text, read_whole, required
from xlkpi.council.lists.reader import open_list, validate_row
from xlkpi.finance.providers import ProviderDirectory
from xlkpi.findings import Code, Finding

CROSS_CHECKED = "SWIFT/Liberi"


def cross_checked() -> tuple[str, ...]:
    """List the indicators whose How measured names the case system, in the Schedule's order."""
    indicators = load_catalogue().indicators.items()
    return tuple(code for code, indicator in indicators if CROSS_CHECKED in indicator.measured)


def _indicator(text: str) -> str:
    try:
        code = load_catalogue().find(read_text(text)).code
    except KeyError:
        raise rejection(
            f"says “{read_text(text)}”, which is not an indicator. Write its whole code, as INFO W1."
        ) from None
    if code not in cross_checked():
        raise rejection(f"says {code}, which is not compared with {CROSS_CHECKED}. Delete the row.")
    return code


class ExtractRow(BaseModel):
    """A row of the extract."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    provider_id: Annotated[str, PlainValidator(required(ENTER_PROVIDER))]
    period: Annotated[Period, PlainValidator(read_period)]
    indicator: Annotated[str, PlainValidator(_indicator)]
    x: Annotated[int, PlainValidator(read_whole)]
    y: Annotated[int, PlainValidator(read_whole)]


@dataclass(frozen=True)
class ExtractCount:
    """x and y as the Council counts them, and the line they are in."""

    x: int
    y: int
    line: int


@dataclass(frozen=True)
class Extract:
    """The Council's counts of one period by provider and indicator. rows_read = used + other_periods + set aside."""

    file: str
    rows_read: int
    other_periods: int
    rows_set_aside: int
    counts: Mapping[tuple[str, str], ExtractCount]
    findings: tuple[Finding, ...]


def read_extract(path: Path, period: Period, directory: ProviderDirectory, mapped: Mapping[str, str]) -> Extract:
    """Read the rows of one period; a row that cannot be used is a finding with its line.

    Raises UnreadableFile where the file is not a list, LedgerError where it lacks a column.
    """
    opened = open_list(path, EXTRACT, mapped)
    findings = FindingCollector(path.name, opened.places)
    findings.add_header(opened.header)
    counts: dict[tuple[str, str], ExtractCount] = {}
    read = other = 0
    for listed in opened:
        if listed.is_blank:
            continue
        read += 1
        line, header = listed.line, listed.header
        if listed.fault:
            findings.add_row(line, listed.fault)
            continue
        counted, faults = validate_row(ExtractRow, header.every(listed.cells), header, listed.row)
        for fault in faults:
            findings.add_row(line, fault)
        if counted is not None and counted.period != period:
            other += 1
        elif counted is not None:
            _add(findings, line, listed.cell("indicator"), counted, directory, counts)
    findings.add_remarks(opened.remarks)
    return Extract(path.name, read, other, read - other - len(counts), counts, findings.all())


def _add(
    findings: FindingCollector,
    line: int,
    cell: str,
    row: ExtractRow,
    directory: ProviderDirectory,
    counts: dict[tuple[str, str], ExtractCount],
) -> None:
    """Add a row's counts, or the finding that says why it is set aside; ``cell`` is that of its indicator."""
    match = directory.match(row.provider_id)
    key = (match.provider_id, row.indicator)
    if not match.provider_id:
        near = {"near": match.near} if match.near else {}
        facts = {"line": line, "found": row.provider_id, "settings": LEDGER_SETTINGS, **near}
        findings.add(Code.LEDGER_PROVIDER, facts)
    elif key in counts:
        reason = f"says {row.indicator}, as line {counts[key].line} does for this provider. Keep one of them."
        findings.add_row(line, CellFault("indicator", cell, reason))
    else:
        counts[key] = ExtractCount(row.x, row.y, line)
