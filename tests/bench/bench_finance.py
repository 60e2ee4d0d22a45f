"""How long a ledger takes, and how much memory, as it grows; run it by name:

    python tests/bench/bench_finance.py [ROWS...]

The bar: 1,000,000 invoices in under 30 s and under 1.5 GB. Each size is a process of its own, so that the memory
told is its own. Times are noisy: trust the growth.
"""

from __future__ import annotations

import csv
import json
import random
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[2]

SIZES = (10_000, 100_000, 1_000_000)
MEASURED = """
import json, resource, sys, time
from pathlib import Path
from tests.finance.ledger_builders import finance_council, returns
from xlkpi.finance.finance_check import check_finance
from xlkpi.sheets.finance.plan_finance import plan_finance
from xlkpi.writing.workbook import render_workbook

result = returns({number: (10, 400) for number in range(1, 25)})
began = time.perf_counter()
check = check_finance(result, finance_council(Path(sys.argv[1])))
checked = time.perf_counter() - began
book = render_workbook(plan_finance(check))
written = time.perf_counter() - began - checked
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
ledger = check.ledger
print(json.dumps([ledger.rows_read, ledger.rows_used, ledger.rows_set_aside, checked, written, memory, len(book)]))
"""
HEADER = (
    "provider_id,invoice_no,invoice_date,due_date,received_date,amount,"
    "disputed_date,dispute_reason,resolved_date,paid_date"
)


def write_ledger(path, rows):
    """A ledger of 24 providers over eight months: one in twenty disputed, one in fifty a credit, some rows wrong."""
    dice = random.Random(rows)
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(HEADER.split(","))
        for number in range(rows):
            received = date(2026, 3, 1) + timedelta(days=dice.randrange(240))

            def day(later, received=received):
                return f"{received + timedelta(days=later):%d/%m/%Y}"

            disputed = dice.random() < 0.05
            dispute = (day(4), "wrong rate", day(20)) if disputed else ("", "", "")
            sign = "-" if dice.random() < 0.02 else ""
            first = "31/02/2026" if number % 5_000 == 0 else day(0)
            amount = f"{sign}£{dice.randrange(100, 999_999) / 100:,.2f}"
            whose = [f"P{dice.randrange(1, 25):03d}", f"INV-{number:07d}", day(-3), day(dice.randrange(-1, 8)), first]
            out.writerow([*whose, amount, *dispute, day(dice.randrange(5, 30))])


def main(sizes):
    """Measure each size, and print a line of it."""
    print(f"{'rows':>9} {'check s':>8} {'µs/row':>7} {'book s':>7} {'MB':>6} {'book kB':>8}")
    with TemporaryDirectory() as folder:
        for size in sizes:
            path = Path(folder) / f"{size}.csv"
            write_ledger(path, size)
            command = [sys.executable, "-c", MEASURED, str(path)]
            done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
            read, used, aside, seconds, written, memory, length = json.loads(done.stdout)
            each = seconds / read * 1e6
            print(f"{read:>9,} {seconds:>8.1f} {each:>7.1f} {written:>7.1f} {memory:>6.0f} {length / 1e3:>8.0f}")
            assert read == size == used + aside
            path.unlink()


if __name__ == "__main__":
    main([int(text) for text in sys.argv[1:]] or SIZES)
