"""Lots of the framework (Schedule 2.0) and which sections a provider reports."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import FrozenSet, Iterable, Tuple

from xlkpi.core.indicator import Section
from xlkpi.core.visible_text import fold_file

LOTS = ("1a", "1b", "2a", "2b", "3", "4")
TRANSPORT = "transport"
_WHOLE_NUMBER = re.compile(r"0*([0-9]+?)(?:\.0+)?")


@dataclass(frozen=True)
class Contact:
    """A point of contact (Schedule 1.0); a part that is not known is empty."""

    name: str = ""
    position: str = ""
    email: str = ""
    telephone: str = ""


@dataclass(frozen=True)
class Provider:
    """A row of the register: one provider and its contract."""

    provider_id: str
    name: str
    kind: str = ""
    lots: Tuple[str, ...] = ()
    transport: bool = False
    contract_ref: str = ""
    contract_start: str = ""
    contract_value: str = ""
    contract_manager: str = ""
    lead_director: str = ""
    email: str = ""
    contacts: Tuple[Contact, ...] = ()
    supplier_numbers: Tuple[str, ...] = ()

    @property
    def holds(self) -> FrozenSet[str]:
        """The lots held, with ``transport`` for the additional element."""
        return frozenset(self.lots) | (frozenset({TRANSPORT}) if self.transport else frozenset())


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
    return match[1] if match else plain
