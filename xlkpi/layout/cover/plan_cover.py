"""The sheet *Start here*: provider, period, what is due, progress, the declaration, contacts (Schedule 1.0)."""

from __future__ import annotations

from typing import Dict, Iterator, List, Mapping, Sequence, Tuple

from xlkpi.core.contract_words import UNNAMED, ContractWords, begin_sentence
from xlkpi.core.day import long_date
from xlkpi.core.indicator import Section
from xlkpi.core.period import Period
from xlkpi.layout.addresses import COVER, UDF, ReturnKey
from xlkpi.layout.cover.rows import LABELS, NOT_READY, READY, STATUS_ROW, WORKINGS, CarriedStep, CoverRows, Declaration
from xlkpi.layout.cover.steps import ReturnProgress, plan_steps
from xlkpi.layout.live_values import LiveRow, tally
from xlkpi.layout.plan_model import Button, Highlight, InputRule, InputRuleKind, SheetPlan, Slot, SlotKind
from xlkpi.layout.provider_texts import CONTACT_PARTS, CONTACTS, ProviderTexts
from xlkpi.layout.styles import STYLES
from xlkpi.layout.text_size import FORM, STAMPED_LINES, count_lines, row_height
from xlkpi.layout.wording import period_words
from xlkpi.ooxml.addresses import cell_address
from xlkpi.ooxml.serial_days import to_serial

WIDTHS = (5.0, 30.0, 34.0, 34.0, 30.0)
NEEDS_FUNCTIONS = (
    "Results need the KPI functions: use Excel with macros and the KPI add-in, or LibreOffice with the KPI extension."
)
BUTTONS = (
    Button(4, 4, "Check this return", "CheckThisReturn", "List what is still to do in this return"),
    Button(5, 4, "Refresh", "RefreshThisReturn", "Recalculate every result"),
)
"""Macros of udfs/excel/return/KpiReturn.bas."""


def plan_cover(
    sections: Sequence[Section],
    rows: Mapping[str, Sequence[LiveRow]],
    key: ReturnKey,
    texts: ProviderTexts,
    declaration: Declaration,
    carried: Sequence[CarriedStep] = (),
) -> SheetPlan:
    """Plan the cover of a return with these sections; ``rows`` are the entries by section key.

    ``carried`` are the steps about open plans and questions, where there are any.
    """
    period, with_functions = key.period, key.edition == UDF
    tallies = tuple(tally(rows[s.key]) for s in sections)
    progress = ReturnProgress(tuple(sections), rows, tallies, declaration, texts["send_to"], tuple(carried))
    at = progress.at
    slots: List[Slot] = [
        *_identity(period, texts, _words_of(sections, rows)),
        *plan_steps(progress),
        *_declaration(declaration, at, period),
        *_contacts(at, texts, _words_of(sections, rows)),
        *_due(sections, rows, at),
    ]
    if with_functions:
        slots.append(Slot(3, 1, SlotKind.LABEL, "lead", NEEDS_FUNCTIONS))
    last = at.due + len(sections)
    return SheetPlan(
        name=COVER,
        slots=tuple(slots),
        columns=(*((w, False) for w in WIDTHS), *((3.0, False),) * 2, *((8.0, True),) * len(WORKINGS)),
        heights=tuple(_heights(slots, last)),
        highlights=tuple(_highlights(at)),
        first_input=cell_address(at.declared_by, 3),
        print_range=f"A1:E{last}",
        landscape=False,
        one_page=True,
        tab="#1F3864",
        buttons=BUTTONS if with_functions else (),
    )


def _words_of(sections: Sequence[Section], rows: Mapping[str, Sequence[LiveRow]]) -> ContractWords:
    """Find what the contract is called: every indicator knows it."""
    known = (live.row.asked.indicator.words for section in sections for live in rows[section.key])
    return next(known, UNNAMED)


def _identity(period: Period, texts: ProviderTexts, words: ContractWords) -> Iterator[Slot]:
    yield Slot(1, 1, SlotKind.LABEL, "title", "KPI return")
    yield Slot(2, 1, SlotKind.LABEL, "subtitle", f"{words.council}: {words.contract}")
    rows: Tuple[Tuple[str, SlotKind, str, str], ...] = (
        (LABELS["Return.provider"], SlotKind.STAMP, texts["provider"], "Return.provider"),
        (LABELS["Return.provider_id"], SlotKind.STAMP, texts["provider_id"], "Return.provider_id"),
        ("Contract", SlotKind.STAMP, texts["contract_ref"], ""),
        (LABELS["Return.period"], SlotKind.LABEL, str(period), "Return.period"),
        ("Send it to", SlotKind.STAMP, texts["send_to"], ""),
        ("Send it by", SlotKind.STAMP, texts["send_by"], ""),
    )
    for row, (label, kind, text, name) in enumerate(rows, start=4):
        yield Slot(row, 2, SlotKind.LABEL, "label", label)
        yield Slot(row, 3, kind, "value", text, name=name)
    yield Slot(7, 4, SlotKind.LABEL, "value", period_words(period).partition("(")[2].rstrip(")"))


