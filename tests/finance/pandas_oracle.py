"""The ledger's figures by pandas alone: another way of reading and counting, which shares no code with the product."""

from __future__ import annotations

import calendar
from dataclasses import dataclass

import pandas as pd

MONTHS = dict(enumerate(calendar.month_name))


@dataclass
class Expected:
    """By provider (submitted, disputed, late, late or disputed); paid and paid within 14 days; open disputes."""

    counts: dict[str, tuple[int, int, int, int]]
    paid: int
    within: int
    months: dict[str, tuple[int, int]]
    open: int


def parsed(texts: pd.Series) -> pd.Series:
    """Days from their spellings; what fits none is NaT."""
    plain = texts.str.strip().str.replace(" 00:00", "", regex=False)
    out = pd.Series(pd.NaT, index=texts.index, dtype="datetime64[ns]")
    for pattern, spelling in (
        (r"\d{4}-\d{2}-\d{2}", "%Y-%m-%d"),
        (r"\d{2}/\d{2}/20\d{2}", "%d/%m/%Y"),
        (r"\d{2}\.\d{2}\.\d{2}", "%d.%m.%y"),
        (r"\d{2}-[A-Z][a-z]{2}-20\d{2}", "%d-%b-%Y"),
        (r"\d{1,2} [A-Z][a-z]+ 20\d{2}", "%d %B %Y"),
    ):
        fits = plain.str.fullmatch(pattern)
        out[fits] = pd.to_datetime(plain[fits], format=spelling, errors="coerce")
    serial = plain.str.fullmatch(r"\d{5}")
    out[serial] = pd.Timestamp("1899-12-30") + pd.to_timedelta(plain[serial].astype(int), unit="D")
    return out


def recomputed(frame: pd.DataFrame, known: set[str], start, end) -> Expected:
    """Everything from the texts of the ledger, faulty rows left out because they cannot be parsed."""
    days = [name for name in frame.columns if name.endswith("_date")]
    data = frame.assign(**{name: parsed(frame[name]) for name in days})
    unreadable = pd.concat([data[name].isna() & (frame[name].str.strip() != "") for name in days], axis=1).any(axis=1)
    sums = frame["amount"].str.replace(r"[£,\s]", "", regex=True)
    credit = sums.str.contains(r"[-−(]|CR$", regex=True)
    good = (
        ~unreadable
        & data["received_date"].notna()
        & data["provider_id"].isin(known)
        & ~frame["invoice_no"].isin(["", "#N/A"])
    )
    data = data[good & ~credit].sort_values("received_date", kind="stable")
    data = data.drop_duplicates(["provider_id", "invoice_no"])
    data["disputed"] = data["disputed_date"].notna() & ~(data["disputed_date"] > data["paid_date"])
    data["late"] = data["received_date"] > data["due_date"]
    still = data["resolved_date"].isna() | (data["resolved_date"] > pd.Timestamp(end))
    unpaid = data["paid_date"].isna() | (data["paid_date"] > pd.Timestamp(end))
    waiting = data["disputed"] & (data["disputed_date"] <= pd.Timestamp(end)) & still & unpaid
    inside = data[data["received_date"].between(pd.Timestamp(start), pd.Timestamp(end))]
    table = inside.groupby("provider_id").apply(
        lambda mine: (
            len(mine),
            int(mine["disputed"].sum()),
            int(mine["late"].sum()),
            int((mine["late"] | mine["disputed"]).sum()),
        ),
        include_groups=False,
    )
    paid = inside[inside["paid_date"].notna()]
    quick = (paid["paid_date"] - paid["received_date"]).dt.days <= 14
    months = {
        f"{MONTHS[month.month]} {month.year}": (len(mine), int(quick[mine.index].sum()))
        for month, mine in paid.groupby(paid["received_date"].dt.to_period("M"))
    }
    return Expected(table.to_dict(), len(paid), int(quick.sum()), months, int(waiting.sum()))
