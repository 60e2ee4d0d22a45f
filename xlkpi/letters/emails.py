"""The email that goes with a scorecard, as text ready to paste: one screen of plain words."""

from __future__ import annotations

from collections.abc import Iterator

from xlkpi.core.day import long_date
from xlkpi.feedback.next_steps import describe_agreed, describe_changes, describe_result, has_steps, list_steps
from xlkpi.feedback.provider_findings import describe_finding
from xlkpi.feedback.scorecard import Scorecard
from xlkpi.layout.wording import period_words
from xlkpi.letters.email_text import EmailSender, compose_email, greet, join_lines, sign

POINTS_AT_MOST = 8


def write_feedback_email(card: Scorecard, sender: EmailSender, contact: str, *, marked: bool = True) -> str:
    """Write the email that goes with a scorecard. ``marked``: whether there is a marked copy to refer to."""
    subject = f"KPI return {card.period}: {_describe_outcome(card)} ({card.provider})"
    body = [
        greet(contact),
        f"Thank you for your KPI return for {period_words(card.period)}.",
        " ".join(part for part in (f"Result: {describe_result(card)}", describe_changes(card)) if part),
        *filter(None, (describe_agreed(card),)),
        *_points(card, marked=marked),
        *_questions(card),
        *_to_do(card),
        "The scorecard sent with this email shows every indicator on one page.",
        sign(sender, with_address=not card.in_order),
    ]
    return compose_email(subject, body)


def _describe_outcome(card: Scorecard) -> str:
    counts = [(len(card.must_fix), "to fix"), (len(card.queries), "to correct or explain")]
    counts.append((len(card.questions), "to answer"))
    words = ", ".join(f"{count} {what}" for count, what in counts if count)
    return f"{words} by {long_date(card.answer_by)}" if words else "nothing to fix"


def _points(card: Scorecard, *, marked: bool) -> Iterator[str]:
    shown = 0
    for heading, findings in (("To fix in your workbook:", card.must_fix), ("To correct or explain:", card.queries)):
        room = POINTS_AT_MOST - shown
        points = [
            f"{number}. {join_lines(describe_finding(finding))}"
            for number, finding in enumerate(findings[:room], start=shown + 1)
        ]
        if points:
            yield "\n".join((heading, *points))
        shown += len(points)
    rest = len(card.must_fix) + len(card.queries) - shown
    if rest:
        yield f"… and {rest} more{': see your marked copy' if marked else ''}."


def _questions(card: Scorecard) -> Iterator[str]:
    asked = [
        f"{number}. {question.indicator}, {question.about}: {join_lines(question.text)}"
        for number, question in enumerate(card.questions[:POINTS_AT_MOST], start=1)
    ]
    if asked:
        rest = len(card.questions) - len(asked)
        more = [f"… and {rest} more, on the sheet Questions of your next return."] if rest else []
        yield "\n".join(("To answer, so that we can agree the figures:", *asked, *more))


def _to_do(card: Scorecard) -> Iterator[str]:
    steps = list_steps(card)
    if not has_steps(card):
        yield from steps
        return
    heading = "There is nothing to fix. Next steps:" if card.in_order else "What to do:"
    yield "\n".join((heading, *(f"- {step}" for step in steps)))
