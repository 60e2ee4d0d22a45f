"""What a used return says beside its figures: answers to the Council's questions, and points of contact."""

from __future__ import annotations

from dataclasses import dataclass

from xlkpi.core.lot import Contact
from xlkpi.core.period import Period
from xlkpi.core.question import Answer


@dataclass(frozen=True)
class ReturnedAnswer:
    """A question that a return was built with, and its answer, empty where none was given."""

    period: Period
    provider_id: str
    provider: str
    answer: Answer
    file: str


@dataclass(frozen=True)
class ReturnedContacts:
    """A provider's points of contact as it corrected them in a return, and as the return was built."""

    period: Period
    provider_id: str
    provider: str
    contacts: tuple[Contact, ...]
    built_with: tuple[Contact, ...]
    file: str
