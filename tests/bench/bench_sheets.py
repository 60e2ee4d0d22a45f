"""Whether our own spelling of cells pays on each group of a master's sheets, against XlsxWriter's calls, in one run.

    python tests/bench/bench_sheets.py [RETURNS] [ROUNDS]       500 returns of every lot at year's end, 3 rounds

The plan is that of a real run. Data and Summary (the heat map) are written apart from the other sheets: each group once
by our writer, and once with XlsxWriter alone, cell by cell, in the same looks and with the same links. Both pack the
file; seconds are the processor's, the best of the rounds. Quote the ratios.
"""

from __future__ import annotations

import io
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

import xlsxwriter  # noqa: E402 - the checkout goes before an installed xlkpi

from tests.bench.bench_consolidate import County, make_inbox  # noqa: E402
from xlkpi.cli.main import main as run  # noqa: E402
from xlkpi.core.period import Period  # noqa: E402
from xlkpi.sheets.master import write_master  # noqa: E402
from xlkpi.writing.returns.formats import properties_of  # noqa: E402
from xlkpi.writing.workbook import Formula, Link, Sheet, WorkbookPlan, render_workbook  # noqa: E402
from xlkpi.writing.workbook.cell_styles import every_look, look_of  # noqa: E402
from xlkpi.writing.workbook.cell_xml import spelt_number  # noqa: E402
from xlkpi.writing.workbook.links import LONGEST_TARGET, MOST_LINKS  # noqa: E402
from xlkpi.writing.workbook.sheet_xml import body_of  # noqa: E402

LARGE = ("Data", "Summary")


def plan_of(returns: int) -> WorkbookPlan:
    """The plan of the master that a run over so many returns writes."""
    plans: list[WorkbookPlan] = []
    with tempfile.TemporaryDirectory() as folder, patch.object(write_master, "render_workbook") as render:
        render.side_effect = lambda plan: plans.append(plan) or render_workbook(plan)
        inbox, register, _ = make_inbox(Path(folder), returns, County(Period(2026, 4), whole=True))
        run(["consolidate", str(inbox), "--out", f"{folder}/m.xlsx", "--register", str(register), "--no-cache"])
    return plans[0]


def by_xlsxwriter(sheets: tuple[Sheet, ...]) -> bytes:
    """The cells of these sheets through XlsxWriter's own calls."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "max_url_length": LONGEST_TARGET})
    looks = {look: book.add_format(properties_of(style)) for look, style in every_look().items()}
    for sheet in sheets:
        page, links = book.add_worksheet(sheet.name), 0
        for row, col, value, style in cells_of(sheet):
            text = value.text if isinstance(value, Link) else value
            shown = value.value if isinstance(value, Formula) else text
            look = looks[look_of(style, shown)]
            if isinstance(value, Link) and text and links < MOST_LINKS:
                links += 1
                place = f"internal:{value.place}" if not value.file else f"external:{value.file}#{value.place}"
                page.write_url(row, col, place, look, text)
            elif isinstance(value, Formula):
                page.write_formula(row, col, "=" + value.text, look, "" if shown is None else str(shown))
            elif isinstance(text, str):
                page.write_string(row, col, text, look)
            elif text is None:
                page.write_blank(row, col, None, look)
            else:
                page.write_number(row, col, float(spelt_number(text) or 0), look)
    book.close()
    return target.getvalue()


def cells_of(sheet: Sheet):
    """Each cell by row and column from 0, with its value and style."""
    for table in sheet.tables:
        for col, column in enumerate(table.columns):
            yield table.row - 1, col, column.header, column.header_style
        for number, row in enumerate(body_of(table), start=table.row):
            for col, (value, column) in enumerate(zip(row, table.columns, strict=True)):
                yield number, col, value, column.style
    for cell in sheet.cells:
        yield cell.row - 1, cell.col - 1, Link(str(cell.value), cell.link) if cell.link else cell.value, cell.style


def seconds(write, sheets) -> float:
    """Processor time of one writing, packing included."""
    began = time.process_time()
    write(sheets)
    return time.process_time() - began


def main(returns: int, rounds: int) -> None:
    """A line for each group of sheets."""
    plan = plan_of(returns)
    # a chart draws cells of other sheets, so charts stay out of both ways
    sheets = tuple(replace(sheet, charts=(), sparklines=()) for sheet in plan.sheets)
    groups = {name: tuple(sheet for sheet in sheets if sheet.name == name) for name in LARGE}
    groups["the others"] = tuple(sheet for sheet in sheets if sheet.name not in LARGE)
    groups["all"] = sheets
    print(f"{'sheets':<12}{'cells':>9}{'ours':>9}{'XlsxWriter':>12}{'ratio':>7}")
    for name, group in groups.items():
        ours = min(seconds(lambda part: render_workbook(replace(plan, sheets=part)), group) for _ in range(rounds))
        theirs = min(seconds(by_xlsxwriter, group) for _ in range(rounds))
        cells = sum(1 for sheet in group for _ in cells_of(sheet))
        print(f"{name:<12}{cells:>9}{ours:>8.2f}s{theirs:>11.2f}s{theirs / ours:>7.1f}", flush=True)


if __name__ == "__main__":
    main(int((*sys.argv[1:2], "500")[0]), int((*sys.argv[2:3], "3")[0]))
