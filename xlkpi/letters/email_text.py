"""An email as text ready to paste: its subject in the first line, then paragraphs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xlkpi.catalogue.load import load_terms
from xlkpi.council import Settings
from xlkpi.plain_text import make_visible

LONGEST_SUBJECT = 150


@dataclass(frozen=True)
class EmailSender:
    """Who writes: where returns are sent, the Council's contact for questions, and its name; empty where not known."""

    send_to: str = ""
    contact: str = ""
    council: str = ""


def sender_from(settings: Settings, council: str = "") -> EmailSender:
    """Return where returns are sent, and who to contact first at the Council, which is called ``council``."""
    first = settings.contacts[0] if settings.contacts else None
    parts = (first.name, first.position, first.email, first.telephone) if first else ()
    return EmailSender(settings.send_to, ", ".join(part for part in parts if part), council)


def compose_email(subject: str, body: Sequence[str]) -> str:
    """Join subject, empty line and paragraphs. No line is broken: the mail program does that for every screen."""
    first = join_lines(subject)
    if len(first) > LONGEST_SUBJECT:
        first = first[: LONGEST_SUBJECT - 1].rstrip() + "…"
    return make_visible("\n\n".join((f"Subject: {first}", *body)) + "\n")


def greet(contact: str) -> str:
    """Greet a person by name, or nobody in particular."""
    return f"Dear {join_lines(contact)}," if contact.strip() else "Hello,"


def sign(sender: EmailSender, *, with_address: bool) -> str:
    """Sign for the Council: where to send the return if it is still to come, and who answers questions."""
    send_to = f"Send to: {sender.send_to}\n" if with_address and sender.send_to else ""
    questions = f"Questions: {sender.contact}\n" if sender.contact else ""
    return f"{send_to}{questions}{sender.council or load_terms().words.council}"


def join_lines(text: str) -> str:
    """Put a person's text on one line: a line break in a name would end the subject."""
    return " ".join(text.split())
