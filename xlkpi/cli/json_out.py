"""The JSON documents that other systems read, as pydantic models: what is printed is what is promised."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict, TypeAdapter

from xlkpi.findings import Finding
from xlkpi.reading.returns.checked_return import CheckedReturn, ReturnedEntry

Word = Literal["Green", "Amber", "Red"]


class EntryOut(BaseModel):
    """One entry of a checked return; ``outturn`` is a fraction of 1."""

    model_config = ConfigDict(extra="forbid")
    indicator: str
    x: int | None
    y: int | None
    outturn: float | None
    state: str
    rag: Word | None
    rag_as_written: Word | None
    x_cell: str
    y_cell: str
    comment: str


class FindingOut(BaseModel):
    """One finding with its place."""

    model_config = ConfigDict(extra="forbid")
    code: str
    severity: Literal["must fix", "query", "note"]
    indicator: str | None
    sheet: str
    cell: str
    message: str


class ReturnOut(BaseModel):
    """One file of ``check --json``; what an unreadable file cannot tell is null."""

    model_config = ConfigDict(extra="forbid")
    file: str
    sha256: str
    provider_id: str | None
    provider: str | None
    period: str | None
    template: str | None
    edition: str | None
    status: Literal["complete", "queries", "must fix", "unreadable"]
    entries: list[EntryOut]
    findings: list[FindingOut]


def check_document(returns: Sequence[CheckedReturn]) -> str:
    """The document of ``check --json``: a list, one object a file."""
    models = [_return(checked) for checked in returns]
    return TypeAdapter(list[ReturnOut]).dump_json(models, indent=2).decode()


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
        findings=[_finding(found) for found in checked.findings],
    )


def _entry(entry: ReturnedEntry) -> EntryOut:
    return EntryOut(
        indicator=entry.code,
        x=entry.x,
        y=entry.y,
        outturn=float(entry.outturn) if entry.outturn is not None else None,
        state=entry.state.value,
        rag=entry.rag.value if entry.rag else None,
        rag_as_written=entry.rag_as_written.value if entry.rag_as_written else None,
        x_cell=entry.x_cell,
        y_cell=entry.y_cell,
        comment=entry.comment,
    )


def _finding(found: Finding) -> FindingOut:
    return FindingOut(
        code=found.code.name,
        severity=found.severity.value,
        indicator=found.indicator,
        sheet=found.sheet,
        cell=found.cell,
        message=found.message,
    )
