"""Lots of the framework (Schedule 2.0) and which sections a provider reports."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import FrozenSet, Iterable, Optional, Tuple

from xlkpi.core.day import FIRST_DAY, LAST_DAY
from xlkpi.core.indicator import Section
from xlkpi.core.period import Period
from xlkpi.core.visible_text import fold_file, tidy

TRANSPORT = "transport"
_WHOLE_NUMBER = re.compile(r"([0-9]+)(?:\.0+)?")


@dataclass(frozen=True)
class Contact:
    """A point of contact (Schedule 1.0); a part that is not known is empty."""

    name: str = ""
    position: str = ""
    email: str = ""
    telephone: str = ""


@dataclass(frozen=True)
class Provider:
    """A row of the register: one provider and its contract.

    Days that the register does not give are None: a contract without a start has always run, one without an end runs
    on.
    """

    provider_id: str
    name: str
    kind: str = ""
    lots: Tuple[str, ...] = ()
    transport: bool = False
    contract_ref: str = ""
    contract_start: Optional[date] = None
    contract_end: Optional[date] = None
    extended_to: Optional[date] = None
    review_date: Optional[date] = None
    contract_value: str = ""
    contract_manager: str = ""
    lead_director: str = ""
    department: str = ""
    supplied: str = ""
    email: str = ""
    contacts: Tuple[Contact, ...] = ()
    supplier_numbers: Tuple[str, ...] = ()

    @property
    def holds(self) -> FrozenSet[str]:
        """The lots held, with ``transport`` for the additional element."""
        return frozenset(self.lots) | (frozenset({TRANSPORT}) if self.transport else frozenset())

    @property
    def last_day(self) -> Optional[date]:
        """The day the contract ends, with its extension; None for one that runs on."""
        return self.extended_to or self.contract_end

    def runs_in(self, period: Period) -> bool:
        """Tell whether the contract runs on any day of a period: then the provider reports it."""
        return (self.contract_start or FIRST_DAY) <= period.end and period.start <= (self.last_day or LAST_DAY)

    def runs_whole(self, period: Period) -> bool:
        """Tell whether the contract runs on every day of a period: else its figures count a part of it."""
        return (self.contract_start or FIRST_DAY) <= period.start and period.end <= (self.last_day or LAST_DAY)


def tidy_contacts(contacts: Iterable[Contact]) -> Tuple[Contact, ...]:
    """Give points of contact as people read them, so that they can be compared; empty ones at the end are left out."""
    tidied = [Contact(*(tidy(part) for part in (c.name, c.position, c.email, c.telephone))) for c in contacts]
    while tidied and tidied[-1] == Contact():
        tidied.pop()
    return tuple(tidied)


def select_sections(provider: Provider, sections: Iterable[Section]) -> Tuple[Section, ...]:
    """Select the sections that a provider reports, in the Schedule's order; every provider reports the first."""
    return tuple(s for s in sections if not s.lots or provider.holds & set(s.lots))


def by_name(provider: str, provider_id: str) -> Tuple[str, str]:
    """Give the key that sorts providers by name without regard to capitals, then by their id."""
    return provider.casefold(), provider_id


def fold_name(text: str) -> str:
    """Take capitals and extra spaces off a name and compose its accents, so that spellings of it can be compared."""
    return " ".join(fold_file(text).casefold().split())


def fold_number(text: str) -> str:
    """Take off a supplier number what programs add or lose: zeros before it, a point and zeros behind it, spaces."""
    plain = "".join(text.casefold().split())
    match = _WHOLE_NUMBER.fullmatch(plain)
    return match[1].lstrip("0") or "0" if match else plain
