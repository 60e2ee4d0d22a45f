"""Which findings a provider sees, and in which words: never what only the officer can act on, never a name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from xlkpi.feedback.provider_facts import ProviderFinding
from xlkpi.findings import Code, Severity
from xlkpi.findings.for_the_provider import FOR_THE_PROVIDER

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
