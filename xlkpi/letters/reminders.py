"""What to write to a provider of whom no return is used: ready to send, and without blame."""

from __future__ import annotations

from datetime import date

from xlkpi.consolidation.result import MissingProvider
from xlkpi.core.day import long_date
from xlkpi.core.period import Period
from xlkpi.core.vocabulary import Frequency
from xlkpi.layout.wording import span_words

NOTHING_CAME = (
    "Fill in the workbook that we sent for this period, save it and send it in answer to this message. If you have"
    " sent it already, tell us when and to which address."
)
SOMETHING_CAME = "Then send the workbook of this period in answer to this message."
HELP = "If you no longer have the workbook, or cannot send it in the next five working days, tell us and we will help."


def count_days_late(due_by: date | None, as_of: date) -> int | None:
    """Days that have gone by since the day it was due, 0 before it; None where that day is not known."""
    return None if due_by is None else max(0, (as_of - due_by).days)


def write_reminder(one: MissingProvider, period: Period, as_of: date) -> str:
    """Subject and text of a message to the provider's first point of contact (Schedule 1.1, 6.2).

    Where something came in the return's place, it says what is the matter with each file and what to do.
    """
    provider = one.provider
    contact = provider.contacts[0].name if provider.contacts else ""
    returned = f"KPI return of {provider.name} for {period} ({span_words(period, Frequency.QUARTERLY)})"
    due = _due(one.due_by, as_of)
    lines = (
        f"Subject: KPI return {period}, {provider.name} ({provider.provider_id})",
        "",
        f"Dear {contact or provider.name},",
        "",
        *(
            _came(one, returned, due)
            if one.unusable_files
            else (f"The {returned} has not reached us. {due}", "", NOTHING_CAME)
        ),
    )
    return "\n".join(lines) + f" {HELP}"


def _came(one: MissingProvider, returned: str, due: str) -> tuple[str, ...]:
    begin = f"We cannot use yet what reached us as the {returned}. {due}"
    return (begin, "", *(f"- {sentence}" for sentence in one.unusable_files), "", SOMETHING_CAME)


def _due(due_by: date | None, as_of: date) -> str:
    days = count_days_late(due_by, as_of)
    if due_by is None or days is None:
        return "Send it as soon as you can."
    if days == 0:
        return f"It is due by {long_date(due_by)}."
    return f"It was due by {long_date(due_by)}, {'1 day' if days == 1 else f'{days} days'} ago."
