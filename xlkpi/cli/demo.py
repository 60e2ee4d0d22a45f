"""``xlkpi demo``: eight periods of a contract on sample data, where each file is, and what is open."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from xlkpi.cli.terminal import DONE, say
from xlkpi.core.day import short_date

if TYPE_CHECKING:
    from xlkpi.demo.run import Demonstration


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``xlkpi demo``."""
    parser.add_argument("folder", nargs="?", default="xlkpi-demo", metavar="DIR", help="the folder for the files")
    parser.add_argument("--without-libreoffice", action="store_true", help="leave out what only LibreOffice can do")


def run(arguments: argparse.Namespace) -> int:
    """Play the contract and list its files; the sample contains findings on purpose, so the status is 0."""
    from xlkpi.demo.run import run_demo

    with_office = not arguments.without_libreoffice
    demonstration = run_demo(Path(arguments.folder), step=lambda stage: say(f"{stage} …"), with_office=with_office)
    print(_describe_files(demonstration))
    return DONE


def _describe_files(demonstration: Demonstration) -> str:
    from xlkpi.performance.next_tasks import EVERYDAY

    run, result, status = demonstration.run, demonstration.master.consolidation, demonstration.status
    folder = run.contract.root
    missing = ", ".join(absent.provider.provider_id for absent in result.missing) or "none"
    copies = len(demonstration.copies)
    marked = "1 marked copy" if copies == 1 else f"{copies} marked copies"
    converted = "" if demonstration.converted else " (none saved by LibreOffice, which was not used)"
    providers = len(demonstration.feedback.entries)
    lines = (
        f"{folder / 'README.txt'}: what this contract folder of eight periods tells, provider by provider",
        f"{folder / 'register.csv'}: the register of 25 fictitious providers, with the settings xlkpi.toml beside it",
        f"{folder / 'decisions.csv'}: what officers decided; meetings are in {folder / 'meetings.csv'}",
        f"{folder / 'inbox'}: returns of seven earlier periods, and {demonstration.sent} sent back now{converted}",
        f"{folder / 'ledger'}: the Council's invoices; the counts of its case system are in {folder / 'extract'}",
        f"{run.returns}: {demonstration.built} blank return workbooks for {result.period}, ready to send",
        f"{run.out / 'checked'}: {marked} for providers with something to fix or explain",
        f"{demonstration.finance.path}: KPI S2 by return and by ledger",
        f"{run.out / 'KCC invoice ledger.xlsx'}: a blank ledger workbook that calculates without Python",
        f"{demonstration.master.path}: the KCC master",
        f"{run.feedback}: a scorecard or reminder, and an email, for each of {providers} providers",
        "",
        f"Files found: {result.found} = {result.used} used + {result.set_aside} set aside"
        f" + {result.superseded} superseded. Missing: {missing}. Late: {result.late}.",
        f"Findings: {result.must_fix} to fix, {result.queries} to correct or explain.",
        "",
        f"What is next on {short_date(status.as_of)} (xlkpi status):",
        *("  ".join(task.columns(status.as_of)) for task in status.tasks if task.kind not in EVERYDAY),
    )
    return "\n".join(lines)
