"""The sheet *Start here*: who, which period, what is due, how far it is, the declaration, contacts (Schedule 1.0)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Iterator, List, Mapping, Sequence, Tuple

from xlkpi.core.count import is_blank
from xlkpi.core.indicator import Section
from xlkpi.core.period import Period
from xlkpi.layout.dates import sheet_day
from xlkpi.layout.expression import either, given, literal
from xlkpi.layout.facts import CONTACT_PARTS, CONTACTS, Facts
from xlkpi.layout.grid import COVER, FIRST_ROW, PLAN
from xlkpi.layout.live import LiveRow, Tally, tally
from xlkpi.layout.slots import Highlight, Kind, Rule, RuleKind, SheetPlan, Slot, Value, a1, column
from xlkpi.layout.styles import height_of, lines_of
from xlkpi.layout.tallying import Counts, progress_formula, section_counts, total
from xlkpi.layout.texts import long_date, period_words

WIDTHS = (5.0, 30.0, 34.0, 34.0, 30.0)
WORKINGS = ("due", "entered", "fix", "reasons", "plans", "queries")
FIRST_WORKING = 8
READY, NOT_READY = "Ready to send", "Not ready"
STATUS_ROW, STEPS_ROW = 11, 14


@dataclass(frozen=True)
class Declaration:
    """Who declares the figures true, and on which day of the sheet (or whatever was typed)."""

    by: str = ""
    on: Value = None

    @property
    def complete(self) -> bool:
        """Whether there is a name and a day."""
        return not is_blank(self.by) and isinstance(self.on, (int, float)) and not isinstance(self.on, bool)


@dataclass(frozen=True)
class CoverRows:
    """Rows of the cover, which depend on how many sections the provider reports."""

    sections: int

    @property
    def section(self) -> int:
        """First step: the first section."""
        return STEPS_ROW + 1

    @property
    def steps_end(self) -> int:
        """Last step: send it."""
        return STEPS_ROW + self.sections + 6

    @property
    def declared_by(self) -> int:
        """The declaration's first row."""
        return self.steps_end + 4

    @property
    def contacts(self) -> int:
        """Header of the first table of contacts."""
        return self.declared_by + 4

    @property
    def due(self) -> int:
        """Header of the table of what is due."""
        return self.contacts + 2 * (CONTACTS + 3)


def declared_on_cell(sections: int) -> str:
    """Where the day of the declaration stands."""
    return a1(CoverRows(sections).declared_by + 1, 3)


def plan_cover(
    sections: Sequence[Section],
    rows: Mapping[str, Sequence[LiveRow]],
    period: Period,
    facts: Facts,
    declaration: Declaration,
) -> SheetPlan:
    """Plan the cover of a return with these sections, for the entries that ``rows`` hold by section key."""
    at = CoverRows(len(sections))
    tallies = [tally(rows[s.key]) for s in sections]
    whole = sum(tallies, Tally())
    slots: List[Slot] = [
        *_identity(period, facts),
        *_workings(sections, rows, tallies, at),
        *_overall(whole, declaration, at),
        *_steps(sections, tallies, whole, declaration, at, facts),
        *_declaration(declaration, at, period),
        *_contacts(at, facts),
        *_due(sections, rows, at),
    ]
    last = at.due + len(sections)
    return SheetPlan(
        name=COVER,
        slots=tuple(slots),
        columns=tuple((w, False) for w in WIDTHS) + ((3.0, False),) * 2 + ((8.0, True),) * len(WORKINGS),
        heights=tuple(_heights(slots, last)),
        highlights=tuple(_highlights(at)),
        first_input=a1(at.declared_by, 3),
        print_range=f"A1:E{last}",
        landscape=False,
        one_page=True,
        tab="#1F3864",
    )


