"""Questions to providers: those that their returns carried, with the answers, and those that are asked now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from xlkpi.consolidation.agreed_figures import latest_agreed
from xlkpi.consolidation.apply_decisions import AppliedDecisions
from xlkpi.consolidation.found_file import FoundFile
from xlkpi.core.lot import by_name
from xlkpi.core.period import parse_period
from xlkpi.core.question import AskedQuestion
from xlkpi.council import Council
from xlkpi.council.decisions import DecisionKind, DecisionLog


def gather_answers(
    found: Iterable[FoundFile], decided: AppliedDecisions, council: Council
) -> tuple[AskedQuestion, ...]:
    """Gather every question that a return carried, with the latest answer; files set aside by decision do not count."""
    counting = [file for file in found if _counts(file, decided) and file.manifest is not None and file.checked.answers]
    counting.sort(key=lambda file: (file.manifest.period if file.manifest else "", file.checked.saved_at, file.file))
    known: dict[tuple[str, str], AskedQuestion] = {}
    for file in counting:
        manifest = file.manifest
        for answer in file.checked.answers if manifest else ():
            key = (manifest.provider_id, answer.question.question_id) if manifest else ("", "")
            before = known.get(key)
            if answer.is_given or before is None or not before.answer:
                name = manifest.provider if manifest else ""
                known[key] = AskedQuestion(key[0], name, answer.question, answer.answer, file.file)
    return settle_questions(known.values(), council.decisions)


def _counts(file: FoundFile, decided: AppliedDecisions) -> bool:
    decision = decided.by_file.get(file.file)
    return decision is None or decision.kind is DecisionKind.USE


def settle_questions(questions: Iterable[AskedQuestion], log: DecisionLog) -> tuple[AskedQuestion, ...]:
    """Mark the questions about figures that officers have agreed since, and sort them by provider."""
    agreed = latest_agreed(log)
    settled = (
        replace(asked, is_settled=(asked.provider_id.casefold(), parse_period(about.period), about.indicator) in agreed)
        for asked in questions
        for about in (asked.question,)
    )
    return tuple(sorted(settled, key=_order))


def _order(asked: AskedQuestion) -> tuple[object, ...]:
    about = asked.question
    return (*by_name(asked.provider, asked.provider_id), about.period, about.indicator, about.question_id)


def add_questions(known: Sequence[AskedQuestion], asked: Iterable[AskedQuestion]) -> tuple[AskedQuestion, ...]:
    """Add the questions that are asked now to those that returns carried; a carried one keeps its answer."""
    by_id = {(each.provider_id, each.question.question_id): each for each in asked}
    by_id |= {(each.provider_id, each.question.question_id): each for each in known}
    return tuple(sorted(by_id.values(), key=_order))
