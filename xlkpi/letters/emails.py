"""The e-mail to a provider, as text ready to paste: its subject in the first line, then one screen of plain words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from xlkpi.core.day import long_date
from xlkpi.core.period import Period
from xlkpi.feedback.next_steps import describe_changes, describe_result, has_steps, list_steps
from xlkpi.feedback.provider_facts import MissingReturn, ProviderFinding
from xlkpi.feedback.provider_findings import describe_finding
from xlkpi.feedback.scorecard import Scorecard
from xlkpi.layout.wording import period_words

POINTS_AT_MOST = 8
LONGEST_SUBJECT = 150


@dataclass(frozen=True)
class EmailSender:
    """Who writes: where returns are sent, and the council's contact for questions; empty where not known."""

    send_to: str = ""
    contact: str = ""


def write_feedback_email(card: Scorecard, writer: EmailSender, contact: str, *, marked: bool = True) -> str:
    """The e-mail that goes with a scorecard. ``marked``: whether a marked copy can be pointed to for the rest."""
    subject = f"KPI return {card.period}: {_outcome(card)} ({card.provider})"
    body = [
        _greeting(contact),
        f"Thank you for your KPI return for {period_words(card.period)}.",
        " ".join(part for part in (f"Result: {describe_result(card)}", describe_changes(card)) if part),
        *_points(card, marked=marked),
        *_to_do(card),
        "The scorecard that comes with this e-mail shows every indicator on one page.",
        *_signed(writer, card.in_order),
    ]
    return _text(subject, body)


def _outcome(card: Scorecard) -> str:
    parts = [(len(card.must_fix), "to fix"), (len(card.queries), "to correct or explain")]
    told = ", ".join(f"{count} {what}" for count, what in parts if count)
    return f"{told} by {long_date(card.answer_by)}" if told else "nothing to fix"


def reminder_letter(one: MissingReturn, period: Period, answer_by: date, writer: EmailSender, contact: str) -> str:
    """The e-mail to a provider of whom no return is used."""
    due = f" It was due by {long_date(one.due_by)}." if one.due_by else ""
    to = f" to {writer.send_to}" if writer.send_to else ""
    body = [
        _greeting(contact),
        *_what_came(one, period_words(period), due),
        "What to do:\n"
        f"1. Open the workbook we sent you for {period}. If you no longer have it, ask us for a copy.\n"
        "2. Enter x and y in the yellow cells. Where there was nothing to count, enter 0 and 0.\n"
        f"3. At “Ready to send”, save the workbook and send it{to} by {long_date(answer_by)}.",
        "If it is already on its way, there is nothing more to do. If something stands in the way, tell us.",
        *_signed(writer, in_order=False),
    ]
    subject = "what came cannot be used yet" if one.came else "not received yet"
    return _text(f"KPI return {period}: {subject} ({one.provider})", body)


def _what_came(one: MissingReturn, period: str, due: str) -> Iterator[str]:
    if not one.came:
        yield f"We have no KPI return from {_line(one.provider)} for {period}.{due}"
        return
    yield f"We cannot use yet what came as the KPI return of {_line(one.provider)} for {period}.{due}"
    yield "\n".join(f"- {_line(sentence)}" for sentence in one.came)


def _points(card: Scorecard, *, marked: bool) -> Iterator[str]:
    shown = 0
    for heading, said in (("To fix in your workbook:", card.must_fix), ("To correct or explain:", card.queries)):
        room = POINTS_AT_MOST - shown
        points = [_point(number, one) for number, one in enumerate(said[:room], start=shown + 1)]
        if points:
            yield "\n".join((heading, *points))
        shown += len(points)
    rest = len(card.must_fix) + len(card.queries) - shown
    if rest:
        yield f"… and {rest} more{': see your marked copy' if marked else ''}."


def _point(number: int, one: ProviderFinding) -> str:
    return f"{number}. {_line(describe_finding(one))}"


def _to_do(card: Scorecard) -> Iterator[str]:
    steps = list_steps(card)
    if not has_steps(card):
        yield from steps
        return
    begin = "There is nothing to fix. What comes next:" if card.in_order else "What to do:"
    yield "\n".join((begin, *(f"- {step}" for step in steps)))


def _greeting(contact: str) -> str:
    return f"Dear {_line(contact)}," if contact.strip() else "Hello,"


def _signed(writer: EmailSender, in_order: bool) -> Sequence[str]:
    to = "" if in_order or not writer.send_to else f"Send to: {writer.send_to}\n"
    questions = f"Questions: {writer.contact}\n" if writer.contact else ""
    return (f"{to}{questions}Kent County Council".strip(),)


def _text(subject: str, body: Sequence[str]) -> str:
    """Subject, empty line, paragraphs. No line is broken: the mail program does that for every screen."""
    first = _line(subject)
    if len(first) > LONGEST_SUBJECT:
        first = first[: LONGEST_SUBJECT - 1].rstrip() + "…"
    return "\n\n".join((f"Subject: {first}", *body)) + "\n"


def _line(text: str) -> str:
    """A text of somebody's on one line: a line break in a name would end the subject."""
    return " ".join(text.split())
