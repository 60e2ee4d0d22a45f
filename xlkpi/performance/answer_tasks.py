"""What is next about what returns say beside their figures: answers to questions, and contacts that were corrected."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from xlkpi.consolidation.accepted_contacts import list_accepted
from xlkpi.consolidation.result import Consolidation
from xlkpi.core.checks import join_words
from xlkpi.core.lot import tidy_contacts
from xlkpi.core.period_text import parse_period
from xlkpi.core.question import Question
from xlkpi.core.records import ReturnedContacts
from xlkpi.council import Council
from xlkpi.performance.next_tasks import NextTask, TaskKind


def list_answer_tasks(result: Consolidation, council: Council) -> Iterator[NextTask]:
    """List a task per provider that has answered questions in its last return, or proposed other contacts."""
    yield from _answers(result, council)
    yield from _contacts(result, council)


def _answers(result: Consolidation, council: Council) -> Iterator[NextTask]:
    """An answer changes nothing by itself: an officer reads it, and agrees the figures or leaves them."""
    last = result.record.by_period.get(result.period) if result.period else None
    agreed, scheme = council.decisions.agreed_figures, council.terms.scheme
    answered: dict[tuple[str, str], list[Question]] = defaultdict(list)
    for each in last.answers if last else ():
        question = each.answer.question
        about = (each.provider_id.casefold(), parse_period(question.period, scheme), question.indicator)
        if each.answer.is_given and about not in agreed:
            answered[each.provider_id, each.provider].append(question)
    for (provider_id, provider), questions in answered.items():
        codes = list(dict.fromkeys(question.indicator for question in questions if question.indicator))
        what = f"{len(questions)} question{'' if len(questions) == 1 else 's'}"
        about_what = f" about {join_words(codes)}" if codes else ""
        text = f"It answered {what}{about_what}. Read the sheet Questions of the master, and agree the figures."
        yield NextTask(None, TaskKind.ANSWERS, provider_id, provider, text)


def _contacts(result: Consolidation, council: Council) -> Iterator[NextTask]:
    """The contacts that a provider proposed last, while the register has those that its return was built with."""
    accepted = list_accepted(result.record, council)
    proposed: dict[str, ReturnedContacts] = {each.provider_id: each for each in result.record.contacts}
    for provider_id, last in proposed.items():
        decided = any(each.returned == last for each in accepted.get(provider_id, ()))
        provider = council.register.find(provider_id)
        if provider is None or decided or tidy_contacts(provider.contacts) != last.built_with:
            continue
        text = f"Its return of {last.period} has other contacts. Check them on the sheet Contacts of the master."
        yield NextTask(None, TaskKind.CONTACTS, provider_id, provider.name, text)
