"""The JSON document of ``check --json``, as pydantic models: what is printed is what is promised."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from xlkpi.core.cell_count import as_number
from xlkpi.findings import Finding
from xlkpi.plain_text import escape_in_json
from xlkpi.reading.returns.checked_return import CheckedReturn, ReturnedEntry

RagWord = Literal["Green", "Amber", "Red"]


class EntryOut(BaseModel):
    """An indicator of a checked return."""

    model_config = ConfigDict(extra="forbid")
    indicator: str
    x: int | None
    y: int | None
    outturn: float | None = Field(description="a fraction of 1; null where there is none")
    state: str
    rag: RagWord | None = Field(description="under the reading in force")
    rag_as_written: RagWord | None = Field(description="under the contract as written")
    x_cell: str
    y_cell: str
    comment: str


SeverityWord = Literal["must fix", "query", "note"]


class FindingOut(BaseModel):
    """A finding with its place."""

    model_config = ConfigDict(extra="forbid")
    code: str
    severity: SeverityWord
    indicator: str | None
    sheet: str
    cell: str = Field(description="empty where no single cell is meant")
    message: str


class ReturnOut(BaseModel):
    """A file that was checked; what is not known of an unreadable file is null."""

    model_config = ConfigDict(extra="forbid")
    file: str
    sha256: str
    provider_id: str | None
    provider: str | None
    period: str | None
    template: str | None = Field(description="catalogue and layout the workbook was made from")
    edition: str | None = Field(description="native or udf")
    status: Literal["complete", "queries", "must fix", "unreadable"]
    entries: list[EntryOut]
    findings: list[FindingOut]


def check_document(returns: Sequence[CheckedReturn]) -> str:
    """Write checked returns as one JSON document: a list, one object per file."""
    models = [_return(checked) for checked in returns]
    return escape_in_json(TypeAdapter(list[ReturnOut]).dump_json(models, indent=2).decode())


def _return(checked: CheckedReturn) -> ReturnOut:
    manifest = checked.manifest
    return ReturnOut(
        file=checked.file,
        sha256=checked.sha256,
        provider_id=manifest.provider_id if manifest else None,
        provider=manifest.provider if manifest else None,
        period=str(manifest.period) if manifest else None,
        template=manifest.template if manifest else None,
        edition=manifest.edition if manifest else None,
        status=checked.status.value,
        entries=[_entry(entry) for entry in checked.entries],
        findings=[_finding(finding) for finding in checked.findings],
    )


def _entry(entry: ReturnedEntry) -> EntryOut:
    return EntryOut(
        indicator=entry.code,
        x=None if entry.x is None else as_number(entry.x),
        y=None if entry.y is None else as_number(entry.y),
        outturn=float(entry.outturn) if entry.outturn is not None else None,
        state=entry.state.value,
        rag=entry.rag.value if entry.rag else None,
        rag_as_written=entry.rag_as_written.value if entry.rag_as_written else None,
        x_cell=entry.x_cell,
        y_cell=entry.y_cell,
        comment=entry.comment,
    )


def _finding(finding: Finding) -> FindingOut:
    return FindingOut(
        code=finding.code.name,
        severity=finding.severity.value,
        indicator=finding.indicator,
        sheet=finding.sheet,
        cell=finding.cell,
        message=finding.message,
    )
