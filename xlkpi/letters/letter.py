"""A letter as plain data: heading, recipient, paragraphs and signature; missing details are in [brackets].

A template of the Council's names the same parts in double braces: {{subject}}, {{heading}}, {{name}}, {{body}} …
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from xlkpi.core.day import long_date
from xlkpi.core.lot import Contact

NAME = "[name]"
"""What a letter says where nobody is named."""
TEMPLATE_PARAGRAPHS = (
    "{{subject}}\n{{heading}}",
    "Dear {{name}},",
    "{{body}}",
    "Yours sincerely,",
    "{{signature}}",
)
"""Our own letter as a template: filled in, it is the letter that is written without one."""


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
    council: str

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The letter, heading and signature included; a line break inside a paragraph begins a new line."""
        fields = self.fields
        return (
            f"{self.subject}\n{fields['heading']}",
            f"Dear {fields['name']},",
            *self.body,
            "Yours sincerely,",
            fields["signature"],
        )

    @property
    def fields(self) -> Mapping[str, str]:
        """What a template may name, besides the body."""
        recipient, sender = self.recipient, self.sender
        return {
            "subject": self.subject,
            "heading": "\n".join(self._heading()),
            "name": (recipient.name if recipient else "") or NAME,
            "position": recipient.position if recipient else "",
            "provider": self.provider,
            "contract_ref": self.contract_ref,
            "date": long_date(self.on),
            "signature": "\n".join(self._signature()),
            "sender": (sender.name if sender else "") or NAME,
            "sender_position": sender.position if sender else "",
            "sender_email": sender.email if sender else "",
            "sender_telephone": sender.telephone if sender else "",
            "council": self.council,
        }

    @property
    def text(self) -> str:
        """The letter as text to copy."""
        return "\n\n".join(self.paragraphs)

    def _heading(self) -> Iterator[str]:
        person = (self.recipient.name, self.recipient.position) if self.recipient else ()
        yield f"To: {', '.join(part for part in (*person, self.provider) if part)}"
        if self.contract_ref:
            yield f"Contract: {self.contract_ref}"
        yield f"Date: {long_date(self.on)}"

    def _signature(self) -> Iterator[str]:
        sender = self.sender
        yield sender.name if sender and sender.name else NAME
        if sender and sender.position:
            yield sender.position
        yield self.council
        if sender and (sender.email or sender.telephone):
            yield ", ".join(part for part in (sender.email, sender.telephone) if part)
