"""What a provider is asked where its figures and the Council's differ: by invoice, or by both sides' counts.

Nothing is asked about figures that were agreed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xlkpi.core.period import Period
from xlkpi.core.question import Question
from xlkpi.finance.agreement import Agreement, CountPair
from xlkpi.finance.cross_check import CrossCheck, CrossClass
from xlkpi.finance.difference_invoices import list_difference_invoices
from xlkpi.finance.result import FinanceCheck

ProviderQuestion = tuple[str, Question]
"""A provider's id, and what it is asked."""
INVOICES_DIFFER = frozenset((Agreement.UNDERSTATES, Agreement.OVERSTATES, Agreement.COUNT))
COUNTS_DIFFER = frozenset((CrossClass.DIFFERENT_X, CrossClass.DIFFERENT_Y, CrossClass.DIFFERENT))
MOST_INVOICES = 12
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
            numbers = invoices.get(line.provider_id, [])
            text = f"{_both(line.returned, counts, 'ledger')} Which is right?{_list_invoices(numbers)}"
            about = f"Invoices {', '.join(numbers[:2])}" if numbers else COUNTS
            yield line.provider_id, _question(check.period, check.indicator.code, about, text)


def ask_about_counts(period: Period, cross: CrossCheck) -> Iterator[ProviderQuestion]:
    """Ask each provider about every indicator that the case system counts otherwise."""
    for line in cross.lines:
        if line.agreement in COUNTS_DIFFER and line.agreed is None:
            text = f"{_both(line.returned, line.counted, 'case system')} Which is right, and why do they differ?"
            yield line.provider_id, _question(period, line.indicator.code, COUNTS, text)


def _question(period: Period, code: str, about: str, text: str) -> Question:
    return Question(f"{period} {code} figures", str(period), code, about, text)


def _both(returned: CountPair, counted: CountPair, where: str) -> str:
    theirs = f"The Council's {where} has x = {counted.x} and y = {counted.y}."
    return f"You returned x = {returned.x} and y = {returned.y}. {theirs}"


def _list_invoices(numbers: Sequence[str]) -> str:
    if not numbers:
        return ""
    more = f" and {len(numbers) - MOST_INVOICES} more" if len(numbers) > MOST_INVOICES else ""
    shown = f"{', '.join(numbers[:MOST_INVOICES])}{more}"
    return f" Of each of these invoices, say whether it was submitted in time and whether it is disputed: {shown}."
