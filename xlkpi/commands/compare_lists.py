"""A master compared with the Council's own lists: the invoice ledger, and the case system's extract."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from xlkpi.consolidation.result import Consolidation, FileFinding
from xlkpi.consolidation.rows import sorted_findings
from xlkpi.core.question import Question
from xlkpi.council import Council
from xlkpi.sheets.finance.cross_check import plan_cross_check
from xlkpi.sheets.finance.invoice_check import plan_invoice_check
from xlkpi.writing.workbook import Sheet


@dataclass(frozen=True)
class ComparedWithLists:
    """The consolidation with what the lists add to its findings and figures, and the two sheets that show it."""

    result: Consolidation
    sheets: tuple[Sheet, Sheet]


def compare_with_lists(result: Consolidation, council: Council) -> ComparedWithLists:
    """Fill the sheets that check invoices and *Cross-check*; without a list, or a period, its sheet says so.

    Nothing overwrites a returned figure. Raises UnreadableFile or LedgerError where a list cannot be read.
    """
    files, words = council.files, council.terms.words
    has_ledger = bool(files.ledger and words.invoice_indicator)
    if result.period is None or not (has_ledger or files.extract):
        return ComparedWithLists(result, (plan_invoice_check(words, None), plan_cross_check(None)))
    from xlkpi.finance.finance_check import check_extract, check_finance  # noqa: PLC0415 - pandas, for masters with a list
    from xlkpi.finance.questions_about_differences import ask_about_counts, ask_about_invoices  # noqa: PLC0415 - as above

    if not has_ledger:
        cross, findings = check_extract(result, council)
        result = _with_questions(result, ask_about_counts(result.period, cross))
        return ComparedWithLists(
            with_findings(result, findings, council), (plan_invoice_check(words, None), plan_cross_check(cross))
        )
    check = check_finance(result, council)
    about_counts = ask_about_counts(check.period, check.cross) if check.cross else ()
    result = _with_questions(result, (*ask_about_invoices(check), *about_counts))
    completed = with_findings(result, check.findings, council)
    return ComparedWithLists(completed, (plan_invoice_check(words, check), plan_cross_check(check.cross)))


def _with_questions(result: Consolidation, asked: Iterable[tuple[str, Question]]) -> Consolidation:
    """Add the questions that nobody has answered yet, whichever return carried them."""
    answered = result.record.answered
    left = tuple((provider_id, each) for provider_id, each in asked if (provider_id, each.question_id) not in answered)
    return replace(result, questions=left)


def with_findings(result: Consolidation, more: Sequence[FileFinding], council: Council) -> Consolidation:
    """Add findings to a consolidation, each once and in its place."""
    known = set(result.findings)
    findings = (*result.findings, *(each for each in more if each not in known))
    return replace(result, findings=sorted_findings(findings, council.catalogue))
