"""A return as read and checked: what every later step works on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import NamedTuple

from xlkpi.core.cell_count import Figure
from xlkpi.core.checks import ActionPlanEntry
from xlkpi.core.lot import Contact
from xlkpi.core.period import Period
from xlkpi.core.question import Answer, Question
from xlkpi.core.vocabulary import Rag, Reading, State
from xlkpi.findings import Finding, Severity


class Status(Enum):
    """The status of a return: nothing to do, queries only, something to fix, or not to be read as a return at all."""

    COMPLETE = "complete"
    QUERIES = "queries"
    MUST_FIX = "must fix"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class CarriedPlan:
    """What a return was built with of an open plan: its last period and level, and the timescales it has had."""

    period: Period
    rag: Rag
    outturn: Fraction | None
    on: date
    timescales: tuple[str, ...]


@dataclass(frozen=True)
class Manifest:
    """What a return was made as, from its hidden sheet.

    ``contacts`` are the provider's points of contact as they were stamped; none in a workbook of the first layout.
    """

    provider_id: str
    provider: str
    period: Period
    sections: tuple[str, ...]
    as_written: tuple[str, ...]
    catalogue: str
    layout: int
    edition: str
    return_id: str
    send_by: date | None
    previous_y: Mapping[str, int]
    digest: str = ""  # of all that is in it but its seals
    council_seal: str = ""  # under the Council's key; empty where it was built without one
    open_plans: Mapping[str, CarriedPlan] = field(default_factory=dict)
    questions: tuple[Question, ...] = ()
    contacts: tuple[Contact, ...] | None = None

    @property
    def template(self) -> str:
        """Catalogue and layout in one word, as the master shows it: ``2026-27.1/2``."""
        return f"{self.catalogue}/{self.layout}"


class ReturnedEntry(NamedTuple):
    """One indicator of a return, recomputed by core; x and y are None unless they are numbers as it asks for them.

    ``rag`` is under the reading in force, ``rag_as_written`` to the letter; ``gap`` as KPI_GAP; cells as in the file.
    ``plan_row`` is its row on the sheet Action plan, 0 where it has none.
    """

    code: str
    section: str
    x: Figure | None
    y: Figure | None
    state: State
    outturn: Fraction | None
    rag: Rag | None
    rag_as_written: Rag | None
    reading: Reading
    target: str
    gap: Figure | None
    comment: str
    plan: ActionPlanEntry
    sheet: str
    x_cell: str
    y_cell: str
    due: bool
    required: bool
    plan_row: int = 0
    stretch: str = ""


@dataclass(frozen=True)
class CheckedReturn:
    """One file: its provider, its content and its findings. Without a manifest it has no entries.

    ``answers`` are all questions that it was built with, answered or not; ``contacts`` the provider's three points of
    contact as they are in it now.
    """

    file: str
    sha256: str
    manifest: Manifest | None
    entries: tuple[ReturnedEntry, ...]
    findings: tuple[Finding, ...]
    unreadable: bool = False
    declared_by: str = ""
    declared_on: date | None = None
    saved_at: str = ""
    application: str = ""
    answers: tuple[Answer, ...] = ()
    contacts: tuple[Contact, ...] = ()

    @property
    def contacts_changed(self) -> bool:
        """Whether the provider corrected a point of contact that the workbook was built with."""
        built_with = self.manifest.contacts if self.manifest else None
        return bool(self.contacts) and built_with is not None and self.contacts != built_with

    @property
    def status(self) -> Status:
        """The worst that its findings say."""
        severities = {f.severity for f in self.findings}
        if self.unreadable:
            return Status.UNREADABLE
        if Severity.MUST_FIX in severities:
            return Status.MUST_FIX
        return Status.QUERIES if Severity.QUERY in severities else Status.COMPLETE
