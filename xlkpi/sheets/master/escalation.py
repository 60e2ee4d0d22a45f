"""Escalation: each step to consider, one row per provider and step, with a letter to send. An officer decides."""

from __future__ import annotations

from dataclasses import replace

from xlkpi.catalogue.ladder import Rung
from xlkpi.letters.escalation_letters import draft_letter
from xlkpi.performance.contact_book import ContactBook
from xlkpi.performance.escalation import ProviderStep, list_steps
from xlkpi.performance.open_matters import OpenMatters
from xlkpi.writing.workbook import REPEAT_HEADER, Column, Sheet, StyledText, Table, Value

ESCALATION = "Escalation"
COLUMNS = (
    Column("step", 38, "word"),
    Column("provider_id", 11, "code"),
    Column("provider", 24, "text"),
    Column("indicator", 10, "text"),
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


def plan_escalation(matters: OpenMatters, contacts: ContactBook) -> Sheet:
    """Plan one row per provider and step, the gravest first; ``draft letter`` contains a whole letter to copy.

    Everything but the letters is printed.
    """
    rows = [_values(step, contacts) for step in list_steps(matters, contacts)]
    table = Table("KPI_Escalation", COLUMNS, rows, empty="No step is proposed.", empty_at=6)
    return Sheet(ESCALATION, (table,), freeze=(1, 4), paper=replace(REPEAT_HEADER, columns=len(COLUMNS) - 1, a3=True))


def style_step(rung: Rung) -> StyledText:
    """Give a step, whatever the ladder calls it, the look of its kind."""
    return StyledText(rung.step, f"step: {rung.kind.value}")


def _values(step: ProviderStep, contacts: ContactBook) -> tuple[Value, ...]:
    letter = draft_letter(step, contacts)
    return (
        style_step(step.rung),
        step.provider_id,
        step.provider,
        "\n".join(step.subjects),
        step.rag.value if step.rag else None,
        step.ground,
        step.history,
        step.considerations,
        step.next_step,
        step.by,
        step.contact,
        step.council_contact,
        step.reserved,
        step.paragraph,
        letter.text if letter else "",
    )
