"""A master held against the council's own lists: the invoice ledger, and the case system's extract."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from xlkpi.catalogue.load import Catalogue
from xlkpi.consolidation.result import AgreedFigures, Consolidation, FileFinding
from xlkpi.consolidation.rows import sorted_findings
from xlkpi.core.lot import Provider
from xlkpi.sheets.finance.cross_check import plan_cross_check
from xlkpi.sheets.finance.s2_check import plan_s2_check
from xlkpi.writing.workbook import Sheet


@dataclass(frozen=True)
class HeldAgainst:
    """The consolidation with what the lists add to its findings and figures, and the two sheets that show it."""

    result: Consolidation
    sheets: tuple[Sheet, Sheet]


def held_against(
    result: Consolidation,
    catalogue: Catalogue,
    folder: Path | str,
    *,
    register: Sequence[Provider] | None,
    ledger: Path | str | None = None,
    extract: Path | str | None = None,
) -> HeldAgainst:
    """Fill the sheets *S2 check* and *Cross-check*; without a list, or a period, its sheet says so.

    The settings and columns that finance uses stand beside the ledger (beside the extract, where it is given alone),
    the figures that officers agreed on beside the inbox. Nothing overwrites a returned figure. Raises UnreadableFile
    or LedgerError where a list cannot be read.
    """
    if result.period is None or not (ledger or extract):
        return HeldAgainst(result, (plan_s2_check(None), plan_cross_check(None)))
    if not ledger:
        return _by_extract(result, catalogue, register, Path(extract or ""))
    from xlkpi.commands.finance import checked_finance  # noqa: PLC0415 - pandas, for masters with a ledger

    check = checked_finance(result, folder, ledger, extract, register, catalogue)
    agreed = tuple(
        AgreedFigures(line.provider_id, line.indicator.code, one.x, one.y, one.who, one.when, one.why)
        for line in check.lines
        if (one := line.decision)
    )
    whole = replace(_with(result, check.findings, catalogue), agreed=agreed)
    return HeldAgainst(whole, (plan_s2_check(check), plan_cross_check(check.cross)))


def _by_extract(
    result: Consolidation, catalogue: Catalogue, register: Sequence[Provider] | None, extract: Path
) -> HeldAgainst:
    from xlkpi.council.finance_settings import finance_settings_beside, read_finance_settings  # noqa: PLC0415 - as above
    from xlkpi.finance.check import check_extract  # noqa: PLC0415 - as in held_against

    settings = read_finance_settings(finance_settings_beside(extract))
    cross, findings = check_extract(result, extract, register=register, catalogue=catalogue, settings=settings)
    return HeldAgainst(_with(result, findings, catalogue), (plan_s2_check(None), plan_cross_check(cross)))


def _with(result: Consolidation, more: Sequence[FileFinding], catalogue: Catalogue) -> Consolidation:
    return replace(result, findings=sorted_findings((*result.findings, *more), catalogue))
