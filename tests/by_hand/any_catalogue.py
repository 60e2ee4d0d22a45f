"""The judge of any catalogue over a larger grid: python -m tests.by_hand.any_catalogue FOLDER…

Every y up to 129 and some large ones, both readings, every target changed: core and IronCalc against the oracle that
reads the folder's files itself. Without a folder: the two complete examples. It takes some minutes per folder.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.house.project_files import ROOT
from tests.judge.catalogue_judge import MANY_YS, by_ironcalc, due_period, list_judged, terms_of_folder
from xlkpi.core.assess import assess_indicator
from xlkpi.core.gap import gap_to_green
from xlkpi.core.vocabulary import Reading

EXAMPLES = ROOT / "workbooks" / "examples"


def count_differences(folder: Path, *, moved: bool) -> tuple[int, int]:
    """How many figures were judged, and how many answers differ."""
    terms, _ = terms_of_folder(folder, moved=moved)
    catalogue, judged = terms.in_force(due_period(terms)), list(list_judged(folder, moved=moved, ys=MANY_YS))
    differing = 0
    for each in judged:
        indicator, reading = catalogue.find(each.code), Reading(each.reading)
        for (x, y), wanted in zip(each.pairs, each.answers, strict=True):
            assessment = assess_indicator(indicator, x, y, reading=reading)
            gap = gap_to_green(indicator, x, y, reading)
            differing += (assessment.state.value, assessment.outturn, gap) != (wanted.state, wanted.outturn, wanted.gap)
    with tempfile.TemporaryDirectory() as place:
        results = by_ironcalc(Path(place) / "grid.xlsx", judged)
    differing += sum(len(each.differing(assessment)) for each, assessment in zip(judged, results, strict=True))
    return sum(len(each.pairs) for each in judged), differing


def main() -> int:
    """Judge the folders that are named; 1 where anything differs."""
    folders = [Path(name) for name in sys.argv[1:]] or [EXAMPLES / name / "catalogue" for name in ("homecare", "waste")]
    total = 0
    for folder in folders:
        for moved in (False, True):
            figures, differing = count_differences(folder, moved=moved)
            total += differing
            print(f"{folder}{', every target changed' if moved else ''}: {figures} figures, {differing} differ")
    return int(total > 0)


if __name__ == "__main__":
    sys.exit(main())
