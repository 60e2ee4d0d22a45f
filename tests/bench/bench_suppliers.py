"""A whole council's ledger: 30,000 rows, 500 providers of ours among 5,000 other suppliers.

    python tests/bench/bench_suppliers.py [ROWS] [PROVIDERS] [OTHERS]

Names are made up of few words, so that many are nearly alike. The bar: the whole command, as an officer gives it, in
5 s of CPU. Ratios depend less on the machine: of the command to pandas, which reads the same CSV and counts by
supplier, and of the reading to that of the same rows when every supplier is ours.
"""

from __future__ import annotations

import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from xlkpi.core.lot import Provider
from xlkpi.council.finance_settings import FinanceSettings
from xlkpi.finance.ledger import read_ledger
from xlkpi.finance.providers import ProviderDirectory

ROOT = Path(__file__).parents[2]
MOST_SECONDS = 5.0
COMMAND = "finance inbox --ledger ledger.csv --register register.csv --out finance.xlsx --overwrite"
WITH_PANDAS = """
import pandas as pd

rows = pd.read_csv("ledger.csv", parse_dates=["received_date", "due_date", "paid_date"], dayfirst=True)
rows["late"] = rows["paid_date"] > rows["due_date"]
period = rows[rows["received_date"].between("2026-04-01", "2026-06-30")]
print(period.groupby("provider").agg(invoices=("invoice_no", "nunique"), late=("late", "sum"), sum=("amount", "sum")))
"""
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


def cpu_seconds(folder: Path, *arguments: str) -> float:
    """Run Python with these arguments in a folder; give the CPU seconds of user and system."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, *arguments]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)
    assert done.returncode < 2, done.stderr.decode()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def whole_command(folder: Path, ours: list[str]) -> tuple[float, float]:
    """Give the CPU seconds of the whole command and those of pandas on the ledger of a folder, the least of three."""
    lines = [f"P{number:04},{name},SME,1a" for number, name in enumerate(ours)]
    (folder / "register.csv").write_text("\n".join(["provider_id,provider,type,lots", *lines]), encoding="utf-8")
    (folder / "inbox").mkdir()
    command = ["-m", "xlkpi", *COMMAND.split(), "--period", "2026-27 Q1"]
    return tuple(min(cpu_seconds(folder, *run) for _ in range(3)) for run in (command, ["-c", WITH_PANDAS]))


def main(rows: int = 30_000, providers: int = 500, others: int = 5_000) -> None:
    """Measure and print."""
    suppliers = names(providers + others)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.csv"
        path.write_text(ledger(rows, suppliers), encoding="utf-8")
        seconds(path, suppliers)  # imports pandas
        all_ours, _, _ = seconds(path, suppliers)
        some_ours, directory, used = seconds(path, suppliers[:providers])
        command, with_pandas = whole_command(Path(folder), suppliers[:providers])
    print(f"{rows:,} rows, {providers} providers, {others:,} other suppliers; rows of ours: {used:,}")
    print(f"reading: {some_ours:.2f} s of CPU")
    print(f"pairs of names compared: {directory.compared:,} of {providers * others:,}")
    print(f"every supplier ours: {all_ours:.2f} s of CPU; ratio {some_ours / all_ours:.2f}")
    print(f"the whole command: {command:.2f} s of CPU (the bar: {MOST_SECONDS:.0f} s)")
    print(f"pandas: {with_pandas:.2f} s of CPU; ratio {command / with_pandas:.2f}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
