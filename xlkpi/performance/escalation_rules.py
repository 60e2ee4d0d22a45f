"""What Sections 5.0 and 11.0 provide for a KPI that missed its target. An officer decides; nothing here does."""

from __future__ import annotations

from enum import Enum

from xlkpi.core.vocabulary import Rag


class EscalationStep(Enum):
    """A step of the Schedule, the gravest first."""

    WARNING = "Formal warning to consider"
    RETURN = "Return outstanding"
    ACTION_PLAN = "Action plan"
    REASONS = "Reasons"


PARAGRAPHS = {
    EscalationStep.WARNING: "11.0",
    EscalationStep.RETURN: "6.2, 9.0",
    EscalationStep.ACTION_PLAN: "3.0, 5.0",
    EscalationStep.REASONS: "5.0",
}
"""The Schedule's paragraphs that provide for each step."""


class Ground(Enum):
    """Why a step is to be considered, in a few words."""

    RED_AGAIN = "Red, and not Green in the due period before"
    RED_AFTER_PLAN = "Red after an action plan"
    AMBER_AGAIN = "Amber in two due periods running"
    RED = "Red"
    FROM_RED = "Amber, up from Red"
    AMBER = "Amber"
    NO_RETURN = "No return is used"


def choose_step(now: Rag, before: Rag | None, *, planned: bool) -> tuple[EscalationStep, Ground] | None:
    """Choose the step for a KPI by its RAG, that of the due period before (None: not rated), and any earlier plan.

    None for Green: no action required (5.0).

    ======  =============  ============  ==========================================
    now     before         earlier plan  step
    ======  =============  ============  ==========================================
    Red     Red or Amber   either        formal warning to consider (11.1)
    Red     Green or none  yes           formal warning to consider (11.1)
    Red     Green or none  no            action plan (3.0, 5.0)
    Amber   Amber          either        formal warning to consider (11.1)
    Amber   Red            either        action plan: review its progress (5.0)
    Amber   Green or none  either        reasons, a plan if proportionate (5.0)
    ======  =============  ============  ==========================================
    """
    if now is Rag.RED:
        if before in (Rag.RED, Rag.AMBER):
            return EscalationStep.WARNING, Ground.RED_AGAIN
        return (EscalationStep.WARNING, Ground.RED_AFTER_PLAN) if planned else (EscalationStep.ACTION_PLAN, Ground.RED)
    if now is Rag.AMBER:
        if before is Rag.AMBER:
            return EscalationStep.WARNING, Ground.AMBER_AGAIN
        return (
            (EscalationStep.ACTION_PLAN, Ground.FROM_RED)
            if before is Rag.RED
            else (EscalationStep.REASONS, Ground.AMBER)
        )
    return None
