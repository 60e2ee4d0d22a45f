"""The reminder to a provider of whom no return is used: one wording, ready to send, and without blame."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from xlkpi.consolidation.missing_provider import MissingProvider
from xlkpi.consolidation.result import Consolidation
from xlkpi.core.day import long_date
from xlkpi.core.period import Period
from xlkpi.feedback.provider_facts import MissingReturn
from xlkpi.layout.wording import period_words
from xlkpi.letters.email_text import EmailSender, compose_email, greet, join_lines, sender_from, sign
from xlkpi.performance.open_matters import NO_MATTERS, OpenMatters
from xlkpi.performance.wording import join_periods

NOT_RECEIVED, NOT_USABLE = "not received yet", "we cannot use the file you sent"
NO_DATE_SET = "within five working days"
HELP = (
    "If you have already sent it, tell us when and to which address. If there is a problem, let us know and we will "
    "help."
)


@dataclass(frozen=True)
class Reminder:
    """What a reminder says. ``answer_by`` is the day that the officer set; None leaves it to the period's own day.

    ``as_of`` is the day from which days late are counted, None where they are not to be shown. ``also_missing`` are
    earlier periods of which no return was sent either.
    """

    provider: str
    period: Period
    contact: str
    due_by: date | None
    unusable_files: tuple[str, ...]
    as_of: date | None = None
    answer_by: date | None = None
    sender: EmailSender = field(default_factory=EmailSender)
    also_missing: tuple[Period, ...] = ()

    @property
    def is_late(self) -> bool:
        """Whether the return is overdue; without a day to count to, it is."""
        return self.due_by is not None and (self.as_of is None or self.due_by < self.as_of)


def remind_missing_provider(
    missing: MissingProvider, result: Consolidation, council: str, matters: OpenMatters = NO_MATTERS
) -> str:
    """Write the reminder of a ``council`` that the sheet Missing shows; empty where the period is not known."""
    if result.period is None:
        return ""
    provider = missing.provider
    contact = provider.contacts[0].name if provider.contacts else ""
    facts = (provider.name, result.period, contact, missing.due_by, missing.unusable_files)
    also_missing = list_also_missing(matters, provider.provider_id, result.period)
    sender = sender_from(result.council.settings, council)
    return write_reminder(Reminder(*facts, as_of=result.as_of, sender=sender, also_missing=also_missing))


def list_also_missing(matters: OpenMatters, provider_id: str, period: Period) -> tuple[Period, ...]:
    """List the periods before one of which a provider sent no return either."""
    matter = matters.by_subject.get((provider_id, ""))
    return tuple(each for each in matter.returns_missing if each < period) if matter else ()


def remind_of_return(
    missing: MissingReturn,
    period: Period,
    answer_by: date,
    sender: EmailSender,
    contact: str,
    also_missing: tuple[Period, ...] = (),
) -> str:
    """Write the reminder that goes out with feedback."""
    facts = (missing.provider, period, contact, missing.due_by, missing.unusable_files)
    return write_reminder(Reminder(*facts, answer_by=answer_by, sender=sender, also_missing=also_missing))


def write_reminder(reminder: Reminder) -> str:
    """Write subject and text of the email to the provider's first point of contact (Schedule 1.1, 6.2).

    Where files arrived that cannot be used, it says why of each of them, and what to do.
    """
    subject = NOT_USABLE if reminder.unusable_files else NOT_RECEIVED
    body = (
        greet(reminder.contact or reminder.provider),
        *_what_is_missing(reminder),
        *_also_missing(reminder),
        _what_to_do(reminder),
        HELP,
        sign(reminder.sender, with_address=True),
    )
    return compose_email(f"KPI return {reminder.period}: {subject} ({reminder.provider})", body)


def _what_is_missing(reminder: Reminder) -> Iterator[str]:
    provider, period = join_lines(reminder.provider), period_words(reminder.period)
    if not reminder.unusable_files:
        yield f"We have not received the KPI return of {provider} for {period}.{_due(reminder)}"
        return
    yield f"We cannot use what you sent as the KPI return of {provider} for {period}.{_due(reminder)}"
    yield "\n".join(f"- {join_lines(sentence)}" for sentence in reminder.unusable_files)


def _also_missing(reminder: Reminder) -> Iterator[str]:
    if reminder.also_missing:
        yield f"We have not received the return of {join_periods(reminder.also_missing)} either."


def _due(reminder: Reminder) -> str:
    if reminder.due_by is None:
        return ""
    if not reminder.is_late:
        return f" It is due by {long_date(reminder.due_by)}."
    if reminder.as_of is None:
        return f" It was due by {long_date(reminder.due_by)}."
    days = (reminder.as_of - reminder.due_by).days
    return f" It was due by {long_date(reminder.due_by)}, {'1 day' if days == 1 else f'{days} days'} ago."


def _what_to_do(reminder: Reminder) -> str:
    send_to = reminder.sender.send_to
    send = f"send it to {send_to}" if send_to else "reply to this email with it attached"
    return (
        "What to do:\n"
        f"1. Open the workbook we sent you for {reminder.period}. If you no longer have it, ask us for a copy.\n"
        "2. Enter x and y in the yellow cells. Where there was nothing to count, enter 0 and 0.\n"
        f"3. When the workbook says “Ready to send”, save it and {send} {_deadline(reminder)}."
    )


def _deadline(reminder: Reminder) -> str:
    day = reminder.answer_by or (None if reminder.is_late else reminder.due_by)
    return f"by {long_date(day)}" if day else NO_DATE_SET
