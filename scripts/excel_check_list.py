"""Make scripts/excel_check.json: what a real Excel must show in the samples of `workbooks`.

The expected results come from the tests' oracle, which works from the words of the Schedule, never from our formulas or
from the results that are in the files. What a workbook contains besides (sheets, formulas) is counted by openpyxl.
"""

from __future__ import annotations

import json
import re
import sys
import zipfile
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

import openpyxl

from xlkpi.ooxml.addresses import column_letters
from xlkpi.writing.vba.udf_sources import source_text

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.judge import oracle

FILE = "scripts/excel_check.json"
SAMPLES = "workbooks"
MADE = "2026-27 Q2"
RETURN = "KPI return "
CELL_FORMULA = re.compile(rb"<f[ >]")
NAME = re.compile(r'<definedName name="([^"]+)"')
PERIOD = re.compile(r"\d{4}-\d\d Q[1-4]")
TYPED = ((48, 50), (40, 50), (0, 50), (50, 50), (1, 3), (60, 50), (0, 0), (12.5, 50), (None, 50), (None, None))
"""x and y of each round, the same in every row; the last leaves the return empty again."""
REFUSED = ("12 visits", -1, 2.5)
RETURNED = 2
"""How many of the returned files are compared."""
ROWS_APART = 9
"""Every so many rows of Data one is compared."""
FUNCTIONS = (("KPI S1", 5, 50), ("KPI S3", 48, 50), ("KPI S2", 0, 50), ("KPI I4", 3, 60), ("INFO W1", 30, 50))


def excel_check_list(root: Path) -> bytes:
    """Give the file's bytes for the samples as they are now."""
    samples = root / SAMPLES
    made = samples / "out" / MADE
    blank = max(sorted((made / "returns").glob("*.xlsx")), key=lambda path: path.stat().st_size)
    sound = (path for path in sorted((samples / "inbox").rglob(f"{RETURN}{MADE}*.xlsx")) if _codes(path))
    returned = list(islice(sound, RETURNED))
    others = [*sorted((made / "feedback").glob("*scorecard*.xlsx"))[:1], *sorted(made.glob("*.xlsx"))]
    entries = [_blank(samples, blank), *(_returned(samples, path) for path in returned)]
    entries += [_other(samples, path) for path in others]
    pictures = sorted(set(re.findall(r'imageMso="(\w+)"', source_text("excel", "ribbon.xml"))))
    document = {
        "made_by": "python scripts/regenerate.py --only excel",
        "images": pictures,
        "functions": list(_functions()),
        "workbooks": entries,
    }
    return (json.dumps(document, indent=1, ensure_ascii=False) + "\n").encode()


def _functions() -> Iterator[dict[str, Any]]:
    for code, x, y in FUNCTIONS:
        told = oracle.expected(code, x, y)
        yield {"formula": f'=KPI_RAG("{code}",{x},{y})', "value": told.state}
        yield {"formula": f'=KPI_OUTTURN("{code}",{x},{y})', "value": _share(told)}


def _entry(samples: Path, path: Path, **changes: Any) -> dict[str, Any]:
    """Describe a workbook in the keys that the script knows; `changes` are what is compared in it."""
    with zipfile.ZipFile(path) as package:
        sheets = [package.read(name) for name in package.namelist() if name.startswith("xl/worksheets/sheet")]
    entry: dict[str, Any] = {
        "file": path.relative_to(samples).as_posix(),
        "sheets": len(sheets),
        "formulas": sum(len(CELL_FORMULA.findall(sheet)) for sheet in sheets),
        "before_editing": {},
        "values": {},
        "cells": [],
        "untroubled": [],
        "refused": [],
        "rounds": [],
    }
    return {**entry, **changes}


def _codes(path: Path) -> list[str]:
    """List the indicators of a return in this period, by the names of its cells; none for any other file."""
    if not zipfile.is_zipfile(path):
        return []
    with zipfile.ZipFile(path) as package:
        parts = [package.read(name) for name in package.namelist() if name == "xl/workbook.xml"]
    names = [name for part in parts for name in NAME.findall(part.decode())]
    codes = [name.removesuffix(".x").replace("_", " ") for name in names if name.endswith(".x")]
    return [code for code in codes if oracle.due(code, _period(path))]


def _period(path: Path) -> str:
    found = PERIOD.search(path.name)
    return found[0] if found else "2000-01 Q4"


def _name(code: str, part: str) -> str:
    return f"{code.replace(' ', '_')}.{part}"


def _results(code: str, x: Any, y: Any) -> dict[str, Any]:
    told = oracle.expected(code, x, y)
    return {_name(code, "rag"): told.state, _name(code, "outturn"): _share(told)}


def _share(told: oracle.Expected) -> Any:
    return "" if told.outturn is None else float(told.outturn)


def _blank(samples: Path, path: Path) -> dict[str, Any]:
    codes = _codes(path)
    rounds = [
        {
            "what": f"x {'empty' if x is None else x}, y {'empty' if y is None else y}",
            "type": {_name(code, part): value for code in codes for part, value in (("x", x), ("y", y))},
            "expect": _merged(_results(code, x, y) for code in codes),
        }
        for x, y in TYPED
    ]
    return _entry(
        samples,
        path,
        before_editing={_name(code, "outturn"): "" for code in codes},
        values=_merged(_results(code, None, None) for code in codes),
        untroubled=[_name(code, part) for code in codes for part in ("outturn", "rag", "check")],
        refused=[{"name": _name(codes[0], "x"), "value": value} for value in REFUSED],
        rounds=rounds,
    )


def _returned(samples: Path, path: Path) -> dict[str, Any]:
    book = openpyxl.load_workbook(path)
    figures = {code: [_value(book, _name(code, part)) for part in ("x", "y")] for code in _codes(path)}
    return _entry(samples, path, values=_merged(_results(code, x, y) for code, (x, y) in figures.items()))


def _value(book: Any, name: str) -> Any:
    sheet, place = next(iter(book.defined_names[name].destinations))
    return book[sheet][place.replace("$", "")].value


def _other(samples: Path, path: Path) -> dict[str, Any]:
    return _entry(samples, path, cells=list(_judged_rows(path)))


def _judged_rows(path: Path) -> Iterator[dict[str, Any]]:
    """Judge rows of a master's Data; nothing of another workbook."""
    book = openpyxl.load_workbook(path, read_only=True)
    if "Data" not in book.sheetnames:
        return
    rows = book["Data"].iter_rows(values_only=True)
    places = {title: number for number, title in enumerate(next(rows))}
    letter = column_letters(places["state"] + 1)
    for number, row in enumerate(rows, start=2):
        facts: dict[Any, Any] = {title: row[place] for title, place in places.items() if title}
        if number % ROWS_APART == 0 and facts["reading"] in oracle.READINGS and facts["state"] != "Not due":
            told = oracle.expected(facts["indicator"], facts["x"], facts["y"], facts["reading"])
            yield {"sheet": "Data", "cell": f"{letter}{number}", "value": told.state}


def _merged(many: Iterator[Mapping[str, Any]]) -> dict[str, Any]:
    return {name: value for one in many for name, value in one.items()}
