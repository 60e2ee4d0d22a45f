"""Missing: who must report in the period and has not, for how long, and what to write to them."""

from __future__ import annotations

from xlkpi.consolidation.result import Consolidation, MissingProvider
from xlkpi.letters.reminders import count_days_late, write_reminder
from xlkpi.writing.workbook import REPEAT_HEADER, Column, Sheet, Table, Value

MISSING = "Missing"
MISSING_COLUMNS = (
    Column("provider_id", 11, "code"),
    Column("provider", 26, "name"),
    Column("lots", 14, "line"),
    Column("due by", 11, "day"),
    Column("days late", 8, "whole"),
    Column("contact", 20, "text"),
    Column("e-mail", 25, "text"),
    Column("telephone", 14, "text"),
    Column("what they sent", 26, "text"),
    Column("chase text", 56, "text"),
)


def plan_missing(result: Consolidation) -> Sheet:
    """One row a provider without a used return, by name."""
    why = result.missing_not_known
    nobody = f"Not known: {why}." if why else "Nobody is missing."
    rows = [_values(one, result) for one in result.missing]
    table = Table("KPI_Missing", MISSING_COLUMNS, rows, empty=nobody, empty_at=1)
    return Sheet(MISSING, (table,), freeze=(1, 2), paper=REPEAT_HEADER)


def _values(one: MissingProvider, result: Consolidation) -> tuple[Value, ...]:
    provider = one.provider
    lots = ", ".join((*provider.lots, *(("transport",) if provider.transport else ())))
    first = provider.contacts[0] if provider.contacts else None
    contact = ", ".join(part for part in (first.name, first.position) if part) if first else ""
    mail = provider.email or (first.email if first else "")
    late = count_days_late(one.due_by, result.as_of)
    who = (provider.provider_id, provider.name, lots, one.due_by, late, contact, mail)
    text = write_reminder(one, result.period, result.as_of) if result.period else ""
    return (*who, first.telephone if first else "", "\n".join(one.unusable_files), text)
