"""A sample ledger and case-system extract, as the Council's own systems could export them: mostly right, not always."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from xlkpi.core.day import short_date
from xlkpi.demo.seeded_random import SeededRandom
from xlkpi.demo.services import INVOICE_INDICATOR
from xlkpi.finance.extract import cross_checked
from xlkpi.reading.returns.checked_return import CheckedReturn, ReturnedEntry

HEADER = (
    "Supplier No", "Invoice Number", "Invoice Date", "Due Date", "Date Received", "Amount (£)",
    "Disputed On", "Dispute Reason", "Resolved On", "Date Paid", "Cost Centre",
)  # fmt: skip
START, END = date(2026, 4, 1), date(2026, 9, 30)
REASONS = ("rate differs from contract", "no record of attendance", "wrong purchase order", "billed twice")
SOME, MORE, HALF = 7, 5, 2
Entries = Mapping[str, Mapping[str, ReturnedEntry]]


def collect_entries(returns: Iterable[CheckedReturn], period: str) -> Entries:
    """Collect the entries of each provider's first file of a period, by provider and indicator."""
    out: dict[str, dict[str, ReturnedEntry]] = {}
    for checked in returns:
        if checked.manifest and str(checked.manifest.period) == period:
            out.setdefault(checked.manifest.provider_id, {entry.code: entry for entry in checked.entries})
    return dict(sorted(out.items()))


def make_ledger(entries: Entries) -> bytes:
    """Make invoices that confirm what most providers returned, with a ledger's usual oddities: see `_odd_rows`."""
    rows: list[Sequence[str]] = []
    for place, (provider_id, returned) in enumerate(entries.items()):
        numbers = SeededRandom("ledger", provider_id)
        x, y = (int(figure or 0) for figure in (returned[INVOICE_INDICATOR].x, returned[INVOICE_INDICATOR].y))
        disputed = x + 2 if place % SOME == 1 else x
        last = y - 1 if place % (2 * MORE) == 0 else y  # the provider counts its credit note, say
        rows += [_invoice(numbers, provider_id, number, disputed=number <= disputed) for number in range(1, last + 1)]
        rows += _odd_rows(numbers, provider_id, place, rows[-1] if y else None)
    return _csv((HEADER, *rows))


def _invoice(numbers: SeededRandom, provider_id: str, number: int, *, disputed: bool) -> Sequence[str]:
    received = START + timedelta(days=numbers.between(4, 168))
    due = received + timedelta(days=-3 if numbers.falls(6) else numbers.between(0, 6))
    paid = received + timedelta(days=numbers.between(20, 70) if disputed else numbers.between(4, 16))
    open_still = disputed and numbers.falls(40)
    dispute = (_day(received + timedelta(days=5)), numbers.pick(REASONS)) if disputed else ("", "")
    resolved = _day(paid - timedelta(days=3)) if disputed and not open_still else ""
    return (
        provider_id, f"{provider_id}-{number:04d}", _day(received - timedelta(days=3)), _day(due), _day(received),
        f"£{numbers.between(20_000, 900_000) / 100:,.2f}", *dispute, resolved, "" if open_still else _day(paid),
        f"LD{numbers.between(10, 19)}",
    )  # fmt: skip


def _odd_rows(numbers: SeededRandom, provider_id: str, place: int, last: Sequence[str] | None) -> list[Sequence[str]]:
    """By turns a credit note, a repeat, an invoice received after the period's end, a mistyped number, a wrong date."""
    fresh = list(_invoice(numbers, provider_id, 9000 + place, disputed=False))
    turn = place % MORE
    if turn == 0:
        fresh[5] = f"({fresh[5]})"
    elif turn == 1 and last:
        return [last]
    elif turn == HALF:
        fresh[4] = fresh[3] = _day(END + timedelta(days=4))
        fresh[2], fresh[9] = _day(END), ""
    elif place == SOME + 1:
        fresh[0] = provider_id.replace("P0", "PO")
    elif place == SOME + HALF:
        fresh[4] = "31/09/2026"
    else:
        return []
    return [fresh]


def make_extract(entries: Entries, period: str) -> bytes:
    """Make the case system's counts: mostly those of the returns, some different, some missing."""
    rows: list[Sequence[str]] = [("provider_id", "period", "indicator", "x", "y")]
    codes = [code for code in cross_checked() if code != INVOICE_INDICATOR]
    for provider_id, returned in entries.items():
        numbers = SeededRandom("extract", provider_id)
        for entry in (returned[code] for code in codes if code in returned):
            if entry.x is None or entry.y is None or not entry.due or numbers.falls(8):
                continue
            more = numbers.between(2, 4) if numbers.falls(12) else 0
            rows.append((provider_id, period, entry.code, str(min(entry.x + more, entry.y)), str(entry.y)))
    return _csv(rows)


def _day(day: date) -> str:
    return short_date(day)


def _csv(rows: Iterable[Sequence[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode("utf-8-sig")
