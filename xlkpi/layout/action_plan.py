"""The sheet *Action plan*: the columns of Appendix A, one row per KPI of the return that is due.

Each KPI keeps its own row, so that what a provider wrote stays beside its KPI when another one turns Green.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Iterator, List, Mapping, Optional, Sequence, Tuple

from xlkpi.core.checks import AskedIndicator, AssessedEntry
from xlkpi.core.indicator import Indicator
from xlkpi.core.period import Period
from xlkpi.core.visible_text import is_blank
from xlkpi.core.vocabulary import State
from xlkpi.layout.addresses import COVER, FIRST_ROW, HEADER_ROW, PLAN, Col, Place, PlanCol, ReturnKey
from xlkpi.layout.carried_forward import nothing_to_do
from xlkpi.layout.expression import filled_flag, literal, nested_if
from xlkpi.layout.live_values import LiveRow
from xlkpi.layout.open_plans import (
    OPEN_LINES,
    UPDATE_HEADERS,
    UPDATE_INTRO,
    UPDATE_WIDTHS,
    open_plan_formulas,
    open_plan_highlights,
    plan_closed_row,
    plan_rule,
    plan_update,
)
from xlkpi.layout.plan_model import Highlight, SheetPlan, Slot, SlotKind
from xlkpi.layout.provider_texts import ProviderTexts
from xlkpi.layout.share_highlights import plan_outturn_highlights
from xlkpi.layout.styles import outturn_style
from xlkpi.layout.text_size import FORM, header_height, row_height
from xlkpi.layout.wording import period_words
from xlkpi.ooxml.addresses import cell_address, column_letters, quoted_sheet
from xlkpi.ooxml.serial_days import to_serial

WIDTHS = (10.0, 26.0, 11.0, 13.0, 10.0, 36.0, 36.0, 32.0, 22.0)
HEADERS = (
    "KPI",
    "What to do",
    "Current performance level",
    "Date",
    "RAG",
    "Issue / reason identified",
    "Action to be taken",
    "Expected outcomes",
    "Timescale",
)
PROMPTS = {
    PlanCol.ISSUE: (
        "issue",
        "Issue / reason identified",
        "Is the supplier aware of the problem? Is there a clear failure to perform? How significant is the problem?",
    ),
    PlanCol.ACTION: (
        "action",
        "Action to be taken",
        "What is the proposed solution? Who shall do what? Dates of progress meetings and reviews?",
    ),
    PlanCol.OUTCOMES: (
        "outcomes",
        "Expected outcomes",
        "Specify SMART objectives and expected outcomes (i.e. anticipated service improvements).",
    ),
    PlanCol.TIMESCALE: ("timescale", "Timescale", "Specify deadline for action to be completed."),
}


def plan_actions(
    rows: Sequence[LiveRow],
    places: Mapping[str, Place],
    key: ReturnKey,
    texts: ProviderTexts,
    declared: str,
    declared_day: object,
) -> SheetPlan:
    """Plan the sheet; ``declared`` is the cell with the day of the declaration, ``declared_day`` its content."""
    planned = [live for live in rows if places[live.row.asked.indicator.code].plan_row]
    kpis = [live.row.asked for live in planned]
    headers, widths = (HEADERS, WIDTHS) if not key.open_plans else (HEADERS + UPDATE_HEADERS, WIDTHS + UPDATE_WIDTHS)
    council = rows[0].row.asked.indicator.words.short if rows else ""
    intro = UPDATE_INTRO if key.open_plans else _intro(any_due=any(live.row.asked.due for live in planned))
    slots: List[Slot] = [*_heading(key, texts, headers, intro.format(council=council))]
    day = Declared(declared, declared_day, key.period)
    for live in planned:
        place = places[live.row.asked.indicator.code]
        if live.row.asked.due:
            slots.extend(_due_row(live, place, day, texts if key.open_plans else None))
        else:
            slots.extend(plan_closed_row(live.row, place, texts, _inputs(live.row, place)))
    last = max(FIRST_ROW + len(planned) - 1, FIRST_ROW)
    last_column = column_letters(len(headers))
    not_due = (live.row.asked.indicator.code for live in planned if not live.row.asked.due)
    return SheetPlan(
        name=PLAN,
        slots=tuple(slots),
        columns=(*((w, False) for w in widths), *((9.0, True),) * (PlanCol.STATE - len(headers))),
        heights=tuple(_heights(headers, widths, len(planned))),
        optional_rows=tuple((places[code].plan_row, texts[f"plan.{code}.row"]) for code in not_due),
        highlights=tuple(_highlights(kpis, last, last_column, open_plans=key.open_plans)),
        freeze=(HEADER_ROW, 1),
        header_row=HEADER_ROW,
        first_input=cell_address(FIRST_ROW, PlanCol.ISSUE),
        filter_range=f"A{HEADER_ROW}:{last_column}{last}",
        print_range=f"A1:{last_column}{last}",
        tab="#B9770E",
    )


def _heights(headers: Sequence[str], widths: Sequence[float], rows: int) -> Iterator[Tuple[int, float]]:
    yield from ((1, 28.0), (2, 18.0), (3, 18.0), (4, 20.0), (HEADER_ROW, header_height(headers, widths)))
    lines = 4 if headers == HEADERS else OPEN_LINES
    yield from ((FIRST_ROW + offset, row_height(lines, spacing=FORM)) for offset in range(rows))


def _heading(key: ReturnKey, texts: ProviderTexts, headers: Sequence[str], intro: str) -> Iterator[Slot]:
    yield Slot(1, 1, SlotKind.LABEL, "title", "Action plan")
    yield Slot(2, 1, SlotKind.STAMP, "subtitle", texts["provider"])
    yield Slot(3, 1, SlotKind.LABEL, "subtitle", f"{period_words(key.period)}. {intro}")
    yield Slot(4, PlanCol.ISSUE, SlotKind.LINK, "back", f"Back to {COVER}", f"{COVER}!A1")
    for col, text in enumerate(headers, start=1):
        yield Slot(HEADER_ROW, col, SlotKind.LABEL, "header", text)
    yield Slot(HEADER_ROW, PlanCol.HAS_ISSUE, SlotKind.LABEL, "hidden", "has issue")
    yield Slot(HEADER_ROW, PlanCol.COMPLETE, SlotKind.LABEL, "hidden", "complete")
    if key.open_plans:
        yield Slot(HEADER_ROW, PlanCol.OPEN, SlotKind.LABEL, "hidden", "open plan")
        yield Slot(HEADER_ROW, PlanCol.STATE, SlotKind.LABEL, "hidden", "to update")


def _intro(*, any_due: bool) -> str:
    if not any_due:
        return "No KPI is due this period, so you do not need to write anything here."
    return "A Red KPI needs action, expected outcomes and timescale; an Amber KPI only if {council} asks for a plan."


def _due_row(live: LiveRow, place: Place, day: Declared, texts: Optional[ProviderTexts]) -> Iterator[Slot]:
    """Plan the row of a KPI that is due; ``texts`` are given where the return carries open plans."""
    indicator, plan, row = live.row.asked.indicator, live.row.entry.plan, place.plan_row
    state = live.row.state
    missed = state in (State.RED, State.AMBER)
    source = quoted_sheet(place.sheet)
    rag = cell_address(row, PlanCol.RAG)
    need = _needs(indicator)
    kpi = nested_if([(f'{rag}=""', '""')], literal(indicator.code))
    todo = nested_if([(f'{rag}="{word}"', literal(text)) for word, text in need.items() if word], literal(need[""]))
    shown_kpi, shown_todo = indicator.code if missed else "", need[state.value if missed else ""]
    if texts:
        kpi, todo = open_plan_formulas(row, indicator.code, todo)
        shown_kpi = shown_kpi or texts[f"plan.{indicator.code}.kpi"]
        shown_todo = texts[f"plan.{indicator.code}.open"] if missed else ""
        shown_todo = shown_todo or (need[state.value] if missed else texts[f"plan.{indicator.code}.todo"])
    yield _live(row, PlanCol.KPI, "code", shown_kpi, kpi)
    yield _live(row, PlanCol.NEED, "text", shown_todo, todo)
    outturn = f"{source}!{place.at(Col.OUTTURN)}"
    level = outturn_style("plan_level", indicator.read(live.row.asked.reading))
    yield _live(row, PlanCol.LEVEL, level, live.outturn if missed else "", f'IF({rag}="","",{outturn})')
    yield _live(row, PlanCol.DATE, "plan_date", day.shown if missed else "", f'IF({rag}="","",{day.formula})')
    word = f"{source}!{place.at(Col.RAG)}"
    yield _live(
        row, PlanCol.RAG, "rag", state.value if missed else "", f'IF(OR({word}="Red",{word}="Amber"),{word},"")'
    )
    yield from _inputs(live.row, place, stamped=texts is not None)
    # Only a missed target asks for a plan; what is carried forward for another row has no part in the workings.
    issue = cell_address(row, PlanCol.ISSUE)
    has_issue = int(missed and not is_blank(plan.issue))
    yield _live(row, PlanCol.HAS_ISSUE, "hidden", has_issue, f'IF({rag}="",0,{filled_flag(issue)})')
    written = [filled_flag(cell_address(row, col)) for col in (PlanCol.ACTION, PlanCol.OUTCOMES, PlanCol.TIMESCALE)]
    complete = int(missed and plan.complete)
    yield _live(row, PlanCol.COMPLETE, "hidden", complete, f'IF({rag}="",0,{"*".join(written)})')
    if texts:
        yield from plan_update(live.row, place, texts)


def _inputs(entry: AssessedEntry, place: Place, *, stamped: bool = True) -> Iterator[Slot]:
    """Plan the columns of Appendix A that a provider fills in; ``stamped`` where they can be carried forward."""
    indicator, plan = entry.asked.indicator, entry.entry.plan
    kind = SlotKind.STAMPED_INPUT if stamped else SlotKind.INPUT
    for col, (part, title, prompt) in PROMPTS.items():
        rule, name = plan_rule(indicator.code, title, prompt), f"{indicator.slug}.{part}"
        yield Slot(place.plan_row, col, kind, "comment", getattr(plan, part) or None, name=name, rule=rule)


def _needs(indicator: Indicator) -> Mapping[str, str]:
    code, council = indicator.code, indicator.words.short
    return {
        "Red": f"{code} is Red: enter the action, the expected outcomes and the timescale.",
        "Amber": f"{code} is Amber: give the reason; enter a plan only if {council} asks for one.",
        "": nothing_to_do(code),
    }


def _live(row: int, col: PlanCol, style: str, value: object, formula: str) -> Slot:
    return Slot(row, col, SlotKind.LIVE, style, value, formula)  # type: ignore[arg-type]  # a cell's value, narrowed above


def _highlights(
    asked: Sequence[AskedIndicator], last: int, last_column: str, *, open_plans: bool
) -> Iterator[Highlight]:
    rag = f"${column_letters(PlanCol.RAG)}{FIRST_ROW}"
    area = f"{column_letters(PlanCol.RAG)}{FIRST_ROW}:{column_letters(PlanCol.RAG)}{last}"
    yield Highlight(area, f'{rag}="Red"', "Red")
    yield Highlight(area, f'{rag}="Amber"', "Amber")
    yield from plan_outturn_highlights(asked, FIRST_ROW, column_letters(PlanCol.LEVEL))
    if open_plans:
        yield from open_plan_highlights(last)
    else:
        yield Highlight(f"A{FIRST_ROW}:{last_column}{last}", f'{rag}=""', "quiet")
    complete = f"${column_letters(PlanCol.COMPLETE)}{FIRST_ROW}"
    inputs = f"{column_letters(PlanCol.ACTION)}{FIRST_ROW}:{column_letters(PlanCol.TIMESCALE)}{last}"
    yield Highlight(inputs, f'IF({rag}="Red",{complete}=0,FALSE)', "attention")


@dataclass(frozen=True)
class Declared:
    """The day of the current performance level: the declaration's, or the last of the period."""

    cell: str
    content: object
    period: Period

    @property
    def shown(self) -> object:
        """The day number that the cell shows."""
        return self.content if isinstance(self.content, int) else to_serial(self.period.end)

    @property
    def formula(self) -> str:
        """The day as a formula."""
        return f"IF(ISNUMBER({self.cell}),{self.cell},{to_serial(self.period.end)})"
