"""What the Council asks a provider where the two sides differ: invoice by invoice, or by both sides' counts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from xlkpi.core.day import long_date
from xlkpi.core.question import AskedQuestion, Question
from xlkpi.finance.agreement import Agreement
from xlkpi.finance.cross_check import CrossCheck, CrossClass, CrossComparison
from xlkpi.finance.difference_invoices import DifferenceInvoice, list_difference_invoices
from xlkpi.finance.result import S2, FinanceCheck, S2Comparison

DIFFERENT = frozenset((Agreement.UNDERSTATES, Agreement.OVERSTATES, Agreement.COUNT))
CROSS_DIFFERENT = frozenset((CrossClass.DIFFERENT_X, CrossClass.DIFFERENT_Y, CrossClass.DIFFERENT))
MOST_INVOICES = 20
"""Invoices of one provider that are asked about; of more, one question gives both sides' counts as well."""
INVOICE_WORDS = {
    "yes": "It explains the difference between our counts.",
    "possible": "It may explain the difference between our counts.",
}


def list_s2_questions(check: FinanceCheck) -> Iterator[AskedQuestion]:
    """List the questions about KPI S2, by provider: an invoice each, or the counts where no invoice explains them."""
    period = str(check.period)
    by_provider: dict[str, list[DifferenceInvoice]] = {}
    for invoice in list_difference_invoices(check):
        if invoice.explains in INVOICE_WORDS:
            by_provider.setdefault(invoice.comparison.provider_id, []).append(invoice)
    for line in check.lines:
        if line.agreement not in DIFFERENT or line.agreed:
            continue
        invoices = {str(invoice.row.invoice_no): invoice for invoice in by_provider.get(line.provider_id, [])}
        for number in list(invoices)[:MOST_INVOICES]:
            yield _asked(line, _about_invoice(line, invoices[number], number, period))
        if not invoices or len(invoices) > MOST_INVOICES:
            yield _asked(line, _about_counts(line, period))


def _asked(line: S2Comparison | CrossComparison, question: Question) -> AskedQuestion:
    return AskedQuestion(line.provider_id, line.provider, question)


def _about_invoice(line: S2Comparison, invoice: DifferenceInvoice, number: str, period: str) -> Question:
    row = invoice.row
    received = f", received on {_day(row.received_date)}" if row.received_date else ""
    disputed = f" and disputed on {_day(row.disputed_date)}" if row.disputed_date else ""
    what = f" ({invoice.description})" if invoice.description else ""
    text = (
        f"Our ledger has invoice {number}{received}{disputed}{what}. {INVOICE_WORDS[invoice.explains]}"
        f" {_counts(line)} Say whether you count this invoice, and whether you count it as disputed."
    )
    return Question(f"{S2} {period} invoice {number}", period, S2, f"Invoice {number}", text)


def _day(ordinal: int) -> str:
    return long_date(date.fromordinal(int(ordinal)))


def _counts(line: S2Comparison) -> str:
    ledger = line.ledger
    return (
        f"Your return says {line.returned.x} disputed of {line.returned.y} invoices; our ledger has"
        f" {ledger.disputed} of {ledger.submitted}."
    )


def _about_counts(line: S2Comparison, period: str) -> Question:
    text = f"{_counts(line)} Say which figures are right, and which invoices the other side counts wrongly."
    return Question(f"{S2} {period} counts", period, S2, "Both sides' counts", text)


def list_cross_questions(cross: CrossCheck, period: str) -> Iterator[AskedQuestion]:
    """List the questions about indicators that the case system counts differently, by both sides' counts."""
    for line in cross.lines:
        code = line.indicator.code
        unsure = (line.provider_id, code) in cross.extract.unsure
        if line.agreement in CROSS_DIFFERENT and not line.agreed and not unsure:
            text = (
                f"Your return says {line.returned.x} of {line.returned.y} for {code}; our case system has"
                f" {line.counted.x} of {line.counted.y}. Say which figures are right, and why they differ."
            )
            yield _asked(line, Question(f"{code} {period} counts", period, code, "Both sides' counts", text))
