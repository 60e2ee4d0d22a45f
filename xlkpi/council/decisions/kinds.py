"""The kinds of decision that officers record, and what each needs."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from xlkpi.core.near_text import suggest


class DecisionKind(Enum):
    """What was decided, in the words of the log."""

    USE = "use"
    SET_ASIDE = "set aside"
    RECEIVED_ON = "received on"
    LOCK = "lock"
    REOPEN = "reopen"
    AGREE_FIGURES = "agree figures"
    PLAN_AGREED = "plan agreed"
    PLAN_DELIVERED = "plan delivered"
    PLAN_FAILED = "plan failed"
    PLAN_NOT_PROPORTIONATE = "plan not proportionate"
    WARNING_SENT = "warning sent"
    STEP_DECLINED = "step declined"
    MINUTES_SENT = "minutes sent"
    MINUTES_AGREED = "minutes agreed"
    CONTACTS_ACCEPTED = "contacts accepted"
    CLOSE = "close"


ABOUT_FILES = frozenset((DecisionKind.USE, DecisionKind.SET_ASIDE, DecisionKind.RECEIVED_ON))
"""Decisions about a file of the inbox; that of the first two is about its content, where its sha256 is given."""

WITH_A_DAY = frozenset((DecisionKind.RECEIVED_ON, DecisionKind.WARNING_SENT))
"""Decisions whose value is a day."""

_OF_A_PLAN = ("provider_id", "indicator")
NEEDED: Mapping[DecisionKind, tuple[str, ...]] = {
    DecisionKind.USE: ("file",),
    DecisionKind.SET_ASIDE: ("file",),
    DecisionKind.RECEIVED_ON: ("file", "value"),
    DecisionKind.LOCK: ("period",),
    DecisionKind.REOPEN: ("period",),
    DecisionKind.AGREE_FIGURES: ("provider_id", "period", "indicator", "value"),
    DecisionKind.PLAN_AGREED: _OF_A_PLAN,
    DecisionKind.PLAN_DELIVERED: _OF_A_PLAN,
    DecisionKind.PLAN_FAILED: _OF_A_PLAN,
    DecisionKind.PLAN_NOT_PROPORTIONATE: _OF_A_PLAN,
    DecisionKind.WARNING_SENT: ("provider_id", "value"),
    DecisionKind.STEP_DECLINED: ("provider_id",),
    DecisionKind.MINUTES_SENT: (),
    DecisionKind.MINUTES_AGREED: (),
    DecisionKind.CONTACTS_ACCEPTED: ("provider_id",),
    DecisionKind.CLOSE: ("provider_id",),
}
"""The columns that a decision of each kind cannot do without, besides who decided, when and why."""

_WORDS = {kind.value: kind for kind in DecisionKind}


def parse_kind(text: str) -> DecisionKind | None:
    """Read the kind of a decision in any case, with spaces, hyphens or underscores; None where it is none of them."""
    return _WORDS.get(_plain(text))


def advise_kind(text: str) -> str:
    """Say what to write instead of a word that is not a kind of decision: the nearest, or all of them."""
    return suggest(_plain(text), _WORDS)


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("-", " ").replace("_", " ").split())
