"""Build what a person needs to try xlwings Lite: the wheel, the code, a workbook of examples, a return.

``scripts/regenerate.py --only lite`` writes them to ``udfs/lite``.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from xlkpi.catalogue.load import load_catalogue
from xlkpi.core.checks import Entry
from xlkpi.core.lot import Provider
from xlkpi.core.period import Period
from xlkpi.hosts.lite.build_wheel import wheel_bytes, wheel_name
from xlkpi.hosts.lite.carry_code import carry_code, main_text
from xlkpi.hosts.lite.in_workbook import RESULTS, answer
from xlkpi.layout.plan import Filled, plan_return
from xlkpi.writing.returns.write_return import write_return
from xlkpi.writing.workbook import Cell, Column, Sheet, Table, WorkbookPlan, render_workbook

FUNCTIONS_BOOK, RETURN_BOOK, CODE = "KPI functions.xlsx", "KPI return with code.xlsx", "main.py.txt"
MADE_ON = date(2026, 1, 1)
EXAMPLES: tuple[tuple[str, tuple[Any, ...]], ...] = (
    ("KPI_OUTTURN", ("KPI S3", 49, 50)),
    ("KPI_RAG", ("KPI S3", 49, 50)),
    ("KPI_RAG", ("KPI S3", 40, 50)),
    ("KPI_CHECK", ("KPI S3", 51, 50)),
    ("KPI_GAP", ("KPI S3", 40, 50)),
    ("KPI_DUE", ("KPI S3", "2026-27 Q2")),
    ("KPI_ABOUT", ("KPI S3", "description")),
    ("KPI_S2", (120, 3, 2)),
)
STEPS = (
    "The KPI functions through xlwings Lite. Nothing is installed on this PC except the add-in xlwings Lite.",
    "Choose Home, Add-ins, search for xlwings and add it. Then open xlwings Lite at the right end of Home.",
    "Type a formula of the table into a cell of the column “type it here”. It should show what the next column says.",
    "Run “Explain” in xlwings Lite with a row of the table selected: the sheet KPI check explains its indicator.",
    "This was never run in Excel. If something differs, tell us what you saw: docs/lite.md says how.",
)


def starter_files() -> dict[str, bytes]:
    """Every file of ``udfs/lite`` that is made, by its name."""
    return {
        wheel_name(): wheel_bytes(),
        CODE: main_text().encode(),
        FUNCTIONS_BOOK: carry_code(render_workbook(_examples())),
        RETURN_BOOK: carry_code(write_return(_sample_return())),
    }


def _examples() -> WorkbookPlan:
    columns = (Column("formula", 44), Column("type it here", 22), Column("expected", 60))
    rows = [(_formula(name, cells), "", str(answer(name, *cells))) for name, cells in EXAMPLES]
    words = tuple(Cell(row, 1, text) for row, text in enumerate(STEPS, start=1))
    table = Table("Examples", columns, rows, row=len(STEPS) + 2, filtered=False)
    results = Sheet(RESULTS, cells=(Cell(1, 1, "The results of the scripts are written here."),), widths=(110,))
    return WorkbookPlan("KPI functions through xlwings Lite", MADE_ON, (Sheet("Try it", (table,), words), results))


def _formula(name: str, cells: tuple[Any, ...]) -> str:
    """The formula as text: Excel binds a function of an add-in when the formula is typed, not when a file is opened."""
    arguments = (f'"{cell}"' if isinstance(cell, str) else str(cell) for cell in cells)
    return f"={name}({', '.join(arguments)})"


def _sample_return() -> Any:
    """A return of a made-up provider with one figure that cannot be right, so that the check has something to say."""
    filled = Filled({"KPI S1": Entry(3, 40), "KPI S3": Entry(51, 50), "KPI S4a": Entry("12 visits", 50)})
    provider = Provider("P000", "A Made-up Provider", lots=("1a",))
    return plan_return(load_catalogue(), provider, Period(2026, 2), filled=filled)
