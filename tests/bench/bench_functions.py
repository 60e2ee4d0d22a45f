"""What a function costs a cell: 5,000 rows cell by cell and in one range call, directly, on Excel's path, in Calc.

    python tests/bench/bench_functions.py [ROUNDS]

Microseconds a cell, the median of the rounds; each round times every way once, so that a busy machine slows all alike:
trust the ratios. In LibreOffice a recalculation of the whole sheet is timed, less that of the same sheet with the
plain formula ``=B1``.

Excel's path is xlwings' own ``call_udf``, through which Excel calls the function that ``hosts.excel`` has marked: it
takes the ranges apart into lists of rows of floats, texts and None, and the answer together again. It is run in this
process over ranges in memory (tests/hosts/excel/com_layer.py), so what passes between Excel and Python, a round trip a
call, comes on top and is not in these figures. The last line is one call that names whole columns (``B:B``), of which
5,000 rows are filled.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.hosts.excel.com_layer import Cells, windows  # noqa: E402 - the checkout goes before an installed xlkpi
from tests.judge.libreoffice import MissingTool, Office  # noqa: E402
from xlkpi import load_catalogue  # noqa: E402
from xlkpi.hosts.functions import FUNCTIONS  # noqa: E402
from xlkpi.hosts.libreoffice.build_oxt import unpack_extension  # noqa: E402

ROWS = 5_000
WHOLE = 1_048_576
WHOLE_COLUMNS = "KPI_RAG, three whole columns"
NAMES = ("KPI_OUTTURN", "KPI_RAG", "KPI_GAP", "KPI_CHECK")
CALL = {function.name: function.call for function in FUNCTIONS}
CODES = tuple(load_catalogue().indicators)
DATA = tuple((CODES[r % len(CODES)], float(r % 90), float(90 + r % 30)) for r in range(ROWS))


def directly(timings):
    """Python alone: 5,000 calls, and one call over three columns."""
    columns = [tuple((cell,) for cell in column) for column in zip(*DATA, strict=True)]
    for name in NAMES:
        call = CALL[name]
        began = time.perf_counter()
        for row in DATA:
            call(*row)
        timings[name, "Python, cell by cell"].append(time.perf_counter() - began)
        began = time.perf_counter()
        call(*columns)
        timings[name, "Python, one range call"].append(time.perf_counter() - began)


def on_excels_path(timings):
    """As Excel calls: 5,000 calls with three cells each, one call over three columns, one over whole columns."""
    cells = [tuple(Cells([[cell]]) for cell in row) for row in DATA]
    columns = [Cells([[cell] for cell in column]) for column in zip(*DATA, strict=True)]
    blank = [[None]] * (WHOLE - ROWS)
    whole = [Cells([*column.rows, *blank]) for column in columns]
    with windows() as xlwings:
        for name in NAMES:
            began = time.perf_counter()
            for row in cells:
                xlwings.call(name, *row)
            timings[name, "Excel's path, cell by cell"].append(time.perf_counter() - began)
            began = time.perf_counter()
            xlwings.call(name, *columns)
            timings[name, "Excel's path, one range call"].append(time.perf_counter() - began)
        began = time.perf_counter()
        xlwings.call("KPI_RAG", *whole)
        timings[WHOLE_COLUMNS, ""].append(time.perf_counter() - began)


def recalculated(book):
    began = time.perf_counter()
    book.document.calculateAll()
    book.values(0, f"E{ROWS}:E{ROWS}")
    return time.perf_counter() - began


def cell_by_cell(book, formula):
    """Column E filled down, as a person does it."""
    book.cell(0, f"E1:E{ROWS}").clearContents(1 | 2 | 4 | 16)
    book.set(0, "E1", formula)
    book.fill_down(0, f"E1:E{ROWS}")


def in_office(timings, book):
    """The same in Calc."""
    cell_by_cell(book, "=B1")
    plain = recalculated(book)
    for name in NAMES:
        cell_by_cell(book, f"={name}(A1;B1;C1)")
        timings[name, "Calc, cell by cell"].append(recalculated(book) - plain)
        cells = book.cell(0, f"E1:E{ROWS}")
        cells.clearContents(1 | 2 | 4 | 16)
        cells.setArrayFormula(f"={name}(A1:A{ROWS};B1:B{ROWS};C1:C{ROWS})")
        timings[name, "Calc, one range call"].append(recalculated(book) - plain)
        cells.setArrayFormula("")


def show(timings):
    """One line a way, one column a function."""
    ways = list(dict.fromkeys(way for name, way in timings if name in NAMES))
    print(f"{'microseconds a cell':38}" + "".join(f"{name:>14}" for name in NAMES))
    for way in ways:
        costs = (statistics.median(timings[name, way]) / ROWS * 1e6 for name in NAMES)
        print(f"{way:38}" + "".join(f"{cost:14.1f}" for cost in costs))
    print(f"{WHOLE_COLUMNS} of {WHOLE:,} rows: {statistics.median(timings[WHOLE_COLUMNS, '']):.1f} s a call")


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    details = defaultdict(list)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        unpack_extension(folder / "extensions" / "xlkpi")
        try:
            office = Office(folder / "profile", folder / "extensions").start()
        except MissingTool as problem:
            print(problem)
            office = None
        try:
            book = office.open() if office else None
            if book:
                book.cell(0, f"A1:C{ROWS}").setDataArray(DATA)
            for _ in range(rounds):
                directly(details)
                on_excels_path(details)
                if book:
                    in_office(details, book)
        finally:
            if office:
                office.stop()
    show(details)


if __name__ == "__main__":
    main()
