"""How each sample provider deals with its return: most with care, some with the usual slips."""

from __future__ import annotations

from enum import Enum

from xlkpi.core.lot import Provider


class Behaviour(Enum):
    """A way to answer a request for figures, in words for the demo's own report."""

    CLEAN = "on time and complete"
    LATE = "declared after the send-by date"
    MISSING = "sent nothing"
    MISTAKEN = "on time, with mistakes"
    RESUBMITTED = "sent again with corrections"
    CONVERTED = "saved by LibreOffice"
    TWICE = "the same file sent twice"
    OTHER_PERIOD = "sent last half-year's workbook too"
    EXPLAINS = "explains what looks odd"
    NO_CASES = "nothing to count yet"
    RUBBISH = "not a return"


UNUSUAL = {
    "P003": Behaviour.LATE,
    "P012": Behaviour.LATE,
    "P020": Behaviour.LATE,
    "P018": Behaviour.MISSING,
    "P006": Behaviour.MISTAKEN,
    "P005": Behaviour.RESUBMITTED,
    "P010": Behaviour.CONVERTED,
    "P013": Behaviour.TWICE,
    "P024": Behaviour.OTHER_PERIOD,
    "P023": Behaviour.EXPLAINS,
    "P022": Behaviour.NO_CASES,
}
DAYS_LATE = {"P003": 5, "P012": 12, "P020": 26}


def find_behaviour(provider: Provider) -> Behaviour:
    """Find what a provider of the sample register does in the demo period; anybody else is clean."""
    return UNUSUAL.get(provider.provider_id, Behaviour.CLEAN)
