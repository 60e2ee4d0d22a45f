"""Short names of the Schedule's indicators, in our own words, for tables that have no room for its sentences.

An indicator without an entry here, such as one added to the catalogue later, is shortened from its description.
"""

from __future__ import annotations

from xlkpi.core.indicator import Indicator

LONGEST = 26

SHORT_NAMES = {
    "KPI S1": "Packages refused",
    "KPI S2": "Invoices without dispute",
    "KPI S3": "Complaints resolved",
    "KPI S4a": "Surveys: people attending",
    "KPI S4b": "Surveys: parents, carers",
    "KPI S4c": "Happy with the service",
    "KPI S5": "Staff with NVQ Level 2",
    "KPI S6": "Managers with NVQ Level 4",
    "INFO W1": "Via framework contract",
    "INFO W2": "Via Direct Payment",
    "INFO W3": "With additional support",
    "KPI W1": "Care plans reviewed",
    "KPI W2": "Half of time in community",
    "INFO I1": "Via framework contract",
    "INFO I2": "Via Direct Payment",
    "INFO I3": "With additional support",
    "KPI I1": "Feel more independent",
    "KPI I2": "Care plans reviewed",
    "KPI I3": "Left to positive pathway",
    "KPI I4": "Left within 6 months",
    "INFO E1": "Via framework contract",
    "INFO E2": "Via Direct Payment",
    "KPI E1": "Careers guidance in time",
    "KPI E2": "Left within 6 months",
    "KPI E3": "Care plans reviewed",
    "KPI E4": "In work for 13 weeks",
    "INFO A1": "Via framework contract",
    "INFO A2": "Via Direct Payment",
    "INFO A3a": "Packages reduced",
    "INFO A3b": "Packages maintained",
    "INFO A3c": "Packages increased",
    "INFO A4": "Alternatives proposed",
    "KPI A1": "Choices fulfilled",
    "KPI A2": "Support is meaningful",
    "INFO T1": "Via framework contract",
    "INFO T2": "Via Direct Payment",
    "KPI T1": "Days with vehicle checks",
}


def shorten_description(indicator: Indicator) -> str:
    """Say what an indicator is about in at most 26 characters."""
    known = SHORT_NAMES.get(indicator.code)
    if known:
        return known
    text = " ".join(indicator.description.split())
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"
