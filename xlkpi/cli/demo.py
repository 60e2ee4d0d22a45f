"""``xlkpi demo``: a whole period on sample data, and where everything lies."""

from __future__ import annotations

import argparse
from pathlib import Path

from xlkpi.cli.exit_status import DONE, say
from xlkpi.demo.run import Demonstration, run_demo


def run(asked: argparse.Namespace) -> int:
    """Play the period and say what lies where; findings in the sample are meant, so the status is 0."""
    made = run_demo(Path(asked.folder), step=lambda what: say(f"{what} …"), with_office=not asked.without_libreoffice)
    print(_where(made))
    return DONE


def _where(made: Demonstration) -> str:
    folder, result = made.folder, made.master.consolidation
    missing = ", ".join(one.provider.provider_id for one in result.missing) or "none"
    converted = "" if made.converted else " (without LibreOffice, so none was saved by it)"
    lines = (
        f"{folder / 'register.csv'}: the register, 24 fictitious providers; xlkpi.toml beside it holds the settings",
        f"{folder / 'returns'}: {made.built} blank return workbooks of {result.period}, ready to send",
        f"{folder / 'earlier'}: the returns of the half-year before, whose figures the new ones show",
        f"{folder / 'inbox'}: {made.sent} files that came back{converted}",
        f"{folder / 'checked'}: {len(made.copies)} marked copies for providers with something to fix or explain",
        f"{folder / 'ledger.csv'}: the council's invoices; extract.csv beside it: what its case system counts",
        f"{made.finance.path}: KPI S2 by return and by ledger",
        f"{folder / 'KCC invoice ledger.xlsx'}: a blank ledger workbook, live without Python",
        f"{made.master.path}: the KCC master",
        f"{folder / 'feedback'}: a scorecard and an e-mail for each of {len(made.feedback.entries)} providers",
        "",
        f"Files found: {result.found} = {result.used} used + {result.set_aside} set aside"
        f" + {result.superseded} superseded. Missing: {missing}. Late: {result.late}.",
        f"Findings: {result.must_fix} to fix, {result.queries} to correct or explain.",
    )
    return "\n".join(lines)
