"""The sheet *Action plan*: the columns of Appendix A, one row per KPI of the return that is due.

Each KPI keeps its own row, so that what a provider wrote stays beside its KPI when another one turns Green.
"""

from __future__ import annotations

from typing import Iterator, List, Mapping, Sequence

from xlkpi.core.period import Period
from xlkpi.core.visible_text import is_blank
from xlkpi.core.vocabulary import State
from xlkpi.layout.addresses import COVER, FIRST_ROW, HEADER_ROW, PLAN, Col, Place, PlanCol
from xlkpi.layout.expression import filled_flag, literal, nested_if
from xlkpi.layout.live_values import LiveRow
from xlkpi.layout.plan_model import Highlight, InputRule, InputRuleKind, SheetPlan, Slot, SlotKind
from xlkpi.layout.provider_texts import ProviderTexts
from xlkpi.layout.share_highlights import plan_share_highlights
from xlkpi.layout.text_size import FORM, header_height, row_height
from xlkpi.layout.wording import COMMENT_TOO_LONG, LONGEST_COMMENT, period_words
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
    period: Period,
    texts: ProviderTexts,
    declared: str,
    declared_day: object,
) -> SheetPlan:
    """Plan the sheet; ``declared`` is the cell with the day of the declaration, ``declared_day`` its content."""
    planned = [live for live in rows if places[live.row.asked.indicator.code].plan_row]
    slots: List[Slot] = [
        Slot(1, 1, SlotKind.LABEL, "title", "Action plan"),
        Slot(2, 1, SlotKind.STAMP, "subtitle", texts["provider"]),
        Slot(3, 1, SlotKind.LABEL, "subtitle", f"{period_words(period)}. {_intro(bool(planned))}"),
        Slot(4, PlanCol.ISSUE, SlotKind.LINK, "back", f"Back to {COVER}", f"{COVER}!A1"),
        *(Slot(HEADER_ROW, col, SlotKind.LABEL, "header", text) for col, text in enumerate(HEADERS, start=1)),
        Slot(HEADER_ROW, PlanCol.HAS_ISSUE, SlotKind.LABEL, "hidden", "has issue"),
        Slot(HEADER_ROW, PlanCol.COMPLETE, SlotKind.LABEL, "hidden", "complete"),
    ]
    for live in planned:
        slots.extend(_row(live, places[live.row.asked.indicator.code], period, declared, declared_day))
    last = max(FIRST_ROW + len(planned) - 1, FIRST_ROW)
    rag = f"${column_letters(PlanCol.RAG)}{FIRST_ROW}"
    return SheetPlan(
        name=PLAN,
        slots=tuple(slots),
        columns=(*((w, False) for w in WIDTHS), (9.0, True), (9.0, True)),
        heights=(
            *((1, 28.0), (2, 18.0), (3, 18.0), (4, 20.0), (HEADER_ROW, header_height(HEADERS, WIDTHS))),
            *((FIRST_ROW + i, row_height(4, spacing=FORM)) for i in range(len(planned))),
        ),
        highlights=tuple(_highlights(rag, last)),
        freeze=(HEADER_ROW, 1),
        header_row=HEADER_ROW,
        first_input=cell_address(FIRST_ROW, PlanCol.ISSUE),
        filter_range=f"A{HEADER_ROW}:{column_letters(PlanCol.TIMESCALE)}{last}",
        print_range=f"A1:{column_letters(PlanCol.TIMESCALE)}{last}",
        tab="#B9770E",
    )


def _intro(any_due: bool) -> str:
    if not any_due:
        return "No KPI is due this period, so you do not need to write anything here."
    return "A Red KPI needs action, expected outcomes and timescale; an Amber KPI only if KCC asks for a plan."


