"""A return is damaged in two ways at once: its figures are what a person sees in it, or a finding names the place.

By hand: python -m tests.field.test_two_manglings_at_once 100000
"""

from __future__ import annotations

import argparse
import sys
from itertools import combinations_with_replacement
from random import Random

import pytest

from tests.field.mangled_return import Mangled, sound, wrong
from tests.field.manglings import MANGLINGS
from xlkpi import check_return

PAIRS = [*combinations_with_replacement(MANGLINGS, 2)]
"""Every two kinds of damage; kinds of one sort are beside each other, so the pairs are shuffled."""
Random(2026).shuffle(PAIRS)
RUNS, BATCHES = 1_400, 50
"""Of 2,628 pairs, as many as 2,000 came to when each was drawn by chance, some of them several times."""


def mangled(number: int) -> Mangled:
    """The return that this number stands for, with two kinds of damage, or one where the other finds nothing to do."""
    chance = Random(number)
    book = sound()
    for name in chance.sample(PAIRS[number % len(PAIRS)], k=2):
        if book.places and MANGLINGS[name](book, chance):
            book.done.append(name)
    return book


def faults(number: int) -> list[str]:
    """What is read wrongly of the return of this number."""
    book = mangled(number)
    checked = check_return("return.xlsx", data=book.bytes())
    stopped = [finding.message for finding in checked.findings if "stopped unexpectedly" in finding.message]
    return [f"{number} ({' + '.join(book.done)}): {fault}" for fault in (*stopped, *wrong(book, checked))]


def test_there_are_sixty_kinds_and_each_is_done():
    assert len(MANGLINGS) >= 60
    for name, mangle in MANGLINGS.items():
        assert any(mangle(sound(), Random(seed)) for seed in range(20)), name


def test_no_pair_is_tried_twice_and_each_kind_often():
    tried = PAIRS[:RUNS]
    assert len(set(tried)) == RUNS
    assert min(sum(name in pair for pair in tried) for name in MANGLINGS) >= 25


def test_a_figure_read_wrongly_would_be_noticed():
    book = sound()
    checked = check_return("return.xlsx", data=book.bytes())
    assert wrong(book, checked) == []
    book.seen["KPI S1"] = (7, 8)
    book.seen["KPI S2"] = (None, None)
    assert [fault.partition(":")[0] for fault in wrong(book, checked)] == ["KPI S1", "KPI S2"]


@pytest.mark.parametrize("batch", range(BATCHES))
def test_the_figures_are_right_or_a_finding_names_the_place(batch):
    size = RUNS // BATCHES
    results = [fault for number in range(batch * size, (batch + 1) * size) for fault in faults(number)]
    assert not results, "\n".join(results)


def main() -> int:
    """Try more of them than the suite does; status 1 where one is read wrongly."""
    parser = argparse.ArgumentParser(prog="python -m tests.field.test_two_manglings_at_once")
    parser.add_argument("runs", type=int, help="how many")
    parser.add_argument("start", type=int, nargs="?", default=100_000, help="the number of the first one")
    asked = parser.parse_args()
    runs, start = asked.runs, asked.start
    count = 0
    for number in range(start, start + runs):
        for fault in faults(number):
            count += 1
            print(fault, flush=True)
        if (number - start + 1) % 1000 == 0:
            print(f"{number - start + 1} tried, {count} faults", file=sys.stderr, flush=True)
    print(f"{runs} returns from number {start}, {count} faults")
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main())
