"""The sheet *Questions*: what the Council asks about figures already returned, and the cells for the answers.

A return has the sheet only where there is something to ask.
"""

from __future__ import annotations

from typing import Iterator, List, Mapping

from xlkpi.core.contract_words import ContractWords, begin_sentence
from xlkpi.core.visible_text import is_blank
from xlkpi.layout.addresses import COVER, FIRST_ROW, HEADER_ROW, QUESTIONS, ReturnKey
from xlkpi.layout.carried_forward import ALL_ANSWERED, OPEN, TO_ANSWER
from xlkpi.layout.cover.rows import CarriedStep
from xlkpi.layout.expression import filled_flag, literal, nested_if
from xlkpi.layout.plan_model import Highlight, InputRule, InputRuleKind, SheetPlan, Slot, SlotKind
from xlkpi.layout.provider_texts import ProviderTexts
from xlkpi.layout.text_size import FORM, header_height, row_height
from xlkpi.layout.wording import COMMENT_TOO_LONG, LONGEST_COMMENT, period_words
from xlkpi.ooxml.addresses import cell_address, column_letters, quoted_sheet

HEADERS = ("No.", "Indicator", "Period", "About", "Question", "Your answer")
WIDTHS = (6.0, 11.0, 12.0, 26.0, 60.0, 60.0)
TEXT_COL, ANSWER_COL, STATE_COL = 5, 6, 7
LINES = 8


def answer_name(number: int) -> str:
    """Give the defined name of an answer's cell."""
    return f"Question_{number}.answer"


def plan_questions(key: ReturnKey, texts: ProviderTexts, answers: Mapping[int, str], words: ContractWords) -> SheetPlan:
    """Plan the sheet with the rows of the key; those without a question are hidden."""
    intro = begin_sentence(words.say("questions"))
    rows, last = key.question_rows, FIRST_ROW + key.question_rows - 1
    slots: List[Slot] = [
        Slot(1, 1, SlotKind.LABEL, "title", QUESTIONS),
        Slot(2, 1, SlotKind.STAMP, "subtitle", texts["provider"]),
        Slot(3, 1, SlotKind.LABEL, "subtitle", f"{period_words(key.period)}. {intro}"),
        Slot(4, ANSWER_COL, SlotKind.LINK, "back", f"Back to {COVER}", f"{COVER}!A1"),
        *(Slot(HEADER_ROW, col, SlotKind.LABEL, "header", text) for col, text in enumerate(HEADERS, start=1)),
        Slot(HEADER_ROW, STATE_COL, SlotKind.LABEL, "hidden", "to answer"),
    ]
    for number in range(1, rows + 1):
        slots.extend(_row(number, texts, answers.get(number, "")))
    state = f"${column_letters(STATE_COL)}{FIRST_ROW}"
    letters = column_letters(ANSWER_COL)
    return SheetPlan(
        name=QUESTIONS,
        slots=tuple(slots),
        columns=(*((w, False) for w in WIDTHS), (9.0, True)),
        heights=(
            *((1, 28.0), (2, 18.0), (3, 18.0), (4, 20.0), (HEADER_ROW, header_height(HEADERS, WIDTHS))),
            *((row, row_height(LINES, spacing=FORM)) for row in range(FIRST_ROW, last + 1)),
        ),
        optional_rows=tuple((FIRST_ROW + n - 1, texts[f"question.{n}.row"]) for n in range(1, rows + 1)),
        highlights=(Highlight(f"{letters}{FIRST_ROW}:{letters}{last}", f'{state}="{OPEN}"', "query"),),
        freeze=(HEADER_ROW, 1),
        header_row=HEADER_ROW,
        first_input=cell_address(FIRST_ROW, ANSWER_COL),
        filter_range=f"A{HEADER_ROW}:{letters}{last}",
        print_range=f"A1:{letters}{last}",
        tab="#7A0A12",
    )


def _row(number: int, texts: ProviderTexts, answer: str) -> Iterator[Slot]:
    row, at = FIRST_ROW + number - 1, f"question.{number}"
    yield Slot(row, 1, SlotKind.LABEL, "code", number)
    for col, part in enumerate(("indicator", "period", "about", "text"), start=2):
        yield Slot(row, col, SlotKind.STAMP, "text", texts[f"{at}.{part}"])
    title, tip = f"Question {number}", "Answer in your own words. Do not name individuals."
    rule = InputRule(InputRuleKind.LENGTH, 0, LONGEST_COMMENT, title, tip, title, COMMENT_TOO_LONG)
    yield Slot(row, ANSWER_COL, SlotKind.INPUT, "comment", answer or None, name=answer_name(number), rule=rule)
    question, filled = cell_address(row, TEXT_COL), filled_flag(cell_address(row, ANSWER_COL))
    waits = nested_if([(f'{question}=""', '""'), (f"{filled}=1", '""')], literal(OPEN))
    state = texts[f"{at}.state"] if is_blank(answer) else ""
    yield Slot(row, STATE_COL, SlotKind.LIVE, "hidden", state, waits)


def answer_step(key: ReturnKey, texts: ProviderTexts, answers: Mapping[int, str], words: ContractWords) -> CarriedStep:
    """Make the cover's step: how many questions have no answer yet."""
    letters = column_letters(STATE_COL)
    cells = f"{quoted_sheet(QUESTIONS)}!{letters}{FIRST_ROW}:{letters}{FIRST_ROW + key.question_rows - 1}"
    count = f'COUNTIF({cells},"{OPEN}")'
    status = texts["question.progress"]
    if any(not is_blank(answer) for answer in answers.values()):
        numbers = range(1, key.question_rows + 1)
        waiting = sum(bool(texts[f"question.{n}.state"]) and is_blank(answers.get(n, "")) for n in numbers)
        status = f"{waiting} {TO_ANSWER}" if waiting else ALL_ANSWERED
    formula = f"IF({count}=0,{literal(ALL_ANSWERED)},{count}&{literal(' ' + TO_ANSWER)})"
    task = begin_sentence(words.say("questions task"))
    return CarriedStep(task, f"{QUESTIONS}!{cell_address(FIRST_ROW, ANSWER_COL)}", status, formula)
