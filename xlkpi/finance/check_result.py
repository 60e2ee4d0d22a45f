"""The result of a finance check: a line per provider, with everything that sheets, JSON and the master show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from xlkpi.core.assess import Assessment, assess_indicator
from xlkpi.core.indicator import Indicator
from xlkpi.core.period import Period
from xlkpi.core.records import AgreedFigures
from xlkpi.core.vocabulary import Reading
from xlkpi.finance.agreement import Agreement, CountPair
from xlkpi.finance.counts import LedgerCounts, Span
from xlkpi.finance.difference_reasons import Candidate, Explanation
from xlkpi.finance.dispute_ages import DisputeAges, measure_disputes
from xlkpi.finance.prompt_payment import PromptPayment, measure_prompt_payment
from xlkpi.findings import Severity

if TYPE_CHECKING:
    import pandas as pd

    from xlkpi.consolidation.result import FileFinding
    from xlkpi.council.finance_settings import FinanceSettings
    from xlkpi.finance.cross_check import CrossCheck
    from xlkpi.finance.ledger import Ledger


@dataclass(frozen=True)
class InvoiceComparison:
    """The invoice indicator of one provider by return and by ledger.

    ``reading`` is the one in force in the return (else in the period), ``agreed`` the figures that officers agreed,
    which are in force instead of both sides'. ``file``, ``sheet``, ``x_cell`` and ``y_cell``
    say where the return's figures are; empty where there is no return.
    """

    indicator: Indicator
    provider_id: str
    provider: str
    returned: CountPair
    ledger: LedgerCounts
    reading: Reading
    agreement: Agreement
    explanation: Explanation
    candidates: tuple[Candidate, ...]
    agreed: AgreedFigures | None
    file: str = ""
    sheet: str = ""
    x_cell: str = ""
    y_cell: str = ""

    @property
    def x_difference(self) -> int | None:
        """Return − ledger, disputed invoices."""
        return None if self.returned.x is None else int(self.returned.x) - self.ledger.disputed

    @property
    def y_difference(self) -> int | None:
        """Return − ledger, submitted invoices."""
        return None if self.returned.y is None else int(self.returned.y) - self.ledger.submitted

    @property
    def undisputed(self) -> Fraction | None:
        """(y − x) / y by the ledger; None where it has no invoice."""
        return self._share(self.ledger.disputed)

    @property
    def on_time_and_undisputed(self) -> Fraction | None:
        """(y − late or disputed) / y by the ledger: the indicator's own words."""
        return self._share(self.ledger.late_or_disputed)

    def _share(self, minus: int) -> Fraction | None:
        y = self.ledger.submitted
        return Fraction(y - minus, y) if y else None

    def by_return(self, reading: Reading | None = None) -> Assessment:
        """Assess the return's figures, under the reading in force unless another is asked for."""
        return assess_indicator(self.indicator, self.returned.x, self.returned.y, reading=reading or self.reading)

    def by_ledger(self, reading: Reading | None = None) -> Assessment:
        """Assess the ledger's figures in the same way."""
        counts = self.ledger
        return assess_indicator(self.indicator, counts.disputed, counts.submitted, reading=reading or self.reading)

    def in_own_words(self) -> Assessment:
        """Rate the share on time and undisputed by the indicator's bands (effective reading)."""
        counts = self.ledger
        return assess_indicator(self.indicator, counts.late_or_disputed, counts.submitted, reading=Reading.EFFECTIVE)


@dataclass(frozen=True)
class FinanceCheck:
    """Everything that finance sees for one period.

    ``span`` is the time that the contract's invoice ``indicator`` counts.
    ``marked`` contains the used rows of the ledger with their marks (counts.mark_invoices); ``cross`` is None
    without an extract. ``names`` and ``types`` are the providers' by id, a type only where the register says it.
    How promptly invoices were paid and how old disputes are is measured when it is asked for: a master shows neither.
    """

    indicator: Indicator
    period: Period
    span: Span
    due: bool
    settings: FinanceSettings
    ledger: Ledger
    marked: pd.DataFrame
    lines: tuple[InvoiceComparison, ...]
    cross: CrossCheck | None
    names: Mapping[str, str]
    types: Mapping[str, str]
    findings: tuple[FileFinding, ...]

    @cached_property
    def payment(self) -> PromptPayment:
        """How promptly the invoices of the span were paid."""
        terms = self.settings.payment_terms(self.indicator.words)
        return measure_prompt_payment(self.marked, self.types, *terms, self.span.end)

    @cached_property
    def disputes(self) -> DisputeAges:
        """How long disputes took, and which are open on the last day of the span."""
        return measure_disputes(self.marked, self.span)

    @property
    def must_fix(self) -> int:
        """Findings that must be fixed."""
        return self._weighing(Severity.MUST_FIX)

    @property
    def queries(self) -> int:
        """Findings to correct or explain."""
        return self._weighing(Severity.QUERY)

    def count_by_agreement(self) -> Counter[Agreement]:
        """Count the providers of each class."""
        return Counter(comparison.agreement for comparison in self.lines)

    def findings_by_severity(self) -> list[FileFinding]:
        """List the findings with the gravest first; those of one severity keep their order."""
        return sorted(self.findings, key=lambda entry: entry.finding.severity.rank)

    def _weighing(self, severity: Severity) -> int:
        return sum(1 for entry in self.findings if entry.finding.severity is severity)
