"""The sheet of one section: one row per indicator, x and y to fill in, everything else live."""

from __future__ import annotations

from typing import Iterator, List, Mapping, Sequence, Tuple

from xlkpi.core.cell_count import as_number
from xlkpi.core.checks import AskedIndicator
from xlkpi.core.indicator import Section
from xlkpi.core.period import Period
from xlkpi.core.problem import describe_count, figure_words
from xlkpi.core.vocabulary import State
from xlkpi.layout.addresses import COVER, FIRST_ROW, HEADER_ROW, UDF, Col, Place, ReturnKey
from xlkpi.layout.function_formulas import NOT_CALCULATED, RowOfFormulas
from xlkpi.layout.live_values import LiveRow, tally
from xlkpi.layout.plan_model import Highlight, InputRule, InputRuleKind, SheetPlan, Slot, SlotKind, Value
from xlkpi.layout.progress_formulas import progress_formula, section_counts
from xlkpi.layout.provider_texts import ProviderTexts
from xlkpi.layout.row_messages import FIRST_QUERY, LAST_QUERY, REASON_NUMBER
from xlkpi.layout.share_highlights import plan_outturn_highlights
from xlkpi.layout.styles import STYLES, input_style, outturn_style
from xlkpi.layout.text_size import FORM, count_lines, header_height, row_height
from xlkpi.layout.wording import COMMENT_TOO_LONG, LONGEST_COMMENT, bands_cell, how_cell, period_words, span_words
from xlkpi.ooxml.addresses import cell_address, column_letters

WIDTHS = (10.0, 30.0, 22.0, 22.0, 15.0, 9.0, 9.0, 10.0, 12.5, 24.0, 34.0, 32.0, 20.0, 22.0)
HEADERS = (
    "Code",
    "What is measured",
    "What x counts",
    "What y counts",
    "Last return",
    "x",
    "y",
    "Outturn",
    "RAG",
    "Change needed for Green",
    "Message",
    "Reason or comment",
    "Bands",
    "How often, how measured",
)
HIDDEN_HEADERS = ("x kind", "y kind", "explained", "reasoned", "planned", "kind", "last y", "whole", "done", "chance")
NOT_ASKED = "not asked"
NO_Y_COUNTED = "Nothing: only x is asked for."
MOST = 9_999_999
"""No service counts so many, and the formulas stay far below where a spreadsheet rounds (docs/adr/0002)."""


def plan_section(
    section: Section,
    rows: Sequence[LiveRow],
    places: Mapping[str, Place],
    formulas: Mapping[str, RowOfFormulas],
    key: ReturnKey,
    texts: ProviderTexts,
) -> SheetPlan:
    """Plan the sheet of one section for the given entries (none: a blank return); ``formulas`` are by code."""
    period = key.period
    slots: List[Slot] = [*_heading(section, rows, period, texts), *_headers()]
    heights = [(1, 28.0), (2, 18.0), (3, 18.0), (4, 20.0), (HEADER_ROW, header_height(HEADERS, WIDTHS))]
    for live in rows:
        code = live.row.asked.indicator.code
        place = places[code]
        row_slots = tuple(
            _open_row(live, place, formulas[code], period, texts)
            if live.row.asked.due
            else _closed_row(live, place, period, texts)
        )
        slots.extend(row_slots)
        heights.append((place.row, _height(row_slots)))
    last = FIRST_ROW + len(rows) - 1
    return SheetPlan(
        name=section.title,
        slots=tuple(slots),
        columns=tuple((w, False) for w in WIDTHS) + tuple((9.0, True) for _ in HIDDEN_HEADERS),
        heights=tuple(heights),
        highlights=tuple(_highlights([live.row.asked for live in rows], last, key.edition)),
        freeze=(HEADER_ROW, 1),
        header_row=HEADER_ROW,
        first_input=next((s.ref for s in slots if s.kind.unlocked), cell_address(FIRST_ROW, Col.X)),
        filter_range=f"A{HEADER_ROW}:{column_letters(Col.HOW)}{last}",
        print_range=f"A1:{column_letters(Col.HOW)}{last}",
        tab="#2F5FA7",
    )


def _heading(section: Section, rows: Sequence[LiveRow], period: Period, texts: ProviderTexts) -> Iterator[Slot]:
    counts = tally(rows)
    yield Slot(1, 1, SlotKind.LABEL, "title", f"{section.title}: {section.heading}")
    yield Slot(2, 1, SlotKind.STAMP, "subtitle", texts["provider"])
    due = "Enter x and y in the yellow cells. Grey rows are not due this period."
    yield Slot(3, 1, SlotKind.LABEL, "subtitle", f"{period_words(period)}. {due}")
    last = FIRST_ROW + len(rows) - 1
    formula = progress_formula(section_counts(last, counts.due))
    yield Slot(4, 1, SlotKind.LIVE, "lead", counts.progress, formula)
    yield Slot(4, Col.CHECK, SlotKind.LINK, "back", f"Back to {COVER}", f"{COVER}!A1")


