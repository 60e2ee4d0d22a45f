"""The entries of a return, typed and judged by core, with a finding for whatever a person must see."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from xlkpi.catalogue.load import Catalogue
from xlkpi.core.assess import RAG_OF_STATE, RATED, decide_state, find_outturn
from xlkpi.core.cell_count import CountKind
from xlkpi.core.checks import NO_ENTRY, AssessedEntry, Entry, assess_entry, check_entries
from xlkpi.core.explanations import figure_of, is_explained, is_far_out
from xlkpi.core.gap import find_gap
from xlkpi.core.placeholders import is_placeholder
from xlkpi.core.problem import Problem, describe_count, figure_words
from xlkpi.core.vocabulary import Reading, State
from xlkpi.findings import Code, Finding, Severity, finding
from xlkpi.findings.entry import CLEAR_ARRAY, ENTER_RESULT, PASTE_FROM
from xlkpi.findings.severity import TYPE_IN_FRESH_COPY
from xlkpi.layout.addresses import FIRST_ROW, PLAN, Col, Place, PlanCol
from xlkpi.layout.plan import ReturnLayout
from xlkpi.ooxml.addresses import cell_address, covering_range
from xlkpi.ooxml.model import RawSheet, RawWorkbook
from xlkpi.reading.returns.checked_return import Manifest, ReturnedEntry
from xlkpi.reading.returns.locate import Located, plan_sheet
from xlkpi.reading.returns.moved_cells import column_of
from xlkpi.reading.returns.plan_updates import update_findings
from xlkpi.reading.returns.planned_rows import PlannedRow, planned_rows
from xlkpi.reading.returns.typed_counts import NO_FIGURE, WHOLE_COUNT, Asks, Typed, read_plain, read_typed
from xlkpi.reading.returns.written_words import (
    LOST_WITH,
    TARGET_MISSED,
    LostWords,
    read_plan,
    read_reason,
    word_findings,
)

BY_THE_READER = frozenset((Code.COUNT_TEXT, Code.COUNT_DECIMAL, Code.COUNT_NEGATIVE, Code.COUNT_OTHER))


class Filling(NamedTuple):
    """One indicator as found: its place, x and y as typed, the entry as core judges it, the words that are lost."""

    located: Located
    x: Typed
    y: Typed
    row: AssessedEntry
    lost_words: tuple[LostWords, ...]


def read_fillings(
    book: RawWorkbook, layout: ReturnLayout, located: Mapping[str, Located], carried: Collection[str] = ()
) -> dict[str, Filling]:
    """What was filled in for every indicator that was found; figures of unsure rows are left out.

    ``carried`` are the indicators with an open plan, whose row of the action plan is read whatever their figures. Of
    any other it is read only where the target was missed, because only then it says something of the entry.
    """
    fillings = {}
    plans = plan_sheet(book, layout.asked)
    for planned in planned_rows(layout):
        code, at = planned.code, located.get(planned.code)
        if at is None:
            continue
        x = _read_cell(at.sheet, at.x, planned.asks_x) if at.sure else NO_FIGURE
        y = _read_cell(at.sheet, at.y, WHOLE_COUNT) if at.sure and planned.has_y else NO_FIGURE
        comment, lost = read_reason(at)
        row = assess_entry(planned.asked, Entry(x.value, y.value, comment))
        is_carried = code in carried
        if planned.place.plan_row and (is_carried or row.state in TARGET_MISSED):
            plan, more = read_plan(book, plans, planned.asked.indicator, planned.place, is_carried=is_carried)
            row, lost = row._replace(entry=row.entry._replace(plan=plan)), lost + more
        fillings[code] = Filling(at, x, y, row, lost)
    return fillings


def _read_cell(sheet: RawSheet, ref: str, asked: Asks) -> Typed:
    contents = sheet.contents
    stored = contents.cells.get(ref)  # first: where the parser has to take over, only then are arrays known
    merges, arrays = contents.merges, contents.arrays()
    if not merges and not arrays and (typed := read_plain(stored, contents.formats)):
        return typed
    return read_typed(sheet.cell(ref), covering_range(merges, ref), covering_range(arrays, ref), asked)


def judge(
    catalogue: Catalogue, layout: ReturnLayout, manifest: Manifest, fillings: Mapping[str, Filling]
) -> tuple[tuple[ReturnedEntry, ...], tuple[Finding, ...]]:
    """Every entry with core's assessment and its findings, in the order of the return."""
    rows = {code: filling.row for code, filling in fillings.items()}
    rows = {each.code: rows.get(each.code) or assess_entry(each.asked, NO_ENTRY) for each in planned_rows(layout)}
    problems = check_entries(rows, catalogue.relations, manifest.previous_y)
    entries: list[ReturnedEntry] = []
    findings: list[Finding] = []
    for planned in planned_rows(layout):
        code, place, row = planned.code, planned.place, rows[planned.code]
        filling = fillings.get(code)
        entries.append(_entry(planned, row, filling.located if filling else None))
        if filling is None or not filling.located.sure:
            continue
        if row.state not in RATED or not planned.has_y:  # a rated entry has a plain x and y
            findings.extend(_count_findings(code, row, filling))
        if problems[code]:
            findings.extend(_problem_findings(row, problems[code], place, filling))
        if filling.lost_words or row.state in TARGET_MISSED:
            findings.extend(word_findings(row, filling.lost_words, filling.located, place))
        if code in manifest.open_plans:
            findings.extend(update_findings(code, manifest.open_plans[code], row.entry.plan, place))
    return tuple(entries), tuple(findings)


