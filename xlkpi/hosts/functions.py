"""Define the worksheet functions for every host: names, arguments, help and results.

A user's odd figures give a state word or empty text, never an exception; a blank cell is None or empty text. Only an
argument that no figure can stand for (an unknown indicator) raises ``WrongArgument``. A blank indicator, period or
field gives empty text, so that a formula may be filled down past the last row.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Callable, Dict, Sequence, Tuple

from xlkpi.catalogue.terms_in_use import terms_in_use
from xlkpi.core.assess import WITH_OUTTURN, decide_state, outturn_parts, read_figures
from xlkpi.core.cell_count import Count, CountKind, Raw, as_number, read_count
from xlkpi.core.checks import AskedIndicator, Entry, Relations, assess_entries, check_entries
from xlkpi.core.gap import gap_to_green
from xlkpi.core.indicator import Definition, Indicator
from xlkpi.core.invoice_share import share_on_time_and_undisputed
from xlkpi.core.period import Period, is_due
from xlkpi.core.period_text import parse_cell_period
from xlkpi.core.visible_text import is_blank
from xlkpi.core.vocabulary import Reading, State
from xlkpi.findings import Code, render
from xlkpi.hosts.array_arguments import Answer, WrongArgument, over_ranges
from xlkpi.layout.wording import reading_words

DUE = "Due"


@dataclass(frozen=True)
class Argument:
    """One argument as the function wizard shows it; an optional one may be left out."""

    name: str
    help: str
    optional: bool = False


@dataclass(frozen=True)
class Function:
    """One worksheet function; ``call`` takes cells and ranges in the arguments' order (see ``ranges``)."""

    name: str
    help: str
    arguments: Tuple[Argument, ...]
    call: Callable[..., Any]


# --- what a cell gives ---


def outturn(kpi: Raw, x: Raw, y: Raw, reading: Raw = None, period: Raw = None) -> Answer:
    """Give the outturn as a share of 1 (Schedule 3.0); empty text where the entry comes to none."""
    if is_empty(kpi):
        return ""
    indicator, under = indicator_of(kpi, period), reading_of(reading)
    cx, cy = read_figures(indicator, x, y)
    if decide_state(indicator, cx, cy, under) not in WITH_OUTTURN:
        return ""
    n, d = outturn_parts(indicator.read(under), cx.number, cy.number)
    return n / d


def rag(kpi: Raw, x: Raw, y: Raw, reading: Raw = None, period: Raw = None) -> Answer:
    """Give the state word: Green, Amber, Red (Schedule 5.0), or why there is none."""
    if is_empty(kpi):
        return ""
    indicator = indicator_of(kpi, period)
    return decide_state(indicator, *read_figures(indicator, x, y), reading_of(reading)).value


def check(kpi: Raw, x: Raw, y: Raw, reading: Raw = None, period: Raw = None) -> Answer:
    """Say what to fix or explain in these figures, in the words of the return's own message; else empty text.

    Addresses are left out, and what needs more than x and y: reasons, action plans, other indicators.
    """
    if is_empty(kpi):
        return ""
    indicator = indicator_of(kpi, period)
    rows = assess_entries(
        [AskedIndicator(indicator, reading_of(reading), due=True, required=True)], {indicator.code: Entry(x, y)}
    )
    problems = check_entries(rows, Relations(), {})[indicator.code]
    own = [problem for problem in problems if problem.code not in (Code.REASON, Code.PLAN)]
    return render(own[0].code, dict(own[0].facts)) if own else ""


def gap(kpi: Raw, x: Raw, y: Raw, reading: Raw = None, period: Raw = None) -> Answer:
    """Say by how many x must rise (+) or fall (−), y unchanged, to be Green; 0 when Green; empty text without a RAG."""
    if is_empty(kpi):
        return ""
    needed = gap_to_green(indicator_of(kpi, period), x, y, reading_of(reading))
    return "" if needed is None else as_number(needed)


def due(kpi: Raw, period: Raw, reading: Raw = None) -> Answer:
    """Give ``Due`` or ``Not due`` in a reporting period; what has no stated frequency is open, so due, in every one."""
    if is_empty(kpi) or is_empty(period):
        return ""
    return DUE if is_due(indicator_of(kpi, period), period_of(period), reading_of(reading)) else State.NOT_DUE.value


def about(kpi: Raw, field: Raw, reading: Raw = None, period: Raw = None) -> Answer:
    """Quote the contract about an indicator, under one reading."""
    if is_empty(kpi) or is_empty(field):
        return ""
    indicator, under = indicator_of(kpi, period), reading_of(reading)
    wanted = normalise(field)
    if wanted not in FIELDS:
        raise WrongArgument(f"“{field}” is not a field. Use one of: {', '.join(FIELDS)}.")
    return FIELDS[wanted](indicator, indicator.read(under), under)


def on_time_and_undisputed(submitted: Raw, disputed: Raw, late: Raw, reading: Raw = None) -> Answer:
    """Give the share of invoices that were submitted on time and undisputed; else a state word.

    ``late`` counts those that were late and not disputed: none counts twice. ``reading`` changes nothing here.
    """
    reading_of(reading)
    share = share_on_time_and_undisputed(submitted, disputed, late)
    if share is None:
        return _state_without_share([read_count(raw) for raw in (submitted, disputed, late)]).value
    return share.numerator / share.denominator