def _identity(period: Period, facts: Facts) -> Iterator[Slot]:
    yield Slot(1, 1, Kind.LABEL, "title", "KPI return")
    yield Slot(2, 1, Kind.LABEL, "subtitle", "Kent County Council: Learning Disability Community Day Services framework")
    rows: Tuple[Tuple[str, Kind, str, str], ...] = (
        ("Provider", Kind.STAMP, facts["provider"], "Return.provider"),
        ("Provider number", Kind.STAMP, facts["provider_id"], "Return.provider_id"),
        ("Contract", Kind.STAMP, facts["contract_ref"], ""),
        ("Reporting period", Kind.LABEL, str(period), "Return.period"),
        ("Send it to", Kind.STAMP, facts["send_to"], ""),
        ("Send it by", Kind.STAMP, facts["send_by"], ""),
    )
    for row, (label, kind, text, name) in enumerate(rows, start=4):
        yield Slot(row, 2, Kind.LABEL, "label", label)
        yield Slot(row, 3, kind, "value", text, name=name)
    yield Slot(7, 4, Kind.LABEL, "value", period_words(period).partition("(")[2].rstrip(")"))


def _workings(
    sections: Sequence[Section], rows: Mapping[str, Sequence[LiveRow]], tallies: Sequence[Tally], at: CoverRows
) -> Iterator[Slot]:
    for offset, word in enumerate(WORKINGS):
        yield Slot(STEPS_ROW, FIRST_WORKING + offset, Kind.LABEL, "hidden", word)
    for number, (section, counts) in enumerate(zip(sections, tallies)):
        last = FIRST_ROW + len(rows[section.key]) - 1
        formulas = section_counts(last, counts.due, section.title)
        for offset, word in enumerate(WORKINGS):
            cell = (at.section + number, FIRST_WORKING + offset)
            yield Slot(*cell, Kind.LIVE, "hidden", getattr(counts, word), getattr(formulas, word))
    whole = sum(tallies, Tally())
    for offset, word in enumerate(WORKINGS):
        cells = [a1(at.section + n, FIRST_WORKING + offset) for n in range(len(sections))]
        yield Slot(STATUS_ROW, FIRST_WORKING + offset, Kind.LIVE, "hidden", getattr(whole, word), total(cells))


def _whole() -> Counts:
    return Counts(*(f"${column(FIRST_WORKING + i)}${STATUS_ROW}" for i in range(len(WORKINGS))))


def _declared(at: CoverRows) -> str:
    return f"{given(a1(at.declared_by, 3))}*IF(ISNUMBER({a1(at.declared_by + 1, 3)}),1,0)"


def _overall(whole: Tally, declaration: Declaration, at: CoverRows) -> Iterator[Slot]:
    counts = _whole()
    ready = whole.clear and declaration.complete
    clear = f"IF({counts.entered}={counts.due},IF({counts.fix}+{counts.reasons}+{counts.plans}=0,{_declared(at)},0),0)"
    yield Slot(STATUS_ROW, 2, Kind.LABEL, "label", "Overall")
    formula = f"IF({clear}=1,{literal(READY)},{literal(NOT_READY)})"
    yield Slot(STATUS_ROW, 3, Kind.LIVE, "status", READY if ready else NOT_READY, formula, "Return.status")
    yield Slot(12, 2, Kind.LABEL, "label", "Progress")
    yield Slot(12, 3, Kind.LIVE, "lead", whole.progress, progress_formula(counts), "Return.progress")


