"""Real returns for the judges: whose they are, what goes into them, and how they are built."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from tests.judge.schedule_text import schedule
from xlkpi import assess, load_catalogue
from xlkpi.core.lot import Contact, Provider
from xlkpi.core.period import Period
from xlkpi.core.period_text import parse_period
from xlkpi.core.vocabulary import Rag
from xlkpi.layout.addresses import ReturnKey
from xlkpi.layout.plan import BLANK, Filled, make_return_key, plan_return
from xlkpi.layout.plan_model import ReturnPlan
from xlkpi.layout.provider_texts import LastFigures, Sender, make_provider_texts
from xlkpi.writing.returns.template import Template, template_of
from xlkpi.writing.returns.write_return import write_return

CODES: tuple[str, ...] = tuple(load_catalogue().indicators)
JUDGED: tuple[str, ...] = tuple(code for code in CODES if code in schedule())
"""Those that stand in the contract's text, by which the oracle judges; tests/catalogue asks that all do."""

EVERYTHING = Provider(
    "P-001",
    "Alpha & Daughters <Kent> Ltd",
    "SME",
    ("1a", "2b", "3", "4"),
    transport=True,
    contract_ref="SC/18/031",
    contacts=(
        Contact("Ann Example", "Manager", "ann@alpha.example", "01622 000001"),
        Contact("Bo “Bee” Example", "Deputy manager of all services in East Kent", "bo@alpha.example", "01622 000002"),
    ),
)
ANOTHER = Provider("P-002", "Zephyr Trust", "voluntary or community", ("1b",), contract_ref="SC/18/077")
SENDER = Sender(
    (
        Contact("Cas Officer", "Commissioning Officer", "cas@kent.example", "03000 000003"),
        Contact(position="Head of Strategic Commissioning, Adult Community Support"),
    ),
    "adult.commissioning.performance.returns@kent.example",
    date(2027, 4, 30),
)


@dataclass(frozen=True)
class Typed:
    """What a provider types for one indicator; `plan` is action, outcomes and timescale."""

    x: int
    y: int
    comment: str = ""
    plan: tuple[str, str, str] | None = None


LATE_PLAN = ("The manager does exit interviews", "One leaver at most", "30 June 2027")
LATE_LEAVERS = Typed(3, 10, "Two people moved away.", LATE_PLAN)
_BY_HAND: Mapping[str, Typed] = {
    "KPI S1": Typed(2, 40),
    "KPI S2": Typed(0, 120),
    "KPI S3": Typed(0, 0),
    "KPI S4a": Typed(48, 50),
    "KPI S4b": Typed(45, 50),
    "KPI S4c": Typed(48, 50, "Two people asked for quieter rooms."),
    "KPI S5": Typed(12, 12),
    "KPI S6": Typed(12, 12),
    "INFO W1": Typed(30, 50),
    "INFO W2": Typed(20, 50),
    "INFO W3": Typed(5, 50),
    "KPI W1": Typed(10, 10),
    "KPI W2": Typed(48, 50),
    "INFO I1": Typed(25, 60),
    "INFO I2": Typed(35, 60),
    "INFO I3": Typed(10, 60),
    "KPI I1": Typed(59, 60),
    "KPI I2": Typed(54, 60, "Six reviews fell into April."),
    "KPI I3": Typed(9, 12, "Three left early."),
    "KPI I4": Typed(3, 12, "Three moved house."),
    "INFO E1": Typed(10, 30),
    "INFO E2": Typed(20, 30),
    "KPI E1": Typed(10, 10),
    "KPI E2": LATE_LEAVERS,
    "KPI E3": Typed(20, 20),
    "KPI E4": Typed(9, 12, "Fewer employers than planned."),
    "INFO A1": Typed(15, 40),
    "INFO A2": Typed(25, 40),
    "INFO A3a": Typed(10, 40),
    "INFO A3b": Typed(20, 40),
    "INFO A3c": Typed(10, 40),
    "INFO A4": Typed(5, 40),
    "KPI A1": Typed(40, 40),
    "KPI A2": Typed(39, 40),
    "INFO T1": Typed(10, 25),
    "INFO T2": Typed(15, 25),
    "KPI T1": Typed(25, 25),
}
SOUND: Mapping[str, Typed] = {
    code: _BY_HAND.get(code) or Typed(0 if assess(code, 40, 40).rag is Rag.RED else 40, 40) for code in CODES
}
"""A whole Q4 return filled in as the sheet Help says: green, amber with its reason, red with its plan, no cases."""

DECLARED_BY, DECLARED_ON = "Ann Example", date(2027, 4, 12)


def period_of(text: str) -> Period:
    """A period by its text."""
    period = parse_period(text)
    assert period, text
    return period


def last_figures(previous: Mapping[str, tuple[int, int]]) -> dict[str, LastFigures]:
    """Earlier x and y by code as a return shows them."""
    return {
        code: LastFigures("2025-26 Q4", x, y, x / y if y else None, "Information") for code, (x, y) in previous.items()
    }


def plan_of(
    provider: Provider,
    period: str,
    *,
    as_written: Sequence[str] = (),
    previous: Mapping[str, tuple[int, int]] | None = None,
    edition: str = "native",
    filled: Filled = BLANK,
) -> ReturnPlan:
    """The plan of one provider's return."""
    return plan_return(
        load_catalogue(),
        provider,
        period_of(period),
        sender=SENDER,
        previous=last_figures(previous or {}),
        as_written=tuple(as_written),
        edition=edition,
        filled=filled,
    )


def scratch(provider: Provider, period: str, **options: Any) -> bytes:
    """The workbook built from scratch."""
    return write_return(plan_of(provider, period, **options))


def stamped(
    provider: Provider,
    period: str,
    *,
    as_written: Sequence[str] = (),
    previous: Mapping[str, tuple[int, int]] | None = None,
    edition: str = "native",
) -> bytes:
    """The workbook stamped from the template of its key, as `xlkpi build` makes it."""
    catalogue = load_catalogue()
    key = make_return_key(catalogue, provider, period_of(period), tuple(as_written), edition)
    facts = make_provider_texts(catalogue, key, provider, SENDER, last_figures(previous or {}))
    return _template(key).stamp(facts)


@cache
def _template(key: ReturnKey) -> Template:
    return template_of(load_catalogue(), key)


def saved(path: Path, data: bytes) -> Path:
    """The bytes as a file."""
    path.write_bytes(data)
    return path


def slug(code: str) -> str:
    """How an indicator's defined names begin."""
    return code.replace(" ", "_")
