"""A master compared with the Council's own lists: the invoice ledger, and the case system's extract."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from xlkpi.consolidation.result import Consolidation, FileFinding
from xlkpi.consolidation.rows import sorted_findings
from xlkpi.core.question import Question
from xlkpi.council import Council
from xlkpi.sheets.finance.cross_check import plan_cross_check
from xlkpi.sheets.finance.s2_check import plan_s2_check
from xlkpi.writing.workbook import Sheet


@dataclass(frozen=True)
class ComparedWithLists:
    """The consolidation with what the lists add to its findings and figures, and the two sheets that show it."""

    result: Consolidation
    sheets: tuple[Sheet, Sheet]


def compare_with_lists(result: Consolidation, council: Council) -> ComparedWithLists:
    """Fill the sheets *S2 check* and *Cross-check*; without a list, or a period, its sheet says so.

    Nothing overwrites a returned figure. Raises UnreadableFile or LedgerError where a list cannot be read.
    """
    files = council.files
    if result.period is None or not (files.ledger or files.extract):
        return ComparedWithLists(result, (plan_s2_check(None), plan_cross_check(None)))
    from xlkpi.finance.check import check_extract, check_finance  # noqa: PLC0415 - pandas, for masters with a list

    if not files.ledger:
        cross, findings = check_extract(result, council)
        return ComparedWithLists(_with(result, findings, council), (plan_s2_check(None), plan_cross_check(cross)))
    check = check_finance(result, council)
    completed = _with(result, check.findings, council)
    return ComparedWithLists(completed, (plan_s2_check(check), plan_cross_check(check.cross)))


def ask_about_lists(result: Consolidation, council: Council) -> tuple[tuple[str, Question], ...]:
    """List what providers are asked where the Council's lists differ from their returns; nothing without a list.

    Raises UnreadableFile or LedgerError where a list cannot be read.
    """
    files = council.files
    if result.period is None or not result.rows or not (files.ledger or files.extract):
        return ()
    from xlkpi.finance.check import check_extract, check_finance  # noqa: PLC0415 - pandas, for returns with a list
    from xlkpi.finance.questions import ask_about_counts, ask_about_invoices  # noqa: PLC0415

    if not files.ledger:
        cross, _ = check_extract(result, council)
        return tuple(ask_about_counts(result.period, cross))
    check = check_finance(result, council)
    about_counts = ask_about_counts(result.period, check.cross) if check.cross else ()
    return (*ask_about_invoices(check), *about_counts)


def _with(result: Consolidation, more: Sequence[FileFinding], council: Council) -> Consolidation:
    known = set(result.findings)
    findings = (*result.findings, *(each for each in more if each not in known))
    return replace(result, findings=sorted_findings(findings, council.catalogue))
