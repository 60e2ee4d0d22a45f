"""``xlkpi finance``: the invoice indicator compared with the Council's own ledger."""

from __future__ import annotations

import argparse
from collections import Counter
from typing import TYPE_CHECKING

from xlkpi.cli.arguments import add_json_option, add_overwrite_option, add_period_option
from xlkpi.cli.in_contract_folder import contract_of, period_of, required_path
from xlkpi.cli.terminal import DONE, FIX, say, say_faults, say_note
from xlkpi.core.day import short_date

if TYPE_CHECKING:
    from xlkpi.commands.finance import FinanceReport


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``xlkpi finance``."""
    folder = "the folder with the returns, and its sub-folders (else the inbox of the contract folder)"
    parser.add_argument("folder", nargs="?", metavar="FOLDER", help=folder)
    ledger = "the invoice ledger, CSV or xlsx, or a folder of them; may be given several times"
    parser.add_argument("--ledger", action="extend", nargs="+", metavar="LEDGER", help=ledger)
    out = "the finance workbook to write (in a contract folder: else out/PERIOD)"
    parser.add_argument("--out", metavar="FILE.xlsx", help=out)
    extract = "counts of the case system, CSV or xlsx, or a folder; may be given several times"
    parser.add_argument("--extract", action="append", metavar="FILE", help=extract)
    add_period_option(parser, "the period checked")
    parser.add_argument("--register", metavar="FILE", help="the register: who can be in the ledger, and their types")
    headers = "header used for a column in the ledger or extract (saved for next time)"
    parser.add_argument("--columns", action="append", metavar="COLUMN=HEADER", help=headers)
    settings = "finance's settings (else xlkpi.toml, and xlkpi-ledger.toml beside the ledger)"
    parser.add_argument("--settings", metavar="FILE", help=settings)
    add_overwrite_option(parser)
    add_json_option(parser)


def run(arguments: argparse.Namespace) -> int:
    """Check, and say how many providers agree; the workbook is written even where something must be fixed."""
    from xlkpi.commands.finance import finance_check
    from xlkpi.council.lists.finance_columns import parse_columns

    run = contract_of(arguments, arguments.folder, "the folder with the returns, --ledger and --out")
    report = finance_check(
        run.contract.inbox if run else arguments.folder,
        arguments.ledger or (run.ledger if run else required_path(None, "--ledger", "the invoice ledger")),
        arguments.out or (run.finance if run else required_path(None, "--out", "the finance workbook")),
        register=arguments.register,
        period=period_of(arguments, run),
        extract=arguments.extract,
        columns=parse_columns(arguments.columns or ()),
        settings=arguments.settings,
        overwrite=arguments.overwrite,
        progress=lambda rows: say(f"{rows:,} rows of the ledger read …"),
        contract=run.contract if run else None,
    )
    say_note(report.consolidation.period_note)
    if arguments.json:
        from xlkpi.cli.json_finance import finance_document

        print(finance_document(report.check))
    else:
        print(_summary(report))
    faulty = say_faults(report.faults)
    return FIX if report.check.must_fix or faulty else DONE


def _summary(report: FinanceReport) -> str:
    from xlkpi.finance.agreement import Agreement
    from xlkpi.performance.wording import format_percent

    check = report.check
    ledger, payment = check.ledger, check.payment
    classes = Counter(line.agreement.value for line in check.lines)
    if not check.due:
        del classes[Agreement.NO_RETURN.value]  # nobody was asked for one
    none = "no provider" if check.due else f"not due in {check.period}"
    share = "no invoice to measure" if payment.whole.share is None else format_percent(payment.whole.share)
    lines = [
        f"Finance workbook: {report.path}",
        f"Period: {check.period}, invoices received {short_date(check.span.start)} to {short_date(check.span.end)}",
        f"Ledger rows: {ledger.rows_read:,} read = {ledger.rows_used:,} used + {ledger.rows_set_aside:,} set aside",
        f"Invoices: {ledger.invoice_count:,}, each counted once however many rows it is on",
        f"{check.indicator.code}: " + (", ".join(f"{count} {name}" for name, count in classes.most_common()) or none),
        f"Paid within {payment.days} days: {share} (target {payment.target}%); {payment.whole.unpaid:,} unpaid",
        f"Disputes open on the last day: {check.disputes.open_count}",
        f"Findings: {check.must_fix} to fix, {check.queries} to correct or explain",
    ]
    if check.cross:
        differing = Counter(line.agreement.value for line in check.cross.lines)
        compared = ", ".join(f"{count} {name}" for name, count in differing.most_common())
        lines.append(f"Cross-check: {compared or 'no indicator of it is due'}")
    return "\n".join(lines)
