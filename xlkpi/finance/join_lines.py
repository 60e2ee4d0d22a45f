"""The lines of an invoice joined: one row per invoice, credit note or invoice sent again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlkpi.finance.tie_lines import Ties

if TYPE_CHECKING:
    import pandas as pd

NEVER = 2**31 - 1
"""A day later than all days, where the earliest or the latest of several is sought."""
FIRST = ["line", "provider_id", "invoice_no", "received_date", "credit"]


def join_lines(rows: pd.DataFrame, ties: Ties) -> pd.DataFrame:
    """Join rows to one row per invoice, and one per delivery of an invoice sent again (``again``).

    In any order of the rows: received when the first line was, disputed when the first line was, resolved when all
    disputed lines are, paid when the last line is; the amount is the sum of the lines. A dispute counts for the
    invoice even where it was entered beside an invoice sent again, and where the lines were never paid, the payment
    beside the invoice sent again counts.
    """
    import numpy as np  # noqa: PLC0415 - only this command pays for numpy and pandas

    rows = rows.assign(
        invoice=ties.invoice,
        again=ties.again,
        part=np.where(ties.again, ties.delivery + len(rows), ties.invoice),
        waits=(rows["paid_date"] == 0),
        dispute=rows["disputed_date"].where(rows["disputed_date"] > 0, NEVER),
        settled=rows["resolved_date"].where((rows["disputed_date"] == 0) | (rows["resolved_date"] > 0), NEVER),
        **{name: rows[name].where(rows[name] > 0, NEVER) for name in ("invoice_date", "due_date")},
    ).sort_values(["received_date", "line"], kind="stable")
    parts = rows.groupby("part", sort=False)
    joined = parts[[*FIRST, "invoice", "again"]].first()
    joined["lines"] = parts.size()
    for name in ("invoice_date", "due_date"):
        joined[name] = _known(parts[name].min())
    joined["amount"] = parts["amount"].sum(min_count=1).where(parts["amount"].count() == joined["lines"])
    joined["paid_date"] = parts["paid_date"].max().where(~parts["waits"].any(), 0)
    joined["disputed_date"] = _known(parts["dispute"].min())
    joined["resolved_date"] = _known(parts["settled"].max())
    joined["dispute_reason"] = _reasons(rows, "part").reindex(joined.index, fill_value="")
    return _carry(joined.reset_index(drop=True), rows)


def _known(days: pd.Series[int]) -> pd.Series[int]:
    return days.where(days < NEVER, 0)


def _reasons(rows: pd.DataFrame, column: str) -> pd.Series[str]:
    """The reason of the earliest dispute of each group that has one."""
    reasons = rows[rows["dispute_reason"] != ""].sort_values(["dispute", "line"], kind="stable")
    return reasons.astype({"dispute_reason": object}).groupby(column)["dispute_reason"].first()


def _carry(joined: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Carry dispute and payment from the rows of an invoice sent again to the invoice that counts."""
    sent = rows[rows["invoice"].isin(rows.loc[rows["again"], "invoice"])]
    if sent.empty:
        return joined
    whole = sent.groupby("invoice")
    latest = sent[sent["again"]].groupby("invoice")["paid_date"].max()
    first = joined["invoice"].isin(latest.index) & ~joined["again"]
    invoices = joined.loc[first, "invoice"]
    joined.loc[first, "disputed_date"] = _known(whole["dispute"].min()).loc[invoices].to_numpy()
    joined.loc[first, "resolved_date"] = _known(whole["settled"].max()).loc[invoices].to_numpy()
    joined.loc[first, "dispute_reason"] = _reasons(sent, "invoice").reindex(invoices, fill_value="").to_numpy()
    paid = joined.loc[first, "paid_date"]
    joined.loc[first, "paid_date"] = paid.where(paid > 0, latest.loc[invoices].to_numpy())
    return joined
