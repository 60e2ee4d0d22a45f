"""Gathering what used returns say beside their figures: answers to questions, and contacts that were changed."""

from __future__ import annotations

from collections.abc import Iterable

from xlkpi.consolidation.found_file import FileOutcome
from xlkpi.consolidation.rows import provider_name
from xlkpi.core.lot import by_name
from xlkpi.core.records import ReturnedAnswer, ReturnedContacts
from xlkpi.council import Council


def list_answers(used: Iterable[FileOutcome], council: Council) -> tuple[ReturnedAnswer, ...]:
    """List every question that the used returns were built with and its answer, by provider."""
    answers = [
        ReturnedAnswer(manifest.period, manifest.provider_id, provider_name(manifest, council), answer, each.found.file)
        for each in used
        if (manifest := each.found.manifest) is not None
        for answer in each.found.checked.answers
    ]
    return tuple(sorted(answers, key=lambda each: by_name(each.provider, each.provider_id)))


def list_changed_contacts(used: Iterable[FileOutcome], council: Council) -> tuple[ReturnedContacts, ...]:
    """List the points of contact of the used returns whose provider changed them, by provider."""
    changed = [
        ReturnedContacts(
            manifest.period,
            manifest.provider_id,
            provider_name(manifest, council),
            each.found.checked.contacts,
            manifest.contacts,
            each.found.file,
        )
        for each in used
        if (manifest := each.found.manifest) is not None
        and manifest.contacts is not None
        and each.found.checked.contacts_changed
    ]
    return tuple(sorted(changed, key=lambda each: by_name(each.provider, each.provider_id)))
