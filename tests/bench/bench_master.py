"""Writing a master's Data and heat map: our way, XlsxWriter's calls, openpyxl and pandas, side by side in one run.

    python tests/bench/bench_master.py [RETURNS...]       500 and 5000 unless told; 30 rows of Data a return

All write the same cells and the heat map's links; openpyxl and pandas leave out the looks, which is in their favour.
Each way runs in a process of its own, so that its peak memory is its own; seconds are the processor's, the best of
three rounds (of one beyond 1,000 returns), making the rows included. Quote the ratios, and that ours grows with them.
"""

from __future__ import annotations

import io
import random
import resource
import subprocess
import sys
import time
from datetime import date
from fractions import Fraction

RAGS = ("Green", "Amber", "Red")
HEADERS = [
    "period", "provider_id", "provider", "section", "indicator", "x", "y", "outturn", "state", "rag", "rag_as_written",
    "reading", "target", "gap", "comment", "file", "sha256", "sheet", "x_cell", "y_cell", "template",
]  # fmt: skip
KINDS = [
    "line", "code", "line", "line", "code", "whole", "whole", "share", "word", "word", "word",
    "line", "line", "gap", "text", "line", "quiet", "line", "centre", "centre", "line",
]  # fmt: skip
INDICATORS = 37


def rows_of(returns):
    """Rows of Data, the same for every way."""
    dice = random.Random(3)
    for number in range(returns):
        file = f"inbox/east/Provider {number} return Q2 final.xlsx"
        for row in range(30):
            y = dice.randint(1, 400)
            x = dice.randint(0, y)
            rag = dice.choice(RAGS)
            comment = f"Staff vacancies in week {x} of the {number}th service" if rag != "Green" else ""
            counted = (f"KPI S{row}", x, y, Fraction(x, y), rag, rag, "Green", "effective", "above 95%")
            whose = ("2026-27 Q2", f"P{number:05}", f"Provider {number} CIC", "All lots")
            where = (f"{number:064x}", "All lots", f"F{9 + row}", f"G{9 + row}", "2026-27.2/2")
            yield (*whose, *counted, dice.randint(-5, 20), comment, file, *where)


def ours(returns):
    from xlkpi.writing.workbook import REPEAT_HEADER, Cell, Column, Sheet, Table, WorkbookPlan, render_workbook

    columns = tuple(Column(header, 12, kind) for header, kind in zip(HEADERS, KINDS, strict=True))
    heat = tuple(Cell(row, col, word, "heat", place) for row, col, word, place in heat_of(returns))
    data = Sheet("Data", (Table("KPI_Data", columns, list(rows_of(returns))),), freeze=(1, 3), paper=REPEAT_HEADER)
    return render_workbook(WorkbookPlan("Bench", date(2026, 9, 30), (Sheet("Summary", cells=heat), data)))


def heat_of(returns):
    """Word and link of each cell of the heat map."""
    for row in range(returns):
        for col in range(INDICATORS):
            yield row + 5, col + 2, RAGS[(row * col) % 3], f"'Data'!I{row * 30 + col % 30 + 2}"


def with_xlsxwriter(returns):
    import xlsxwriter

    from xlkpi.writing.returns.formats import properties_of
    from xlkpi.writing.workbook.cell_styles import every_look, look_of

    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "max_url_length": 255})
    looks = {look: book.add_format(properties_of(style)) for look, style in every_look().items()}
    heat, data = book.add_worksheet("Summary"), book.add_worksheet("Data")
    for row, col, word, place in list(heat_of(returns))[:65_530]:
        heat.write_url(row - 1, col - 1, f"internal:{place}", looks[look_of("heat", word)], word)
    for number, row in enumerate(rows_of(returns), start=1):
        for col, (value, kind) in enumerate(zip(row, KINDS, strict=True)):
            look = looks[look_of(kind, value)]
            if isinstance(value, str):
                data.write_string(number, col, value, look)
            else:
                data.write_number(number, col, float(value), look)
    data.add_table(0, 0, returns * 30, len(HEADERS) - 1, {"columns": [{"header": header} for header in HEADERS]})
    book.close()
    return target.getvalue()


def with_openpyxl(returns):
    import openpyxl
    from openpyxl.worksheet.hyperlink import Hyperlink

    book = openpyxl.Workbook()
    heat = book.active
    for row, col, word, place in heat_of(returns):
        cell = heat.cell(row, col, word)
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=place)
    data = book.create_sheet("Data")
    data.append(HEADERS)
    for row in rows_of(returns):
        data.append([float(value) if isinstance(value, Fraction) else value for value in row])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def with_pandas(returns):
    import pandas as pd

    frame = pd.DataFrame(list(rows_of(returns)), columns=HEADERS)
    frame["outturn"] = frame["outturn"].astype(float)
    target = io.BytesIO()
    with pd.ExcelWriter(target, engine="openpyxl") as writer:
        frame.to_excel(writer, sheet_name="Data", index=False)
    return target.getvalue()


WAYS = {"ours": ours, "xlsxwriter": with_xlsxwriter, "openpyxl": with_openpyxl, "pandas": with_pandas}


def measure(way, returns):
    """Seconds, size and the peak of memory of this process, on one line."""
    content, taken = b"", []
    for _ in range(3 if returns <= 1000 else 1):
        began = time.process_time()
        content = WAYS[way](returns)
        taken.append(time.process_time() - began)
    print(min(taken), len(content), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def main(sizes):
    """A line for each way and size; the slow ways are left out beyond 1,000 returns."""
    print(f"{'returns':>8} {'rows':>8}  {'way':<12}{'seconds':>9}{'ratio':>7}{'MB file':>9}{'MB peak':>9}")
    for returns in sizes:
        floor = 0.0
        for way in WAYS if returns <= 1000 else ("ours", "xlsxwriter"):
            run = subprocess.run(
                [sys.executable, __file__, "--one", way, str(returns)], check=True, capture_output=True, text=True
            )
            seconds, size, peak = (float(word) for word in run.stdout.split())
            floor = floor or seconds
            line = f"{seconds:>9.2f}{seconds / floor:>7.1f}{size / 2**20:>9.2f}{peak:>9.0f}"
            print(f"{returns:>8} {returns * 30:>8}  {way:<12}{line}", flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        measure(sys.argv[2], int(sys.argv[3]))
    else:
        main([int(word) for word in sys.argv[1:]] or [500, 5000])