def _state_without_share(counts: Sequence[Count]) -> State:
    kinds = {count.kind for count in counts}
    if CountKind.EMPTY in kinds:
        return State.NOT_ENTERED if len(kinds) == 1 else State.INCOMPLETE
    return State.NO_CASES if kinds == {CountKind.WHOLE} and not any(count.number for count in counts) else State.CHECK


# --- what an argument means ---


def is_empty(text: Raw) -> bool:
    """Say whether a cell that should contain words is blank; LibreOffice passes a blank single cell as 0."""
    return text is None or text == 0 or (isinstance(text, str) and is_blank(text))


def normalise(text: Raw) -> str:
    """Put words in lower case with single spaces: ``As_Written `` becomes ``as written``."""
    return " ".join(str(text).replace("_", " ").replace("-", " ").replace("\xa0", " ").split()).lower()


@lru_cache(maxsize=2048)
def indicator_of(kpi: Raw, period: Raw = None) -> Indicator:
    """Find the indicator by its whole code, in any case, as in force for a period: the latest where that is blank.

    Raises WrongArgument where there is none.
    """
    in_force = terms_in_use().in_force(None if is_empty(period) else period_of(period))
    try:
        return in_force.find(str(kpi))
    except KeyError:
        example = next(iter(in_force.indicators))
        raise WrongArgument(f"“{kpi}” is not an indicator. Write the whole code, such as {example}.") from None


@lru_cache(maxsize=64)
def reading_of(reading: Raw) -> Reading:
    """Find the reading by its name; blank is the effective one. Raises WrongArgument for another word."""
    if is_empty(reading):
        return Reading.EFFECTIVE
    try:
        return Reading(normalise(reading))
    except ValueError:
        raise WrongArgument(f"“{reading}” is not a reading. Write effective or as written.") from None


@lru_cache(maxsize=64)
def period_of(period: Raw) -> Period:
    """Parse the reporting period that a cell names. Raises WrongArgument where it names none of the contract's."""
    parsed = parse_cell_period(period, terms_in_use().scheme)
    if parsed is None:
        raise WrongArgument(f"“{period}” is not a reporting period. Write it like {terms_in_use().scheme.example}.")
    return parsed


def _reading_line(indicator: Indicator, _definition: Definition, under: Reading) -> str:
    if not indicator.why:
        return "As written and as read: the same."
    written, effective = reading_words(indicator)
    if under is Reading.AS_WRITTEN:
        return f"As written: {written}. {indicator.why}"
    return f"As {indicator.words.short} reads it: {effective}. {indicator.why}"


FIELDS: Dict[str, Callable[[Indicator, Definition, Reading], str]] = {
    "description": lambda indicator, _d, _r: indicator.description,
    "x": lambda _i, definition, _r: definition.x,
    "y": lambda _i, definition, _r: definition.y,
    "red": lambda _i, definition, _r: definition.red,
    "amber": lambda _i, definition, _r: definition.amber,
    "green": lambda _i, definition, _r: definition.green,
    "frequency": lambda _i, definition, _r: definition.frequency.value,
    "measured": lambda indicator, _d, _r: " ".join(indicator.measured.split()),
    "stretch": lambda _i, definition, _r: definition.stretch,
    "reading": _reading_line,
}
"""What KPI_ABOUT can quote, by the field's name."""


# --- the table ---

KPI = Argument("kpi", "The whole code of the indicator, as the return shows it.")
X = Argument("x", "x of the indicator, above the line, as the return asks for it: a whole number, an amount or days.")
Y = Argument("y", "y of the indicator, below the line: a whole number. Leave it empty where the return has no y.")
READING = Argument(
    "reading", "“effective” (how the Council reads the contract) or “as written”. Left out: effective.", optional=True
)
PERIOD = Argument(
    "period", "The reporting period whose targets judge, as the return shows it. Left out: the latest.", optional=True
)
ENTRY = (KPI, X, Y, READING, PERIOD)

FUNCTIONS: Tuple[Function, ...] = (
    Function("KPI_OUTTURN", "The outturn of an indicator as a share of y.", ENTRY, over_ranges(outturn)),
    Function("KPI_RAG", "Green, Amber or Red; or the word for why there is no RAG.", ENTRY, over_ranges(rag)),
    Function("KPI_CHECK", "What to fix or explain in x and y; else empty.", ENTRY, over_ranges(check)),
    Function(
        "KPI_GAP", "By how many x must rise (+) or fall (−), with the same y, to be Green.", ENTRY, over_ranges(gap)
    ),
    Function(
        "KPI_DUE",
        "Whether an indicator is returned in a reporting period: Due or Not due.",
        (KPI, Argument("period", "The reporting period, as the return shows it."), READING),
        over_ranges(due),
    ),
    Function(
        "KPI_ABOUT",
        "What the contract says about an indicator.",
        (KPI, Argument("field", f"One of: {', '.join(FIELDS)}."), READING, PERIOD),
        over_ranges(about),
    ),
    Function(
        "KPI_S2",
        "The share of invoices submitted on time and undisputed, as a share of all submitted.",
        (
            Argument("submitted", "How many invoices were submitted."),
            Argument("disputed", "How many of them were disputed, late or not."),
            Argument("late", "How many others were late: late, and not disputed."),
            Argument("reading", "Both readings measure the same here, so you can leave it out.", optional=True),
        ),
        over_ranges(on_time_and_undisputed),
    ),
)
"""Every worksheet function, in the order of the function wizard."""
