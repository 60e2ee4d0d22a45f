"""Building returns: stamping against XlsxWriter, openpyxl and pandas from scratch, side by side in one run.

    python tests/bench/bench_build.py [ROUNDS]

All make a workbook with the same cells and formulas for one provider; the peers leave out protection, validations,
highlights and names where they cannot write them, which is in their favour. Times are medians of interleaved rounds;
quote the ratios. The bar: stamping at least 15 times faster than XlsxWriter from scratch.
"""

from __future__ import annotations

import io
import sys
import time
from statistics import median

from xlkpi.catalogue import load_catalogue
from xlkpi.core.lot import Contact, Provider
from xlkpi.core.period import Period
from xlkpi.layout.plan import make_return_key, plan_return
from xlkpi.layout.plan_model import SlotKind
from xlkpi.layout.provider_texts import Sender, make_provider_texts
from xlkpi.writing.returns.template import make_template
from xlkpi.writing.returns.write_return import write_return

CATALOGUE = load_catalogue()
PERIOD = Period(2026, 2)
PROVIDER = Provider("P007", "Willow Tree CIC", "SME", ("1a", "2a", "3", "4"), transport=True, email="kpi@example.org")
SENDER = Sender((Contact("Jo Officer", "Commissioning Officer", "jo@example.org", "03000 000000"),), "kpi@example.org")


def stamped():
    """What ``xlkpi build`` does for one more provider: facts, stamp."""
    return TEMPLATE.stamp(make_provider_texts(CATALOGUE, KEY, PROVIDER, SENDER, {}))


def from_scratch():
    """Plan and write with XlsxWriter."""
    return write_return(plan_return(CATALOGUE, PROVIDER, PERIOD, sender=SENDER))


def with_openpyxl():
    """The same cells and formulas with openpyxl, one style a cell kind."""
    import openpyxl
    from openpyxl.styles import Font

    book = openpyxl.Workbook()
    book.remove(book.active)
    bold = Font(bold=True)
    for sheet in plan_return(CATALOGUE, PROVIDER, PERIOD, sender=SENDER).sheets:
        page = book.create_sheet(sheet.name)
        for slot in sheet.slots:
            cell = page[slot.ref]
            cell.value = f"={slot.formula}" if slot.kind is SlotKind.LIVE else slot.value
            if slot.style in ("header", "code"):
                cell.font = bold
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def with_pandas():
    """The same cells as data frames through pandas and XlsxWriter: values and formulas only."""
    import pandas as pd

    target = io.BytesIO()
    with pd.ExcelWriter(target, engine="xlsxwriter") as writer:
        for sheet in plan_return(CATALOGUE, PROVIDER, PERIOD, sender=SENDER).sheets:
            rows = max(slot.row for slot in sheet.slots)
            columns = max(slot.col for slot in sheet.slots)
            grid = [[None] * columns for _ in range(rows)]
            for slot in sheet.slots:
                grid[slot.row - 1][slot.col - 1] = f"={slot.formula}" if slot.kind is SlotKind.LIVE else slot.value
            pd.DataFrame(grid).to_excel(writer, sheet_name=sheet.name, header=False, index=False)
    return target.getvalue()


KEY = make_return_key(CATALOGUE, PROVIDER, PERIOD)
TEMPLATE = make_template(CATALOGUE, KEY)
WAYS = {"stamped": stamped, "XlsxWriter": from_scratch, "openpyxl": with_openpyxl, "pandas": with_pandas}


def main(rounds):
    """Interleave the ways, print milliseconds and ratios."""
    times = {name: [] for name in WAYS}
    for way in WAYS.values():
        way()
    for _ in range(rounds):
        for name, way in WAYS.items():
            began = time.perf_counter()
            way()
            times[name].append(1000 * (time.perf_counter() - began))
    floor = median(times["stamped"])
    print(f"{'way':<12}{'ms a return':>12}{'ratio':>8}   ({rounds} rounds, medians)")
    for name, taken in times.items():
        print(f"{name:<12}{median(taken):>12.2f}{median(taken) / floor:>8.1f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 9)
