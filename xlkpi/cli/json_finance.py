"""The JSON document of ``finance --json``, as pydantic models: what is printed is what is promised."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from xlkpi.cli.json_check import RagWord
from xlkpi.finance.check_result import FinanceCheck, InvoiceComparison
from xlkpi.plain_text import escape_in_json


class ProviderOut(BaseModel):
    """The invoice indicator of a provider by return and by ledger; shares are fractions of 1, null is not known."""

    model_config = ConfigDict(extra="forbid", serialize_by_alias=True)
    provider_id: str
    x_return: int | None
    y_return: int | None
    x_ledger: int = Field(description="disputed invoices, by the ledger")
    y_ledger: int = Field(description="submitted invoices, by the ledger")
    late: int
    late_or_disputed: int
    undisputed: float | None = Field(description="undisputed invoices, by the ledger")
    on_time_and_undisputed: float | None = Field(description="on time and undisputed, by the ledger")
    rag_return: RagWord | None
    rag_ledger: RagWord | None
    agreement: str = Field(serialization_alias="class", description="how return and ledger compare")
    reasons: list[str]


class PromptPaymentOut(BaseModel):
    """Invoices received in the period that were paid, and of these within 14 days of receipt.

    The share is of all that were paid, or were still unpaid after 14 days on the last day of the period.
    """

    model_config = ConfigDict(extra="forbid")
    within_14_days: int
    paid: int
    share: float | None


class FinanceOut(BaseModel):
    """A finance check; rows_read = rows_used + rows_set_aside, all of them rows of the ledger."""

    model_config = ConfigDict(extra="forbid")
    period: str
    rows_read: int
    rows_used: int
    rows_set_aside: int
    providers: list[ProviderOut]
    prompt_payment: PromptPaymentOut


def finance_document(check: FinanceCheck) -> str:
    """Write a finance check as one JSON document."""
    whole = check.payment.whole
    share = float(whole.share) if whole.share is not None else None
    document = FinanceOut(
        period=str(check.period),
        rows_read=check.ledger.rows_read,
        rows_used=check.ledger.rows_used,
        rows_set_aside=check.ledger.rows_set_aside,
        providers=[_provider(line) for line in check.lines],
        prompt_payment=PromptPaymentOut(within_14_days=whole.within, paid=whole.paid, share=share),
    )
    return escape_in_json(document.model_dump_json(indent=2, by_alias=True))


def _provider(line: InvoiceComparison) -> ProviderOut:
    counts, returned, counted = line.ledger, line.by_return(), line.by_ledger()
    shares = (line.undisputed, line.on_time_and_undisputed)
    undisputed, in_own_words = (None if share is None else float(share) for share in shares)
    return ProviderOut(
        provider_id=line.provider_id,
        x_return=line.returned.x,
        y_return=line.returned.y,
        x_ledger=counts.disputed,
        y_ledger=counts.submitted,
        late=counts.late,
        late_or_disputed=counts.late_or_disputed,
        undisputed=undisputed,
        on_time_and_undisputed=in_own_words,
        rag_return=returned.rag.value if returned.rag else None,
        rag_ledger=counted.rag.value if counted.rag else None,
        agreement=line.agreement.value,
        reasons=[reason.value for reason in line.explanation.reasons],
    )
