"""What is next under a contract, in order of day: returns, queries, contracts that end, reviews."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from xlkpi.consolidation.result import Consolidation, FileStatus
from xlkpi.core.checks import join_words
from xlkpi.core.day import long_date, short_date
from xlkpi.core.lot import Provider, by_name
from xlkpi.core.period import Period
from xlkpi.council import Council
from xlkpi.findings import Severity
from xlkpi.findings.for_the_provider import FOR_THE_PROVIDER
from xlkpi.performance.working_days import add_working_days

DAYS_TO_ANSWER = 10
"""Working days a provider has to answer, unless the officer names a day (as in Sections 9.0 and 11.0)."""
ENDS_SOON = timedelta(days=183)
"""A contract that ends within half a year needs a decision: extend, buy again or let it end."""
REVIEW_SOON = timedelta(days=92)
NO_DAY = "no day"
ALL_PROVIDERS = "All providers"


class TaskKind(Enum):
    """What a task is about, in the order of tasks of one day."""

    RETURN_MISSING = "return missing"
    TO_FIX = "to fix"
    QUERIES = "queries unanswered"
    STEP = "step to consider"
    LETTER = "letter running"
    PLAN = "plan to agree"
    PROGRESS = "plan running"
    ANSWERS = "answers to read"
    CONTACTS = "contacts to accept"
    MINUTES = "minutes deemed agreed"
    MINUTES_TO_SEND = "minutes to send"
    MEETING = "meeting due"
    SPOT_CHECK = "spot check due"
    CONTRACT_ENDS = "contract ends"
    REVIEW = "review due"


KINDS = tuple(TaskKind)
EVERYDAY = (TaskKind.TO_FIX, TaskKind.QUERIES)
"""Kinds of which every period brings many."""


@dataclass(frozen=True)
class NextTask:
    """One thing to do: by which day, None where no day is set, about whom, and what in a sentence.

    ``provider_id`` is empty where it is about all providers.
    """

    day: date | None
    kind: TaskKind
    provider_id: str
    provider: str
    text: str
    indicator: str = ""

    def is_overdue(self, as_of: date) -> bool:
        """Tell whether its day has passed."""
        return self.day is not None and self.day < as_of

    def columns(self, as_of: date) -> tuple[str, str, str, str]:
        """Give the day, the kind, whom it is about and what to do, as texts for people."""
        whom = f"{self.provider_id} {self.provider}" if self.provider_id else ALL_PROVIDERS
        about = f"{whom}{f', {self.indicator}' if self.indicator else ''}"
        kind = f"overdue: {self.kind.value}" if self.is_overdue(as_of) else self.kind.value
        return short_date(self.day) if self.day else NO_DAY, kind, about, self.text


def list_next_tasks(
    result: Consolidation,
    council: Council,
    others: Iterable[NextTask] = (),
    chased: Collection[tuple[str, Period]] = frozenset(),
) -> tuple[NextTask, ...]:
    """List everything that is next on the day of a consolidation; what has no day comes last.

    ``others`` are the tasks that follow from the open matters, the meetings and what returns say; ``chased`` the
    returns of earlier periods that are open matters, as provider_id and period.
    """
    tasks = (
        *others,
        *_missing_returns(result, chased),
        *_unanswered(result),
        *(task for provider in council.register.providers or () for task in _contract_life(provider, result.as_of)),
    )
    return sort_tasks(tasks)


def sort_tasks(tasks: Iterable[NextTask]) -> tuple[NextTask, ...]:
    """Sort tasks by day, then by kind and provider."""

    def key(task: NextTask) -> tuple[object, ...]:
        name = by_name(task.provider, task.provider_id)
        return (task.day or date.max, KINDS.index(task.kind), *name, task.indicator, task.text)

    return tuple(sorted(tasks, key=key))


def _missing_returns(result: Consolidation, chased: Collection[tuple[str, Period]]) -> Iterator[NextTask]:
    """Give a task for each return that is missing; one of another period only while it is an open matter."""
    others = (each for each in result.record.periods if each.period != result.period)
    missing = [(each.period, absent) for each in others for absent in each.missing]
    missing = [(period, absent) for period, absent in missing if (absent.provider.provider_id, period) in chased]
    for period, absent in (*missing, *((result.period, absent) for absent in result.missing)):
        provider = absent.provider
        text = f"Its return of {period} is missing. Send the reminder."
        yield NextTask(absent.due_by, TaskKind.RETURN_MISSING, provider.provider_id, provider.name, text)


def _unanswered(result: Consolidation) -> Iterator[NextTask]:
    """Give a task for each used return whose provider must fix, correct or explain something, or answer a question."""
    counts_by_file = _asked_of_providers(result)
    questions = Counter(provider_id for provider_id, _ in result.questions)
    for row in result.files:
        asked, to_answer = counts_by_file[row.file], questions[row.provider_id]
        if row.status is not FileStatus.USED or not (asked or to_answer):
            continue
        kind = TaskKind.TO_FIX if asked[Severity.MUST_FIX] else TaskKind.QUERIES
        to_fix, to_explain = asked[Severity.MUST_FIX], asked[Severity.QUERY]
        counts = ((to_fix, "to fix"), (to_explain, "to correct or explain"), (to_answer, "to answer"))
        words = join_words([f"{count} {what}" for count, what in counts if count])
        day = add_working_days(row.declared_on, DAYS_TO_ANSWER) if row.declared_on else None
        yield NextTask(day, kind, row.provider_id, row.provider, f"{row.period}: {words}. Send the feedback.")


def _asked_of_providers(result: Consolidation) -> Mapping[str, Counter[Severity]]:
    """Count by file what its provider is asked about; what only an officer can act on is not sent to anyone."""
    counts: dict[str, Counter[Severity]] = defaultdict(Counter)
    for each in result.findings:
        if each.finding.code.name in FOR_THE_PROVIDER and each.finding.severity is not Severity.NOTE:
            counts[each.file][each.finding.severity] += 1
    return counts


def _contract_life(provider: Provider, as_of: date) -> Iterator[NextTask]:
    """Give the tasks that follow from the days of a contract in the register."""
    end, review = provider.last_day, provider.review_date
    if end and end < as_of:
        return
    number, name = provider.provider_id, provider.name
    if end and end <= as_of + ENDS_SOON:
        extended = ", as extended" if provider.extended_to else ""
        text = f"Its contract ends on {long_date(end)}{extended}. Decide whether it is extended."
        yield NextTask(end, TaskKind.CONTRACT_ENDS, number, name, text)
    if review and review <= as_of + REVIEW_SOON:
        text = f"Its review is due on {long_date(review)}. Once it is done, enter the next review_date in the register."
        yield NextTask(review, TaskKind.REVIEW, number, name, text)
