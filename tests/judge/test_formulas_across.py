"""Checks across entries: random returns, judged by the rows' formulas in two engines, by check_return and the oracle.

Half of the returns are Q4, half Q2, under both readings; figures of last time stand beside most inputs. Junk,
blanks, comments and action plans are strewn in.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

import pytest

from tests.conftest import missing
from tests.judge import oracle
from tests.judge.formula_grid import READINGS
from tests.judge.ironcalc_engine import Ironbook
from tests.judge.libreoffice import MissingTool
from tests.judge.real_returns import CODES, EVERYTHING, JUDGED, plan_of, saved, slug
from xlkpi import check_return
from xlkpi.core.checks import ActionPlanEntry, Entry
from xlkpi.layout.addresses import PLAN
from xlkpi.layout.plan import Filled
from xlkpi.writing.returns.write_return import write_return

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("across")]  # each case is planned and judged once

CASES = range(40)
FINDING = {"same y": "SAME_Y", "sum": "SUM_OF_X", "part of": "PART_OF_X", "change": "CHANGE", "reason": "REASON"}
SPOKEN_IN = {"sum": -1}  # a sum is said in the row of its last member, anything else in that of the first code named
IN_ORDER = ("REASON", "PLAN", "SAME_Y", "SUM_OF_X", "PART_OF_X", "CHANGE", "CARRIED_OVER", "LARGE")
FIRST_KIND = 12  # the hidden number of REASON; the others follow in order
TOGETHER = (*oracle.SAME_Y, *((code,) for code in JUDGED if not any(code in group for group in oracle.SAME_Y)))


@dataclass(frozen=True)
class Case:
    """One random return: what stands in it, by code."""

    period: str
    reading: str
    entries: dict[str, Entry]
    previous: dict[str, tuple[int, int]]

    @property
    def as_oracle(self) -> dict[str, tuple[Any, Any, str]]:
        """The entries as the oracle takes them; a reason in the action plan counts as a comment."""
        return {
            code: (entry.x, entry.y, entry.plan.issue if oracle.is_empty(entry.comment) else entry.comment)
            for code, entry in self.entries.items()
        }

    @property
    def as_written(self) -> tuple[str, ...]:
        """Every code, or none."""
        return CODES if self.reading == "as written" else ()

    @cached_property
    def workbook(self) -> Any:
        """The plan of the filled return, as core sees it."""
        options = {"as_written": self.as_written, "previous": self.previous, "filled": Filled(self.entries)}
        return plan_of(EVERYTHING, self.period, **options)


@cache
def last_time(period, reading):
    """The same for all cases of a kind, so that one open workbook serves them."""
    chance = random.Random(f"{period} {reading}")
    return {code: (0, chance.choice([0, 3, 10, 19, 20, 40])) for code in CODES if chance.random() < 0.6}


@cache
def case(number):
    chance = random.Random(number)
    period, reading = f"2026-27 Q{(4, 2)[number % 2]}", READINGS[number // 2 % 2]
    entries = {}
    for group in TOGETHER:
        y = chance.choice([0, 7, 10, 20, 20, 29, 30, 31, 40, 61, 200, 200])
        for code in group:
            if oracle.due(code, period, reading):
                entries[code] = random_entry(chance, code, y)
    return Case(period, reading, entries, last_time(period, reading))


def random_entry(chance, code, y):
    """Mostly a sound one with its group's y."""
    if chance.random() < 0.12:
        y = chance.choice([y + 1, max(y - 1, 0), 5, 100_000, 100_000, None, "12", 2.5, -3, " "])
    most = y if isinstance(y, int) and y >= 0 else 20
    x = chance.choice(
        [most, most, max(most - 1, 0), most // 2, chance.randint(0, most), chance.randint(0, most), 0, most * 96 // 100]
    )
    if y == 200 and chance.random() < 0.6:
        x = 199  # of which the bands as written say nothing
    elif code in oracle.MAY_EXCEED and chance.random() < 0.4:
        x = most + 2
    elif chance.random() < 0.08:
        x = chance.choice([most + 1, None, "none", -1, 0.5, "\xa0"])
    comment = chance.choice(["", "", " ", "Known, see our letter"])
    plan = ActionPlanEntry()
    if code.startswith("KPI") and chance.random() < 0.5:
        words = [chance.choice(["", "written"]) if chance.random() < 0.3 else "written" for _ in range(3)]
        plan = ActionPlanEntry(chance.choice(["", "Staff were ill"]), *words)
    return Entry(x, y, comment, plan)


@cache
def wanted_findings(number):
    """(code of the finding, indicator) for all that the oracle, and the contract's other rules, want said."""
    filled_return = case(number)
    findings = oracle.cross_checks(filled_return.as_oracle, filled_return.previous, filled_return.reading)
    kinds = {(FINDING[kind], codes[SPOKEN_IN.get(kind, 0)]) for kind, *codes in findings}
    for code, entry in filled_return.entries.items():
        rag = oracle.expected(code, entry.x, entry.y, filled_return.reading).rag
        written = (entry.plan.action, entry.plan.outcomes, entry.plan.timescale)
        if rag == "Red" and any(oracle.is_empty(text) for text in written):
            kinds.add(("PLAN", code))
        numbers = oracle.counted({code: filled_return.as_oracle[code]}).get(code)
        if numbers and code in oracle.MAY_EXCEED and numbers[0] > numbers[1]:
            kinds.add(("CARRIED_OVER", code))
        if numbers and numbers[1] > 99_999:
            kinds.add(("LARGE", code))
    return kinds


def wanted_kind(number, code):
    """What the row must show: "fix", the first finding that isn't an explained query, "note" or ""."""
    filled_return = case(number)
    entry = filled_return.entries[code]
    state = oracle.expected(code, entry.x, entry.y, filled_return.reading).state
    if state in {"Incomplete", "Check"}:
        return "fix"
    texts = [kind for kind in IN_ORDER if (kind, code) in wanted_findings(number)]
    if not oracle.is_empty(entry.comment):
        texts = [kind for kind in texts if kind in {"REASON", "PLAN"}]
    return texts[0] if texts else "note" if state == "Unrated" else ""


def far_out(item):
    """Whether a query is about a y ten times another one, or a tenth: no comment here gives the figure itself."""
    if item.code.name in {"CHANGE", "SAME_Y"}:
        numbers = {int(text) for text in re.findall(r"(?:y is|it was) (\d+)", item.message)}
        y = int(re.search(r"y is (\d+)", item.message)[1])
        return y > 0 and max(numbers) >= 10 * max(min(numbers), 1)
    return item.code.name == "LARGE"


def is_explained(item, case_of):
    """Whether a comment explains a query: by its figure or the other indicator, or by words about nothing else.

    The comment of a missed target is the reason for that, unless the action plan gives the reason.
    """
    entry = case_of.entries[item.indicator]
    if oracle.is_empty(entry.comment):
        return False
    figure = re.search(r"(?:y|x) is (\d+)", item.message)
    others = set(re.findall(r"KPI \w+|INFO \w+", item.message)) - {item.indicator}
    if figure and figure[1] in re.findall(r"\d+", entry.comment):
        return True
    if any(code in entry.comment for code in others):
        return True
    missed = oracle.expected(item.indicator, entry.x, entry.y, case_of.reading).state in {"Amber", "Red"}
    return not far_out(item) and not (missed and oracle.is_empty(entry.plan.issue))


def sort_of(kind):
    if kind in (0, 20):
        return "note" if kind else ""
    return "fix" if kind < FIRST_KIND else IN_ORDER[int(kind) - FIRST_KIND]


def disagreements(number, kinds, words):
    """Where hidden kinds and messages by code differ from what the oracle wants and core says."""
    case_now, texts = case(number), []
    by_name = {slot.name: slot.value for sheet in case_now.workbook.sheets for slot in sheet.slots if slot.name}
    for code in case_now.entries:
        kind, message = sort_of(kinds[code]), words[code] or ""
        if (
            kind != wanted_kind(number, code)
            or message != by_name[f"{slug(code)}.check"]
            or bool(message) != bool(kind)
        ):
            texts.append((number, code, case_now.entries[code], kind, wanted_kind(number, code), message))
    return texts


def test_the_cases_raise_everything_often():
    seen = [kind for number in CASES for kind, _ in wanted_findings(number)]
    shown = [wanted_kind(number, code) for number in CASES for code in case(number).entries]
    for kind in (*IN_ORDER,):
        assert seen.count(kind) >= 5, kind
        assert shown.count(kind) >= 2, kind
    for kind in ("fix", "note", ""):
        assert shown.count(kind) >= 3, kind


@pytest.mark.parametrize("quarter_of_cases", range(4))
def test_check_return_finds_what_the_oracle_finds(quarter_of_cases, tmp_path):
    for number in CASES[quarter_of_cases::4]:
        filled_return = case(number)
        checked = check_return(saved(tmp_path / "return.xlsx", write_return(filled_return.workbook)))
        findings = [(item.code.name, item.indicator) for item in checked.findings if item.code.name in IN_ORDER]
        assert sorted(findings) == sorted(wanted_findings(number)), number
        for item in checked.findings:
            if item.code.name in IN_ORDER[2:]:
                assert item.severity.value == ("note" if is_explained(item, filled_return) else "query"), (number, item)


@dataclass(frozen=True)
class Rows:
    """Where the rows of a kind of case stand: sheet and row by code, and rows of the action plan."""

    places: dict[str, tuple[str, int]]
    planned: dict[str, int]

    def of(self, sheet):
        """The codes of a sheet by row."""
        return {row: code for code, (name, row) in self.places.items() if name == sheet}


def open_kind(kind, tmp_path):
    """A blank return that serves all cases of one period and reading, with its rows."""
    first = case(kind)
    plan = plan_of(EVERYTHING, first.period, as_written=first.as_written, previous=first.previous)
    named = plan.named()
    places = {code: (named[f"{slug(code)}.x"][0], named[f"{slug(code)}.x"][1].row) for code in CODES}
    issues = {code: named.get(f"{slug(code)}.issue") for code in CODES}
    rows = Rows(places, {code: issue[1].row for code, issue in issues.items() if issue})
    return saved(tmp_path / "return.xlsx", write_return(plan)), rows


def cells_of(entry):
    """What is typed for an entry: column to value, in its row and in its row of the action plan."""
    plan = entry.plan
    typed = {"F": entry.x, "G": entry.y, "L": entry.comment}
    return typed, {"F": plan.issue, "G": plan.action, "H": plan.outcomes, "I": plan.timescale}


@pytest.mark.parametrize("kind", range(4))
def test_ironcalc_shows_what_the_oracle_wants(kind, tmp_path):
    path, rows = open_kind(kind, tmp_path)
    try:
        book = Ironbook(path)
    except MissingTool as problem:
        missing(problem)
    for number in CASES[kind::4]:
        entries = case(number).entries
        for code, entry in entries.items():
            typed, planned = cells_of(entry)
            sheet, row = rows.places[code]
            at = {(sheet, f"{letter}{row}"): value for letter, value in typed.items()}
            if code in rows.planned:
                at |= {(PLAN, f"{letter}{rows.planned[code]}"): value for letter, value in planned.items()}
            for place, value in at.items():
                book.set(*place, None if value == "" else value)
        book.calculate()
        kinds, words = (
            {code: book.get(rows.places[code][0], f"{letter}{rows.places[code][1]}") for code in entries}
            for letter in "TK"
        )
        assert not disagreements(number, kinds, words)[:5]


@pytest.mark.office
@pytest.mark.parametrize("kind", range(4))
def test_libreoffice_shows_what_the_oracle_wants(kind, calc, tmp_path):
    """Cells are put in and looked at in blocks, since each call costs as much as calculating a sheet."""
    path, rows = open_kind(kind, tmp_path)
    book = calc(path)
    book.document.enableAutomaticCalculation(False)
    sheets = sorted({sheet for sheet, _ in rows.places.values()})
    for sheet in (*sheets, PLAN):
        book.sheet(sheet).unprotect("")  # a block may reach over a closed row, which stays empty
    cells = cache(book.cell)
    for number in CASES[kind::4]:
        entries = case(number).entries
        for sheet in sheets:
            typed = {row: cells_of(entries.get(code, Entry()))[0] for row, code in rows.of(sheet).items()}
            put(cells, sheet, "FG", typed)
            put(cells, sheet, "L", typed)
        put(cells, PLAN, "FGHI", {row: cells_of(entries[code])[1] for code, row in rows.planned.items()})
        book.document.calculate()
        kinds, words = {}, {}
        for sheet in sheets:
            codes = rows.of(sheet)
            for code, values in zip(codes.values(), cells(sheet, block("KT", codes)).getDataArray(), strict=True):
                words[code], kinds[code] = values[0], values[-1]
        assert not disagreements(number, kinds, words)[:5]


def block(letters, rows):
    assert list(rows) == list(range(min(rows), max(rows) + 1))
    return f"{letters[0]}{min(rows)}:{letters[-1]}{max(rows)}"


def put(cells, sheet, letters, typed):
    """One block of a sheet: `typed` holds values by column letter, by row."""
    values = tuple(tuple("" if row[letter] is None else row[letter] for letter in letters) for row in typed.values())
    cells(sheet, block(letters, typed)).setDataArray(values)
