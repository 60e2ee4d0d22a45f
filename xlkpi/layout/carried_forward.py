"""What a return carries forward from earlier ones: plans that are still open, and questions not yet answered.

Both are a provider's own texts, stamped into a template. A template has a row for every KPI and for as many questions
as a round number; rows without a text are hidden, so that a few templates serve every provider.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Dict, Iterable, Mapping, Tuple

from xlkpi.core.day import long_date
from xlkpi.core.indicator import Indicator
from xlkpi.core.outturn_units import show_outturn
from xlkpi.core.question import Question
from xlkpi.core.records import ActionPlanRecord
from xlkpi.findings import shorten

PLAN_PARTS = ("issue", "action", "outcomes", "timescale")
HIDDEN = ' hidden="1"'
"""The attribute of a row that shows nothing; without it, the row is shown."""
OPEN = "open"
"""The word of a plan that waits for its update, or of a question that waits for its answer."""
ALL_UPDATED, ALL_ANSWERED = "None to update", "None to answer"
TO_UPDATE, TO_ANSWER = "to update", "to answer"
LONGEST_QUESTION = 400
QUESTION_ROWS = (5, 15, 40)
"""How many rows a sheet of questions can have: the fewest that are enough."""


@dataclass(frozen=True)
class CarriedForward:
    """A provider's open plans by indicator, and as many of its open questions as there is room for."""

    plans: Mapping[str, ActionPlanRecord] = field(default_factory=dict)
    questions: Tuple[Question, ...] = ()

    def __post_init__(self) -> None:
        """Cut the questions to what a return has room for."""
        object.__setattr__(self, "questions", fit_questions(self.questions))


def count_question_rows(questions: int) -> int:
    """Give the rows of the sheet for so many questions: 0 for none, the largest number where there are too many."""
    return next((rows for rows in (0, *QUESTION_ROWS) if questions <= rows), QUESTION_ROWS[-1])


def nothing_to_do(code: str) -> str:
    """Write what a row of the action plan says while its KPI is neither Amber nor Red."""
    return f"{code}: nothing to do yet."


def plan_texts(kpis: Iterable[Indicator], plans: Mapping[str, ActionPlanRecord]) -> Dict[str, str]:
    """Make the stamped texts of the action plan's rows, for every KPI of a return that carries plans."""
    texts: Dict[str, str] = {}
    for kpi in kpis:
        code, record = kpi.code, plans.get(kpi.code)
        if record is None:
            texts.update({f"plan.{code}.row": HIDDEN, f"plan.{code}.todo": nothing_to_do(code)})
            continue
        text = _update_text(record)
        texts.update({f"plan.{code}.open": text, f"plan.{code}.todo": text, f"plan.{code}.state": OPEN})
        texts.update({f"plan.{code}.kpi": code, f"plan.{code}.rag": record.rag.value})
        texts.update({f"plan.{code}.level": _level(record, kpi), f"plan.{code}.on": long_date(record.on)})
        parts = (record.issue, record.action, record.outcomes, record.timescale_in_force)
        texts.update({f"plan.{code}.{part}": text for part, text in zip(PLAN_PARTS, parts)})
    texts["plan.progress"] = f"{len(plans)} {TO_UPDATE}"
    return texts


def _update_text(record: ActionPlanRecord) -> str:
    changed = f" Its timescale has changed {_times(record.redated)}." if record.redated else ""
    return (
        f"{record.indicator}: the plan of {record.period} is open.{changed}"
        " Enter the progress to date, and a new timescale if it has changed."
    )


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number} times")


def _level(record: ActionPlanRecord, kpi: Indicator) -> str:
    return "" if record.outturn is None else show_outturn(kpi.effective, record.outturn)


def question_texts(questions: Tuple[Question, ...], rows: int) -> Dict[str, str]:
    """Make the stamped texts of the sheet *Questions*, for each of its rows."""
    texts: Dict[str, str] = {}
    for number in range(1, rows + 1):
        at = f"question.{number}"
        if number > len(questions):
            texts[f"{at}.row"] = HIDDEN
            continue
        question = questions[number - 1]
        texts.update({f"{at}.indicator": question.indicator, f"{at}.period": question.period})
        texts.update({f"{at}.about": question.about, f"{at}.text": question.text, f"{at}.state": OPEN})
    texts["question.progress"] = f"{min(len(questions), rows)} {TO_ANSWER}"
    return texts


def manifest_plans(plans: Mapping[str, ActionPlanRecord]) -> Dict[str, Dict[str, object]]:
    """Write what the manifest keeps of each open plan: where it began, its last level, the timescales it has had."""
    return {
        code: {
            "period": str(record.period),
            "rag": record.rag.value,
            "outturn": str(record.outturn) if record.outturn is not None else "",
            "on": record.on.isoformat(),
            "timescales": list(record.timescales or (record.timescale,)),
        }
        for code, record in plans.items()
    }


def fit_questions(questions: Tuple[Question, ...]) -> Tuple[Question, ...]:
    """Give the questions that a return has room for, each in the length that its row shows; the rest wait."""
    shown = questions[: QUESTION_ROWS[-1]]
    return tuple(replace(q, about=shorten(q.about), text=shorten(q.text, LONGEST_QUESTION)) for q in shown)


NOTHING = CarriedForward()


def manifest_questions(questions: Tuple[Question, ...]) -> Tuple[Dict[str, str], ...]:
    """Write what the manifest keeps of each question."""
    return tuple(
        {"id": q.question_id, "period": q.period, "indicator": q.indicator, "about": q.about, "text": q.text}
        for q in questions
    )
