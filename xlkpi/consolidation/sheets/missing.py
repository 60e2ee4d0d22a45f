"""Missing: who must report in the period and has not, for how long, and what to write to them."""

from __future__ import annotations

from xlkpi.consolidation.chase import chase_text, days_since
from xlkpi.consolidation.result import Consolidation, MissingProvider
from xlkpi.writing.master import Column, Sheet, Table, Value

MISSING = "Missing"
MISSING_COLUMNS = (
    Column("provider_id", 12, "code"),
    Column("provider", 34, "name"),
    Column("lots", 18, "line"),
    Column("due by", 13, "day"),
    Column("days late", 11, "whole"),
    Column("contact", 26, "text"),
    Column("e-mail", 28, "text"),
    Column("telephone", 18, "text"),
    Column("what they sent", 36, "text"),
    Column("chase text", 80, "text"),
)


def missing_sheet(result: Consolidation) -> Sheet:
    """One row a provider without a used return, by name."""
    why = result.missing_not_known
    nobody = f"Not known: {why}." if why else "Nobody is missing."
    rows = [_values(one, result) for one in result.missing]
    table = Table("KPI_Missing", MISSING_COLUMNS, rows, empty=nobody, empty_at=1)
    return Sheet(MISSING, (table,), freeze=(1, 2), repeat=1)


def _values(one: MissingProvider, result: Consolidation) -> tuple[Value, ...]:
    provider = one.provider
    lots = ", ".join((*provider.lots, *(("transport",) if provider.transport else ())))
    first = provider.contacts[0] if provider.contacts else None
    contact = ", ".join(part for part in (first.name, first.position) if part) if first else ""
    mail = provider.email or (first.email if first else "")
    late = days_since(one.due_by, result.as_of)
    who = (provider.provider_id, provider.name, lots, one.due_by, late, contact, mail)
    text = chase_text(one, result.period, result.as_of) if result.period else ""
    return (*who, first.telephone if first else "", "\n".join(one.came), text)
