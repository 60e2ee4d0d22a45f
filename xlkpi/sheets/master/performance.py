"""All sheets on performance at once, in the order in which a master shows them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from xlkpi.catalogue import Catalogue
from xlkpi.consolidation.result import Consolidation
from xlkpi.consolidation.series import SeriesSet, build_series
from xlkpi.core.day import long_date
from xlkpi.core.lot import Contact, Provider
from xlkpi.performance.contacts import ContactBook
from xlkpi.performance.contract_quotes import INDICATIVE, MINUTES_DAYS, RISK_BASED, TERMINATION, WARNING_DAYS
from xlkpi.performance.missed_target import find_missed_targets
from xlkpi.performance.monitoring import CLOSER_FROM, INTENSIVE_FROM, POINTS
from xlkpi.performance.working_days import add_working_days
from xlkpi.sheets.master.action_plans import plan_action_plans
from xlkpi.sheets.master.escalation import plan_escalation
from xlkpi.sheets.master.monitoring import plan_monitoring
from xlkpi.sheets.master.source_links import SourceLinks
from xlkpi.sheets.master.trend_charts import plan_trend_charts
from xlkpi.sheets.master.trends import plan_trends
from xlkpi.writing.workbook import Sheet


def plan_performance_sheets(
    result: Consolidation,
    catalogue: Catalogue,
    paths: SeriesSet | None = None,
    *,
    register: Iterable[Provider] = (),
    council: Iterable[Contact] = (),
    inbox: str | None = None,
) -> tuple[Sheet, ...]:
    """Action plans, Escalation, Monitoring, Trends and Trend charts of one consolidation; pure.

    ``register`` gives contacts and the contracts' first years, ``council`` the Council's points of contact in order.
    ``inbox`` is the way from the master's folder to the inbox with ``/``, None where no links to files are wanted.
    ``paths`` are those of `build_series`, where they are known already.
    """
    paths = build_series(result, catalogue) if paths is None else paths
    cases = tuple(find_missed_targets(result, paths))
    people = ContactBook({one.provider_id: one for one in register}, tuple(council))
    return (
        plan_action_plans(result, catalogue, paths, SourceLinks(inbox)),
        plan_escalation(result, catalogue, people, cases),
        plan_monitoring(result, catalogue, cases),
        plan_trends(result, catalogue, paths),
        plan_trend_charts(result, catalogue, paths),
    )


def list_performance_rules(as_of: date) -> tuple[tuple[str, str], ...]:
    """What About says of these sheets: a topic and its text each. Deadlines are counted from the master's day."""
    points = ", ".join(f"{name} {count}" for name, count in POINTS.items())
    today = long_date(as_of)
    warned = long_date(add_working_days(as_of, WARNING_DAYS))
    minutes = long_date(add_working_days(as_of, MINUTES_DAYS))
    return (
        ("Direction", "Better, Same or Worse than in the due period before (the quarter, half-year or year before, by "
         "the indicator's frequency): by RAG, then by the exact outturn. New: nothing to compare with. Earlier figures "
         "are rated under today's reading, so that like is compared with like."),
        ("Escalation", "Amber: reasons, and a plan if proportionate. Red: an action plan. Red after Amber or Red, "
         "Amber after Amber in the due period before, or Red after an action plan: a formal warning to consider "
         "(11.0). It lists what the Schedule provides for; an officer decides."),
        ("Deadlines", f"Working days of England, without bank holidays. A formal warning received on {today}: its "
         f"plan is to be agreed by {warned} (11.3). Minutes received then count as agreed without an answer by "
         f"{minutes} (9.0)."),
        ("Clause 48", f"“{TERMINATION}” (5.0) Escalation names it where a KPI was Red in two due periods running "
         "although an action plan had been returned. Whether it applies is for the Council to decide."),
        ("Year 1", f"“{INDICATIVE}” (8.0) Escalation says so where the register knows when the contract began."),
        ("Monitoring", f"“{RISK_BASED}” (9.0) Points: {points}. From {CLOSER_FROM} points closer, from "
         f"{INTENSIVE_FROM} intensive. A proposal from these counts alone."),
    )  # fmt: skip
