"""A whole council's ledger: 30,000 rows, 500 providers of ours among 5,000 other suppliers.

    python tests/bench/bench_suppliers.py [ROWS] [PROVIDERS] [OTHERS]

Names are made up of few words, so that many are nearly alike. CPU seconds, and as a ratio to reading the same rows when
every supplier is ours, which does not depend on the machine.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from pathlib import Path

from xlkpi.core.lot import Provider
from xlkpi.council.finance_settings import FinanceSettings
from xlkpi.finance.ledger import read_ledger
from xlkpi.finance.providers import ProviderDirectory

HEADER = "supplier_number,provider,invoice_no,invoice_date,due_date,received_date,amount,disputed_date,paid_date"
FIRST = ("Willow", "Oast", "Stour", "Medway", "Weald", "Orchard", "Hop", "Romney", "Swale", "Downs", "Elham", "Chalk",
         "Harbour", "Beacon", "Meadow", "Abbey", "Castle", "Garden", "Thanet", "Darent")  # fmt: skip
SECOND = ("Tree", "House", "Living", "Care", "Support", "Day Services", "Community", "Homes", "Skills", "Training",
          "Transport", "Cleaning", "Catering", "Builders", "Print", "Stationers")  # fmt: skip
THIRD = ("Ltd", "CIC", "Trust", "Limited", "LLP", "and Sons", "Group", "Partners", "UK Ltd", "Kent Ltd",
         "South East Ltd", "(Ashford) Ltd", "2000 Ltd", "of Deal", "of Dover", "Holdings")  # fmt: skip


def names(count: int) -> list[str]:
    """Make different names of suppliers, in a random order that is always the same."""
    every = [f"{first} {second} {third}" for first in FIRST for second in SECOND for third in THIRD]
    every += [f"{name} {number}" for number in range(2, 4) for name in every]
    random.Random(7).shuffle(every)
    return every[:count]


def ledger(rows: int, suppliers: list[str]) -> str:
    """Write a ledger in which every supplier has about as many rows."""
    chosen = random.Random(8)
    lines = [HEADER]
    for number in range(rows):
        at = chosen.randrange(len(suppliers))
        lines.append(f"{700000 + at},{suppliers[at]},I{number},01/05/2026,10/05/2026,03/05/2026,100.00,,14/05/2026")
    return "\n".join(lines)


def seconds(path: Path, ours: list[str]) -> tuple[float, ProviderDirectory, int]:
    """Read the ledger beside a register of these names; give CPU seconds, the directory and how many rows are ours."""
    register = [Provider(f"P{number:04}", name, "SME", ("1a",)) for number, name in enumerate(ours)]
    directory = ProviderDirectory(register, {})
    began = time.process_time()
    read = read_ledger(path, directory, FinanceSettings())
    return time.process_time() - began, directory, read.rows_used


def main(rows: int = 30_000, providers: int = 500, others: int = 5_000) -> None:
    """Measure and print."""
    suppliers = names(providers + others)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.csv"
        path.write_text(ledger(rows, suppliers), encoding="utf-8")
        seconds(path, suppliers)  # imports pandas
        all_ours, _, _ = seconds(path, suppliers)
        some_ours, directory, used = seconds(path, suppliers[:providers])
    print(f"{rows:,} rows, {providers} providers, {others:,} other suppliers: {some_ours:.2f} s of CPU; ours: {used:,}")
    print(f"pairs of names compared: {directory.compared:,} of {providers * others:,}")
    print(f"every supplier ours: {all_ours:.2f} s of CPU; ratio {some_ours / all_ours:.2f}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