def _headers() -> Iterator[Slot]:
    for col, text in enumerate(HEADERS, start=1):
        yield Slot(HEADER_ROW, col, SlotKind.LABEL, "header", text)
    for col, text in enumerate(HIDDEN_HEADERS, start=len(HEADERS) + 1):
        yield Slot(HEADER_ROW, col, SlotKind.LABEL, "hidden", text)


def _texts(live: LiveRow, period: Period) -> Iterator[Tuple[Col, str]]:
    asked = live.row.asked
    definition = asked.indicator.read(asked.reading)
    yield Col.DESCRIPTION, asked.indicator.description
    yield Col.X_COUNTS, definition.x
    yield Col.Y_COUNTS, definition.y if definition.has_y else NO_Y_COUNTED
    yield Col.BANDS, bands_cell(asked)
    yield Col.HOW, how_cell(asked, period)


def _closed_row(live: LiveRow, place: Place, period: Period, texts: ProviderTexts) -> Iterator[Slot]:
    slug = live.row.asked.indicator.slug
    row = place.row
    yield Slot(row, Col.CODE, SlotKind.LABEL, "closed_code", live.row.asked.indicator.code)
    for col, text in _texts(live, period):
        yield Slot(row, col, SlotKind.LABEL, "closed", text)
    yield Slot(row, Col.LAST, SlotKind.STAMP, "closed", texts[f"last.{live.row.asked.indicator.code}"])
    # A closed cell keeps its defined name, so that figures typed there after taking the protection off are noticed.
    for col, part in (
        (Col.X, "x"),
        (Col.Y, "y"),
        (Col.OUTTURN, "outturn"),
        (Col.CHECK, "check"),
        (Col.COMMENT, "comment"),
    ):
        yield Slot(row, col, SlotKind.LABEL, "closed_centre", name=f"{slug}.{part}")
    yield Slot(row, Col.RAG, SlotKind.LABEL, "closed_centre", live.row.state.value, name=f"{slug}.rag")
    yield Slot(row, Col.GAP, SlotKind.LABEL, "closed_centre")


def _open_row(
    live: LiveRow, place: Place, formulas: RowOfFormulas, period: Period, texts: ProviderTexts
) -> Iterator[Slot]:
    asked, entry = live.row.asked, live.row.entry
    slug, row = asked.indicator.slug, place.row
    yield Slot(row, Col.CODE, SlotKind.LABEL, "code", asked.indicator.code)
    for col, text in _texts(live, period):
        yield Slot(row, col, SlotKind.LABEL, "text", text)
    yield Slot(row, Col.LAST, SlotKind.STAMP, "last", texts[f"last.{asked.indicator.code}"])
    # The last y is stored as text, because only texts can be stamped into a template; the formula reads it by VALUE.
    yield Slot(row, Col.LAST_Y, SlotKind.STAMP, "hidden", texts[f"last_y.{asked.indicator.code}"])
    yield from _inputs(live, row, period)
    comment = entry.comment or None
    yield Slot(row, Col.COMMENT, SlotKind.INPUT, "comment", comment, name=f"{slug}.comment", rule=_comment_rule(live))
    values, outturn = _live_values(live), outturn_style("outturn", asked.indicator.read(asked.reading))
    for col, formula in formulas.items():
        name = {Col.OUTTURN: "outturn", Col.RAG: "rag", Col.CHECK: "check"}.get(col)
        style = {Col.OUTTURN: outturn, Col.RAG: "rag", Col.CHECK: "message", Col.GAP: "gap"}.get(col, "hidden")
        yield Slot(row, col, SlotKind.LIVE, style, values[col], formula, f"{slug}.{name}" if name else "")
    if asked.indicator.read(asked.reading).bands is None:
        yield Slot(row, Col.GAP, SlotKind.LABEL, "gap")


def _inputs(live: LiveRow, row: int, period: Period) -> Iterator[Slot]:
    """Plan the cells of x and y; where y is not asked for, its cell says so and nothing can be entered there."""
    entry, indicator = live.row.entry, live.row.asked.indicator
    x_rule, style = _count_rule(live, "x", period), input_style(indicator.effective)
    yield Slot(row, Col.X, SlotKind.INPUT, style, as_number(entry.x), name=f"{indicator.slug}.x", rule=x_rule)
    if indicator.effective.has_y:
        rule = _count_rule(live, "y", period)
        yield Slot(row, Col.Y, SlotKind.INPUT, "count", as_number(entry.y), name=f"{indicator.slug}.y", rule=rule)
    else:
        yield Slot(row, Col.Y, SlotKind.LABEL, "closed_centre", NOT_ASKED, name=f"{indicator.slug}.y")


