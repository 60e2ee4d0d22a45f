"""Missing: who must report in the period and has not, for how long, and a reminder to send."""

from __future__ import annotations

from xlkpi.consolidation.contract_days import describe_part_period
from xlkpi.consolidation.missing_provider import MissingProvider
from xlkpi.consolidation.result import Consolidation
from xlkpi.core.lot import Provider
from xlkpi.letters.reminders import remind_missing_provider
from xlkpi.performance.open_matters import NO_MATTERS, OpenMatters
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
    Column("reminder", 48, "text"),
    Column("part period", 12, "text"),
)
"""Feedback reads “due by”, “contact”, “e-mail” and “what they sent” again from any master: their headers stay."""


def plan_missing(result: Consolidation, council: str, matters: OpenMatters = NO_MATTERS) -> Sheet:
    """Plan one row per provider without a used return, by name; the reminders are signed by the ``council``."""
    why = result.missing_not_known
    empty = f"Not known: {why}." if why else "No returns are missing."
    rows = [_values(missing, result, council, matters) for missing in result.missing]
    table = Table("KPI_Missing", MISSING_COLUMNS, rows, empty=empty, empty_at=1)
    return Sheet(MISSING, (table,), freeze=(1, 2), paper=REPEAT_HEADER)


def _values(missing: MissingProvider, result: Consolidation, council: str, matters: OpenMatters) -> tuple[Value, ...]:
    provider = missing.provider
    return (
        provider.provider_id,
        provider.name,
        _lots(provider),
        missing.due_by,
        missing.days_late(result.as_of),
        *_contact(provider),
        "\n".join(missing.unusable_files),
        remind_missing_provider(missing, result, council, matters),
        describe_part_period(provider, result.period) if result.period else "",
    )


def _lots(provider: Provider) -> str:
    return ", ".join((*provider.lots, *(("transport",) if provider.transport else ())))


def _contact(provider: Provider) -> tuple[str, str, str]:
    """Name and position, email, telephone of the first point of contact."""
    if not provider.contacts:
        return "", provider.email, ""
    first = provider.contacts[0]
    person = ", ".join(part for part in (first.name, first.position) if part)
    return person, provider.email or first.email, first.telephone
