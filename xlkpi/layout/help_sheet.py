"""The sheet *Help*: how to fill in the return, words and colours, the readings in force, who to contact."""

from __future__ import annotations

from typing import Iterator, List, Sequence, Tuple

from xlkpi.core.checks import AskedIndicator
from xlkpi.core.vocabulary import Reading
from xlkpi.layout.addresses import COVER, HELP, QUESTIONS, ReturnKey
from xlkpi.layout.plan_model import SheetPlan, Slot, SlotKind
from xlkpi.layout.provider_texts import CONTACTS, ProviderTexts
from xlkpi.layout.styles import STYLES
from xlkpi.layout.text_size import FORM, STAMPED_LINES, count_lines, row_height
from xlkpi.layout.wording import describe_change, list_lengths, reading_words

WIDTHS = (22.0, 44.0, 44.0, 50.0)
STEPS = (
    "1. On each sheet of your lots, enter x and y in the yellow cells."
    " “What x counts” and “What y counts” say what to count.",
    "2. Count the whole period named in the last column: {lengths}.",
    "3. If there was nothing to count, enter 0 and 0: that is “No cases” and never counts against you.",
    "    An empty cell is “Not entered”. Fill it before you send the return.",
    "4. Enter whole numbers in digits only: 12, not “12 visits”. The percentage is calculated for you.",
    "5. Read the Message column. Fix what is red; correct what is amber, or explain it in “Reason or comment”.",
    "6. For every Amber or Red KPI, give the reason for missing the target in “Reason or comment”."
    " Do not name individuals.",
    "7. For every Red KPI, also enter the action, expected outcomes and timescale on the sheet “Action plan”.",
    f"8. On “{COVER}”, enter the name of the person making the declaration and the date."
    " At “Ready to send”, save and send it.",
    "Keep the workbook as it is: do not add or remove rows or copy whole sheets. Paste figures as values only.",
)
UPDATE_STEP = (
    "    A plan that is open from an earlier period is filled in: enter its progress to date, and a new timescale if it"
    " has changed."
)
ANSWER_STEP = f"    The sheet “{QUESTIONS}” asks about figures you returned earlier. Answer each question beside it."
LAST_STEPS = 2
"""Steps after the action plan: what is carried forward goes before them."""
WORDS: Tuple[Tuple[str, str, str], ...] = (
    ("Green", "Green", "The target has been achieved or exceeded. No action is required."),
    ("Amber", "Amber", "Acceptable, but below target. Give the reason; {council} may ask for an action plan."),
    ("Red", "Red", "Below standard. Give the reason and write an action plan."),
    ("Information", "Information", ""),
    ("No cases", "Neutral", "x and y are 0: nothing to rate."),
    ("Not entered", "plain", "x and y are still empty."),
    ("Incomplete", "Red", "One of x and y is empty."),
    ("Check", "Red", "x or y cannot be right; the message says why."),
    ("Not due", "Neutral", "Not reported in this period; the row is closed."),
    ("Unrated", "Neutral", "The {document} as written has no band for this outturn."),
)


def plan_help(asked: Sequence[AskedIndicator], texts: ProviderTexts, key: ReturnKey) -> SheetPlan:
    """Plan the sheet for the indicators of one return."""
    carried = (*([UPDATE_STEP] if key.open_plans else []), *([ANSWER_STEP] if key.question_rows else []))
    often = (each.indicator.read(each.reading).frequency for each in asked)
    lengths = list_lengths(key.period.scheme, often, "a ")
    slots: List[Slot] = [
        Slot(1, 1, SlotKind.LABEL, "title", "Help"),
        Slot(2, 1, SlotKind.LINK, "back", f"Back to {COVER}", f"{COVER}!A1"),
        Slot(4, 1, SlotKind.LABEL, "heading", "How to fill it in"),
    ]
    row = 5
    for step in (*STEPS[:-LAST_STEPS], *carried, *STEPS[-LAST_STEPS:]):
        slots.append(Slot(row, 1, SlotKind.LABEL, "lead", step.replace("{lengths}", lengths)))
        row += 1
    for part in (_words(asked, row + 1), _readings(asked, row + len(WORDS) + 4)):
        slots.extend(part)
        row = slots[-1].row
    changed = list(_changes(asked, row + 2))
    slots.extend(changed)
    row = slots[-1].row
    slots.extend(_contacts(texts, row + 2))
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


