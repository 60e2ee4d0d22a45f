"""What the Council asks a provider about figures already returned, and what the provider answers in its next return."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Question:
    """One question, as a provider reads it.

    ``question_id`` stays the same for as long as the question is open, whichever return carries it. ``period`` is the
    period asked about, ``indicator`` the KPI or INFO indicator, empty where it is about neither. ``about`` names what
    is asked about in a few words: an invoice, both sides' counts, a query of the last return.
    """

    question_id: str
    period: str
    indicator: str
    about: str
    text: str


@dataclass(frozen=True)
class Answer:
    """A question with what the provider wrote beside it; ``answer`` is empty where nothing was written."""

    question: Question
    answer: str
    sheet: str
    cell: str

    @property
    def is_given(self) -> bool:
        """Whether the provider has answered."""
        return bool(self.answer)
