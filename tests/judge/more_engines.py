"""More engines that recalculate a workbook: formulon always; Gnumeric and HyperFormula where they are installed.

    values = by_formulon(package)                  # {("All lots", "H9"): 0.96, …}

Each is given a copy without any cached result, so that what it shows is what it has calculated.
"""

from __future__ import annotations

import json
import math
import re
import shutil
import subprocess
from collections.abc import Collection, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from tests.judge.ironcalc_engine import Place, row_and_column
from tests.judge.packages.package import Package, packed, parts_of

RUNNER = Path(__file__).parents[1] / "by_hand" / "hyperformula_run.mjs"
_RESULT = re.compile(r"(<f>[^<]*</f>)<v>[^<]*</v>|(<f>[^<]*</f>)<v/>")
Values = dict[Place, Any]


def without_results(content: bytes) -> bytes:
    """The package with every cached result of a formula taken out."""
    parts = parts_of(content)
    for part in parts:
        if part.startswith("xl/worksheets/sheet"):
            parts[part] = _RESULT.sub(lambda match: match[1] or match[2], parts[part].decode()).encode()
    return packed(parts)


@lru_cache(maxsize=2)
def package_of(content: bytes) -> Package:
    """The file taken apart, once for all that look at it in turn."""
    return Package("book.xlsx", content)


def cached(content: bytes) -> Values:
    """The result of every formula as the file has it; numbers as numbers, empty text as empty text."""
    results: Values = {}
    for sheet, cells in package_of(content).cells.items():
        for address, cell in cells.items():
            if cell.formula is not None:
                results[sheet, address] = float(cell.value or 0) if cell.type == "n" else cell.value or ""
    return results


def using(content: bytes, parts: Collection[str]) -> set[Place]:
    """Where the formulas are that have one of some parts."""
    return {
        (sheet, address)
        for sheet, cells in package_of(content).cells.items()
        for address, cell in cells.items()
        if cell.formula and any(part in cell.formula for part in parts)
    }


def by_formulon(content: bytes) -> Values:
    """Every formula's result by formulon, an engine in WebAssembly."""
    from formulon import Workbook

    with Workbook.load(without_results(content)) as book:
        book.recalc()
        sheets = {book.sheet_name(number): number for number in range(book.sheet_count())}
        return {
            (sheet, ref): book.get_value(sheets[sheet], row - 1, column - 1).to_python()
            for sheet, ref in cached(content)
            for row, column in [row_and_column(ref)]
        }


def by_gnumeric(content: bytes, folder: Path) -> Values:
    """Every formula's result by Gnumeric, through a workbook that its converter writes. Needs ssconvert."""
    source, target = folder / "source.xlsx", folder / "target.xlsx"
    source.write_bytes(without_results(content))
    command = [
        shutil.which("ssconvert") or "ssconvert",
        "--recalc",
        "-T",
        "Gnumeric_Excel:xlsx",
        str(source),
        str(target),
    ]
    subprocess.run(command, check=True, capture_output=True)
    there = Package("target.xlsx", target.read_bytes()).cells
    return {place: _as_stored(there.get(place[0], {}).get(place[1])) for place in cached(content)}


def _as_stored(cell: Any) -> Any:
    if cell is None or cell.value is None:
        return ""
    if cell.type == "b":
        return cell.value == "1"
    return float(cell.value) if cell.type == "n" else cell.value


def by_hyperformula(content: bytes, folder: Path, library: Path) -> Values:
    """Every formula's result by HyperFormula. Needs node and the library's folder."""
    package = package_of(content)
    sheets = {
        sheet: {address: _as_typed(cell) for address, cell in cells.items()} for sheet, cells in package.cells.items()
    }
    (folder / "book.json").write_text(json.dumps({"sheets": sheets}), encoding="utf-8")
    command = ["node", str(RUNNER), str(library.resolve()), str(folder / "book.json")]
    done = subprocess.run(command, check=True, capture_output=True, encoding="utf-8")
    there = json.loads(done.stdout)
    return {place: there[place[0]].get(place[1], "") for place in cached(content)}


def _as_typed(cell: Any) -> Any:
    if cell.formula is not None:
        return f"={cell.formula}"
    if cell.type == "b":
        return cell.value == "1"
    return float(cell.value) if cell.type == "n" and cell.value is not None else f"'{cell.value}" if cell.value else ""


def differences(values: Mapping[Place, Any], wanted: Mapping[Place, Any]) -> list[tuple[Place, Any, Any]]:
    """Where two sets of results differ: numbers beyond the last digit, texts at all; nothing is empty text."""
    return [(place, values.get(place), value) for place, value in wanted.items() if not _same(values.get(place), value)]


def _same(values: Any, wanted: Any) -> bool:
    if isinstance(values, bool) or isinstance(wanted, bool):
        return str(values).upper() == str(wanted).upper()
    if isinstance(values, int | float) and isinstance(wanted, int | float):
        return math.isclose(values, wanted, rel_tol=1e-12, abs_tol=1e-12)
    return (values or "") == (wanted or "")
