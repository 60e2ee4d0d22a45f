"""Decisions made by hand, as reading the log hands them over."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from xlkpi.council.decisions import Decision, DecisionKind, DecisionLog, show_counts

LIST = "inbox decisions.csv"


def about_file(file, kind=DecisionKind.USE, *, sha256="", on=date(2026, 11, 2), row=2, why="agreed by telephone"):
    """A decision about a file, or about the content of this sha256."""
    return Decision(kind, "Jane Roe", on, why, file=file, value=sha256, row=row, list_name=LIST)


def agreed(number, x, y, *, indicator="KPI S2", period, on=date(2026, 11, 2), row=2):
    """Figures that officers agreed for a provider's entry."""
    kind, value = DecisionKind.AGREE_FIGURES, show_counts(x, y)
    return Decision(
        kind, "Jane Roe", on, "seen the invoices", f"P{number:03d}", period, indicator, value=value, row=row,
        list_name=LIST,
    )  # fmt: skip


def log_of(*decisions, faults=()):
    """The log of these decisions, in the order they were taken."""
    ordered = sorted(decisions, key=lambda decision: (decision.decided_on, decision.row))
    return DecisionLog(Path(LIST), tuple(ordered), tuple(replace(fault, list_name=LIST) for fault in faults))
