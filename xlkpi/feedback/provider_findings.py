"""Which findings a provider is told of, and in which words: never what only the officer can act on, never a name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from xlkpi.feedback.provider_facts import ProviderFinding
from xlkpi.findings import Code, Severity

FOR_THE_PROVIDER = frozenset(
    (
        *("ENTRY_EMPTY", "COUNT_EMPTY", "COUNT_TEXT", "COUNT_DECIMAL", "COUNT_NEGATIVE", "COUNT_OTHER"),
        *("X_OVER_Y", "REASON", "PLAN", "SAME_Y", "SUM_OF_X", "PART_OF_X", "CHANGE", "CARRIED_OVER", "LARGE"),
        *("NUMBER_AS_TEXT", "DATE_AS_COUNT", "PERCENT_AS_COUNT", "FORMULA_AS_COUNT", "MERGED"),
        *("ROW_UNSURE", "ROW_LOST", "SHEET_LOST", "SHEET_HIDDEN"),
        *("DECLARED_BY", "DECLARED_ON", "DECLARED_ON_TEXT", "DECLARED_EARLY"),
        *("PROVIDER_CHANGED", "PERIOD_CHANGED", "MANIFEST_CHANGED"),
    )
)
"""Kinds that a provider can act on. Any other kind, one added later among them, stays with the officer."""

WITHOUT_NAMES = {
    "PROVIDER_CHANGED": (
        "Start here names another provider than the one this workbook was made for."
        " Copy your figures into the workbook that was made for you."
    ),
}
"""Messages that would quote another provider's name, as they are told to the provider instead."""


def select_findings(
    findings: Iterable[ProviderFinding],
) -> tuple[tuple[ProviderFinding, ...], tuple[ProviderFinding, ...]]:
    """What must be fixed, and what must be corrected or explained; notes ask for nothing and are left out."""
    told = [replace(one, message=WITHOUT_NAMES.get(one.code, one.message)) for one in findings if _is_told(one)]
    must_fix = tuple(one for one in told if one.severity == Severity.MUST_FIX.value)
    queries = tuple(one for one in told if one.severity == Severity.QUERY.value)
    return must_fix, queries


def _is_told(one: ProviderFinding) -> bool:
    return one.code in FOR_THE_PROVIDER


def describe_place(one: ProviderFinding) -> str:
    """``All lots, F7``; empty where a finding is about the whole file."""
    return ", ".join(part for part in (one.sheet, one.cell) if part)


def describe_finding(one: ProviderFinding) -> str:
    """The message with its place in front, as a list shows it: ``All lots, F7: KPI S1 …``."""
    place = describe_place(one)
    return f"{place}: {one.message}" if place else one.message


def list_indicators(findings: Iterable[ProviderFinding], code: Code) -> frozenset[str]:
    """The indicators that a finding of this kind speaks of."""
    return frozenset(one.indicator for one in findings if one.code == code.name)
