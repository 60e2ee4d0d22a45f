"""Escalation: each step to consider, with a letter to send. An officer decides."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from xlkpi.catalogue import Catalogue
from xlkpi.consolidation.result import Consolidation
from xlkpi.letters.warnings import draft_letter
from xlkpi.performance.contacts import ContactBook
from xlkpi.performance.escalation import Escalation, list_escalations
from xlkpi.performance.missed_target import MissedTarget
from xlkpi.writing.workbook import REPEAT_HEADER, Column, Sheet, Table, Value

ESCALATION = "Escalation"
COLUMNS = (
    Column("step", 26, "word"),
    Column("provider_id", 11, "code"),
    Column("provider", 24, "text"),
    Column("indicator", 10, "code"),
    Column("RAG", 8, "word"),
    Column("ground", 18, "text"),
    Column("history", 36, "text"),
    Column("to consider", 34, "text"),
    Column("next step", 38, "text"),
    Column("by", 12, "day"),
    Column("provider's contact", 26, "text"),
    Column("Council's contact", 26, "text"),
    Column("reserved to the Council", 28, "text"),
    Column("paragraph", 11, "centre"),
    Column("draft letter", 24, "line"),
)


def plan_escalation(
    result: Consolidation, catalogue: Catalogue, contacts: ContactBook, targets: Iterable[MissedTarget]
) -> Sheet:
    """Plan one row per step, the gravest first; ``draft letter`` contains a whole letter to copy.

    Everything but the letters is printed.
    """
    escalations = list_escalations(result, catalogue, targets, contacts)
    rows = [_values(escalation, contacts, result.as_of) for escalation in escalations]
    nothing = "No KPI is Amber or Red, and no return is outstanding."
    table = Table("KPI_Escalation", COLUMNS, rows, empty=nothing, empty_at=6)
    return Sheet(ESCALATION, (table,), freeze=(1, 4), paper=replace(REPEAT_HEADER, columns=len(COLUMNS) - 1, a3=True))


def _values(escalation: Escalation, contacts: ContactBook, as_of: date) -> tuple[Value, ...]:
    return (
        escalation.step.value,
        escalation.provider_id,
        escalation.provider,
        escalation.indicator,
        escalation.rag.value if escalation.rag else None,
        escalation.ground.value,
        escalation.history,
        escalation.considerations,
        escalation.next_step,
        escalation.by,
        escalation.contact,
        escalation.council_contact,
        escalation.reserved,
        escalation.paragraph,
        draft_letter(escalation.target, contacts, as_of) if escalation.target else "",
    )
