"""The rows of plans that are open since an earlier period: what was agreed, and the update of this period."""

from __future__ import annotations

from dataclasses import replace
from typing import Dict, Iterable, Iterator, Mapping, Sequence, Tuple

from xlkpi.core.checks import AssessedEntry, Entry
from xlkpi.core.visible_text import is_blank
from xlkpi.layout.addresses import FIRST_ROW, PLAN, Place, PlanCol
from xlkpi.layout.carried_forward import ALL_UPDATED, OPEN, PLAN_PARTS, TO_UPDATE
from xlkpi.layout.cover.rows import CarriedStep
from xlkpi.layout.expression import filled_flag, literal, nested_if
from xlkpi.layout.live_values import LiveRow
from xlkpi.layout.plan_model import Highlight, InputRule, InputRuleKind, Slot, SlotKind
from xlkpi.layout.provider_texts import ProviderTexts
from xlkpi.layout.wording import COMMENT_TOO_LONG, LONGEST_COMMENT
from xlkpi.ooxml.addresses import cell_address, column_letters, quoted_sheet

UPDATE_HEADERS, UPDATE_WIDTHS = ("Progress to date", "New timescale"), (36.0, 22.0)
UPDATE_INTRO = "Bring every open plan up to date. A Red KPI needs a plan; an Amber KPI only if {council} asks for one."
UPDATE_PROMPTS = {
    PlanCol.PROGRESS: (
        "progress",
        "Progress to date",
        "What has been done since the last return, by whom, and what has changed for the people who use the service?",
    ),
    PlanCol.NEW_TIMESCALE: (
        "new_timescale",
        "New timescale",
        "Enter a new deadline only if the old one cannot be met, and say why under Progress to date.",
    ),
}
OPEN_LINES = 7
"""Lines of a row that carries a plan: what was agreed is longer than what somebody types at first."""
UPDATE_TASK = "Bring your open action plans up to date"


def fill_in_plans(entries: Mapping[str, Entry], codes: Iterable[str], texts: ProviderTexts) -> Dict[str, Entry]:
    """Give the entries of a return whose open plans are filled in: what the provider has not changed is as carried."""
    filled = dict(entries)
    for code in codes:
        entry = filled.get(code, Entry())
        carried = {part: texts[f"plan.{code}.{part}"] for part in PLAN_PARTS}
        parts = {part: getattr(entry.plan, part) or text for part, text in carried.items()}
        filled[code] = entry._replace(plan=replace(entry.plan, **parts))
    return filled


def plan_rule(code: str, title: str, prompt: str) -> InputRule:
    """Make the rule of a cell of the action plan that a provider writes in."""
    where = f"{code}: {title}"[:32]
    return InputRule(InputRuleKind.LENGTH, 0, LONGEST_COMMENT, where, prompt, f"{code} action plan", COMMENT_TOO_LONG)


def open_plan_formulas(row: int, code: str, todo: str) -> Tuple[str, str]:
    """Write the formulas of a row's KPI and of what to do; ``todo`` is what to do where no plan is open."""
    opened, rag = cell_address(row, PlanCol.OPEN), cell_address(row, PlanCol.RAG)
    kpi = nested_if([(f'{opened}<>""', literal(code)), (f'{rag}=""', '""')], literal(code))
    return kpi, nested_if([(f'{opened}<>""', opened)], todo)


def plan_closed_row(entry: AssessedEntry, place: Place, texts: ProviderTexts, inputs: Iterable[Slot]) -> Iterator[Slot]:
    """Plan the row of a KPI that is not due: its plan as it was, and the update. It is hidden where no plan is open."""
    code, row = entry.asked.indicator.code, place.plan_row
    yield Slot(row, PlanCol.KPI, SlotKind.LABEL, "code", code)
    for col, part, style in (
        (PlanCol.NEED, "todo", "text"),
        (PlanCol.LEVEL, "level", "text"),
        (PlanCol.DATE, "on", "text"),
        (PlanCol.RAG, "rag", "rag"),
    ):
        yield Slot(row, col, SlotKind.STAMP, style, texts[f"plan.{code}.{part}"])
    yield from inputs
    # nothing of it is asked for again, as it was complete when it was agreed
    yield Slot(row, PlanCol.COMPLETE, SlotKind.LABEL, "hidden", 1)
    yield from plan_update(entry, place, texts)


def plan_update(entry: AssessedEntry, place: Place, texts: ProviderTexts) -> Iterator[Slot]:
    """Plan the update of a row: progress to date, new timescale, and whether it still waits for the first."""
    indicator, plan, row = entry.asked.indicator, entry.entry.plan, place.plan_row
    for col, (part, title, prompt) in UPDATE_PROMPTS.items():
        rule, name = plan_rule(indicator.code, title, prompt), f"{indicator.slug}.{part}"
        yield Slot(row, col, SlotKind.INPUT, "comment", getattr(plan, part) or None, name=name, rule=rule)
    yield Slot(row, PlanCol.OPEN, SlotKind.STAMP, "hidden", texts[f"plan.{indicator.code}.open"])
    opened, progress = cell_address(row, PlanCol.OPEN), cell_address(row, PlanCol.PROGRESS)
    state = texts[f"plan.{indicator.code}.state"] if is_blank(plan.progress) else ""
    waits = nested_if([(f'{opened}=""', '""'), (f"{filled_flag(progress)}=1", '""')], literal(OPEN))
    yield Slot(row, PlanCol.STATE, SlotKind.LIVE, "hidden", state, waits)


def open_plan_highlights(last: int) -> Iterator[Highlight]:
    """Grey what asks for nothing, and mark the progress that an open plan waits for."""
    rag, opened, state = (f"${column_letters(col)}{FIRST_ROW}" for col in (PlanCol.RAG, PlanCol.OPEN, PlanCol.STATE))
    progress, new = column_letters(PlanCol.PROGRESS), column_letters(PlanCol.NEW_TIMESCALE)
    yield Highlight(f"{progress}{FIRST_ROW}:{progress}{last}", f'{state}="{OPEN}"', "query")
    yield Highlight(f"{progress}{FIRST_ROW}:{new}{last}", f'{opened}=""', "quiet")
    area = f"A{FIRST_ROW}:{column_letters(PlanCol.TIMESCALE)}{last}"
    yield Highlight(area, f'IF({opened}="",{rag}="",FALSE)', "quiet")


def update_step(rows: Sequence[LiveRow], places: Mapping[str, Place], texts: ProviderTexts) -> CarriedStep:
    """Make the cover's step: how many open plans still wait for their progress."""
    planned = [live.row for live in rows if places[live.row.asked.indicator.code].plan_row]
    last = max((places[row.asked.indicator.code].plan_row for row in planned), default=FIRST_ROW)
    letters = column_letters(PlanCol.STATE)
    count = f'COUNTIF({quoted_sheet(PLAN)}!{letters}{FIRST_ROW}:{letters}{last},"{OPEN}")'
    status = texts["plan.progress"]
    if any(not is_blank(row.entry.plan.progress) for row in planned):
        waiting = sum(bool(texts[f"plan.{r.asked.indicator.code}.state"]) and is_blank(r.entry.plan.progress)
                      for r in planned)  # fmt: skip
        status = f"{waiting} {TO_UPDATE}" if waiting else ALL_UPDATED
    formula = f"IF({count}=0,{literal(ALL_UPDATED)},{count}&{literal(' ' + TO_UPDATE)})"
    return CarriedStep(UPDATE_TASK, f"{PLAN}!{cell_address(FIRST_ROW, PlanCol.PROGRESS)}", status, formula)
