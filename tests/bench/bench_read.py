"""How fast a workbook is read, against openpyxl and pandas on the same file in the same run.

    python tests/bench/bench_read.py [ROUNDS] [FILE ...]

Without FILE the returns of the sample inbox are read, one after the other. Each round times every reader once, so
that a busy machine slows all alike; the medians' ratios are what to trust.

    what findings need   all that a check asks of a return: manifest, names, protection, inputs, formulas
    checked         the same, judged
    everything      open, every name to its cell, every sheet, every cell as a RawCell
    open and parse  open and read every sheet; cells and names are worked out when asked for
    open            the workbook part and the names, as triage of an inbox does
"""

from __future__ import annotations

import gc
import io
import statistics
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

import openpyxl  # noqa: E402 - the checkout goes before an installed xlkpi
import pandas as pd  # noqa: E402
import xlsxwriter  # noqa: E402

from xlkpi.catalogue.load import load_terms  # noqa: E402
from xlkpi.ooxml.workbook import open_workbook  # noqa: E402
from xlkpi.reading.returns.check_return import check_return  # noqa: E402
from xlkpi.reading.returns.entries import read_fillings  # noqa: E402
from xlkpi.reading.returns.locate import Search  # noqa: E402
from xlkpi.reading.returns.manifest import read_manifest  # noqa: E402
from xlkpi.reading.returns.tampering import structure_findings  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable

TERMS = load_terms()
SHEETS, ROWS = 12, 45


def sample_workbook() -> bytes:
    """A workbook of the size the brief names: per row 3 texts, 2 inputs, 3 formulas, 2 names, 1 validation."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        share = book.add_format({"num_format": "0.00%", "border": 1})
        entry = book.add_format({"locked": False, "border": 1})
        for number in range(1, SHEETS + 1):
            sheet = book.add_worksheet(f"Lot {number}")
            sheet.protect()
            for row in range(ROWS):
                at = row + 1
                for column, text in enumerate((f"KPI S{number}.{at}", f"How many of the {at} there were", "Quarterly")):
                    sheet.write_string(row, column, text)
                sheet.write_number(row, 3, row, entry)
                sheet.write_number(row, 4, row + number, entry)
                sheet.write_formula(row, 5, f'=IF(E{at}=0,"",D{at}/E{at})', share, row / (row + number))
                state = f'=IF(F{at}="","Not entered",IF(100*D{at}>95*E{at},"Green","Amber"))'
                sheet.write_formula(row, 6, state, None, "Amber")
                sheet.write_formula(row, 7, f'=IF(D{at}>E{at},"x is larger than y. Check both.","-")', None, "-")
                sheet.data_validation(row, 3, row, 4, {"validate": "integer", "criteria": ">=", "value": 0})
                book.define_name(f"KPI_S{number}_{at}.x", f"='Lot {number}'!$D${at}")
                book.define_name(f"KPI_S{number}_{at}.y", f"='Lot {number}'!$E${at}")
    return target.getvalue()


def chosen(arguments: list[str]) -> tuple[str, list[bytes]]:
    """The files named, else the returns of the sample inbox: all differ, as what a reader keeps between files must."""
    named = [Path(argument) for argument in arguments]
    files = named or sorted((ROOT / "workbooks" / "inbox").rglob("*eturn*.xlsx"))
    results = [path.read_bytes() for path in files]
    results = [data for data in dict.fromkeys(results) if data.startswith(b"PK")]
    if results:
        return f"{len(results)} files", results
    return f"made: {SHEETS} sheets of {ROWS} rows", [sample_workbook()]


def everything(data: bytes) -> int:
    book = open_workbook("return.xlsx", data=data)
    return sum(target is not None for target in book.names.values()) + sum(1 for s in book.sheets for _ in s.cells())


def what_findings_need(data: bytes) -> int:
    """Manifest, names, protection, every input and whether each live cell still holds its formula."""
    book = open_workbook("return.xlsx", data=data)
    template, _ = read_manifest(book, TERMS)
    if template is None:
        return 0
    layout = template.layout
    search = Search(book)
    search.locate(layout)
    around = list(structure_findings(book, layout, search.located))
    return len(read_fillings(book, layout, search.located)) + len(around)


READERS: dict[str, Callable[[bytes], object]] = {
    "xlkpi, what findings need": what_findings_need,
    "xlkpi, checked": lambda data: check_return("return.xlsx", data=data),
    "xlkpi, everything": everything,
    "xlkpi, open and parse": lambda data: open_workbook("return.xlsx", data=data).read_all(),
    "xlkpi, open": lambda data: open_workbook("return.xlsx", data=data),
    "openpyxl": lambda data: openpyxl.load_workbook(io.BytesIO(data)),
    "pandas, calamine": lambda data: pd.read_excel(io.BytesIO(data), sheet_name=None, header=None, engine="calamine"),
    "pandas, openpyxl": lambda data: pd.read_excel(io.BytesIO(data), sheet_name=None, header=None, engine="openpyxl"),
}


def main(arguments: list[str]) -> None:
    rounds = int(arguments.pop(0)) if arguments and arguments[0].isdigit() else 9
    name, files = chosen(arguments)
    times: dict[str, list[float]] = {reader: [] for reader in READERS}
    for _ in range(rounds + 1):
        for reader, read in READERS.items():
            gc.collect()
            begun = time.perf_counter()
            for data in files:
                read(data)
            times[reader].append((time.perf_counter() - begun) / len(files))
    middle = {
        reader: statistics.median(item_found[1:]) for reader, item_found in times.items()
    }  # the first round warms up
    size = sum(map(len, files)) / len(files) / 1024
    print(f"{name}, {size:.0f} KB each, {rounds} rounds, medians a file; x: how many times as long openpyxl takes")
    for reader, seconds in middle.items():
        print(f"{reader:26s} {seconds * 1000:8.2f} ms {middle['openpyxl'] / seconds:6.1f} x")


if __name__ == "__main__":
    main(sys.argv[1:])
