"""A period's returns made by hand, and a ledger on disk, ready to be held against each other."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

from tests.consolidation.return_builders import CATALOGUE, Q2, build_return, council_of, manifest, provider
from xlkpi.catalogue import load_catalogue
from xlkpi.consolidation.collect_period import consolidate_files
from xlkpi.consolidation.found_file import FoundFile
from xlkpi.council import CouncilFiles, list_files
from xlkpi.council.decisions import DecisionLog, read_decisions
from xlkpi.council.finance_settings import FinanceSettings
from xlkpi.finance.finance_check import check_finance
from xlkpi.sheets.ledger_template import plan_ledger_template
from xlkpi.writing.workbook import render_workbook

HEADER = (
    "provider_id,invoice_no,invoice_date,due_date,received_date,amount,"
    "disputed_date,dispute_reason,resolved_date,paid_date"
)


GOOD_LEDGER_ROW = "P001,INV-1,01/05/2026,05/05/2026,03/05/2026,10.00,,,,14/05/2026"


@cache
def blank_ledger():
    """The bytes of the blank ledger workbook."""
    return render_workbook(plan_ledger_template(CATALOGUE, Q2))


def returns(figures, *, period=Q2, register=None, sections=("all",), decisions=None):
    """A consolidation. ``figures`` maps a provider's number to (x, y) of KPI S2, or to a mapping by code."""
    results = []
    for number, given in figures.items():
        by_code = given if isinstance(given, dict) else {"KPI S2": given}
        whose = manifest(number, f"Provider {number}", period=period, sections=sections)
        results.append(FoundFile(f"{number}.xlsx", replace(build_return(whose, by_code), file=f"{number}.xlsx")))
    council = council_of(register, decisions=decisions or DecisionLog())
    return consolidate_files(results, council, period=period, as_of=date(2026, 11, 1))


def ledger(folder, rows, *, header=HEADER, name="ledger.csv", encoding="utf-8"):
    """A ledger on disk; a row is a text of cells with commas, or a list of cells."""
    out = io.StringIO()
    writer = csv.writer(out)
    for row in (header, *rows):
        writer.writerow(row.split(",") if isinstance(row, str) else row)
    path = Path(folder) / name
    path.write_bytes(out.getvalue().encode(encoding))
    return path


def checked(
    folder, rows, figures, *, period=Q2, header=HEADER, register=None, settings=None, extract=None, decisions=None
):
    """The finance check of such a ledger and such returns."""
    council = finance_council(
        ledger(folder, rows, header=header), register=register, settings=settings, extract=extract, decisions=decisions
    )
    return check_finance(returns(figures, period=period, register=register, decisions=council.decisions), council)


def finance_council(path, *, register=None, settings=None, extract=None, decisions=None):
    """What the Council keeps, with a ledger at this path."""
    return council_of(
        register,
        files=CouncilFiles(ledger=list_files(path), extract=list_files(extract)),
        finance_settings=settings or FinanceSettings(),
        decisions=read_decisions([decisions] if decisions else [], load_catalogue()),
    )


def registered(*numbers, kind="SME"):
    """Rows of a register."""
    return tuple(provider(number, f"Provider {number}", kind=kind) for number in numbers)


def codes(check):
    """The codes of its findings, in order."""
    return [finding.finding.code.name for finding in check.findings]


def messages(check, code):
    """The messages of one code."""
    return [finding.finding.message for finding in check.findings if finding.finding.code.name == code]
