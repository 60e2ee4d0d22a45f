"""A letter as plain data: heading, recipient, paragraphs and signature; missing details are in [brackets]."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from xlkpi.catalogue.load import load_terms
from xlkpi.core.day import long_date
from xlkpi.core.lot import Contact


@dataclass(frozen=True)
class Letter:
    """What a letter says. ``recipient`` and ``sender`` are None where nobody is named."""

    subject: str
    provider: str
    contract_ref: str
    on: date
    recipient: Contact | None
    sender: Contact | None
    body: tuple[str, ...]
    council: str = ""

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The letter, heading and signature included; a line break inside a paragraph begins a new line."""
        name = self.recipient.name if self.recipient else ""
        return (
            "\n".join(self._heading()),
            f"Dear {name or '[name]'},",
            *self.body,
            "Yours sincerely,",
            "\n".join(self._signature()),
        )

    @property
    def text(self) -> str:
        """The letter as text to copy."""
        return "\n\n".join(self.paragraphs)

    def _heading(self) -> Iterator[str]:
        yield self.subject
        person = (self.recipient.name, self.recipient.position) if self.recipient else ()
        yield f"To: {', '.join(part for part in (*person, self.provider) if part)}"
        if self.contract_ref:
            yield f"Contract: {self.contract_ref}"
        yield f"Date: {long_date(self.on)}"

    def _signature(self) -> Iterator[str]:
        sender = self.sender
        yield sender.name if sender and sender.name else "[name]"
        if sender and sender.position:
            yield sender.position
        yield self.council or load_terms().words.council
        if sender and (sender.email or sender.telephone):
            yield ", ".join(part for part in (sender.email, sender.telephone) if part)
