"""Print which judge has seen which kind of file, and what each found: the tables of docs/limits.md.

    python scripts/regenerate.py --only judges   # runs this and writes the tables; it takes a quarter of an hour
    python -m tests.by_hand.judge_table          # prints them

It needs what tests/by_hand/packages.py, engines.py and pyodide_proof.py need.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from tests.by_hand.engines import engines, judge
from tests.by_hand.packages import count_planted, judges, output_files
from tests.hosts.excel.compound_file import CompoundFile
from tests.house.project_files import ROOT
from tests.judge.engine_workbooks import workbooks
from tests.judge.more_engines import cached, differences
from tests.judge.packages.other_judges import VERSIONS
from tests.judge.packages.outputs import FILLED, LEDGER, MARKED, MASTER
from tests.judge.packages.package import Package
from tests.judge.packages.planted import ADDIN, FINANCE, FUNCTIONS, PLANTED, RETURN, SCORECARD

KINDS = (RETURN, FILLED, FUNCTIONS, MARKED, MASTER, FINANCE, SCORECARD, LEDGER, ADDIN, "xlwings Lite")
PACKAGE_JUDGES = ("our judge", "openxml-audit", "Open XML SDK", "compound file")
ENGINES = ("formulon", "Gnumeric", "HyperFormula")
HEAD = ("file", "files", *PACKAGE_JUDGES)
ENGINE_HEAD = ("workbooks", "results", *ENGINES)


def row(*cells: object) -> str:
    """One row of a table."""
    return f"| {' | '.join(map(str, cells))} |\n"


def table(head: tuple[str, ...], rows: Iterator[str]) -> str:
    """A table with its head."""
    return row(*head) + row(*("---" for _ in head)) + "".join(rows)


def main() -> int:
    """Print the tables."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        files = output_files(folder)
        every = judges(VERSIONS[-1:])
        sys.stdout.write(table(HEAD, package_rows(files, every)) + "\n")
        caught = count_planted(folder, files, every)
        result = ", ".join(f"{name} {number}" for name, number in caught.items())
        sys.stdout.write(f"Of {len(PLANTED)} faults planted one at a time, each finds: {result}.\n\n")
        sys.stdout.write(table(ENGINE_HEAD, engine_rows(folder)))
    return 0


def package_rows(files: Mapping[str, Path], every: Mapping[str, Callable[[Path], int]]) -> Iterator[str]:
    """Per kind of file: how many there are, and how many faults each judge finds in them."""
    for kind in KINDS:
        paths = [path for name, path in files.items() if kind_of(name) == kind]
        counts = [sum(map(count, paths)) for count in every.values()]
        projects = [CompoundFile(project).broken for path in paths for project in projects_of(path)]
        yield row(kind, len(paths), *counts, sum(map(len, projects)) if projects else "–")


def kind_of(name: str) -> str:
    """The kind of a file by its name, which begins with it; the longest that fits."""
    return max((kind for kind in KINDS if f"{name} ".startswith(f"{kind} ")), key=len, default="")


def projects_of(path: Path) -> list[bytes]:
    """The macro project of a package, if it has one."""
    package = Package(path.name, path.read_bytes())
    return [package.archive.read(part) for part in package.parts if part.endswith("vbaProject.bin")]


def engine_rows(folder: Path) -> Iterator[str]:
    """Per kind of workbook: how many results, and how many of an engine's differ from the file's and the oracle's."""
    here = engines(folder)
    books = list(workbooks(5))
    for kind in ("blank", "filled", "odd", "one lot"):
        chosen = [book for book in books if book.name.startswith(kind)]
        results = sum(len(cached(book.content)) for book in chosen)
        faults = [sum(len(judge(name, engine, book)[1]) for book in chosen) for name, engine in here.items()]
        yield row(f"native return, {kind} ({len(chosen)})", f"{results:,}", *faults)
    finance = next((ROOT / "workbooks").rglob("Finance check*.xlsx")).read_bytes()
    wanted = cached(finance)
    counts = [len(differences(engine(finance), wanted)) for name, engine in here.items() if name != "HyperFormula"]
    yield row("finance check (1)", f"{len(wanted):,}", *counts, "–")


if __name__ == "__main__":
    sys.exit(main())