def _steps(
    sections: Sequence[Section], tallies: Sequence[Tally], whole: Tally, declaration: Declaration, at: CoverRows, facts: Facts
) -> Iterator[Slot]:
    for col, text in ((1, "Step"), (2, "What to do"), (3, "Where"), (4, "How far it is")):
        yield Slot(STEPS_ROW, col, Kind.LABEL, "header", text)
    for number, (section, counts) in enumerate(zip(sections, tallies)):
        row = at.section + number
        entered, due = a1(row, FIRST_WORKING + 1), a1(row, FIRST_WORKING)
        none = "Nothing due this period"
        formula = f'IF({due}=0,{literal(none)},IF({entered}={due},"Done: ","")&{entered}&" of "&{due}&" entered")'
        done = "Done: " if counts.entered == counts.due else ""
        value = f"{done}{counts.entered} of {counts.due} entered" if counts.due else none
        yield from _step(row, number + 1, f"Enter x and y: {section.title}", f"{section.title}!F{FIRST_ROW}", value, formula)
    number, row = len(sections) + 1, at.section + len(sections)
    counts = _whole()
    tasks = (
        ("Put right what the messages say", sections[0].title, whole.fix, counts.fix, "to fix", "Nothing to fix"),
        ("Give the reason for every Amber and Red", sections[0].title, whole.reasons, counts.reasons, "missing", "None missing"),
        ("Write an action plan for every Red", PLAN, whole.plans, counts.plans, "missing", "None missing"),
        ("Check or explain unusual figures", sections[0].title, whole.queries, counts.queries, "to check or explain", "Nothing unusual"),
    )
    for offset, (task, sheet, value, count, word, none) in enumerate(tasks):
        shown = f"{value} {word}" if value else none
        formula = f'IF({count}=0,{literal(none)},{count}&{literal(" " + word)})'
        yield from _step(row + offset, number + offset, task, f"{sheet}!F{FIRST_ROW}", shown, formula)
    done, missing = "Done", "Name and date needed"
    declared = f"IF({_declared(at)}=1,{literal(done)},{literal(missing)})"
    target = f"{COVER}!{a1(at.declared_by, 3)}"
    yield from _step(row + 4, number + 4, "Declare the figures", target, done if declaration.complete else missing, declared)
    yield from _send(row + 5, number + 5, whole.clear and declaration.complete, facts)


def _step(row: int, number: int, task: str, target: str, status: str, formula: str) -> Iterator[Slot]:
    yield Slot(row, 1, Kind.LABEL, "step", number)
    yield Slot(row, 2, Kind.LABEL, "step", task)
    yield Slot(row, 3, Kind.LINK, "link", f"Go to {target.rpartition('!')[0]}", target)
    yield Slot(row, 4, Kind.LIVE, "step_status", status, formula)


def _send(row: int, number: int, ready: bool, facts: Facts) -> Iterator[Slot]:
    yield Slot(row, 1, Kind.LABEL, "step", number)
    yield Slot(row, 2, Kind.LABEL, "step", "Save, and send this workbook to")
    yield Slot(row, 3, Kind.STAMP, "step", facts["send_to"])
    status = a1(STATUS_ROW, 3)
    now, later = "Ready: send it now", "When the steps above are done"
    formula = either([(f"{status}={literal(READY)}", literal(now))], literal(later))
    yield Slot(row, 4, Kind.LIVE, "step_status", now if ready else later, formula)


def _declaration(declaration: Declaration, at: CoverRows, period: Period) -> Iterator[Slot]:
    row = at.declared_by
    yield Slot(row - 2, 1, Kind.LABEL, "heading", "Declaration")
    yield Slot(row - 1, 1, Kind.LABEL, "lead", "The figures in this return are accurate and come from our own records.")
    yield Slot(row, 2, Kind.LABEL, "label", "Declared by (name)")
    yield Slot(row + 1, 2, Kind.LABEL, "label", "Declared on (date)")
    name = Rule(RuleKind.LENGTH, 2, 200, "Declared by", "Enter the name of who answers for these figures.", "Declared by", _NAME)
    yield Slot(row, 3, Kind.INPUT, "field", declaration.by or None, name="Return.declared_by", rule=name)
    early = f"Enter a date as day/month/year, not before {long_date(period.start)}."
    day = Rule(
        RuleKind.DATE, sheet_day(period.start), 73050, "Declared on", "Enter the date as day/month/year.", "Declared on", early
    )
    yield Slot(row + 1, 3, Kind.INPUT, "day", declaration.on, name="Return.declared_on", rule=day)


