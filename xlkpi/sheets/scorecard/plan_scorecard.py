"""A scorecard as one upright A4 page: what is in each cell, and how much text has room."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap

from xlkpi.core.contract_words import UNNAMED, ContractWords, begin_sentence
from xlkpi.core.vocabulary import Rag, Reading, State
from xlkpi.feedback.next_steps import (
    describe_agreed,
    describe_chances,
    describe_changes,
    describe_result,
    describe_stretch,
    has_steps,
    list_steps,
)
from xlkpi.feedback.provider_facts import ProviderFinding
from xlkpi.feedback.provider_findings import describe_finding
from xlkpi.feedback.scorecard import FEWEST_PROVIDERS, Scorecard
from xlkpi.feedback.scorecard_lines import ScorecardLine
from xlkpi.layout.styles import NAVY
from xlkpi.layout.wording import span_words
from xlkpi.sheets.outturn_values import needs_units, outturn_value
from xlkpi.sheets.scorecard.card_columns import fit_columns
from xlkpi.sheets.scorecard.line_figures import NO_TOTAL, explain_no_totals, show_count, show_line_x
from xlkpi.sheets.scorecard.trend_data import plan_sparklines, plan_trend_data
from xlkpi.writing.workbook import Cell, PageSetup, Sheet, Table, Value, WorkbookPlan

CARD = "Scorecard"
TREND_COL = 11
COUNT_COL, WORD_COL = 11, 12
INFO, NO_RAG, TOO_FEW = "Info", "No RAG", "too few"
NAME_WIDTH, NOTE_WIDTH, TEXT_WIDTH = 74, 158, 136
NAME_LINES = 2
BUDGET = 895.0
"""Points of rows that fit on an A4 page at the scale at which text of 10 points is printed at 8.4."""

TITLE, NAME, LINE, HEADING, HEADER, GAP = 28.0, 20.0, 14.0, 20.0, 20.0, 6.0


def plan_scorecard(card: Scorecard) -> WorkbookPlan:
    """Plan the workbook of one scorecard: the page, and hidden behind it the figures its trends are drawn from."""
    page = _Page()
    _heading(page, card)
    page.skip(GAP)
    table = _table(card, page.row)
    page.down(HEADER)
    for _ in table.rows or [()]:
        page.down(_row_height(len(card.lines)))
    for note in _notes(card):
        for text in wrap(note, NOTE_WIDTH):
            page.text(1, text, "note")
    _points(page, card)
    _steps(page, card)
    sheet = Sheet(
        CARD,
        (table,),
        cells=tuple(page.cells),
        sparklines=plan_sparklines(card, table.row + 1, TREND_COL),
        widths=tuple(column.width for column in table.columns),
        heights=tuple(page.heights),
        tab=NAVY,
        paper=PageSetup(portrait=True, one_page=True),
    )
    title = f"KPI scorecard {card.period}: {_one_line(card.provider)}"
    with_units, council = needs_units(line.indicator for line in card.lines), _words_of(card).council
    return WorkbookPlan(title, card.period.end, (sheet, *plan_trend_data(card)), council, with_units=with_units)


class _Page:
    """Rows filled from the top, with the height of each."""

    def __init__(self) -> None:
        self.row = 1
        self.cells: list[Cell] = []
        self.heights: list[tuple[int, float]] = []

    @property
    def used(self) -> float:
        """Points of the rows so far."""
        return sum(height for _, height in self.heights)

    def down(self, height: float) -> None:
        """End this row."""
        self.heights.append((self.row, height))
        self.row += 1

    def put(self, col: int, value: Value, style: str) -> None:
        """Put something into this row."""
        self.cells.append(Cell(self.row, col, value, style))

    def text(self, col: int, text: str, style: str = "plain", height: float = LINE) -> None:
        """Add a row with one text."""
        self.put(col, text, style)
        self.down(height)

    def skip(self, height: float) -> None:
        """Add an empty row."""
        self.down(height)


def _heading(page: _Page, card: Scorecard) -> None:
    page.text(1, f"KPI scorecard {card.period}", "title", TITLE)
    name = wrap(f"{_one_line(card.provider)} ({_one_line(card.provider_id)})", NAME_WIDTH, max_lines=NAME_LINES,
                placeholder=" …")  # fmt: skip
    left = [(text, "heading") for text in name]
    left += [(_period(card), "subtitle"), (describe_result(card), "plain"), (describe_changes(card), "plain")]
    right = [(card.count(rag), rag.value) for rag in (Rag.GREEN, Rag.AMBER, Rag.RED)] + [(card.unrated, NO_RAG)]
    for number in range(max(len(left), len(right))):
        if number < len(left):
            page.put(1, *left[number])
        if number < len(right):
            page.put(COUNT_COL, right[number][0], "figure")
            page.put(WORD_COL, right[number][1], "word")
        page.down(NAME if number < len(name) else LINE + 2)


def _period(card: Scorecard) -> str:
    """The days that the figures count, by how often they are reported."""
    words = "; ".join(f"{often.value}: {span_words(card.period, often)}" for often in card.frequencies)
    return begin_sentence(words)


def _row_height(lines: int) -> float:
    return 14.0 if lines > 28 else 15.5 if lines > 20 else 17.0 if lines > 12 else 20.0


def _table(card: Scorecard, row: int) -> Table:
    rows = [_values(line) for line in card.lines]
    columns = fit_columns(card, _words_of(card).area_begins)
    return Table("KPI_Scorecard", columns, rows, row, "Nothing was due this period.", 1, filtered=False)


def _values(line: ScorecardLine) -> tuple[Value, ...]:
    word = INFO if line.state is State.INFORMATION else line.state.value
    definition = line.definition
    last = outturn_value(definition, line.last.outturn) if line.last else None
    county = TOO_FEW if line.county_shown is None else outturn_value(definition, line.county_shown)
    county = county if definition.has_y else NO_TOTAL
    x, outturn = show_line_x(line), outturn_value(definition, line.outturn)
    figures = (line.indicator.code, line.name, x, show_count(line.y), outturn, word)
    return (*figures, line.target, line.gap, last, line.direction, None, county)


def _words_of(card: Scorecard) -> ContractWords:
    return card.lines[0].indicator.words if card.lines else UNNAMED


def _notes(card: Scorecard) -> Iterator[str]:
    yield (
        f"Target: the outturn that is Green. x to Green: by how much x has to change. {_last_words(card)}"
        f"{_words_of(card).area_begins}: all x divided by all y of every provider; "
        f"too few: fewer than {FEWEST_PROVIDERS} report it.{explain_no_totals(card.lines)}"
    )
    yield from filter(None, (describe_stretch(card), describe_agreed(card), describe_chances(card)))
    yield from _reading_words(card)


def _reading_words(card: Scorecard) -> Iterator[str]:
    """Which indicators the contract lets one read in two ways, and how they are read here."""
    words = _words_of(card)
    in_force = f"Read as {words.short} reads the {words.document}"
    both = ((Reading.EFFECTIVE, in_force), (Reading.AS_WRITTEN, "Read as written"))
    read = [f"{how}: {', '.join(codes)}." for reading, how in both if (codes := card.read_under(reading))]
    if read:
        yield f"{' '.join(read)} Help in your workbook says why."


def _last_words(card: Scorecard) -> str:
    """Which periods the column Last return shows; the one that most indicators have, then the others with codes."""
    groups = card.last_periods()
    if not groups:
        return ""
    others = "; ".join(f"{', '.join(codes)}: {period}" for period, codes in groups[1:])
    return f"Last return: {groups[0][0]}{f' ({others})' if others else ''}. "


def _points(page: _Page, card: Scorecard) -> None:
    """The findings, as far as the page has room once the steps have theirs."""
    findings = (*card.must_fix, *card.queries)
    if not findings:
        return
    page.skip(GAP)
    page.text(1, "To fix or explain", "heading", HEADING)
    room = int((BUDGET - page.used - _steps_height(card)) // LINE)
    for number, finding in enumerate(findings):
        lines = wrap(_one_line(describe_finding(finding)), TEXT_WIDTH)
        line_for_rest = 1 if number + 1 < len(findings) else 0
        if len(lines) + line_for_rest > room:
            page.text(2, f"… and {len(findings) - number} more: see your marked copy", "point")
            return
        _point(page, finding, lines)
        room -= len(lines)


def _point(page: _Page, finding: ProviderFinding, lines: Sequence[str]) -> None:
    page.put(1, finding.severity, "word")
    for text in lines:
        page.text(2, text, "point")


def _steps(page: _Page, card: Scorecard) -> None:
    page.skip(GAP)
    page.text(1, _steps_heading(card), "heading", HEADING)
    steps = list_steps(card)
    for number, step in enumerate(steps, start=1):
        if len(steps) > 1:
            page.put(1, f"Step {number}", "plain")
        for text in wrap(step, TEXT_WIDTH):
            page.text(2 if len(steps) > 1 else 1, text, "point" if len(steps) > 1 else "plain")


def _steps_heading(card: Scorecard) -> str:
    if not has_steps(card):
        return "Nothing to fix"
    return "Nothing to fix; next steps" if card.in_order else "What to do next"


def _steps_height(card: Scorecard) -> float:
    return GAP + HEADING + LINE * sum(len(wrap(step, TEXT_WIDTH)) for step in list_steps(card))


def _one_line(text: str) -> str:
    return " ".join(text.split())
