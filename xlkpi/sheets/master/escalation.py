"""Escalation: each step that comes into question, with the letter to send. An officer decides."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from xlkpi.catalogue import Catalogue
from xlkpi.consolidation.result import Consolidation
from xlkpi.consolidation.series import build_series
from xlkpi.letters.warnings import draft_letter
from xlkpi.performance.contacts import ContactBook
from xlkpi.performance.escalation import Escalation, list_escalations
from xlkpi.performance.escalation_rules import EscalationStep
from xlkpi.performance.missed_target import MissedTarget, find_missed_targets
from xlkpi.writing.workbook import REPEAT_HEADER, Column, Sheet, Table, Value

ESCALATION = "Escalation"
COLUMNS = (
    Column("step", 26, "word"),
    Column("provider_id", 11, "code"),
    Column("provider", 24, "text"),
    Column("indicator", 10, "code"),
    Column("RAG", 8, "word"),
    Column("ground", 18, "text"),
    Column("why", 36, "text"),
    Column("to weigh", 34, "text"),
    Column("next step", 38, "text"),
    Column("by", 12, "day"),
    Column("provider's contact", 26, "text"),
    Column("Council's contact", 26, "text"),
    Column("what the Council reserves", 28, "text"),
    Column("paragraph", 11, "centre"),
    Column("draft", 24, "line"),
)
PARAGRAPHS = {
    EscalationStep.WARNING: "11.0",
    EscalationStep.RETURN: "6.2, 9.0",
    EscalationStep.ACTION_PLAN: "3.0, 5.0",
    EscalationStep.REASONS: "5.0",
}


def plan_escalation(
    result: Consolidation,
    catalogue: Catalogue,
    people: ContactBook | None = None,
    cases: Iterable[MissedTarget] | None = None,
) -> Sheet:
    """One row a step, the gravest first; ``draft`` holds a whole letter: copy the cell, paste it as text.

    Everything but the letters goes on paper.
    """
    known = find_missed_targets(result, build_series(result, catalogue)) if cases is None else cases
    people = people or ContactBook()
    lines = list_escalations(result, catalogue, known, people)
    nothing = "No KPI is Amber or Red, and no return is outstanding."
    table = Table(
        "KPI_Escalation", COLUMNS, [_values(one, people, result.as_of) for one in lines], empty=nothing, empty_at=6
    )
    return Sheet(ESCALATION, (table,), freeze=(1, 4), paper=replace(REPEAT_HEADER, columns=len(COLUMNS) - 1, a3=True))


def _values(one: Escalation, people: ContactBook, as_of: date) -> tuple[Value, ...]:
    return (
        one.step.value,
        one.provider_id,
        one.provider,
        one.indicator,
        one.rag.value if one.rag else None,
        one.ground.value,
        one.history,
        one.weigh,
        one.next_step,
        one.by,
        one.contact,
        one.council_contact,
        one.reserved,
        PARAGRAPHS[one.step],
        draft_letter(one.case, people, as_of) if one.case else "",
    )
