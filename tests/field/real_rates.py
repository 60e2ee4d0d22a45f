"""A ledger at the rates of real ones, and its figures by pandas alone, written from the rule alone."""

from __future__ import annotations

import random

import pandas as pd

from tests.finance.ledger_builders import HEADER


def lines_at_real_rates(invoices, seed):
    """A quarter of the invoices on 2 to 16 lines, in any order; one line in forty is disputed, one in thirty unpaid."""
    dice = random.Random(seed)
    rows = []
    for number in range(invoices):
        lines = 1 if dice.random() > 0.25 else dice.randrange(2, 17)
        for _ in range(lines):
            amount, disputed, unpaid = dice.randrange(10, 900), dice.random() < 0.025, dice.random() < 0.03
            days = f"{dice.randrange(4, 30):02d}/05/2026"
            dispute = f"{days},rate,," if disputed else ",,,"
            paid = "" if unpaid else f"{dice.randrange(4, 30):02d}/05/2026"
            rows.append(f"P00{1 + number % 2},I-{number},01/05/2026,10/05/2026,03/05/2026,{amount}.00,{dispute}{paid}")
    dice.shuffle(rows)
    return rows


def expected_by_pandas(rows):
    """The rule by pandas alone, from the texts: disputed if a line is, paid when the last is, the amount summed."""
    frame = pd.DataFrame([row.split(",") for row in rows], columns=HEADER.split(",")).drop_duplicates()
    for name in ("disputed_date", "paid_date"):
        frame[name] = pd.to_datetime(frame[name], format="%d/%m/%Y")
    invoices = frame.groupby(["provider_id", "invoice_no", "invoice_date"]).agg(
        disputed=("disputed_date", "min"),
        paid=("paid_date", "max"),
        waits=("paid_date", lambda days: days.isna().any()),
        amount=("amount", lambda sums: sums.astype(float).sum()),
    )
    invoices["paid"] = invoices["paid"].mask(invoices["waits"])
    invoices["x"] = invoices["disputed"].notna() & ~(invoices["disputed"] > invoices["paid"])
    in_time = (invoices["paid"] <= pd.Timestamp("2026-05-17")).sum()
    figures = {
        name: (int(mine["x"].sum()), len(mine)) for name, mine in invoices.groupby(level="provider_id", sort=True)
    }
    return figures, int(in_time), int(invoices["waits"].sum()), float(invoices["amount"].sum())
