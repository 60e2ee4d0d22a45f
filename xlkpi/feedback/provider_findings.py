"""Which findings a provider sees, and in which words: never what only the officer can act on, never a name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from xlkpi.feedback.provider_facts import ProviderFinding
from xlkpi.findings import Code, Severity

FOR_THE_PROVIDER = frozenset(
    (
        *("ENTRY_EMPTY", "COUNT_EMPTY", "COUNT_TEXT", "COUNT_DECIMAL", "COUNT_NEGATIVE", "COUNT_OTHER"),
        *(
            "X_OVER_Y",
            "REASON",
            "PLAN",
            "AGREED_REASON",
            "AGREED_PLAN",
            "SAME_Y",
            "SUM_OF_X",
            "PART_OF_X",
            "CHANGE",
            "CARRIED_OVER",
            "LARGE",
        ),
        *("NUMBER_AS_TEXT", "DATE_AS_COUNT", "PERCENT_AS_COUNT", "FORMULA_AS_COUNT", "MERGED"),
        *("TEXT_FORMAT", "SHOWN_OTHERWISE", "ARRAY_AS_COUNT", "CELL_BROUGHT", "HEADINGS_LOST"),
        *("REASON_SAYS_NOTHING", "PLAN_SAYS_NOTHING", "WORDS_LOST"),
        *("PLAN_NO_PROGRESS", "PLAN_PROGRESS_SAYS_NOTHING", "PLAN_NO_DAY", "PLAN_NOBODY"),
        *("QUESTION_OPEN", "QUESTIONS_OPEN"),
        *("ROW_UNSURE", "ROW_TWICE", "ROW_LOST", "SHEET_LOST", "SHEET_HIDDEN"),
        *("DECLARED_BY", "DECLARED_ON", "DECLARED_ON_TEXT", "DECLARED_EARLY"),
        *("NAME_ELSEWHERE", "SHEET_PROVIDER", "SHEET_PERIOD", "COPY_DIFFERS"),
        *("MACROS", "OUTSIDE_LINK", "EMBEDDED", "OUTSIDE_FORMULA"),
        *("PROVIDER_CHANGED", "PERIOD_CHANGED", "MANIFEST_CHANGED"),
    )
)
"""Codes that a provider can act on. Any other code, including one added later, stays with the officer."""

WITHOUT_NAMES = {
    "PROVIDER_CHANGED": (
        "Start here names another provider than the one this workbook was made for."
        " Copy your figures into the workbook that was made for you."
    ),
    "SHEET_PROVIDER": (
        "This sheet names another provider than the one this workbook was made for."
        " Copy your own figures into a fresh copy of the workbook."
    ),
}
"""Messages that would quote another provider's name, in the words that the provider gets instead."""


@dataclass(frozen=True)
class FindingsToAnswer:
    """What the provider must fix, and what it must correct or explain."""

    must_fix: tuple[ProviderFinding, ...]
    queries: tuple[ProviderFinding, ...]


def select_findings(findings: Iterable[ProviderFinding]) -> FindingsToAnswer:
    """Select the findings that a provider must answer; notes ask for nothing and are left out."""
    disclosed = [
        replace(finding, message=WITHOUT_NAMES.get(finding.code, finding.message))
        for finding in findings
        if finding.code in FOR_THE_PROVIDER
    ]
    return FindingsToAnswer(
        tuple(finding for finding in disclosed if finding.severity == Severity.MUST_FIX.value),
        tuple(finding for finding in disclosed if finding.severity == Severity.QUERY.value),
    )


def describe_place(finding: ProviderFinding) -> str:
    """Write ``All lots, F7``; empty where a finding is about the whole file."""
    return ", ".join(part for part in (finding.sheet, finding.cell) if part)


def describe_finding(finding: ProviderFinding) -> str:
    """Write the message with its place in front, as a list shows it: ``All lots, F7: KPI S1 …``."""
    place = describe_place(finding)
    return f"{place}: {finding.message}" if place else finding.message


def list_indicators(findings: Iterable[ProviderFinding], *codes: Code) -> frozenset[str]:
    """List the indicators that have a finding with one of these codes."""
    names = {code.name for code in codes}
    return frozenset(finding.indicator for finding in findings if finding.code in names)
