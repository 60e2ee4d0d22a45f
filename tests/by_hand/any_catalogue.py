"""The judge of any catalogue over a larger grid: python -m tests.by_hand.any_catalogue FOLDER…

Every y up to 129 and some large ones, both readings, every target changed: core and IronCalc against the oracle that
reads the folder's files itself. Without a folder: the two complete examples. It takes some minutes per folder.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.acceptance.officer.contract_figures import EXAMPLES
from tests.judge.catalogue_judge import MANY_YS, differing_in_core, list_judged, sheets_of, terms_of_folder
from tests.judge.formula_grid import by_ironcalc


def count_differences(folder: Path, *, moved: bool) -> tuple[int, int]:
    """How many figures were judged, and how many answers differ."""
    terms, _ = terms_of_folder(folder, moved=moved)
    judged = list(list_judged(folder, moved=moved, ys=MANY_YS))
    differing = len(differing_in_core(terms, judged))
    with tempfile.TemporaryDirectory() as place:
        results = by_ironcalc(Path(place) / "grid.xlsx", sheets_of(judged), "HIJ").values()
    differing += sum(len(each.differing(assessment)) for each, assessment in zip(judged, results, strict=True))
    return sum(len(each.pairs) for each in judged), differing


def main() -> int:
    """Judge the folders that are named; 1 where anything differs."""
    parser = argparse.ArgumentParser(prog="python -m tests.by_hand.any_catalogue", description="Judge catalogues.")
    examples = [EXAMPLES / name / "catalogue" for name in ("homecare", "waste")]
    parser.add_argument("folders", type=Path, nargs="*", default=examples, help="folders of catalogues")
    total = 0
    for folder in parser.parse_args().folders:
        for moved in (False, True):
            figures, differing = count_differences(folder, moved=moved)
            total += differing
            print(f"{folder}{', every target changed' if moved else ''}: {figures} figures, {differing} differ")
    return int(total > 0)


if __name__ == "__main__":
    sys.exit(main())