def _words(asked: Sequence[AskedIndicator], row: int) -> Iterator[Slot]:
    yield Slot(row, 1, SlotKind.LABEL, "heading", "What the words and colours mean")
    yield Slot(row + 1, 1, SlotKind.LABEL, "header", "Word")
    yield Slot(row + 1, 2, SlotKind.LABEL, "header", "Meaning")
    words = asked[0].indicator.words
    for offset, (word, style, meaning) in enumerate(WORDS, start=2):
        text = meaning.format(council=words.short, document=words.document) or words.say("information")
        yield Slot(row + offset, 1, SlotKind.LABEL, style, word)
        yield Slot(row + offset, 2, SlotKind.LABEL, "text", text)


def _readings(asked: Sequence[AskedIndicator], row: int) -> Iterator[Slot]:
    yield Slot(row, 1, SlotKind.LABEL, "heading", "Contract readings in force")
    differing = [row for row in asked if row.indicator.why]
    if not differing:
        yield Slot(row + 1, 1, SlotKind.LABEL, "lead", "None of your indicators can be read in two ways.")
        return
    document = differing[0].indicator.words.document
    intro = f"The {document} contradicts itself here. Both readings are shown; the one marked IN FORCE is used."
    yield Slot(row + 1, 1, SlotKind.LABEL, "lead", intro)
    for col, text in enumerate(
        ("Indicator", "As written", f"As {differing[0].indicator.words.short} reads it", "Why"), start=1
    ):
        yield Slot(row + 2, col, SlotKind.LABEL, "header", text)
    for offset, entry in enumerate(differing, start=3):
        written, effective = reading_words(entry.indicator)
        as_written = entry.reading is Reading.AS_WRITTEN
        yield Slot(row + offset, 1, SlotKind.LABEL, "code", entry.indicator.code)
        yield Slot(row + offset, 2, SlotKind.LABEL, "text", ("IN FORCE: " if as_written else "") + written)
        yield Slot(row + offset, 3, SlotKind.LABEL, "text", ("" if as_written else "IN FORCE: ") + effective)
        yield Slot(row + offset, 4, SlotKind.LABEL, "text", entry.indicator.why)


def _changes(asked: Sequence[AskedIndicator], row: int) -> Iterator[Slot]:
    """Show the targets that were changed since the contract began; nothing where none was."""
    changed = [(each.indicator, change) for each in asked for change in each.indicator.changes]
    if not changed:
        return
    yield Slot(row, 1, SlotKind.LABEL, "heading", "Targets that changed")
    yield Slot(row + 1, 1, SlotKind.LABEL, "lead", "Every return is judged by the targets of its own period.")
    for col, text in enumerate(("Indicator", "In force", "At first", "Agreed"), start=1):
        yield Slot(row + 2, col, SlotKind.LABEL, "header", text)
    for offset, (indicator, change) in enumerate(changed, start=3):
        in_force, agreed = describe_change(change)
        for col, text in enumerate((indicator.code, in_force, indicator.first_target, agreed), start=1):
            yield Slot(row + offset, col, SlotKind.LABEL, "code" if col == 1 else "text", text)


def _contacts(texts: ProviderTexts, row: int) -> Iterator[Slot]:
    yield Slot(row, 1, SlotKind.LABEL, "heading", "Who to contact")
    for col, text in enumerate(("Name", "Position", "Email", "Telephone"), start=1):
        yield Slot(row + 1, col, SlotKind.LABEL, "header", text)
    for number in range(1, CONTACTS + 1):
        for col, part in enumerate(("name", "position", "email", "telephone"), start=1):
            yield Slot(row + 1 + number, col, SlotKind.STAMP, "text", texts[f"council.{number}.{part}"])


def _heights(slots: Sequence[Slot]) -> Iterator[Tuple[int, float]]:
    tallest: dict[int, int] = {}
    for slot in slots:
        if isinstance(slot.value, str) and slot.style in ("text", "code"):
            needed = count_lines(slot.value, WIDTHS[slot.col - 1], STYLES[slot.style])
            lines = STAMPED_LINES if slot.kind.stamped else needed
            tallest[slot.row] = max(tallest.get(slot.row, 1), lines)
    yield 1, 30.0
    for row, lines in tallest.items():
        yield row, row_height(lines, spacing=FORM)