def _entry(planned: PlannedRow, row: AssessedEntry, at: Located | None) -> ReturnedEntry:
    asked, place, definition = planned.asked, planned.place, planned.definition
    written = row.state
    if asked.due and asked.indicator.why and asked.reading is not Reading.AS_WRITTEN:
        written = decide_state(asked.indicator, row.x, row.y, Reading.AS_WRITTEN)
    return ReturnedEntry(
        code=planned.code,
        section=asked.indicator.section,
        x=row.x.number if row.x.kind is CountKind.WHOLE else None,
        y=row.y.number if row.y.kind is CountKind.WHOLE and definition.has_y else None,
        state=row.state,
        outturn=find_outturn(definition, row.state, row.x, row.y),
        rag=RAG_OF_STATE.get(row.state),
        rag_as_written=RAG_OF_STATE.get(written),
        reading=asked.reading,
        target=definition.green if definition.bands else "",
        gap=find_gap(definition, row.state, row.x, row.y),
        comment=row.entry.comment,
        plan=row.entry.plan,
        sheet=at.sheet.name if at else place.sheet,
        x_cell=at.x if at else place.at(Col.X),
        y_cell=at.y if at else place.at(Col.Y),
        due=asked.due,
        required=asked.required,
        plan_row=place.plan_row,
        stretch=definition.stretch,
    )


def _count_findings(code: str, row: AssessedEntry, filling: Filling) -> Iterator[Finding]:
    at = filling.located
    if row.state is State.NOT_DUE:
        if filling.row.entry.x is not None or filling.row.entry.y is not None:
            facts = {"code": code, "x_at": at.x, "y_at": at.y}
            yield finding(Code.NOT_DUE_FILLED, facts, indicator=code, sheet=at.sheet.name, cell=at.x)
        return
    if row.state is State.NOT_ENTERED and row.asked.required:
        yield _empty(row, at)
    if not row.asked.indicator.effective.has_y and isinstance(at.sheet.cell(at.y).value, float):
        facts = {"code": code, "y_at": at.y}
        yield finding(Code.Y_NOT_ASKED, facts, indicator=code, sheet=at.sheet.name, cell=at.y)
    for which, typed, cell in (("x", filling.x, at.x), ("y", filling.y, at.y)):
        if typed.code:
            facts = {"code": code, "which": which, "at": cell, "found": typed.found}
            facts.update(figure_words(row.asked.indicator.effective, which))
            facts.update(number=typed.number, range=typed.range, how=typed.how)
            facts["remedy"] = _remedy(filling, which, typed, facts["figure"])
            yield finding(typed.code, facts, indicator=code, sheet=at.sheet.name, cell=cell)


