"""The finance check of one period: the ledger compared with the returns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from xlkpi.catalogue import Catalogue
from xlkpi.consolidation.result import Consolidation, FileFinding
from xlkpi.core.contract_texts import NO_INVOICE_INDICATOR
from xlkpi.core.indicator import Indicator
from xlkpi.core.lot import by_name
from xlkpi.core.period import Period, PeriodScheme, is_due
from xlkpi.core.records import DataRow
from xlkpi.core.vocabulary import Reading
from xlkpi.council import Council
from xlkpi.finance.agreement import NO_COUNTS, Agreement, CountPair, classify_agreement
from xlkpi.finance.check_findings import list_check_findings, list_cross_findings
from xlkpi.finance.check_result import FinanceCheck, InvoiceComparison
from xlkpi.finance.counts import LedgerCounts, Span, count_by_provider, mark_invoices
from xlkpi.finance.cross_check import CrossCheck, compare_with_case_system
from xlkpi.finance.difference_reasons import Candidate, Explanation, explain_difference, find_candidates
from xlkpi.finance.extract import read_extract
from xlkpi.finance.ledger import Progress, read_ledger
from xlkpi.finance.providers import ProviderDirectory


def check_finance(result: Consolidation, council: Council, progress: Progress | None = None) -> FinanceCheck:
    """Compare the returns of a period with the Council's ledger, and with the extract where there is one.

    The same inputs give the same result. Raises UnreadableFile or LedgerError where a list cannot be read at all,
    NoPeriod where there is no period, or the contract has no indicator that counts invoices.
    """
    indicator = find_invoice_indicator(council.terms.in_force(result.period))
    period, settings = collected_period(result, council.terms.scheme), council.finance_settings
    directory = _directory(result, council)
    reading = result.readings[indicator.code]
    due = is_due(indicator, period, reading)
    span = Span(*period.span(indicator.read(reading).frequency if due else period.scheme.frequency))
    ledger = read_ledger(_ledger_files(council), directory, settings, progress)
    marked = mark_invoices(ledger.invoices, span)
    sides = _Sides(
        indicator,
        reading,
        settings.tolerance,
        {row.provider_id: row for row in result.rows if row.indicator == indicator.code},
        count_by_provider(marked),
        find_candidates(marked, mark_invoices(ledger.repeats, span), span),
    )
    check = FinanceCheck(
        indicator, period, span, due, settings, ledger, marked,
        lines=sides.lines(directory, {line.provider_id for line in result.lines}),
        cross=_compare_with_extract(result, council, directory) if council.files.extract else None,
        names=directory.names, types=directory.types, findings=(),
    )  # fmt: skip
    return replace(check, findings=list_check_findings(check, result.findings))


def find_invoice_indicator(catalogue: Catalogue) -> Indicator:
    """Find the indicator that counts invoices. Raises NoPeriod where the contract has none."""
    indicator = catalogue.indicators.get(catalogue.words.invoice_indicator)
    if indicator is None:
        raise NoPeriod(NO_INVOICE_INDICATOR)
    return indicator


def check_extract(result: Consolidation, council: Council) -> tuple[CrossCheck, tuple[FileFinding, ...]]:
    """Compare the returns of a period with the case system alone, where no ledger is given.

    Raises UnreadableFile or LedgerError where the extract cannot be read, NoPeriod where there is no period.
    """
    cross = _compare_with_extract(result, council, _directory(result, council))
    return cross, list_cross_findings(cross)


def _directory(result: Consolidation, council: Council) -> ProviderDirectory:
    names = {line.provider_id: line.provider for line in result.lines}
    return ProviderDirectory(
        council.register.providers, names, council.finance_settings.providers, council.files.finance_settings_name
    )


def _ledger_files(council: Council) -> tuple[Path, ...]:
    if not council.files.ledger:
        message = "A finance check needs a ledger."
        raise ValueError(message)
    return council.files.ledger


def _compare_with_extract(result: Consolidation, council: Council, directory: ProviderDirectory) -> CrossCheck:
    if not council.files.extract:
        message = "A cross-check needs an extract of the case system."
        raise ValueError(message)
    settings = council.finance_settings
    in_force = council.terms.in_force(result.period)
    period = collected_period(result, in_force.scheme)
    extract = read_extract(council.files.extract, period, directory, settings.columns, in_force)
    return compare_with_case_system(result, extract, directory.names, in_force, settings.tolerance)


def collected_period(result: Consolidation, scheme: PeriodScheme) -> Period:
    """Return the period of the returns. Raises NoPeriod where no return gives it."""
    if result.period is None:
        message = f"No file is a return, so the period is not known. Name it, such as {scheme.example}."
        raise NoPeriod(message)
    return result.period


class NoPeriod(ValueError):
    """There is no period, or no indicator, to compare the ledger with; a command ends with status 2."""

    usage = True


@dataclass(frozen=True)
class _Sides:
    """Both sides of the invoice indicator by provider."""

    indicator: Indicator
    reading: Reading
    tolerance: int
    rows: Mapping[str, DataRow]
    counts: Mapping[str, LedgerCounts]
    candidates: Mapping[str, tuple[Candidate, ...]]

    def lines(self, directory: ProviderDirectory, expected: Iterable[str]) -> tuple[InvoiceComparison, ...]:
        """List a line for everyone expected, returned or in the ledger, by name."""
        ids = {*self.rows, *self.counts, *expected}
        ordered = sorted(ids, key=lambda provider_id: by_name(directory.name_of(provider_id), provider_id))
        return tuple(self._line(provider_id, directory.name_of(provider_id)) for provider_id in ordered)

    def _line(self, provider_id: str, provider: str) -> InvoiceComparison:
        row, counts = self.rows.get(provider_id), self.counts.get(provider_id, LedgerCounts())
        line = InvoiceComparison(
            self.indicator,
            provider_id,
            provider,
            CountPair(row.x, row.y) if row else NO_COUNTS,
            counts,
            row.reading if row else self.reading,
            Agreement.NO_RETURN,
            Explanation(),
            self.candidates.get(provider_id, ()),
            row.agreed if row else None,
            *((row.file, row.sheet, row.x_cell, row.y_cell) if row else ("", "", "", "")),
        )
        same = line.by_return().rag is line.by_ledger().rag
        agreement = classify_agreement(
            line.returned, counts.disputed, counts.submitted, tolerance=self.tolerance, same_rag=same
        )
        known = agreement not in (Agreement.NO_RETURN, Agreement.NO_LEDGER)
        explanation = (
            explain_difference(line.x_difference or 0, line.y_difference or 0, line.candidates)
            if known
            else Explanation()
        )
        return replace(line, agreement=agreement, explanation=explanation)
