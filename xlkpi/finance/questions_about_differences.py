"""What a provider is asked where its figures and the Council's differ: by invoice, or by both sides' counts.

Every invoice is asked about: where there are more than one question has room for, further questions go on. Nothing is
asked about figures that were agreed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from xlkpi.core.contract_words import begin_sentence
from xlkpi.core.indicator import Indicator
from xlkpi.core.period import Period
from xlkpi.core.question import Question
from xlkpi.finance.agreement import Agreement, CountPair
from xlkpi.finance.check_result import FinanceCheck
from xlkpi.finance.cross_check import CrossCheck, CrossClass
from xlkpi.finance.difference_invoices import list_difference_invoices
from xlkpi.layout.carried_forward import LONGEST_QUESTION

ProviderQuestion = tuple[str, Question]
"""A provider's id, and what it is asked."""
INVOICES_DIFFER = frozenset((Agreement.UNDERSTATES, Agreement.OVERSTATES, Agreement.COUNT))
COUNTS_DIFFER = frozenset((CrossClass.DIFFERENT_X, CrossClass.DIFFERENT_Y, CrossClass.DIFFERENT))
MOST_INVOICES = 12
"""Invoices in one question: as many as a person can answer in one cell."""
EACH_INVOICE = "Of each of these invoices, say whether it was submitted in time and whether it is disputed: "
COUNTS = "Both sides' counts"


def ask_about_invoices(check: FinanceCheck) -> Iterator[ProviderQuestion]:
    """Ask each provider whose invoice indicator differs from the ledger, with the invoices that may explain it."""
    invoices: dict[str, list[str]] = {}
    for invoice in list_difference_invoices(check):
        if invoice.explains != "no":
            numbers = invoices.setdefault(invoice.comparison.provider_id, [])
            number = str(invoice.row.invoice_no)
            numbers.extend([] if number in numbers else [number])
    for line in check.lines:
        if line.agreement in INVOICES_DIFFER and line.agreed is None:
            counts = CountPair(line.ledger.disputed, line.ledger.submitted)
            opening = f"{_both(check.indicator, line.returned, counts, 'ledger')} Which is right?"
            first = _question(check.period, check.indicator.code, COUNTS, opening)
            for question in _about_invoices(first, invoices.get(line.provider_id, [])):
                yield line.provider_id, question


def ask_about_counts(period: Period, cross: CrossCheck) -> Iterator[ProviderQuestion]:
    """Ask each provider about every indicator that the case system counts otherwise."""
    for line in cross.lines:
        if line.agreement in COUNTS_DIFFER and line.agreed is None:
            figures = _both(line.indicator, line.returned, line.counted, "case system")
            text = f"{figures} Which is right, and why do they differ?"
            yield line.provider_id, _question(period, line.indicator.code, COUNTS, text)


def _question(period: Period, code: str, about: str, text: str) -> Question:
    return Question(f"{period} {code} figures", str(period), code, about, text)


def _both(indicator: Indicator, returned: CountPair, counted: CountPair, where: str) -> str:
    yours, theirs = (side.name_each(indicator.effective) for side in (returned, counted))
    other = begin_sentence(indicator.words.say("other figures", where=where, theirs=theirs))
    return f"You returned {yours}. {other}"


def _about_invoices(question: Question, numbers: Sequence[str]) -> Iterator[Question]:
    """Ask with which figures a provider agrees, and about the first invoices; then about the others.

    A further question is known by its first invoice: another list of invoices is another question.
    """
    opening = f"{question.text} {EACH_INVOICE}"
    first, *others = list(_parts(numbers, opening)) or [()]
    if not first:
        yield question
        return
    yield replace(question, about=_named(first), text=f"{opening}{', '.join(first)}.")
    for part in others:
        identity = f"{question.question_id} from {part[0]}"
        yield replace(question, question_id=identity, about=_named(part), text=f"{EACH_INVOICE}{', '.join(part)}.")


def _parts(numbers: Sequence[str], opening: str) -> Iterator[tuple[str, ...]]:
    """Part the invoices so that each question shows all of its own, whatever their numbers are like."""
    part: list[str] = []
    for number in numbers:
        length = len(opening) + len(", ".join((*part, number))) + 1
        if part and (len(part) == MOST_INVOICES or length > LONGEST_QUESTION):
            yield tuple(part)
            part = []
        part.append(number)
    if part:
        yield tuple(part)


def _named(numbers: Sequence[str]) -> str:
    return f"Invoices {', '.join(numbers[:2])}"
