"""The sample's log of decisions: what its officers decided, as they would have written it down."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

from xlkpi.council.decisions import show_counts
from xlkpi.council.decisions.log_row import LOG_COLUMNS
from xlkpi.demo.sample import DEMO_PERIOD, EARLIER_PERIOD
from xlkpi.demo.services import INVOICE_INDICATOR
from xlkpi.demo.stories import REFERRALS
from xlkpi.reading.returns.checked_return import ReturnedEntry

AGREED_WITH, MORE_DISPUTED = "P016", 2


def make_decisions(entries: Mapping[str, Mapping[str, ReturnedEntry]]) -> bytes:
    """Make the log; the figures that were agreed are the ledger's, two disputed invoices more than were returned.

    A provider without a return in the sample, as in a smaller register, has no row.
    """
    returned = entries[AGREED_WITH][INVOICE_INDICATOR] if AGREED_WITH in entries else None
    agreed = show_counts(int(returned.x or 0) + MORE_DISPUTED, int(returned.y or 0)) if returned else ""
    now, before = str(DEMO_PERIOD), str(EARLIER_PERIOD.back(2))
    rows: Sequence[Sequence[str]] = (
        LOG_COLUMNS,
        ("2025-11-20", "Ada Bexon", "plan agreed", "P002", before, REFERRALS, "", "", "Agreed by both at the meeting."),
        ("2026-05-12", "Ada Bexon", "plan delivered", "P002", str(EARLIER_PERIOD), REFERRALS, "", "", "Green again."),
        (
            "2026-11-10",
            "Rashid Karim",
            "agree figures",
            AGREED_WITH,
            now,
            INVOICE_INDICATOR,
            "",
            agreed,
            "Both went through the list.",
        ),
        ("2026-11-12", "Rashid Karim", "warning sent", "P009", now, REFERRALS, "", "2026-11-12", "Red twice in a row."),
        ("2026-11-16", "Ada Bexon", "plan agreed", "P020", now, REFERRALS, "", "", "Agreed by both at the meeting."),
    )
    out = io.StringIO()
    about = LOG_COLUMNS.index("provider_id")
    listed = [row for row in rows if row is LOG_COLUMNS or row[about] in entries]
    csv.writer(out, lineterminator="\r\n").writerows(listed)
    return out.getvalue().encode("utf-8")
