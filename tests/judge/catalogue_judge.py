"""The formulas of any catalogue's return, over a grid of its own edges, for engines to calculate.

A catalogue folder is the parameter: its own indicators, both readings, and a change of every target.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any

from tests.judge.catalogue_oracle import (
    Answer,
    bands_of,
    expected,
    has_y,
    higher_is_better,
    read_rows,
    reading_of,
    rule_of,
    step_of,
)
from tests.judge.formula_grid import GridSheet, Pair, as_template
from tests.judge.ironcalc_engine import column_letters
from xlkpi.catalogue.load import ContractTerms
from xlkpi.core.assess import assess_indicator
from xlkpi.core.gap import gap_to_green
from xlkpi.core.lot import Provider
from xlkpi.core.period import Period
from xlkpi.core.target_change import TargetChange
from xlkpi.core.vocabulary import Reading
from xlkpi.council.catalogue_folder import load_catalogue_folder
from xlkpi.layout.plan import plan_return
from xlkpi.layout.plan_model import ReturnPlan, SlotKind

READINGS = ("effective", "as written")
YS = (1, 3, 7, 40, 100, 1000)
MANY_YS = (*range(1, 130), 200, 250, 999, 1000, 12_345)
"""Every small y and some large ones: by hand."""
ODD: tuple[Any, ...] = (
    *(None, " ", "\xa0", "abc", "12", 2.5, 0.005, 1.005, 195.99999999999997, -1, -0.5, True, "#N/A", 5.0, 0),
)
WORKINGS = ("H", "I", "J", "O", "P", "X")


@dataclass(frozen=True)
class Judged:
    """One indicator under one reading and one set of targets: its formulas, its figures and the oracle's answers."""

    code: str
    reading: str
    templates: tuple[tuple[str, str], ...]
    pairs: tuple[Pair, ...]
    answers: tuple[Answer, ...]

    @property
    def with_outturn(self) -> list[Pair]:
        """The figures that come to an outturn."""
        return [pair for pair, wanted in zip(self.pairs, self.answers, strict=True) if wanted.outturn is not None]

    def differing(self, results: Any) -> list[object]:
        """Where outturn, word and change of the rows differ from the answers."""
        compared = zip(self.pairs, results, self.answers, strict=True)
        return [(self.code, self.reading, *comparison) for comparison in compared if not same(*comparison[1:])]


def same(result: Any, wanted: Answer) -> bool:
    """Whether the cells outturn, RAG and change show the answer; words on chance follow on a line of their own."""
    outturn, word, change = result
    if word != wanted.state or (change or "").partition("\n")[0] != wanted.change:
        return False
    if wanted.outturn is None:
        return outturn in ("", None)
    return isinstance(outturn, float) and math.isclose(outturn, wanted.outturn, rel_tol=4e-15, abs_tol=1e-12)


def figures_for(row: dict[str, Any], ys: tuple[int, ...] = YS) -> tuple[Pair, ...]:
    """On, beside and between the edges of an indicator's bands, for some y; and odd contents."""
    step, scale = step_of(row), 100 if rule_of(row) in ("x/y", "(y - x)/y") else 1
    edges = {edge for band in bands_of(row).values() for edge in (band.low, band.high) if edge is not None}
    pairs: dict[Pair, None] = dict.fromkeys(((0, 0), (1, 0), (None, None), (None, 5), (5, None), (3, 2)))
    for y in ys if has_y(row) else (1,):
        shown_y = y if has_y(row) else None
        for edge in sorted({*edges, Fraction(scale, 2)}):
            for at in (edge * y / scale, y - edge * y / scale):
                near = [(math.floor(at / step) + more) * step for more in (-1, 0, 1, 2)]
                pairs.update(dict.fromkeys((as_cell(x), shown_y) for x in near if x >= 0))
    pairs.update(dict.fromkeys((odd, 5) for odd in ODD))
    pairs.update(dict.fromkeys((2, odd) for odd in ODD))
    return tuple(pairs)


def as_cell(number: Fraction) -> int | float:
    """A figure as a cell has it."""
    return int(number) if number.denominator == 1 else float(number)


