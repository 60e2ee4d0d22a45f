"""What earlier periods leave for the next returns: last figures, open plans, questions, contacts that were accepted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from xlkpi.catalogue import Catalogue
from xlkpi.commands.compare_lists import compare_with_lists
from xlkpi.commands.last_figures import ByProvider, last_figures
from xlkpi.commands.previous import read_previous
from xlkpi.commands.read_options import read_options
from xlkpi.consolidation.accepted_contacts import accept_contacts
from xlkpi.consolidation.agreed_figures import agree_record
from xlkpi.consolidation.collect_period import ReturnSources, collect_period, consolidate_files
from xlkpi.consolidation.contract_record import ContractRecord
from xlkpi.consolidation.result import Consolidation, FileFinding, FileStatus
from xlkpi.core.period import Period
from xlkpi.core.period_text import parse_period
from xlkpi.core.question import Question
from xlkpi.core.records import ActionPlanRecord
from xlkpi.council import Council, SeveralNamed
from xlkpi.findings import Severity
from xlkpi.findings.for_the_provider import FOR_THE_PROVIDER
from xlkpi.layout.carried_forward import CarriedForward
from xlkpi.performance.open_matters import derive_open_matters
from xlkpi.performance.plan_history import PlanStage

ENDED = (PlanStage.DELIVERED, PlanStage.FAILED, PlanStage.NOT_PROPORTIONATE)
CARRIED_ANYHOW = frozenset(("PLAN_NO_PROGRESS", "PLAN_PROGRESS_SAYS_NOTHING", "PLAN_NO_DAY", "PLAN_NOBODY",
                            "QUESTION_OPEN", "QUESTIONS_OPEN"))  # fmt: skip
"""Queries about plans and questions that the next return carries in any case."""


@dataclass(frozen=True)
class EarlierPeriods:
    """What earlier periods leave for the next returns, by provider: last figures, and what is carried forward.

    ``council`` has the contacts that were accepted; ``notes`` say what was found.
    """

    council: Council
    figures: ByProvider = field(default_factory=dict)
    carried: Mapping[str, CarriedForward] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def read_earlier_periods(
    named: SeveralNamed, period: Period, council: Council, as_of: date | None = None
) -> EarlierPeriods:
    """Read the paths that are named, and the inbox of the contract folder, as they are on a day: None for today.

    Raises UnreadableFile where a path does not exist, or has nothing of an earlier period.
    """
    options = read_options(council.terms)
    previous = read_previous(named, council.terms, options)
    previous.require_earlier(period)
    contract, last = council.files.contract, period.back(1)
    today = as_of or date.today()  # noqa: DTZ011 - the day where the officer sits
    if contract is not None:
        sources = ReturnSources(contract.inbox, before=previous.returns, history=previous.record)
        result = collect_period(sources, council, options, period=last, as_of=as_of)
    elif previous.paths:
        result = consolidate_files(previous.returns, council, period=last, as_of=today, history=previous.record)
    else:
        return EarlierPeriods(council)
    # A master counts for the last period, too, where its returns are not there any more.
    record = agree_record(result.record.completed(previous.record), council).before(period)
    questions = _questions(result, record, council)
    plans = _still_asked(find_open_plans(record, council, today), council.terms.in_force(period))
    carried = {
        provider_id: CarriedForward(plans.get(provider_id, {}), questions.get(provider_id, ()))
        for provider_id in {**plans, **questions}
    }
    figures = last_figures(record.rows, period, council.terms)
    return EarlierPeriods(accept_contacts(council, record), figures, carried, previous.describe())


def _still_asked(
    plans: Mapping[str, Mapping[str, ActionPlanRecord]], catalogue: Catalogue
) -> Mapping[str, Mapping[str, ActionPlanRecord]]:
    """Leave out plans of indicators that the catalogue in force does not have: the workbook has no row for them."""
    asked = {
        provider_id: {code: plan for code, plan in by_code.items() if code in catalogue.indicators}
        for provider_id, by_code in plans.items()
    }
    return {provider_id: by_code for provider_id, by_code in asked.items() if by_code}


def find_open_plans(
    record: ContractRecord, council: Council, as_of: date
) -> Mapping[str, Mapping[str, ActionPlanRecord]]:
    """Find each provider's open plans by indicator: the latest version, until it is delivered, failed or closed."""
    plans: dict[str, dict[str, ActionPlanRecord]] = {}
    for matter in derive_open_matters(record, council, as_of).open:
        latest = matter.plan.latest
        if latest is not None and matter.plan.stage(as_of) not in ENDED:
            plans.setdefault(matter.provider_id, {})[matter.code] = latest
    return plans


def _questions(result: Consolidation, record: ContractRecord, council: Council) -> Mapping[str, tuple[Question, ...]]:
    """Gather what each provider is asked: what it has not answered, queries of the last return, figures that differ.

    A question that was answered is not asked again: what the answer means is for the Council to decide. Nor is one
    about figures that were agreed since.
    """
    last = record.by_period.get(result.period) if result.period else None
    again = [(each.provider_id, each.answer.question) for each in (last.answers if last else ())]
    asked_now = compare_with_lists(result, council).result.questions if result.rows else ()
    agreed = council.decisions.agreed_figures
    questions: dict[str, dict[str, Question]] = {}
    for provider_id, question in (*again, *asked_now, *_ask_about_queries(result)):
        about = (provider_id.casefold(), parse_period(question.period, council.terms.scheme), question.indicator)
        if (provider_id, question.question_id) not in record.answered and about not in agreed:
            questions.setdefault(provider_id, {}).setdefault(question.question_id, question)
    return {provider_id: tuple(each.values()) for provider_id, each in questions.items()}


def _ask_about_queries(result: Consolidation) -> Iterator[tuple[str, Question]]:
    used = {row.file for row in result.files if row.status is FileStatus.USED}
    for each in _queries(result.findings):
        if each.file in used:
            query = each.finding
            place = ", ".join(part for part in (query.sheet, query.cell) if part)
            identity = f"{result.period} {query.code.name} {query.indicator or ''} {query.cell}"
            text = _as_question(query.message, str(result.period))
            yield each.provider_id, Question(identity, str(result.period), query.indicator or "", place, text)


def _as_question(message: str, period: str) -> str:
    """Turn a query's message into a question: its last sentence says what to do in the earlier workbook."""
    statement = message.rpartition(". ")[0] or message.rstrip(".")
    return f"{statement}. Explain it here, or send a corrected return of {period}."


def _queries(findings: Iterable[FileFinding]) -> Iterator[FileFinding]:
    for each in findings:
        query = each.finding
        is_asked = query.code.name in FOR_THE_PROVIDER and query.code.name not in CARRIED_ANYHOW
        if query.severity is Severity.QUERY and is_asked and each.provider_id:
            yield each
