"""Whom to turn to: points of contact on both sides, in the order of the Schedule (1.0)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from xlkpi.core.lot import Contact, Provider
from xlkpi.performance.escalation_rules import EscalationStep

ORDINALS = ("1st", "2nd", "3rd")
LEVELS = {EscalationStep.REASONS: 1, EscalationStep.ACTION_PLAN: 1, EscalationStep.RETURN: 1, EscalationStep.WARNING: 2}
"""Which point of contact a step goes to. The Schedule names the path, not who takes which step: a proposal."""

LAST_LEVEL = 3


@dataclass(frozen=True)
class ContactBook:
    """The register's providers by id, and the Council's own contacts; both may be empty."""

    register: Mapping[str, Provider] = field(default_factory=dict)
    council: tuple[Contact, ...] = ()


def find_contact(contacts: Sequence[Contact], level: int) -> tuple[int, Contact] | None:
    """The point of contact of a level (from 1), or the nearest before it that is filled in; None where none is."""
    for number in range(min(level, len(contacts)), 0, -1):
        if any((contacts[number - 1].name, contacts[number - 1].email, contacts[number - 1].telephone)):
            return number, contacts[number - 1]
    return None


def describe_contact(contacts: Sequence[Contact], level: int) -> str:
    """``2nd: Ngozi Adeyemi, Operations Lead, ngozi@…, 01632 …``; empty where nobody is named."""
    found = find_contact(contacts, level)
    if found is None:
        return ""
    number, one = found
    parts = (one.name, one.position, one.email, one.telephone)
    return f"{ORDINALS[number - 1]}: {', '.join(part for part in parts if part)}"


def find_first_year_end(provider: Provider | None) -> date | None:
    """The last day before the contract's first anniversary; None where its start is not in the register."""
    try:
        start = date.fromisoformat(provider.contract_start) if provider else None
    except ValueError:
        return None
    if start is None:
        return None
    leap_day = (start.month, start.day) == (2, 29)
    anniversary = date(start.year + 1, 3, 1) if leap_day else start.replace(year=start.year + 1)
    return date.fromordinal(anniversary.toordinal() - 1)