def _empty(row: AssessedEntry, at: Located) -> Finding:
    """Say that an entry is empty: x and y, or x alone where that is all that is asked for."""
    code, definition = row.asked.indicator.code, row.asked.indicator.effective
    if definition.has_y:
        facts = {"code": code, "x_at": at.x, "y_at": at.y}
        return finding(Code.ENTRY_EMPTY, facts, indicator=code, sheet=at.sheet.name, cell=at.x)
    facts = {"code": code, "which": "x", "at": at.x, "counted": describe_count(definition.x)}
    return finding(Code.COUNT_EMPTY, facts, indicator=code, sheet=at.sheet.name, cell=at.x)


def _remedy(filling: Filling, which: str, typed: Typed, figure: str) -> str:
    """What can be done to a cell of a locked sheet, where nobody can change a format or a cell that is not an input."""
    at = filling.located
    cell, near, other = (at.x, at.y, filling.y) if which == "x" else (at.y, at.x, filling.x)
    if typed.code is Code.FORMULA_AS_COUNT and not typed.how:
        return ENTER_RESULT
    if typed.code is Code.ARRAY_AS_COUNT:
        inputs = {column_of(at.x), column_of(at.y)}
        is_clear = inputs.issuperset(column_of(corner) for corner in typed.range.replace("$", "").split(":"))
        return CLEAR_ARRAY.format(range=typed.range) if is_clear else TYPE_IN_FRESH_COPY
    return PASTE_FROM.format(near=near, at=cell, figure=figure) if other.is_plain else TYPE_IN_FRESH_COPY


def _problem_findings(
    row: AssessedEntry, problems: tuple[Problem, ...], place: Place, filling: Filling
) -> Iterator[Finding]:
    at, code = filling.located, row.asked.indicator.code
    target_missed = row.state in (State.RED, State.AMBER)
    for problem in problems:
        lost_words = {words.part for words in filling.lost_words}
        if problem.code is Code.PLAN and not place.plan_row:  # built with a version that did not rate it
            continue
        if problem.code in BY_THE_READER or not lost_words.isdisjoint(LOST_WITH.get(problem.code, ())):
            continue
        cell = _which_cell(problem, at)
        facts = {"x_at": at.x, "y_at": at.y, "comment_at": at.comment, "at": cell, **dict(problem.facts)}
        facts["plan_at"] = f"{PLAN}, row {place.plan_row or FIRST_ROW}"
        sheet = at.sheet.name
        if problem.code is Code.PLAN:
            sheet, cell = PLAN, cell_address(place.plan_row, PlanCol.ACTION)
        result = finding(problem.code, facts, indicator=code, sheet=sheet, cell=cell)
        if is_explained(problem, filling.row.entry, target_missed=target_missed):
            message = f"{result.message} Explained: “{' '.join(filling.row.entry.comment.split())}”"
            result = replace(result, severity=Severity.NOTE, message=message)
        elif problem.explainable and filling.row.entry.explained:
            lacks = f"does not mention {figure_of(problem)}"
            if not is_far_out(problem) and is_placeholder(filling.row.entry.comment):
                lacks = "does not explain it"
            result = replace(result, message=f"{result.message} The comment {lacks}.")
        yield result


def _which_cell(problem: Problem, located: Located) -> str:
    """The cell that a problem's finding points to."""
    which = dict(problem.facts).get("which")
    if problem.code.name in ("REASON", "PLAN"):
        return located.comment
    return (
        located.x
        if which == "x" or problem.code.name in ("X_OVER_Y", "SUM_OF_X", "PART_OF_X", "CARRIED_OVER")
        else located.y
    )
