"""The JSON document of ``consolidate --json``, as pydantic models: what is printed is what is promised."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from xlkpi.cli.json_check import SeverityWord
from xlkpi.commands.consolidate import Master
from xlkpi.consolidation.list_findings import list_findings
from xlkpi.consolidation.result import FileFinding
from xlkpi.plain_text import escape_in_json


class ListFindingOut(BaseModel):
    """What is wrong in a list of the Council, the register or the decisions, as the sheet Findings has it."""

    model_config = ConfigDict(extra="forbid")
    file: str = Field(description="the name of the list")
    code: str
    severity: SeverityWord
    cell: str = Field(description="empty where the whole row is meant")
    message: str


class ConsolidationOut(BaseModel):
    """A master that was written; found = used + set_aside + superseded."""

    model_config = ConfigDict(extra="forbid")
    master: str = Field(description="the path of the master")
    period: str | None = Field(description="the period collected; null where no file is a return and none was named")
    found: int = Field(description="files found in the folder")
    used: int = Field(description="returns whose figures are in the master")
    set_aside: int = Field(description="files that are not a return of the period, or cannot be used")
    superseded: int = Field(description="returns replaced by another return of the same provider")
    missing: list[str] = Field(description="provider_id of each provider with a missing return")
    must_fix: int = Field(description="findings that must be fixed")
    queries: int = Field(description="findings to correct or explain")
    lists: list[ListFindingOut] = Field(description="what is wrong in the register and the decisions")
    seconds: float = Field(description="how long it took")


def consolidate_document(master: Master, seconds: float) -> str:
    """Write a consolidation as one JSON document."""
    result = master.consolidation
    document = ConsolidationOut(
        master=str(master.path),
        period=str(result.period) if result.period else None,
        found=result.found,
        used=result.used,
        set_aside=result.set_aside,
        superseded=result.superseded,
        missing=[absent.provider.provider_id for absent in result.missing],
        must_fix=result.must_fix,
        queries=result.queries,
        lists=[_list_finding(finding) for finding in list_findings(result)],
        seconds=seconds,
    )
    return escape_in_json(document.model_dump_json(indent=2))


def _list_finding(listed: FileFinding) -> ListFindingOut:
    return ListFindingOut(
        file=listed.file,
        code=listed.finding.code.name,
        severity=listed.finding.severity.value,
        cell=listed.finding.cell,
        message=listed.finding.message,
    )