def moved_target(row: dict[str, Any]) -> dict[str, str]:
    """Other bands of an indicator, two of them, with the edge of Green a tenth lower or higher; empty without bands."""
    bands = bands_of(row)
    if not bands:
        return {}
    up = higher_is_better(row)
    edge = bands["Green"].low if up else bands["Green"].high
    moved = (edge or Fraction(0)) * Fraction(9 if up else 11, 10)
    number = f"{float(moved):.10g}" if rule_of(row) != "count" else str(math.ceil(moved))
    unit = {"amount": f"£{number}", "days": f"{number} days", "count": number}.get(rule_of(row), f"{number}%")
    return {"green": f">={unit}", "red": f"<{unit}", "amber": "n/a"} if up else {
        "green": f"<={unit}", "red": f">{unit}", "amber": "n/a"}  # fmt: skip


def terms_of_folder(folder: Path, *, moved: bool) -> tuple[ContractTerms, list[dict[str, Any]]]:
    """The contract, and what the oracle reads of it; with ``moved``, with a change of every target."""
    terms, rows = load_catalogue_folder(folder), read_rows(folder)
    if not moved:
        return terms, rows
    first = due_period(terms)
    changes, changed = [], []
    for row in rows:
        bands = moved_target(reading_of(row, "effective"))
        changed.append({**row, **bands, "effective": {**(row.get("effective") or {}), **bands}})
        changes += [TargetChange(str(row["code"]), first, **bands)] if bands else []
    return terms.with_changes(changes), changed


@lru_cache(maxsize=8)  # of one folder after the other
def list_judged(folder: Path, *, moved: bool = False, ys: tuple[int, ...] = YS) -> tuple[Judged, ...]:
    """Every indicator of a folder under both readings."""
    return tuple(_judged(folder, moved=moved, ys=ys))


def _judged(folder: Path, *, moved: bool, ys: tuple[int, ...]) -> Iterator[Judged]:
    terms, rows = terms_of_folder(folder, moved=moved)
    period = due_period(terms)
    for reading in READINGS:
        plan = plan_everything(terms, period, reading)
        templates = dict(row_templates(plan))
        for row in rows:
            pairs = figures_for(reading_of(row, reading), ys)
            answers = tuple(expected(row, reading, x, y) for x, y in pairs)
            yield Judged(str(row["code"]), reading, templates[str(row["code"])], pairs, answers)


def due_period(terms: ContractTerms) -> Period:
    """The last period of a year, in which every indicator is due."""
    scheme = terms.in_force().scheme
    return Period(2027, scheme.per_year, scheme)


def plan_everything(terms: ContractTerms, period: Period, reading: str, edition: str = "native") -> ReturnPlan:
    """The return of a provider with every lot."""
    catalogue = terms.in_force(period)
    provider = Provider("P1", "One & Co", lots=terms.lots)
    as_written = tuple(catalogue.indicators) if reading == "as written" else ()
    return plan_return(catalogue, provider, period, as_written=as_written, edition=edition)


def row_templates(plan: ReturnPlan) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
    """The live formulas of each row for outturn, RAG and change, with the workings that they need."""
    for sheet in plan.sheets:
        for named in [slot for slot in sheet.slots if slot.name.endswith(".x")]:
            cells = [slot for slot in sheet.slots if slot.row == named.row]
            code = next(str(slot.value) for slot in cells if slot.col == 1)
            live = [(column_letters(slot.col), slot.formula) for slot in cells if slot.kind is SlotKind.LIVE]
            yield code, tuple((col, as_template(text, named.row)) for col, text in live if col in WORKINGS)


def differing_in_core(terms: ContractTerms, judged: Iterable[Judged]) -> list[object]:
    """Where state, outturn and gap by core differ from the answers."""
    catalogue, differing = terms.in_force(due_period(terms)), []
    for each in judged:
        indicator, reading = catalogue.find(each.code), Reading(each.reading)
        for (x, y), wanted in zip(each.pairs, each.answers, strict=True):
            assessment = assess_indicator(indicator, x, y, reading=reading)
            shown = (assessment.state.value, assessment.outturn, gap_to_green(indicator, x, y, reading))
            if shown != (wanted.state, wanted.outturn, wanted.gap):
                differing.append((each.code, each.reading, x, y, shown, wanted))
    return differing


def sheets_of(judged: list[Judged]) -> list[GridSheet]:
    """One sheet per indicator and reading."""
    return [GridSheet(f"T{number}", each.templates, each.pairs) for number, each in enumerate(judged)]
