"""The log of decisions: what officers decided, when, about what and why; only ever added to."""

from __future__ import annotations

from xlkpi.council.decisions.decision import Decision, DecisionLog, EntryKey, parse_counts, show_counts
from xlkpi.council.decisions.kinds import DecisionKind
from xlkpi.council.decisions.read_log import read_decisions

__all__ = ["Decision", "DecisionKind", "DecisionLog", "EntryKey", "parse_counts", "read_decisions", "show_counts"]