def _declaration(declaration: Declaration, at: CoverRows, period: Period) -> Iterator[Slot]:
    row = at.declared_by
    yield Slot(row - 2, 1, SlotKind.LABEL, "heading", "Declaration")
    yield Slot(
        row - 1, 1, SlotKind.LABEL, "lead", "The figures in this return are accurate and come from our own records."
    )
    yield Slot(row, 2, SlotKind.LABEL, "label", LABELS["Return.declared_by"])
    yield Slot(row + 1, 2, SlotKind.LABEL, "label", LABELS["Return.declared_on"])
    name = InputRule(
        InputRuleKind.LENGTH,
        2,
        200,
        "Declared by",
        "Enter the name of the person responsible for these figures.",
        "Declared by",
        _NAME,
    )
    yield Slot(row, 3, SlotKind.INPUT, "field", declaration.by or None, name="Return.declared_by", rule=name)
    early = f"Enter a date as day/month/year, not before {long_date(period.start)}."
    day = InputRule(
        InputRuleKind.DATE,
        to_serial(period.start),
        73050,
        "Declared on",
        "Enter the date as day/month/year.",
        "Declared on",
        early,
    )
    yield Slot(row + 1, 3, SlotKind.INPUT, "day", declaration.on, name="Return.declared_on", rule=day)


_NAME = "Enter the name of the person responsible for these figures, 2 to 200 characters."


def _contacts(at: CoverRows, texts: ProviderTexts, words: ContractWords) -> Iterator[Slot]:
    council = begin_sentence(words.say("contacts"))
    tables = (("provider", "Your points of contact", True), ("council", council, False))
    for table, (side, title, editable) in enumerate(tables):
        top = at.contacts + table * (CONTACTS + 3)
        hint = " (correct them if they have changed)" if editable else ""
        yield Slot(top - 1, 1, SlotKind.LABEL, "heading", title + hint)
        for col, text in enumerate(("", "Name", "Position", "Email", "Telephone"), start=1):
            yield Slot(top, col, SlotKind.LABEL, "header", text or "No.")
        for number in range(1, CONTACTS + 1):
            yield Slot(top + number, 1, SlotKind.LABEL, "step", number)
            for col, part in enumerate(CONTACT_PARTS, start=2):
                text = texts[f"{side}.{number}.{part}"]
                if not editable:
                    yield Slot(top + number, col, SlotKind.STAMP, "value", text)
                    continue
                where = f"Contact {number}: {part}"
                rule = InputRule(
                    InputRuleKind.LENGTH, 0, 200, where, "Correct it if it has changed.", where, _LONG_CONTACT
                )
                name = f"Return.contact_{number}.{part}"
                yield Slot(top + number, col, SlotKind.STAMPED_INPUT, "field", text, name=name, rule=rule)


_LONG_CONTACT = "This is longer than 200 characters. Shorten it."


def _due(sections: Sequence[Section], rows: Mapping[str, Sequence[LiveRow]], at: CoverRows) -> Iterator[Slot]:
    yield Slot(at.due - 1, 1, SlotKind.LABEL, "heading", "What is due this period")
    for col, text in enumerate(("", "Sheet", "Due", "Not due this period"), start=1):
        yield Slot(at.due, col, SlotKind.LABEL, "header", text or "No.")
    for number, section in enumerate(sections, start=1):
        due = [r.row.asked.indicator.code for r in rows[section.key] if r.row.asked.due]
        closed = [r.row.asked.indicator.code for r in rows[section.key] if not r.row.asked.due]
        yield Slot(at.due + number, 1, SlotKind.LABEL, "step", number)
        yield Slot(at.due + number, 2, SlotKind.LABEL, "step", section.title)
        yield Slot(at.due + number, 3, SlotKind.LABEL, "step", ", ".join(due) or "None")
        yield Slot(at.due + number, 4, SlotKind.LABEL, "step", ", ".join(closed) or "None")


def _highlights(at: CoverRows) -> Iterator[Highlight]:
    status = f"$C${STATUS_ROW}"
    area = cell_address(STATUS_ROW, 3)
    yield Highlight(area, f'{status}="{READY}"', "Green")
    yield Highlight(area, f'{status}="{NOT_READY}"', "Amber")
    steps = f"D{at.section}:D{at.steps_end}"
    first = f"$D{at.section}"
    finished = ",".join(f'LEFT({first},{len(word)})="{word}"' for word in ("Done", "None", "Nothing", "Ready"))
    yield Highlight(steps, f"OR({finished})", "Green")
    open_words = ",".join(
        f'ISNUMBER(SEARCH("{word}",{first}))'
        for word in ("to fix", "missing", "needed", "explain", "to update", "to answer")
    )
    yield Highlight(steps, f"OR({open_words})", "query")


def _heights(slots: Sequence[Slot], last: int) -> Iterator[Tuple[int, float]]:
    """Give each row its height; a stamped text gets STAMPED_LINES, because one template serves every provider."""
    yield 1, 30.0
    yield STATUS_ROW, 26.0
    tallest: Dict[int, int] = {row: 1 for row in range(2, last + 1) if row != STATUS_ROW}
    for slot in slots:
        if slot.row in tallest and slot.kind.stamped:
            tallest[slot.row] = max(tallest[slot.row], STAMPED_LINES)
        elif slot.row in tallest and isinstance(slot.value, str) and slot.style == "step":
            lines = count_lines(slot.value, WIDTHS[slot.col - 1], STYLES[slot.style])
            tallest[slot.row] = max(tallest[slot.row], lines)
    for number, lines in tallest.items():
        yield number, row_height(lines, 11, FORM)
