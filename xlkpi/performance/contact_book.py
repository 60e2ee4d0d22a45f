"""Who to contact: points of contact on both sides, in the order of the Schedule (1.0)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from xlkpi.core.lot import Contact, Provider
from xlkpi.council import Council

ORDINALS = ("1st", "2nd", "3rd")


@dataclass(frozen=True)
class ContactBook:
    """The register's providers by id, and the Council's own contacts; both may be empty."""

    register: Mapping[str, Provider] = field(default_factory=dict)
    council: tuple[Contact, ...] = ()

    def contacts_of(self, provider_id: str) -> tuple[Contact, ...]:
        """List a provider's contacts; none where the register does not know it."""
        provider = self.register.get(provider_id)
        return provider.contacts if provider else ()


def make_contact_book(council: Council) -> ContactBook:
    """Make the book of everybody the register and the settings name."""
    return ContactBook(council.register.by_id or {}, council.settings.contacts)


def find_contact(contacts: Sequence[Contact], level: int) -> tuple[int, Contact] | None:
    """Find the point of contact of a level (from 1), or the nearest before it that is filled in; None if none is."""
    for number in range(min(level, len(contacts)), 0, -1):
        contact = contacts[number - 1]
        if any((contact.name, contact.email, contact.telephone)):
            return number, contact
    return None


def describe_contact(contacts: Sequence[Contact], level: int) -> str:
    """Write ``2nd: Ngozi Adeyemi, Operations Lead, ngozi@…, 01632 …``; empty where nobody is named."""
    numbered = find_contact(contacts, level)
    if numbered is None:
        return ""
    number, contact = numbered
    parts = (contact.name, contact.position, contact.email, contact.telephone)
    return f"{ORDINALS[number - 1]}: {', '.join(part for part in parts if part)}"


def find_first_year_end(provider: Provider | None) -> date | None:
    """Find the last day before the contract's first anniversary; None where the register has no start date."""
    start = provider.contract_start if provider else None
    if start is None:
        return None
    leap_day = (start.month, start.day) == (2, 29)
    anniversary = date(start.year + 1, 3, 1) if leap_day else start.replace(year=start.year + 1)
    return date.fromordinal(anniversary.toordinal() - 1)
