"""The sheet *Help*: how to fill the return in, what the words and colours mean, the readings in force, whom to ask."""

from __future__ import annotations

from typing import Iterator, List, Sequence, Tuple

from xlkpi.core.checks import Asked
from xlkpi.core.vocabulary import Reading
from xlkpi.layout.addresses import COVER, HELP
from xlkpi.layout.plan_model import SheetPlan, Slot, SlotKind
from xlkpi.layout.provider_texts import CONTACTS, ProviderTexts
from xlkpi.layout.styles import STAMPED_LINES, height_of, lines_of
from xlkpi.layout.wording import reading_words

WIDTHS = (22.0, 44.0, 44.0, 50.0)
STEPS = (
    "1. On each sheet of your lots, enter x and y in the yellow cells. “x counts” and “y counts” say what to count.",
    "2. Count the whole period that the last column names: a quarter, a half-year or a year.",
    "3. If there was nothing to count, enter 0 and 0: that is “No cases” and never counts against you.",
    "    An empty cell is “Not entered” and has to be filled before you send the return.",
    "4. Enter whole numbers in digits only: 12, not “12 visits”. The percentage is worked out for you.",
    "5. Read the Message column. Put right what is red; correct what is amber, or explain in “Reason or comment”.",
    "6. For every Amber or Red KPI, give the reason in “Reason or comment” for missing the target. Name no person.",
    "7. For every Red KPI, also write action, expected outcomes and timescale on the sheet “Action plan”.",
    f"8. On “{COVER}”, enter who declares the figures and on which day. At “Ready to send”, save and send it.",
    "Keep the workbook as it is: do not add or remove rows or copy whole sheets. Paste figures as values only.",
)
WORDS: Tuple[Tuple[str, str, str], ...] = (
    ("Green", "Green", "The target has been achieved or exceeded. No action is required."),
    ("Amber", "Amber", "Acceptable, but below target. Give the reason; KCC may ask for an action plan."),
    ("Red", "Red", "Below standard. Give the reason and write an action plan."),
    ("Information", "Information", "An INFO indicator: reported, never rated."),
    ("No cases", "Neutral", "x and y are 0: nothing to rate."),
    ("Not entered", "plain", "x and y are still empty."),
    ("Incomplete", "Red", "One of x and y is empty."),
    ("Check", "Red", "x or y cannot be right; the message says why."),
    ("Not due", "Neutral", "Not reported in this period; the row is closed."),
    ("Unrated", "Neutral", "The Schedule as written says nothing of this outturn."),
)


def plan_help(asked: Sequence[Asked], facts: ProviderTexts) -> SheetPlan:
    """Plan the sheet for the indicators of one return."""
    slots: List[Slot] = [
        Slot(1, 1, SlotKind.LABEL, "title", "Help"),
        Slot(2, 1, SlotKind.LINK, "back", f"Back to {COVER}", f"{COVER}!A1"),
        Slot(4, 1, SlotKind.LABEL, "heading", "How to fill it in"),
    ]
    row = 5
    for step in STEPS:
        slots.append(Slot(row, 1, SlotKind.LABEL, "lead", step))
        row += 1
    for part in (_words(row + 1), _readings(asked, row + len(WORDS) + 4)):
        slots.extend(part)
        row = slots[-1].row
    slots.extend(_whom(facts, row + 2))
    last = slots[-1].row
    return SheetPlan(
        name=HELP,
        slots=tuple(slots),
        columns=tuple((w, False) for w in WIDTHS),
        heights=tuple(_heights(slots)),
        first_input="A1",
        print_range=f"A1:D{last}",
        tab="#595959",
    )


def _words(row: int) -> Iterator[Slot]:
    yield Slot(row, 1, SlotKind.LABEL, "heading", "What the words and colours mean")
    yield Slot(row + 1, 1, SlotKind.LABEL, "header", "Word")
    yield Slot(row + 1, 2, SlotKind.LABEL, "header", "Meaning")
    for offset, (word, style, meaning) in enumerate(WORDS, start=2):
        yield Slot(row + offset, 1, SlotKind.LABEL, style, word)
        yield Slot(row + offset, 2, SlotKind.LABEL, "text", meaning)


def _readings(asked: Sequence[Asked], row: int) -> Iterator[Slot]:
    yield Slot(row, 1, SlotKind.LABEL, "heading", "Contract readings in force")
    differing = [one for one in asked if one.indicator.why]
    if not differing:
        yield Slot(row + 1, 1, SlotKind.LABEL, "lead", "None of your indicators can be read in two ways.")
        return
    intro = "The Schedule contradicts itself in these places. Both readings are shown; the one marked is in force here."
    yield Slot(row + 1, 1, SlotKind.LABEL, "lead", intro)
    for col, text in enumerate(("Indicator", "As written", "As KCC reads it", "Why"), start=1):
        yield Slot(row + 2, col, SlotKind.LABEL, "header", text)
    for offset, one in enumerate(differing, start=3):
        written, effective = reading_words(one.indicator)
        as_written = one.reading is Reading.AS_WRITTEN
        yield Slot(row + offset, 1, SlotKind.LABEL, "code", one.indicator.code)
        yield Slot(row + offset, 2, SlotKind.LABEL, "text", ("IN FORCE: " if as_written else "") + written)
        yield Slot(row + offset, 3, SlotKind.LABEL, "text", ("" if as_written else "IN FORCE: ") + effective)
        yield Slot(row + offset, 4, SlotKind.LABEL, "text", one.indicator.why)


def _whom(facts: ProviderTexts, row: int) -> Iterator[Slot]:
    yield Slot(row, 1, SlotKind.LABEL, "heading", "Whom to ask")
    for col, text in enumerate(("Name", "Position", "E-mail", "Telephone"), start=1):
        yield Slot(row + 1, col, SlotKind.LABEL, "header", text)
    for number in range(1, CONTACTS + 1):
        for col, part in enumerate(("name", "position", "email", "telephone"), start=1):
            yield Slot(row + 1 + number, col, SlotKind.STAMP, "text", facts[f"council.{number}.{part}"])


def _heights(slots: Sequence[Slot]) -> Iterator[Tuple[int, float]]:
    tallest: dict[int, int] = {}
    for slot in slots:
        if isinstance(slot.value, str) and slot.style in ("text", "code"):
            lines = STAMPED_LINES if slot.kind.stamped else lines_of(slot.value, WIDTHS[slot.col - 1])
            tallest[slot.row] = max(tallest.get(slot.row, 1), lines)
    yield 1, 30.0
    for row, lines in tallest.items():
        yield row, height_of(lines)
