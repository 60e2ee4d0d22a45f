"""``xlkpi finance``: from a folder of returns and a ledger to the finance workbook on disk."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, replace
from datetime import date
from pathlib import Path

from xlkpi.catalogue.load import load_catalogue
from xlkpi.commands.outputs import as_workbook, recognised, spare_inputs
from xlkpi.commands.read_options import read_options
from xlkpi.commands.request import needed_period, parsed_period, takes
from xlkpi.consolidation.collect_period import ReturnSources, collect_period
from xlkpi.consolidation.result import Consolidation
from xlkpi.core.period import Period
from xlkpi.council import (
    ContractFolder,
    Council,
    Fault,
    Named,
    SeveralNamed,
    local_paths,
    locate_lists,
    read_council,
    settings_of_list,
)
from xlkpi.council.finance_settings import remember_columns
from xlkpi.finance.check_result import FinanceCheck
from xlkpi.finance.finance_check import check_finance
from xlkpi.ooxml.workbook import open_workbook
from xlkpi.sheets.finance.names_and_columns import DIFFERENCES, OVERVIEW, PAYMENT
from xlkpi.sheets.finance.plan_finance import plan_finance
from xlkpi.sheets.ledger_template import plan_ledger_template
from xlkpi.writing.files import free_to_write
from xlkpi.writing.own_outputs import OutputWriter, write_own
from xlkpi.writing.workbook import render_workbook


@dataclass(frozen=True)
class FinanceRequest:
    """What to compare with the ledger, with which lists, and how.

    Attributes:
        folder: The inbox of returns.
        ledger: The invoice ledger, CSV or .xlsx, one row per invoice: a file, several, or a folder of them.
        out: The workbook to write, whole or not at all.
        register: The register of providers: who can be in the ledger, and each provider's type.
        period: The period checked; None takes the latest that has ended.
        extract: The case system's counts, for the cross-check: a file, several, or a folder.
        columns: The ledger's header by column, where it has another name; saved in ``settings`` for next time.
        settings: Finance's settings; None takes those of ``xlkpi.toml``, and ``xlkpi-ledger.toml`` beside the ledger.
        decisions: The log of what officers decided; None takes the one beside the inbox.
        jobs: How many processes read the returns; None for one per core.
        keep: Use what earlier runs cached of the returns, and cache what is read now.
        progress: Called with how many rows of the ledger are read.
        overwrite: Replace a file of that name even where xlkpi did not write it; a finance workbook made by xlkpi is
            always replaced, and an input never.
        contract: A contract folder: each list that is not named is the one of the folder.
    """

    folder: Path | str
    ledger: Path | str | Sequence[Path | str]
    out: Path | str
    _: KW_ONLY
    register: Named = None
    period: Period | str | None = None
    extract: SeveralNamed = None
    columns: Mapping[str, str] | None = None
    settings: Named = None
    decisions: Named = None
    jobs: int | None = None
    keep: bool = True
    progress: Callable[[int], None] | None = None
    overwrite: bool = False
    contract: ContractFolder | None = None

    @property
    def settings_to_write(self) -> Path | None:
        """Find the file that remembers headers: the one named, else the contract folder's, else that of the ledger."""
        if self.settings:
            return Path(self.settings)
        return self.contract.settings if self.contract else settings_of_list(self.ledger)

    def read_council(self) -> Council:
        """Read the Council's lists; the headers named now go before those of the settings files."""
        files = locate_lists(
            self.folder,
            register=self.register,
            ledger=self.ledger,
            extract=self.extract,
            finance_settings=self.settings,
            decisions=self.decisions,
            contract=self.contract,
        )
        council = read_council(files)
        known = council.finance_settings
        columns = {**known.columns, **(self.columns or {})}
        return replace(council, finance_settings=known.model_copy(update={"columns": columns}))


@dataclass(frozen=True)
class FinanceReport:
    """A finance workbook that was written, what it shows, and the faults of the register."""

    path: Path
    check: FinanceCheck
    consolidation: Consolidation
    faults: tuple[Fault, ...] = ()


@takes(FinanceRequest)
def finance_check(request: FinanceRequest) -> FinanceReport:
    """Compare every return of a folder with the Council's ledger, and write the finance workbook.

    The arguments are those of `FinanceRequest`. The same inputs give the same bytes. Raises UnreadableFile where
    folder, ledger or another list cannot be read, LedgerError where a list lacks a column that counting needs,
    SettingsError where the settings contain an unknown setting, UnwritableFile where the workbook could not be
    written or would replace another file, ValueError where the period is not recognised, no return says which is meant,
    or the workbook is not named .xlsx.
    """
    out = as_workbook(Path(request.out), "finance workbook")
    lists = local_paths(request.ledger, request.register, request.extract)
    named = (*lists, request.settings, request.decisions)
    spare_inputs(out, request.folder, named, _is_finance_workbook)
    free_to_write(out)
    OutputWriter(request.overwrite).refuse_foreign(out, lambda file: recognised(file, _is_finance_workbook))
    council = request.read_council()
    result = collect_period(
        ReturnSources(request.folder, leave_out=(out, *lists)),
        council,
        read_options(council.terms, jobs=request.jobs, keep=request.keep),
        period=parsed_period(request.period, council.terms.scheme),
        as_of=date.min,  # no day counts here: the same inputs give the same bytes
    )
    check = check_finance(result, council, request.progress)
    write_own(out, render_workbook(plan_finance(check)))
    settings = request.settings_to_write
    if request.columns and settings:
        remember_columns(settings, council.finance_settings.columns)
    faults = (*council.register.faults, *council.targets.faults)
    return FinanceReport(out, check, result, faults)


def blank_ledger(out: Path | str, period: Period | str, *, overwrite: bool = False) -> Path:
    """Write the blank ledger workbook: invoices typed or pasted in, the indicator live, with no Python and no macro.

    Raises UnwritableFile where it could not be written, or would replace a ledger that somebody has filled in and
    ``overwrite`` does not allow it; ValueError for a period that is not recognised.
    """
    path = Path(out)
    OutputWriter(overwrite).refuse_foreign(path)
    catalogue = load_catalogue()
    write_own(path, render_workbook(plan_ledger_template(catalogue, needed_period(period, catalogue.scheme))))
    return path


def _is_finance_workbook(file: Path) -> bool:
    """Tell whether a file is a finance workbook that an earlier run wrote."""
    sheets = {sheet.name for sheet in open_workbook(file).sheets}
    return sheets >= {OVERVIEW, DIFFERENCES, PAYMENT}
