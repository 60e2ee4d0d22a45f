"""From a folder of returns and a ledger to the finance workbook on disk."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from xlkpi.catalogue.load import Catalogue, load_catalogue
from xlkpi.commands.decide import decisions_about
from xlkpi.commands.outputs import as_workbook, spare_inputs
from xlkpi.commands.periods import parsed_period
from xlkpi.consolidation.cache import ReturnCache
from xlkpi.consolidation.collect_period import collect_period
from xlkpi.consolidation.read_returns import ReadOptions
from xlkpi.consolidation.result import Consolidation
from xlkpi.core.lot import Provider
from xlkpi.core.period import Period
from xlkpi.council import Fault, read_register
from xlkpi.council.file_names import is_remote
from xlkpi.council.finance_settings import (
    LEDGER_SETTINGS,
    FinanceSettings,
    finance_settings_beside,
    read_finance_settings,
    remember_columns,
)
from xlkpi.council.s2_decisions import decisions_beside
from xlkpi.finance.check import check_finance, collected_period
from xlkpi.finance.result import FinanceCheck
from xlkpi.ooxml.workbook import open_workbook
from xlkpi.reading.returns.check import check_return
from xlkpi.sheets.finance.names_and_columns import OVERVIEW, S2_CHECK
from xlkpi.sheets.finance.plan_finance import plan_finance
from xlkpi.sheets.ledger_template import plan_ledger_template
from xlkpi.writing.files import free_to_write, write_whole
from xlkpi.writing.workbook import render_workbook

Progress = Callable[[int], None]


@dataclass(frozen=True)
class FinanceReport:
    """A finance workbook that was written, what it shows, and the faults of the register it was held against."""

    path: Path
    check: FinanceCheck
    consolidation: Consolidation
    faults: tuple[Fault, ...] = ()


def finance_check(
    folder: Path | str,
    ledger: Path | str,
    out: Path | str,
    *,
    register: Path | str | None = None,
    period: Period | str | None = None,
    extract: Path | str | None = None,
    columns: Mapping[str, str] | None = None,
    settings: Path | str | None = None,
    decisions: Path | str | None = None,
    jobs: int | None = None,
    keep: bool = True,
    progress: Progress | None = None,
) -> FinanceReport:
    """Hold every return under ``folder`` against the council's ledger, and write the finance workbook.

    Args:
        folder: The inbox of returns.
        ledger: The invoice ledger, CSV or .xlsx, one row an invoice.
        out: The workbook to write, whole or not at all.
        register: The register of providers: who can be in the ledger, and each provider's type.
        period: The period checked; None takes the one that most providers returned.
        extract: The case system's counts (SWIFT/Liberi), for the cross-check.
        columns: The ledger's header by column, where it has another name; remembered in ``settings``.
        settings: Finance's settings; None takes ``xlkpi-ledger.toml`` beside the ledger where there is one.
        decisions: Figures that officers settled on; None takes ``inbox S2 decisions.csv`` beside the inbox.
        jobs: Processes to read the returns.
        keep: Use what an earlier run kept of the returns, and keep what is read now.
        progress: Told how many rows of the ledger are read.

    Returns:
        The report. The same inputs give the same bytes.

    Raises:
        UnreadableFile: Folder, ledger or another list cannot be read.
        LedgerError: A list lacks a column that counting needs.
        SettingsError: The settings say what xlkpi does not know.
        UnwritableFile: The workbook could not be written, or would take the place of what is read.
        ValueError: The period is none, no return tells which is meant, or the workbook is not named .xlsx.
    """
    ledger, out = Path(ledger), as_workbook(Path(out), "finance workbook")
    spare_inputs(out, folder, (ledger, register, extract, settings, decisions), _is_ours)
    free_to_write(out)
    catalogue = load_catalogue()
    providers, faults = read_register(register) if register else (None, ())
    taken = decisions_about(folder, None).taken
    known = read_finance_settings(Path(settings) if settings else finance_settings_beside(ledger))
    known = known.model_copy(update={"columns": {**known.columns, **(columns or {})}})
    result = collect_period(
        folder,
        register=providers,
        period=parsed_period(period) if period else None,
        reading=ReadOptions(check_return, jobs, "", ReturnCache() if keep else None),
        leave_out=(out, *(Path(one) for one in (ledger, register, extract) if one)),
        catalogue=catalogue,
        decisions=taken,
        as_of=date.min,  # no day counts here: the same inputs give the same bytes
    )
    check = checked_finance(
        result,
        folder,
        ledger,
        extract,
        providers,
        catalogue,
        settings=known,
        decisions=decisions,
        progress=progress,
    )
    write_whole(out, render_workbook(plan_finance(check)))
    if columns:
        remember_columns(Path(settings) if settings else ledger.with_name(LEDGER_SETTINGS), known.columns)
    return FinanceReport(out, check, result, faults)


def blank_ledger(out: Path | str, period: Period | str) -> Path:
    """Write the blank ledger workbook: invoices typed or pasted in, KPI S2 live, with no Python and no macro.

    Raises UnwritableFile where it could not be written, ValueError for a period that is none.
    """
    path = Path(out)
    write_whole(path, render_workbook(plan_ledger_template(load_catalogue(), parsed_period(period))))
    return path


def checked_finance(
    result: Consolidation,
    folder: Path | str,
    ledger: Path | str,
    extract: Path | str | None,
    providers: Sequence[Provider] | None,
    catalogue: Catalogue,
    *,
    settings: FinanceSettings | None = None,
    decisions: Path | str | None = None,
    progress: Progress | None = None,
) -> FinanceCheck:
    """Hold a consolidation against the ledger, with the settings beside it and the decisions beside the inbox.

    Raises what `finance_check` raises.
    """
    return check_finance(
        result,
        Path(ledger),
        period=collected_period(result),
        register=providers,
        catalogue=catalogue,
        settings=settings or read_finance_settings(finance_settings_beside(Path(ledger))),
        extract=Path(extract) if extract else None,
        decisions=Path(decisions) if decisions else _beside(folder),
        progress=progress,
    )


def _is_ours(file: Path) -> bool:
    """Whether a file is a finance workbook, as an earlier run wrote it."""
    sheets = {sheet.name for sheet in open_workbook(file).sheets}
    return sheets >= {OVERVIEW, S2_CHECK}


def _beside(folder: Path | str) -> Path | None:
    return None if is_remote(folder) else decisions_beside(Path(folder))