def _live_values(live: LiveRow) -> Mapping[Col, Value]:
    entry = live.row.entry
    missed = live.row.state in (State.RED, State.AMBER)  # only then does the action plan count
    return {
        Col.OUTTURN: live.outturn,
        Col.RAG: live.row.state.value,
        Col.GAP: live.gap_cell,
        Col.CHECK: live.check,
        Col.X_KIND: int(live.row.x.kind),
        Col.Y_KIND: int(live.row.y.kind),
        Col.EXPLAINED: int(entry.explained),
        Col.REASONED: int(entry.reasoned if missed else entry.explained),
        Col.PLANNED: int(missed and entry.plan.complete),
        Col.KIND: live.kind,
        Col.WHOLE: int(live.row.whole),
        Col.DONE: int(live.done),
        Col.CHANCE: live.probability,
    }


def _count_rule(live: LiveRow, which: str, period: Period) -> InputRule:
    asked = live.row.asked
    definition = asked.indicator.read(asked.reading)
    text = describe_count(definition.x if which == "x" else definition.y)
    code, words = asked.indicator.code, figure_words(definition, which)
    return InputRule(
        InputRuleKind.DECIMAL if which == "x" and definition.decimals else InputRuleKind.WHOLE,
        0,
        MOST,
        f"{code} {which}",
        f"Enter the {text}, {span_words(period, definition.frequency)}; if there were none, enter 0."[:255],
        f"{code} {which} is {words['of_kind']}"[:32],
        f"{code} {which} is {words['of_kind']}: enter {words['needed']}, 0 or more, in digits only."[:255],
    )


def _comment_rule(live: LiveRow) -> InputRule:
    code = live.row.asked.indicator.code
    tip = "Give the reason if the indicator is Amber or Red, or explain an unusual figure. Do not name individuals."
    return InputRule(
        InputRuleKind.LENGTH, 0, LONGEST_COMMENT, f"{code} reason or comment", tip, f"{code} comment", COMMENT_TOO_LONG
    )


def _highlights(asked: Sequence[AskedIndicator], last: int, edition: str) -> Iterator[Highlight]:
    rag = f"{column_letters(Col.RAG)}{FIRST_ROW}:{column_letters(Col.RAG)}{last}"
    cell = f"${column_letters(Col.RAG)}{FIRST_ROW}"
    for word in ("Green", "Amber", "Red", "Information"):
        yield Highlight(rag, f'{cell}="{word}"', word)
    yield Highlight(rag, f'OR({cell}="Check",{cell}="Incomplete")', "Red")
    yield Highlight(rag, f'OR({cell}="No cases",{cell}="Unrated")', "Neutral")
    if edition == UDF:
        yield Highlight(rag, f'{cell}="{NOT_CALCULATED}"', "Neutral")
    yield from plan_outturn_highlights(asked, FIRST_ROW, column_letters(Col.OUTTURN))
    kind = f"${column_letters(Col.KIND)}{FIRST_ROW}"
    message = f"{column_letters(Col.CHECK)}{FIRST_ROW}:{column_letters(Col.CHECK)}{last}"
    yield Highlight(message, f"AND({kind}>0,{kind}<{FIRST_QUERY})", "attention")
    yield Highlight(message, f"AND({kind}>={FIRST_QUERY},{kind}<={LAST_QUERY})", "query")
    comment = f"{column_letters(Col.COMMENT)}{FIRST_ROW}:{column_letters(Col.COMMENT)}{last}"
    yield Highlight(comment, f"{kind}={REASON_NUMBER}", "attention")
    for col, numbers in ((Col.X, (1, 3, 4, 5, 6, 11)), (Col.Y, (2, 7, 8, 9, 10, 11))):
        tests = ",".join(f"{kind}={number}" for number in numbers)
        yield Highlight(f"{column_letters(col)}{FIRST_ROW}:{column_letters(col)}{last}", f"OR({tests})", "attention")


def _height(slots: Sequence[Slot]) -> float:
    """Make the row tall enough for each of its texts, and for a message of five lines once something is entered."""
    tallest = 5
    for slot in slots:
        style = STYLES[slot.style]
        if isinstance(slot.value, str) and slot.col <= len(WIDTHS) and style.wrap:
            tallest = max(tallest, count_lines(slot.value, WIDTHS[slot.col - 1], style))
    return row_height(tallest, spacing=FORM)
