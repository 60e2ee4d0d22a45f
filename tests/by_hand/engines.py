"""Every engine on every native workbook, blank, filled and odd: recalculated = cached = the oracle's.

    apt-get install gnumeric
    npm install hyperformula                     # here, or where XLKPI_NODE_MODULES says
    python -m tests.by_hand.engines [--turns 5]

formulon is always here; Gnumeric and HyperFormula are asked where they are installed, and the last line says who was.
Ends with status 1 if anything differs.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.judge.engine_workbooks import NativeWorkbook, oracle_faults, workbooks
from tests.judge.more_engines import Values, by_formulon, by_gnumeric, by_hyperformula, cached, differences, using
from tests.judge.packages.other_judges import node_modules

Engine = Callable[[bytes], Values]
LACKS = {"HyperFormula": ("BINOMDIST(", "INT(-")}
"""What an engine has only roughly (1e-9), or otherwise (its INT(-3.6) is -3): formulas with it are not asked of it."""


def engines(folder: Path) -> dict[str, Engine]:
    """The engines that are here."""
    results: dict[str, Engine] = {"formulon": by_formulon}
    if shutil.which("ssconvert"):
        results["Gnumeric"] = lambda content: by_gnumeric(content, folder)
    library = node_modules() / "hyperformula"
    if library.is_dir():
        results["HyperFormula"] = lambda content: by_hyperformula(content, folder, library)
    return results


def judge(name: str, engine: Engine, workbook: NativeWorkbook) -> tuple[int, list[Any]]:
    """How many results were compared, and what differs from the file's own or from the oracle's."""
    content = workbook.content
    left_out = using(content, LACKS.get(name, ()))
    wanted = {place: value for place, value in cached(content).items() if place not in left_out}
    values = engine(content)
    return len(wanted), [*differences(values, wanted), *oracle_faults(workbook, values)]


def main(arguments: list[str]) -> int:
    """Ask every engine, and print one line per engine."""
    parser = argparse.ArgumentParser(prog="python -m tests.by_hand.engines")
    parser.add_argument("--turns", type=int, default=5, help="how many odd fillings per reading")
    asked = parser.parse_args(arguments)
    status = 0
    with tempfile.TemporaryDirectory() as scratch:
        here = engines(Path(scratch))
        books = list(workbooks(asked.turns))
        for name, engine in here.items():
            outcomes = [(book.name, *judge(name, engine, book)) for book in books]
            results = sum(count for _, count, _ in outcomes)
            faults = [(book, fault) for book, _, engine_values in outcomes for fault in engine_values]
            print(f"{name}: {len(books)} workbooks, {results:,} results, {len(faults)} differ.", flush=True)
            print("".join(f"  {book}: {fault}\n" for book, fault in faults[:10]), end="")
            status |= bool(faults)
    absent = {"Gnumeric", "HyperFormula"} - set(here)
    print(f"Not here: {', '.join(sorted(absent))}." if absent else "Every engine was asked.")
    return int(status)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
