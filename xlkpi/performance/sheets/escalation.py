"""Escalation: each step that comes into question, with the letter to send. An officer decides."""

from __future__ import annotations

from collections.abc import Iterable

from xlkpi.catalogue import Catalogue
from xlkpi.consolidation.result import Consolidation
from xlkpi.consolidation.travel import travelled
from xlkpi.performance.case import Case, cases_of
from xlkpi.performance.escalation import Escalation, escalations
from xlkpi.performance.people import People
from xlkpi.performance.steps import Step
from xlkpi.writing.master import Column, Sheet, Table, Value

ESCALATION = "Escalation"
COLUMNS = (
    Column("step", 26, "word"),
    Column("provider_id", 12, "code"),
    Column("provider", 28, "text"),
    Column("indicator", 11, "code"),
    Column("RAG", 9, "word"),
    Column("ground", 22, "text"),
    Column("why", 44, "text"),
    Column("to weigh", 36, "text"),
    Column("next step", 44, "text"),
    Column("by", 12, "day"),
    Column("provider's contact", 30, "text"),
    Column("Council's contact", 30, "text"),
    Column("what the Council reserves", 30, "text"),
    Column("draft", 24, "line"),
    Column("paragraph", 12, "centre"),
)
PARAGRAPHS = {Step.WARNING: "11.0", Step.RETURN: "6.2, 9.0", Step.ACTION_PLAN: "3.0, 5.0", Step.REASONS: "5.0"}


def escalation_sheet(
    result: Consolidation, catalogue: Catalogue, people: People | None = None, cases: Iterable[Case] | None = None
) -> Sheet:
    """One row a step, the gravest first; ``draft`` holds a whole letter: copy the cell, paste it as text."""
    known = cases_of(result, travelled(result, catalogue)) if cases is None else cases
    lines = escalations(result, catalogue, known, people or People())
    nothing = "No KPI is Amber or Red, and no return is outstanding."
    table = Table("KPI_Escalation", COLUMNS, [_values(one) for one in lines], empty=nothing, empty_at=6)
    return Sheet(ESCALATION, (table,), heights=((1, 30.0),), freeze=(1, 4), repeat=1)


def _values(one: Escalation) -> tuple[Value, ...]:
    return (
        one.step.value,
        one.provider_id,
        one.provider,
        one.indicator,
        one.rag.value if one.rag else None,
        one.ground.value,
        one.why,
        one.weigh,
        one.next_step,
        one.by,
        one.contact,
        one.council_contact,
        one.reserved,
        one.draft,
        PARAGRAPHS[one.step],
    )
