"""The tabs about performance, in the order in which a master shows them, and what About says about them."""

from __future__ import annotations

from datetime import date

from xlkpi.catalogue import Catalogue
from xlkpi.catalogue.ladder import Ladder
from xlkpi.consolidation.result import Consolidation
from xlkpi.consolidation.series import SeriesSet, build_series
from xlkpi.core.contract_words import ContractWords
from xlkpi.core.day import long_date
from xlkpi.council import Council
from xlkpi.layout.wording import list_lengths
from xlkpi.performance.contact_book import make_contact_book
from xlkpi.performance.monitoring import CLOSER_FROM, INTENSIVE_FROM, POINTS
from xlkpi.performance.open_matters import OpenMatters
from xlkpi.performance.working_days import add_working_days
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


def list_performance_rules(as_of: date, catalogue: Catalogue, ladder: Ladder) -> tuple[tuple[str, str], ...]:
    """List what About says about these tabs: topic and text. Deadlines are counted from the master's day."""
    words = catalogue.words
    lengths = list_lengths(catalogue.scheme, (each.effective.frequency for each in catalogue.indicators.values()))
    points = ", ".join(f"{name} {count}" for name, count in POINTS.items())
    levels = {"closer": str(CLOSER_FROM), "intensive": str(INTENSIVE_FROM)}
    rules = (
        ("Direction", f"Better, Same or Worse than in the due period before (the {lengths} "
         "before, by the indicator's frequency): by RAG, then by the exact outturn. New: nothing to compare with. "
         "Earlier figures are rated under today's reading, so that like is compared with like."),
        ("Open matters", "One per provider and KPI that is Amber or Red, and one per provider for returns not sent, "
         "from all periods and the log of decisions: the same whichever period a master shows. Two Greens in due "
         "periods, the end of the contract or a decision close it. run counts the due periods since that were not "
         "Green; a return not sent counts, a period in which the KPI is not due does not."),
        ("Escalation", words.say("about escalation")),
        ("Deadlines", _describe_deadlines(as_of, words, ladder)),
        (words.say("termination"), words.say("about termination")),
        ("Year 1", words.say("about first year")),
        ("Monitoring", words.say("about monitoring", points=points, **levels)),
    )  # fmt: skip
    return tuple((topic, text) for topic, text in rules if text)


def _describe_deadlines(as_of: date, words: ContractWords, ladder: Ladder) -> str:
    """Write the days that follow from receiving something on the master's day; empty where the contract sets none."""

    def say(name: str, working_days: int) -> str:
        by = long_date(add_working_days(as_of, working_days))
        return words.say(name, received=long_date(as_of), by=by) if working_days else ""

    warning, minutes = say("about warning", ladder.warning_days), say("about minutes", words.minutes_days)
    return words.say("about deadlines", warning=warning, minutes=minutes) if warning or minutes else ""
