"""One row of the log of decisions: its columns, and what its cells mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationInfo, field_validator

from xlkpi.core.contract_words import ContractWords
from xlkpi.core.period import QUARTERS, Period, PeriodScheme
from xlkpi.council.decisions.decision import AgreedCounts, Decision, parse_counts, show_counts
from xlkpi.council.decisions.kinds import NEEDED, WITH_A_DAY, DecisionKind, advise_kind, parse_kind
from xlkpi.council.lists.columns import NO_HEADER, ListColumns
from xlkpi.council.lists.faults import CellFault, rejection
from xlkpi.council.lists.parse_values import describe_cell, period_of_row, read_date, read_whole, required_date
from xlkpi.council.lists.reader import ListedRow
from xlkpi.council.lists.validate_row import validate_row
from xlkpi.findings import shorten

LOG_COLUMNS = ("decided_on", "decided_by", "decision", "provider_id", "period", "indicator", "file", "value", "why")
"""The columns of the log, in their order (interfaces, Log of decisions)."""

_ALIASES = {
    **dict.fromkeys(("who", "name", "by"), "decided_by"),
    **dict.fromkeys(("when", "date", "on"), "decided_on"),
    "reason": "why",
    "kind": "decision",
    "provider": "provider_id",
    "x": "agreed_x",
    "y": "agreed_y",
}
"""Other names of the columns: those of the first version's lists, and those that people give them."""

READ_COLUMNS = ListColumns(
    (*LOG_COLUMNS[:-1], "sha256", "agreed_x", "agreed_y", "why"),
    ("decision", "decided_by", "decided_on", "why"),
    _ALIASES,
    may_overflow=True,
    instead={"decision": ("agreed_x",)},
)
"""What is read: the log, and the two lists of the first version (file, sha256, who, when; agreed_x, agreed_y)."""

LONGEST_CELL = 32_000
_SHA256_LENGTH = 64
_HEX = frozenset("0123456789abcdef")
_WHAT_TO_ENTER = {
    "provider_id": "Enter the provider's number.",
    "period": "Enter the reporting period, such as {example}.",
    "indicator": "Enter the indicator's code.",
    "file": "Name the file.",
    "value": "Enter the day, day/month/year.",
}


def _kind(text: Any) -> DecisionKind:
    kind = parse_kind(str(text))
    if kind is None:
        says = f"says “{shorten(str(text))}”" if str(text).strip() else "is empty"
        raise rejection(f"{says}. {advise_kind(str(text))}")
    return kind


def _period(text: Any, info: ValidationInfo) -> Period | None:
    return period_of_row(text, info) if text else None


_day = required_date("Enter the day it was decided, day/month/year.")


class LogRow(BaseModel):
    """A row of the log as text, turned into what it means; every decision needs who, when and why."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", validate_default=True, defer_build=True
    )  # most runs read few of the lists

    decided_on: Annotated[date, BeforeValidator(_day)] = ""  # type: ignore[assignment]  # an empty cell is rejected
    decided_by: str = ""
    decision: Annotated[DecisionKind, BeforeValidator(_kind)] = ""  # type: ignore[assignment]  # as above
    provider_id: str = ""
    period: Annotated[Period | None, BeforeValidator(_period)] = None
    indicator: str = ""
    file: str = ""
    value: str = ""
    sha256: str = ""
    agreed_x: Annotated[int | None, BeforeValidator(lambda text: None if text is None else read_whole(text))] = None
    agreed_y: Annotated[int | None, BeforeValidator(lambda text: None if text is None else read_whole(text))] = None
    why: str = ""

    @field_validator("decided_by", "why")
    @classmethod
    def _filled(cls, text: str) -> str:
        if not text:
            raise rejection("is empty. A decision without a name and a reason is not applied.")
        return text

    @field_validator("sha256")
    @classmethod
    def _digest(cls, text: str) -> str:
        plain = text.casefold()
        if plain and (len(plain) != _SHA256_LENGTH or not _HEX.issuperset(plain)):
            raise rejection("is not a sha256. Copy it from the sheet Files, or leave it empty.")
        return plain


def read_row(
    listed: ListedRow, cells: Mapping[str, str], list_name: str, words: ContractWords
) -> tuple[Decision | None, list[CellFault]]:
    """Read a row from its filled cells by column: the decision, or None and what is wrong with each cell.

    The first version's list of agreed figures is about the invoice indicator of the contract with these ``words``.
    """
    if "decision" not in listed.header.at:  # the first version's list of agreed figures
        agreed = {"decision": DecisionKind.AGREE_FIGURES.value, "indicator": words.invoice_indicator}
        cells = {**agreed, "agreed_x": "", "agreed_y": "", **cells}
    decision, reasons = parse_decision(cells, words.scheme)
    if decision is None:
        return None, [CellFault(column, listed.cell(column), reason) for column, reason in reasons.items()]
    return replace(decision, row=listed.row, list_name=list_name), []


def parse_decision(
    cells: Mapping[str, str], scheme: PeriodScheme = QUARTERS
) -> tuple[Decision | None, Mapping[str, str]]:
    """Read a decision from texts by column: the decision, or None and what is wrong by column.

    A reason completes a sentence that begins with the place: ``is empty. Enter the day, day/month/year.``
    """
    row, faults = validate_row(LogRow, cells, NO_HEADER, 0, LONGEST_CELL, {"scheme": scheme})
    if row is None:
        return None, {fault.column: fault.reason for fault in faults}
    value, wrong = _value_of(row)
    lacking = [column for column in NEEDED[row.decision] if not _is_there(column, row, value)]
    reasons = {column: f"is empty. {_WHAT_TO_ENTER[column].format(example=scheme.example)}" for column in lacking} | (
        {"value": wrong} if wrong else {}
    )
    return (None, reasons) if reasons else (_decision(row, value), {})


def _is_there(column: str, row: LogRow, value: str) -> bool:
    if column == "file":  # a content can be named instead of a file
        return bool(row.file or (value and row.decision not in WITH_A_DAY))
    return bool(value if column == "value" else getattr(row, column))


def _value_of(row: LogRow) -> tuple[str, str]:
    """Give the value as the log writes it, and what is wrong with it."""
    if row.decision is DecisionKind.AGREE_FIGURES:
        return _agreed_counts(row)
    if row.decision in WITH_A_DAY:
        return _day_of(row.value)
    return row.sha256 or row.value, ""


def _agreed_counts(row: LogRow) -> tuple[str, str]:
    if row.agreed_x is not None and row.agreed_y is not None:
        counts: AgreedCounts | None = (row.agreed_x, row.agreed_y)
    else:
        counts = parse_counts(row.value)
    if counts is None:
        return "", f"{describe_cell(row.value)}. Enter the figures that were agreed, such as x=2; y=6."
    return show_counts(*counts), ""


def _day_of(text: str) -> tuple[str, str]:
    if not text:
        return "", "is empty. Enter the day, day/month/year."
    try:
        return read_date(text).isoformat(), ""
    except ValueError as problem:
        return "", str(problem)


def _decision(row: LogRow, value: str) -> Decision:
    return Decision(
        kind=row.decision,
        decided_by=row.decided_by,
        decided_on=row.decided_on,
        why=row.why,
        provider_id=row.provider_id,
        period=row.period,
        indicator=row.indicator,
        file=row.file.replace("\\", "/"),
        value=value,
    )
