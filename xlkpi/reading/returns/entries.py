"""The entries of a return, typed and judged by core, with a finding for whatever a person must see."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from xlkpi.catalogue.load import Catalogue
from xlkpi.core.assess import RAG_OF_STATE, decide_state, find_outturn, read_figures
from xlkpi.core.cell_count import CountKind
from xlkpi.core.checks import AskedIndicator, AssessedEntry, Entry, assess_entries, check_entries
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
from xlkpi.reading.returns.locate import Located, plan_sheet, which_cell
from xlkpi.reading.returns.moved_cells import column_of
from xlkpi.reading.returns.plan_updates import update_findings
from xlkpi.reading.returns.typed_counts import WHOLE_COUNT, Asks, Typed, read_typed
from xlkpi.reading.returns.written_words import LOST_WITH, Words, read_words, word_findings

BY_THE_READER = frozenset((Code.COUNT_TEXT, Code.COUNT_DECIMAL, Code.COUNT_NEGATIVE, Code.COUNT_OTHER))


@dataclass(frozen=True)
class Filling:
    """One indicator as found: its place, x and y as typed, its comment and action plan, the entry that core judges."""

    located: Located
    x: Typed
    y: Typed
    words: Words
    entry: Entry


def read_fillings(
    book: RawWorkbook, layout: ReturnLayout, located: Mapping[str, Located], carried: Collection[str] = ()
) -> dict[str, Filling]:
    """What was filled in for every indicator that was found; figures of unsure rows are left out.

    ``carried`` are the indicators with an open plan, whose row of the action plan is read whatever their figures.
    """
    fillings = {}
    plans = plan_sheet(book, layout.asked)
    for asked in layout.asked:
        code = asked.indicator.code
        if code not in located:
            continue
        at = located[code]
        definition = asked.indicator.effective
        kind = WHOLE_COUNT if definition.outturn.is_share else Asks(definition.outturn, definition.decimals)
        x = _read_cell(at.sheet, at.x, kind) if at.sure else Typed(None)
        y = _read_cell(at.sheet, at.y, WHOLE_COUNT) if at.sure and definition.has_y else Typed(None)
        is_carried = code in carried
        place = layout.places[code] if is_carried or _needs_plan(asked, x, y) else None
        words = read_words(book, at, plans, asked.indicator, place, is_carried=is_carried)
        fillings[code] = Filling(at, x, y, words, Entry(x.value, y.value, words.comment, words.plan))
    return fillings


def _read_cell(sheet: RawSheet, ref: str, asked: Asks) -> Typed:
    cell = sheet.cell(ref)  # first: where the parser has to take over, only then are arrays known
    merges, arrays = sheet.merges, sheet.arrays
    merged = covering_range(merges, ref) if merges else ""
    return read_typed(cell, merged, covering_range(arrays, ref) if arrays else "", asked)


def _needs_plan(asked: AskedIndicator, x: Typed, y: Typed) -> bool:
    """Whether the entry is Red or Amber: only then does the action plan say something of it."""
    has_y = asked.indicator.effective.has_y
    if not (asked.due and isinstance(x.value, float) and (isinstance(y.value, float) or not has_y)):
        return False
    state = decide_state(asked.indicator, *read_figures(asked.indicator, x.value, y.value), asked.reading)
    return state in (State.RED, State.AMBER)


def judge(
    catalogue: Catalogue, layout: ReturnLayout, manifest: Manifest, fillings: Mapping[str, Filling]
) -> tuple[tuple[ReturnedEntry, ...], tuple[Finding, ...]]:
    """Every entry with core's assessment and its findings, in the order of the return."""
    rows = assess_entries(layout.asked, {code: filling.entry for code, filling in fillings.items()})
    problems = check_entries(rows, catalogue.relations, manifest.previous_y)
    entries: list[ReturnedEntry] = []
    findings: list[Finding] = []
    for code, row in rows.items():
        filling = fillings.get(code)
        entries.append(_entry(row, layout.places[code], filling))
        if filling is None or not filling.located.sure:
            continue
        findings.extend(_count_findings(code, row, filling))
        findings.extend(_problem_findings(row, problems[code], layout.places[code], filling))
        findings.extend(word_findings(row, filling.words, filling.located, layout.places[code]))
        if code in manifest.open_plans:
            findings.extend(update_findings(code, manifest.open_plans[code], row.entry.plan, layout.places[code]))
    return tuple(entries), tuple(findings)


def _entry(row: AssessedEntry, place: Place, filling: Filling | None) -> ReturnedEntry:
    asked, entry = row.asked, row.entry
    definition = asked.indicator.read(asked.reading)
    written = row.state
    if asked.due and asked.indicator.why and asked.reading is not Reading.AS_WRITTEN:
        written = decide_state(asked.indicator, row.x, row.y, Reading.AS_WRITTEN)
    at = filling.located if filling else None
    return ReturnedEntry(
        code=asked.indicator.code,
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
        comment=entry.comment,
        plan=entry.plan,
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
        if filling.entry.x is not None or filling.entry.y is not None:
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
        lost_words = {words.part for words in filling.words.lost}
        if problem.code is Code.PLAN and not place.plan_row:  # built with a version that did not rate it
            continue
        if problem.code in BY_THE_READER or not lost_words.isdisjoint(LOST_WITH.get(problem.code, ())):
            continue
        cell = which_cell(problem, at)
        facts = {"x_at": at.x, "y_at": at.y, "comment_at": at.comment, "at": cell, **dict(problem.facts)}
        facts["plan_at"] = f"{PLAN}, row {place.plan_row or FIRST_ROW}"
        sheet = at.sheet.name
        if problem.code is Code.PLAN:
            sheet, cell = PLAN, cell_address(place.plan_row, PlanCol.ACTION)
        result = finding(problem.code, facts, indicator=code, sheet=sheet, cell=cell)
        if is_explained(problem, filling.entry, target_missed=target_missed):
            message = f"{result.message} Explained: “{' '.join(filling.entry.comment.split())}”"
            result = replace(result, severity=Severity.NOTE, message=message)
        elif problem.explainable and filling.entry.explained:
            lacks = f"does not mention {figure_of(problem)}"
            if not is_far_out(problem) and is_placeholder(filling.entry.comment):
                lacks = "does not explain it"
            result = replace(result, message=f"{result.message} The comment {lacks}.")
        yield result
