"""The tabs about performance, in the order in which a master shows them, and what About says about them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from xlkpi.catalogue import Catalogue
from xlkpi.consolidation.result import Consolidation
from xlkpi.consolidation.series import SeriesSet, build_series
from xlkpi.core.day import long_date
from xlkpi.core.lot import Contact, Provider
from xlkpi.performance.contacts import ContactBook
from xlkpi.performance.contract_quotes import INDICATIVE, RISK_BASED, TERMINATION
from xlkpi.performance.missed_target import find_missed_targets
from xlkpi.performance.monitoring import CLOSER_FROM, INTENSIVE_FROM, POINTS
from xlkpi.performance.working_days import find_contract_deadlines
from xlkpi.sheets.master.action_plans import plan_action_plans
from xlkpi.sheets.master.escalation import plan_escalation
from xlkpi.sheets.master.monitoring import plan_monitoring
from xlkpi.sheets.master.source_links import SourceLinks
from xlkpi.sheets.master.trend_charts import plan_trend_charts
from xlkpi.sheets.master.trends import plan_trends
from xlkpi.writing.workbook import Sheet


def plan_performance_tabs(
    result: Consolidation,
    catalogue: Catalogue,
    series: SeriesSet | None = None,
    *,
    register: Iterable[Provider] = (),
    council: Iterable[Contact] = (),
    inbox: str | None = None,
) -> tuple[Sheet, ...]:
    """Plan Action plans, Escalation, Monitoring, Trends and Trend charts of one consolidation; pure.

    ``register`` gives contacts and the contracts' first years, ``council`` the Council's points of contact in order.
    ``inbox`` is the path from the master's folder to the inbox with ``/``, None where no links to files are wanted.
    ``series`` are those of `build_series`, if they are known already.
    """
    series = build_series(result, catalogue) if series is None else series
    targets = tuple(find_missed_targets(result, series))
    contacts = ContactBook({provider.provider_id: provider for provider in register}, tuple(council))
    return (
        plan_action_plans(result, catalogue, series, SourceLinks(inbox)),
        plan_escalation(result, catalogue, contacts, targets),
        plan_monitoring(result, targets),
        plan_trends(result, catalogue, series),
        plan_trend_charts(result, catalogue, series),
    )


def list_performance_rules(as_of: date) -> tuple[tuple[str, str], ...]:
    """List what About says about these tabs: topic and text. Deadlines are counted from the master's day."""
    points = ", ".join(f"{name} {count}" for name, count in POINTS.items())
    deadlines = find_contract_deadlines(as_of)
    return (
        ("Direction", "Better, Same or Worse than in the due period before (the quarter, half-year or year "
         "before, by the indicator's frequency): by RAG, then by the exact outturn. New: nothing to compare with. "
         "Earlier figures are rated under today's reading, so that like is compared with like."),
        ("Escalation", "Amber: reasons, and a plan if proportionate. Red: an action plan. Red after Amber or Red, "
         "Amber after Amber in the due period before, or Red after an action plan: a formal warning to consider "
         "(11.0). The sheet lists what the Schedule provides for; an officer decides."),
        ("Deadlines", "Working days in England, bank holidays left out. If a formal warning is received on "
         f"{long_date(as_of)}, its plan must be agreed by {long_date(deadlines.warning_plan_by)} (11.3). Minutes "
         "received that day count as agreed if there is no answer by "
         f"{long_date(deadlines.minutes_agreed_by)} (9.0)."),
        ("Clause 48", f"“{TERMINATION}” (5.0) Escalation names it where a KPI was Red in two consecutive due periods "
         "although an action plan had been returned. The Council decides whether it applies."),
        ("Year 1", f"“{INDICATIVE}” (8.0) Escalation says so where the register gives the start of the contract."),
        ("Monitoring", f"“{RISK_BASED}” (9.0) Points: {points}. Closer from {CLOSER_FROM} points, intensive from "
         f"{INTENSIVE_FROM}. It is a proposal, made from these counts alone."),
    )  # fmt: skip
