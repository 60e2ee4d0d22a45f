"""The JSON document of ``feedback --json``, as pydantic models: what is printed is what is promised."""

from __future__ import annotations

from dataclasses import asdict
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from xlkpi.commands.feedback import Feedback
from xlkpi.plain_text import escape_in_json


class ProviderFeedbackOut(BaseModel):
    """One provider's feedback: its result, who it goes to, and the names of its files in the folder."""

    model_config = ConfigDict(extra="forbid")
    provider_id: str
    provider: str
    status: Literal["nothing to fix", "to explain", "to fix", "no return"]
    green: int
    amber: int
    red: int
    must_fix: int
    queries: int
    contact: str
    email: str
    scorecard: str = Field(description="empty where no return is used")
    pdf: str = Field(description="empty where it could not be printed")
    text: str = Field(description="the email or the reminder")


class FeedbackOut(BaseModel):
    """The feedback of a period: providers with a used return first, then those with a missing return."""

    model_config = ConfigDict(extra="forbid")
    folder: str = Field(description="the folder with the files")
    period: str | None = Field(description="null where no file is a return of the period")
    answer_by: str = Field(description="the day to answer by, as 2026-12-08")
    providers: list[ProviderFeedbackOut]


def feedback_document(feedback: Feedback) -> str:
    """Write the feedback as one JSON document."""
    document = FeedbackOut(
        folder=str(feedback.folder),
        period=str(feedback.period) if feedback.period else None,
        answer_by=feedback.answer_by.isoformat(),
        providers=[ProviderFeedbackOut(**asdict(entry)) for entry in feedback.entries],
    )
    return escape_in_json(document.model_dump_json(indent=2))
