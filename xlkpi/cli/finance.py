"""``xlkpi finance``: is KPI S2 true, by the council's own ledger."""

from __future__ import annotations

import argparse
from collections import Counter

from xlkpi.cli.exit_status import DONE, FIX, say
from xlkpi.cli.periods import period_argument
from xlkpi.commands.finance import FinanceReport, finance_check
from xlkpi.core.day import short_date
from xlkpi.council.lists.finance_columns import parse_columns
from xlkpi.findings import Severity


def run(asked: argparse.Namespace) -> int:
    """Check, and say how many providers agree; the workbook is written even where something must be fixed."""
    made = finance_check(
        asked.folder,
        asked.ledger,
        asked.out,
        register=asked.register,
        period=period_argument(asked.period) if asked.period is not None else None,
        extract=asked.extract,
        columns=parse_columns(asked.columns or ()),
        settings=asked.settings,
        progress=lambda rows: say(f"{rows:,} rows of the ledger read …"),
    )
    if asked.json:
        from xlkpi.cli.finance_json import finance_document  # noqa: PLC0415 - as in check

        print(finance_document(made.check))
    else:
        print(_told(made))
    for fault in made.faults:
        say(f"{fault.severity.value}: {fault.message}")
    return FIX if made.check.must_fix or any(one.severity is Severity.MUST_FIX for one in made.faults) else DONE


def _told(made: FinanceReport) -> str:
    check = made.check
    ledger, payment = check.ledger, check.payment
    classes = Counter(line.agreement.value for line in check.lines)
    share = "no invoice was paid" if payment.whole.share is None else f"{float(payment.whole.share):.1%}"
    lines = [
        f"Finance workbook: {made.path}",
        f"Period: {check.period}, invoices received {short_date(check.span.start)} to {short_date(check.span.end)}",
        f"Ledger rows: {ledger.rows_read:,} read = {ledger.rows_used:,} used + {ledger.rows_set_aside:,} set aside",
        "KPI S2: " + (", ".join(f"{count} {name}" for name, count in classes.most_common()) or "no provider"),
        f"Paid within {payment.days} days: {share} (target {payment.target}%)",
        f"Disputes open on the last day: {check.disputes.open_count}",
        f"Findings: {check.must_fix} to fix, {check.queries} to correct or explain",
    ]
    if check.cross:
        differing = Counter(line.agreement.value for line in check.cross.lines)
        lines.append("Cross-check: " + ", ".join(f"{count} {name}" for name, count in differing.most_common()))
    return "\n".join(lines)