_NAME = "Enter the name of who answers for these figures, 2 to 200 characters."


def _contacts(at: CoverRows, facts: Facts) -> Iterator[Slot]:
    tables = (("provider", "Your points of contact", True), ("council", "The council's points of contact", False))
    for table, (side, title, editable) in enumerate(tables):
        top = at.contacts + table * (CONTACTS + 3)
        hint = " (correct them where they have changed)" if editable else ""
        yield Slot(top - 1, 1, Kind.LABEL, "heading", title + hint)
        for col, text in enumerate(("", "Name", "Position", "E-mail", "Telephone"), start=1):
            yield Slot(top, col, Kind.LABEL, "header", text or "No.")
        for number in range(1, CONTACTS + 1):
            yield Slot(top + number, 1, Kind.LABEL, "step", number)
            for col, part in enumerate(CONTACT_PARTS, start=2):
                text = facts[f"{side}.{number}.{part}"]
                if not editable:
                    yield Slot(top + number, col, Kind.STAMP, "value", text)
                    continue
                where = f"Contact {number}: {part}"
                rule = Rule(RuleKind.LENGTH, 0, 200, where, "Correct it where it has changed.", where, _LONG_CONTACT)
                name = f"Return.contact_{number}.{part}"
                yield Slot(top + number, col, Kind.STAMPED_INPUT, "field", text, name=name, rule=rule)


_LONG_CONTACT = "This is longer than 200 characters. Shorten it."


def _due(sections: Sequence[Section], rows: Mapping[str, Sequence[LiveRow]], at: CoverRows) -> Iterator[Slot]:
    yield Slot(at.due - 1, 1, Kind.LABEL, "heading", "What is due this period")
    for col, text in enumerate(("", "Sheet", "Due", "Not due this period"), start=1):
        yield Slot(at.due, col, Kind.LABEL, "header", text or "No.")
    for number, section in enumerate(sections, start=1):
        due = [r.row.asked.indicator.code for r in rows[section.key] if r.row.asked.due]
        closed = [r.row.asked.indicator.code for r in rows[section.key] if not r.row.asked.due]
        yield Slot(at.due + number, 1, Kind.LABEL, "step", number)
        yield Slot(at.due + number, 2, Kind.LABEL, "step", section.title)
        yield Slot(at.due + number, 3, Kind.LABEL, "step", ", ".join(due) or "None")
        yield Slot(at.due + number, 4, Kind.LABEL, "step", ", ".join(closed) or "None")


def _highlights(at: CoverRows) -> Iterator[Highlight]:
    status = f"$C${STATUS_ROW}"
    area = a1(STATUS_ROW, 3)
    yield Highlight(area, f'{status}="{READY}"', "Green")
    yield Highlight(area, f'{status}="{NOT_READY}"', "Amber")
    steps = f"D{at.section}:D{at.steps_end}"
    first = f"$D{at.section}"
    finished = ",".join(f'LEFT({first},{len(word)})="{word}"' for word in ("Done", "None", "Nothing", "Ready"))
    yield Highlight(steps, f"OR({finished})", "Green")
    open_words = ",".join(f'ISNUMBER(SEARCH("{word}",{first}))' for word in ("to fix", "missing", "needed", "explain"))
    yield Highlight(steps, f"OR({open_words})", "query")


def _heights(slots: Sequence[Slot], last: int) -> Iterator[Tuple[int, float]]:
    yield 1, 30.0
    yield STATUS_ROW, 26.0
    tallest = {row: 1 for row in range(2, last + 1) if row != STATUS_ROW}
    for slot in slots:
        if slot.row in tallest and isinstance(slot.value, str) and slot.style == "step":
            tallest[slot.row] = max(tallest[slot.row], lines_of(slot.value, WIDTHS[slot.col - 1]))
    for row, lines in tallest.items():
        yield row, height_of(lines, 11)
