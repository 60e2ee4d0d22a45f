"""The tabs about performance, in the order in which a master shows them, and what About says about them."""

from __future__ import annotations

from datetime import date

from xlkpi.catalogue import Catalogue
from xlkpi.consolidation.result import Consolidation
from xlkpi.consolidation.series import SeriesSet, build_series
from xlkpi.core.day import long_date
from xlkpi.council import Council
from xlkpi.layout.wording import list_lengths
from xlkpi.performance.contacts import make_contact_book
from xlkpi.performance.contract_quotes import INDICATIVE, RISK_BASED, TERMINATION
from xlkpi.performance.monitoring import CLOSER_FROM, INTENSIVE_FROM, POINTS
from xlkpi.performance.open_matters import OpenMatters
from xlkpi.performance.working_days import find_contract_deadlines
from xlkpi.sheets.master.action_plans import plan_action_plans
from xlkpi.sheets.master.escalation import plan_escalation
from xlkpi.sheets.master.monitoring import plan_monitoring
from xlkpi.sheets.master.open_matters import plan_open_matters
from xlkpi.sheets.master.source_links import SourceLinks
from xlkpi.sheets.master.trend_charts import plan_trend_charts
from xlkpi.sheets.master.trends import plan_trends
from xlkpi.writing.workbook import Sheet


def plan_performance_tabs(
    result: Consolidation,
    council: Council,
    matters: OpenMatters,
    series: SeriesSet | None = None,
    *,
    inbox: str | None = None,
) -> tuple[Sheet, ...]:
    """Plan Open matters, Action plans, Escalation, Monitoring, Trends and Trend charts of one consolidation; pure.

    ``matters`` are those of `derive_open_matters`; nothing here works out what is open. ``inbox`` is the path from the
    master's folder to the inbox with ``/``, None where no links to files are wanted. ``series`` are those of
    `build_series`, if they are known already.
    """
    catalogue = council.terms.in_force(result.period)
    series = build_series(result, council.terms) if series is None else series
    return (
        plan_open_matters(matters),
        plan_action_plans(result, catalogue, matters, SourceLinks(inbox)),
        plan_escalation(matters, make_contact_book(council)),
        plan_monitoring(result, matters, council.terms.words),
        plan_trends(result, catalogue, series),
        plan_trend_charts(result, catalogue, series),
    )


def list_performance_rules(as_of: date, catalogue: Catalogue) -> tuple[tuple[str, str], ...]:
    """List what About says about these tabs: topic and text.

    Deadlines are counted from the master's day.
    """
    lengths = list_lengths(catalogue.scheme, (each.effective.frequency for each in catalogue.indicators.values()))
    points = ", ".join(f"{name} {count}" for name, count in POINTS.items())
    deadlines = find_contract_deadlines(as_of)
    return (
        ("Direction", f"Better, Same or Worse than in the due period before (the {lengths} "
         "before, by the indicator's frequency): by RAG, then by the exact outturn. New: nothing to compare with. "
         "Earlier figures are rated under today's reading, so that like is compared with like."),
        ("Open matters", "One per provider and KPI that is Amber or Red, and one per provider for returns not sent, "
         "from all periods and the log of decisions: the same whichever period a master shows. Two Greens in due "
         "periods, the end of the contract or a decision close it. run counts the due periods since that were not "
         "Green; a return not sent counts, a period in which the KPI is not due does not."),
        ("Escalation", "Amber: reasons, and a plan if proportionate; it never leads to a formal warning by itself. "
         "Red: reasons and an action plan. A second Red in a row, a plan overdue, re-dated twice, failed or never "
         "given, or two returns in a row not sent: a formal warning to be considered (11.0), one per provider. The "
         "sheet lists what the Schedule provides for; an officer decides."),
        ("Deadlines", "Working days in England, bank holidays left out. If a formal warning is received on "
         f"{long_date(as_of)}, its plan must be agreed by {long_date(deadlines.warning_plan_by)} (11.3). Minutes "
         "received that day count as agreed if there is no answer by "
         f"{long_date(deadlines.minutes_agreed_by)} (9.0)."),
        ("Clause 48", f"“{TERMINATION}” (5.0) Escalation names it only where the failure is continuous and an agreed "
         "action plan has failed. The Council decides whether it applies."),
        ("Year 1", f"“{INDICATIVE}” (8.0) Escalation says so where the register gives the start of the contract."),
        ("Monitoring", f"“{RISK_BASED}” (9.0) Points: {points}. Closer from {CLOSER_FROM} points, intensive from "
         f"{INTENSIVE_FROM}. It is a proposal, made from these counts alone."),
    )  # fmt: skip