def _row(live: LiveRow, place: Place, period: Period, declared: str, declared_day: object) -> Iterator[Slot]:
    indicator, plan, row = live.row.asked.indicator, live.row.entry.plan, place.plan_row
    state = live.row.state
    missed = state in (State.RED, State.AMBER)
    source = quoted_sheet(place.sheet)
    rag = cell_address(row, PlanCol.RAG)
    need = _needs(indicator.code)
    yield _live(
        row, PlanCol.KPI, "code", indicator.code if missed else "", f'IF({rag}="","",{literal(indicator.code)})'
    )
    cases = [(f'{rag}="{word}"', literal(text)) for word, text in need.items() if word]
    yield _live(row, PlanCol.NEED, "text", need[state.value if missed else ""], nested_if(cases, literal(need[""])))
    outturn = f"{source}!{place.at(Col.OUTTURN)}"
    yield _live(row, PlanCol.LEVEL, "plan_level", live.outturn if missed else "", f'IF({rag}="","",{outturn})')
    day = declared_day if isinstance(declared_day, int) else to_serial(period.end)
    dated = f'IF({rag}="","",IF(ISNUMBER({declared}),{declared},{to_serial(period.end)}))'
    yield _live(row, PlanCol.DATE, "plan_date", day if missed else "", dated)
    word = f"{source}!{place.at(Col.RAG)}"
    yield _live(
        row, PlanCol.RAG, "rag", state.value if missed else "", f'IF(OR({word}="Red",{word}="Amber"),{word},"")'
    )
    for col, (part, title, prompt) in PROMPTS.items():
        rule = InputRule(
            InputRuleKind.LENGTH,
            0,
            LONGEST_COMMENT,
            f"{indicator.code}: {title}"[:32],
            prompt,
            f"{indicator.code} action plan",
            COMMENT_TOO_LONG,
        )
        yield Slot(
            row, col, SlotKind.INPUT, "comment", getattr(plan, part) or None, name=f"{indicator.slug}.{part}", rule=rule
        )
    issue = cell_address(row, PlanCol.ISSUE)
    yield _live(row, PlanCol.HAS_ISSUE, "hidden", int(not is_blank(plan.issue)), filled_flag(issue))
    written = [filled_flag(cell_address(row, col)) for col in (PlanCol.ACTION, PlanCol.OUTCOMES, PlanCol.TIMESCALE)]
    yield _live(row, PlanCol.COMPLETE, "hidden", int(plan.complete), "*".join(written))


def _needs(code: str) -> Mapping[str, str]:
    return {
        "Red": f"{code} is Red: enter the action, the expected outcomes and the timescale.",
        "Amber": f"{code} is Amber: give the reason; enter a plan only if KCC asks for one.",
        "": f"{code}: nothing to do yet.",
    }


def _live(row: int, col: PlanCol, style: str, value: object, formula: str) -> Slot:
    return Slot(row, col, SlotKind.LIVE, style, value, formula)  # type: ignore[arg-type]  # a cell's value, narrowed above


def _highlights(rag: str, last: int) -> Iterator[Highlight]:
    area = f"{column_letters(PlanCol.RAG)}{FIRST_ROW}:{column_letters(PlanCol.RAG)}{last}"
    yield Highlight(area, f'{rag}="Red"', "Red")
    yield Highlight(area, f'{rag}="Amber"', "Amber")
    yield Highlight(f"A{FIRST_ROW}:{column_letters(PlanCol.TIMESCALE)}{last}", f'{rag}=""', "quiet")
    level = column_letters(PlanCol.LEVEL)
    yield from plan_share_highlights(f"{level}{FIRST_ROW}:{level}{last}", f"${level}{FIRST_ROW}")
    complete = f"${column_letters(PlanCol.COMPLETE)}{FIRST_ROW}"
    inputs = f"{column_letters(PlanCol.ACTION)}{FIRST_ROW}:{column_letters(PlanCol.TIMESCALE)}{last}"
    yield Highlight(inputs, f'IF({rag}="Red",{complete}=0,FALSE)', "attention")
