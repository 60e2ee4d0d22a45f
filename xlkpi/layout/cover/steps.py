"""The steps of the cover: what to do, where, and live progress."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Iterator, Mapping, Sequence, Tuple

from xlkpi.core.indicator import Section
from xlkpi.layout.addresses import COVER, FIRST_ROW, PLAN
from xlkpi.layout.cover.rows import (
    FIRST_WORKING,
    NOT_READY,
    READY,
    STATUS_ROW,
    STEPS_ROW,
    WORKINGS,
    CarriedStep,
    CoverRows,
    Declaration,
)
from xlkpi.layout.expression import filled_flag, literal, nested_if
from xlkpi.layout.live_values import LiveRow, Tally
from xlkpi.layout.plan_model import Slot, SlotKind
from xlkpi.layout.progress_formulas import CountFormulas, progress_formula, section_counts, sum_of
from xlkpi.ooxml.addresses import cell_address, column_letters


@dataclass(frozen=True)
class ReturnProgress:
    """The progress of a return: its sections with their rows and counts, the sum of the counts, the declaration."""

    sections: Tuple[Section, ...]
    rows: Mapping[str, Sequence[LiveRow]]
    tallies: Tuple[Tally, ...]
    declaration: Declaration
    send_to: str
    carried: Tuple[CarriedStep, ...] = ()

    @property
    def at(self) -> CoverRows:
        """The rows of the cover."""
        return CoverRows(len(self.sections), len(self.carried))

    @property
    def whole(self) -> Tally:
        """The counts of the whole return."""
        return sum(self.tallies, Tally())

    @property
    def ready(self) -> bool:
        """Whether it can be sent."""
        return self.whole.clear and self.declaration.complete


def plan_steps(progress: ReturnProgress) -> Iterator[Slot]:
    """Plan the overall status, the list of steps with their status, and the hidden counts behind both."""
    yield from _workings(progress)
    yield from _overall(progress)
    yield from _steps(progress)


def _workings(progress: ReturnProgress) -> Iterator[Slot]:
    at, sections = progress.at, progress.sections
    for offset, word in enumerate(WORKINGS):
        yield Slot(STEPS_ROW, FIRST_WORKING + offset, SlotKind.LABEL, "hidden", word)
    for number, (section, counts) in enumerate(zip(sections, progress.tallies)):
        last = FIRST_ROW + len(progress.rows[section.key]) - 1
        formulas = section_counts(last, counts.due, section.title)
        for offset, word in enumerate(WORKINGS):
            cell = (at.section + number, FIRST_WORKING + offset)
            yield Slot(*cell, SlotKind.LIVE, "hidden", getattr(counts, word), getattr(formulas, word))
    whole = progress.whole
    for offset, word in enumerate(WORKINGS):
        cells = [cell_address(at.section + n, FIRST_WORKING + offset) for n in range(len(sections))]
        yield Slot(STATUS_ROW, FIRST_WORKING + offset, SlotKind.LIVE, "hidden", getattr(whole, word), sum_of(cells))


def _whole() -> CountFormulas:
    return CountFormulas(*(f"${column_letters(FIRST_WORKING + i)}${STATUS_ROW}" for i in range(len(WORKINGS))))


def _declared(at: CoverRows) -> str:
    return f"{filled_flag(cell_address(at.declared_by, 3))}*IF(ISNUMBER({cell_address(at.declared_by + 1, 3)}),1,0)"


def _overall(progress: ReturnProgress) -> Iterator[Slot]:
    counts, whole, at = _whole(), progress.whole, progress.at
    clear = f"IF({counts.entered}={counts.due},IF({counts.fix}+{counts.reasons}+{counts.plans}=0,{_declared(at)},0),0)"
    yield Slot(STATUS_ROW, 2, SlotKind.LABEL, "label", "Overall")
    formula = f"IF({clear}=1,{literal(READY)},{literal(NOT_READY)})"
    yield Slot(STATUS_ROW, 3, SlotKind.LIVE, "status", READY if progress.ready else NOT_READY, formula, "Return.status")
    yield Slot(12, 2, SlotKind.LABEL, "label", "Progress")
    yield Slot(12, 3, SlotKind.LIVE, "lead", whole.progress, progress_formula(counts), "Return.progress")


def _steps(progress: ReturnProgress) -> Iterator[Slot]:
    at = progress.at
    for col, text in ((1, "Step"), (2, "What to do"), (3, "Where"), (4, "Progress")):
        yield Slot(STEPS_ROW, col, SlotKind.LABEL, "header", text)
    for number, (section, counts) in enumerate(zip(progress.sections, progress.tallies)):
        yield from _section_step(at.section + number, number + 1, section, counts)
    number, row = len(progress.sections) + 1, at.section + len(progress.sections)
    for offset, (task, sheet, value, count, word, none) in enumerate(_tasks(progress)):
        shown = f"{value} {word}" if value else none
        formula = f"IF({count}=0,{literal(none)},{count}&{literal(' ' + word)})"
        yield from _step(row + offset, number + offset, task, f"{sheet}!F{FIRST_ROW}", shown, formula)
    for offset, step in enumerate(progress.carried, start=4):
        yield from _step(row + offset, number + offset, step.task, step.target, step.status, step.formula)
    number, row = number + len(progress.carried), row + len(progress.carried)
    done, missing = "Done", "Name and date needed"
    status = done if progress.declaration.complete else missing
    declared = f"IF({_declared(at)}=1,{literal(done)},{literal(missing)})"
    target = f"{COVER}!{cell_address(at.declared_by, 3)}"
    yield from _step(row + 4, number + 4, "Declare the figures", target, status, declared)
    yield from _send(row + 5, number + 5, progress)


def _section_step(row: int, number: int, section: Section, counts: Tally) -> Iterator[Slot]:
    entered, due = cell_address(row, FIRST_WORKING + 1), cell_address(row, FIRST_WORKING)
    none = "Nothing due this period"
    formula = f'IF({due}=0,{literal(none)},IF({entered}={due},"Done: ","")&{entered}&" of "&{due}&" entered")'
    done = "Done: " if counts.entered == counts.due else ""
    value = f"{done}{counts.entered} of {counts.due} entered" if counts.due else none
    yield from _step(row, number, f"Enter x and y: {section.title}", f"{section.title}!F{FIRST_ROW}", value, formula)


def _tasks(progress: ReturnProgress) -> Sequence[Tuple[str, str, int, str, str, str]]:
    counts, whole, first = _whole(), progress.whole, progress.sections[0].title
    explain, unusual = "Check or explain unusual figures", "Nothing unusual"
    return (
        ("Fix the problems shown in the messages", first, whole.fix, counts.fix, "to fix", "Nothing to fix"),
        ("Give the reason for every Amber and Red", first, whole.reasons, counts.reasons, "missing", "None missing"),
        ("Write an action plan for every Red", PLAN, whole.plans, counts.plans, "missing", "None missing"),
        (explain, first, whole.queries, counts.queries, "to check or explain", unusual),
    )


def _step(row: int, number: int, task: str, target: str, status: str, formula: str) -> Iterator[Slot]:
    yield Slot(row, 1, SlotKind.LABEL, "step", number)
    yield Slot(row, 2, SlotKind.LABEL, "step", task)
    yield Slot(row, 3, SlotKind.LINK, "link", f"Go to {target.rpartition('!')[0]}", target)
    yield Slot(row, 4, SlotKind.LIVE, "step_status", status, formula)


def _send(row: int, number: int, progress: ReturnProgress) -> Iterator[Slot]:
    yield Slot(row, 1, SlotKind.LABEL, "step", number)
    yield Slot(row, 2, SlotKind.LABEL, "step", "Save, and send this workbook to")
    yield Slot(row, 3, SlotKind.STAMP, "step", progress.send_to)
    now, later = "Ready: send it now", "When the steps above are done"
    formula = nested_if([(f"{cell_address(STATUS_ROW, 3)}={literal(READY)}", literal(now))], literal(later))
    yield Slot(row, 4, SlotKind.LIVE, "step_status", now if progress.ready else later, formula)
