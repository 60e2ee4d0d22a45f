"""What a provider wrote beside the figures of one indicator: comment and action plan, and what in them is not words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from xlkpi.core.checks import ActionPlanEntry, AssessedEntry, join_words
from xlkpi.core.indicator import Indicator
from xlkpi.core.placeholders import has_no_reason, missing_in_plan
from xlkpi.core.visible_text import fold_code, tidy
from xlkpi.core.vocabulary import State
from xlkpi.findings import Code, Finding, Severity, finding, shorten
from xlkpi.layout.addresses import PLAN, Place, PlanCol
from xlkpi.ooxml.addresses import cell_address
from xlkpi.ooxml.model import RawCell, RawSheet, RawWorkbook
from xlkpi.reading.returns.find_sheets import MOST_ROWS
from xlkpi.reading.returns.locate import Located
from xlkpi.reading.returns.typed_counts import read_comment, read_error, read_words

COMMENT = "comment"
TARGET_MISSED = (State.RED, State.AMBER)
PLAN_PARTS = {
    PlanCol.ISSUE: ("issue", "The issue or reason"),
    PlanCol.ACTION: ("action", "The action"),
    PlanCol.OUTCOMES: ("outcomes", "The expected outcomes"),
    PlanCol.TIMESCALE: ("timescale", "The timescale"),
}
UPDATE_PARTS = {
    PlanCol.PROGRESS: ("progress", "The progress to date"),
    PlanCol.NEW_TIMESCALE: ("new_timescale", "The new timescale"),
}
LOST_WITH: Mapping[Code, tuple[str, ...]] = {
    Code.REASON: (COMMENT, "issue"),
    Code.PLAN: ("action", "outcomes", "timescale"),
}
"""What is not asked for in general words where one of these parts shows an error value: that is reported instead."""


@dataclass(frozen=True)
class LostWords:
    """A cell for words that shows an error value."""

    part: str
    what: str
    sheet: str
    cell: str
    found: str


def read_reason(at: Located) -> tuple[str, tuple[LostWords, ...]]:
    """Read the comment of a row, empty where an error value is, and say which."""
    if at.sheet.value(at.comment) is None:  # as in most rows
        return "", ()
    comment = read_words(at.sheet, at.comment)
    if not comment and (error := read_error(at.sheet.cell(at.comment))):
        return "", (LostWords(COMMENT, "The reason or comment", at.sheet.name, at.comment, error),)
    return comment, ()


def read_plan(
    book: RawWorkbook, plans: RawSheet | None, indicator: Indicator, place: Place, *, is_carried: bool = False
) -> tuple[ActionPlanEntry, tuple[LostWords, ...]]:
    """Read the action plan of an indicator, empty where an error value is; its update where it was carried forward."""
    texts, lost = {}, []
    for col, (part, what) in (PLAN_PARTS | UPDATE_PARTS if is_carried else PLAN_PARTS).items():
        written = book.cell(f"{indicator.slug}.{part}") or _cell_beside_code(plans, indicator.code, place, col)
        texts[part] = read_comment(written)
        if written and (error := read_error(written)):
            lost.append(LostWords(part, what, PLAN, written.ref, error))
    return ActionPlanEntry(**texts), tuple(lost)


def _cell_beside_code(sheet: RawSheet | None, code: str, place: Place, col: PlanCol) -> RawCell | None:
    """A cell whose name is lost, in the row of its code; None where there is no such row."""
    row = _plan_row(sheet, code, place) if sheet else 0
    return sheet.cell(cell_address(row, col)) if sheet and row else None


def _plan_row(sheet: RawSheet, code: str, place: Place) -> int:
    """The row of the action plan that has the code, else the planned one unless another code is there; 0 for none."""

    def label(row: int) -> str:
        return fold_code(read_comment(sheet.cell(cell_address(row, PlanCol.KPI))))

    if label(place.plan_row) in ("", fold_code(code)):
        return place.plan_row
    return next((row for row in range(1, MOST_ROWS) if label(row) == fold_code(code)), 0)


def word_findings(row: AssessedEntry, lost_words: Sequence[LostWords], at: Located, place: Place) -> Iterator[Finding]:
    """Findings on error values where words should be, and on words that say nothing where a target was missed."""
    code, entry = row.asked.indicator.code, row.entry
    missed = row.state in TARGET_MISSED
    asked_for = {
        **dict.fromkeys(LOST_WITH[Code.REASON], missed and not entry.reasoned),
        **dict.fromkeys(LOST_WITH[Code.PLAN], row.state is State.RED),
    }
    for lost in lost_words:
        place_of = lost.cell if lost.sheet == at.sheet.name else f"{lost.sheet}, {lost.cell}"
        facts = {"what": f"{lost.what} for {code}", "at": place_of, "found": lost.found}
        severity = None if asked_for.get(lost.part) else Severity.QUERY
        yield finding(Code.WORDS_LOST, facts, indicator=code, sheet=lost.sheet, cell=lost.cell, severity=severity)
    if missed and has_no_reason(entry):
        cell = at.comment if tidy(entry.comment) else cell_address(place.plan_row, PlanCol.ISSUE)
        sheet = at.sheet.name if tidy(entry.comment) else PLAN
        facts = {"code": code, "rag": row.state.value, "found": shorten(tidy(entry.comment) or tidy(entry.plan.issue))}
        facts["at"] = cell if sheet != PLAN else f"{PLAN}, {cell}"
        yield finding(Code.REASON_SAYS_NOTHING, facts, indicator=code, sheet=sheet, cell=cell)
    if row.state is State.RED and entry.plan.complete and (missing := missing_in_plan(entry.plan)):
        facts = {"code": code, "missing": join_words(missing, "or"), "plan_at": f"{PLAN}, row {place.plan_row}"}
        cell = cell_address(place.plan_row, PlanCol.ACTION)
        yield finding(Code.PLAN_SAYS_NOTHING, facts, indicator=code, sheet=PLAN, cell=cell)
