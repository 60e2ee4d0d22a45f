"""The findings about a ledger whose lines are joined: repeats, invoices sent again, numbers used again, dates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlkpi.council.lists.columns import ListHeader, plain_header
from xlkpi.council.lists.finding_collector import FindingCollector
from xlkpi.council.lists.parse_values import ordinal_text
from xlkpi.finance.classify_invoices import ClassifiedRows, RepeatedRow, SharedNumber
from xlkpi.finance.invoice import ORDERED
from xlkpi.findings import Code

if TYPE_CHECKING:
    import pandas as pd

NOT_OF_SUBMISSION = ("due", "duedate", "datedue")
"""Headers that may mean the day to submit an invoice by, and in most accounting programs the day to pay it by."""
FEWEST_DUE = 3
FEWEST_SIGNS = 5
SHORTEST_TERMS = 14
FEW_LATE = 0.02
"""Even an invoice that comes after the day to pay it by now and then does not make that the day to submit it by."""


def add_classified(findings: FindingCollector, rows: ClassifiedRows) -> None:
    """Add a finding per repeated row and per invoice sent again, and one each for what is usual in a ledger."""
    several = rows.invoices[rows.invoices["lines"] > 1]
    if len(several):
        first = several.iloc[0]
        facts = {"number": f"{len(several):,}", "invoice": first.invoice_no, "provider_id": first.provider_id}
        findings.add(Code.LEDGER_LINES, {**facts, "line": int(first.line)})
    for repeat in rows.repeated:
        findings.add(Code.LEDGER_RESENT if repeat.resent else Code.LEDGER_DUPLICATE, _facts(repeat))
    for code, same_sum in ((Code.LEDGER_SAME_SUM, True), (Code.LEDGER_NUMBER_AGAIN, False)):
        shared = [number for number in rows.shared if number.same_sum is same_sum]
        if shared:
            findings.add(code, {**_facts(shared[0]), "number": f"{len(shared):,}"})


def add_out_of_order(findings: FindingCollector, rows: pd.DataFrame) -> None:
    """Add a finding for each pair of dates in a row of which the later came first, in the order of the lines."""
    pairs = []
    lines = rows["line"].to_numpy()
    for place, (later, earlier) in enumerate(ORDERED):
        at_last, at_first = rows[later].to_numpy(), rows[earlier].to_numpy()
        wrong = ((at_last > 0) & (at_last < at_first)).nonzero()[0]
        pairs += [(int(lines[at]), place, int(at_last[at]), int(at_first[at])) for at in wrong]
    for line, place, second, first in sorted(pairs):
        later, earlier = ORDERED[place]
        days = {"found": ordinal_text(second), "due": ordinal_text(first)}
        findings.add(Code.LEDGER_DATES, {"line": line, "column": later, "other": earlier, **days})


def add_signs(findings: FindingCollector, rows: pd.DataFrame) -> None:
    """Ask once about a ledger in which most sums are negative: some programs write what is owed so."""
    negative = int((rows["amount"] < 0).sum())
    if len(rows) >= FEWEST_SIGNS and 2 * negative > int(rows["amount"].count()):
        findings.add(Code.LEDGER_SIGNS, {"number": f"{negative:,}"})


def add_due_dates(findings: FindingCollector, rows: pd.DataFrame, header: ListHeader, *, is_confirmed: bool) -> None:
    """Ask once what the due date is, where there is none, or where it may be the day to pay by.

    It may be that where hardly an invoice is late, and either the header does not say submission, or the due dates are
    one number of days, at least two weeks, after the dates of the invoices, or mostly as long after receipt.
    ``is_confirmed``: an officer named the header.
    """
    if "due_date" not in header.at:
        findings.add(Code.LEDGER_NO_DUE_COLUMN, {})
        return
    dated = rows[rows["due_date"] > 0]
    to_go = dated["due_date"] - dated["received_date"]
    if is_confirmed or len(dated) < FEWEST_DUE or (to_go < 0).mean() > FEW_LATE:
        return
    terms = (dated["due_date"] - dated["invoice_date"])[dated["invoice_date"] > 0]
    are_terms = len(terms) >= FEWEST_DUE and terms.nunique() == 1 and int(terms.iloc[0]) >= SHORTEST_TERMS
    are_terms = are_terms or int(to_go.median()) >= SHORTEST_TERMS
    text = header.written.get("due_date", "")
    if are_terms or (plain_header(text) in NOT_OF_SUBMISSION and text != "due_date"):
        at = header.cell("due_date", header.row + 1)
        findings.add(Code.LEDGER_DUE_PAYMENT, {"number": f"{len(dated):,}", "at": at, "found": text})


def _facts(row: RepeatedRow | SharedNumber) -> dict[str, object]:
    return {
        "line": row.line,
        "other": row.first_line,
        "invoice": row.invoice_no,
        "provider_id": row.provider_id,
    }
