"""A made-up framework over three years: one provider per story, what each sends, decides and is decided about.

``expected`` is written by hand from contract.md: for each of the twelve quarters the step that is proposed for the
story's subject on the sixtieth day after the quarter, ``open`` where it is open without a step, ``-`` where nothing is.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache

from tests.consolidation.return_builders import provider
from tests.performance.matters_sample import decided, plan, send
from xlkpi.core.period import Period

QUARTERS = tuple(Period(2026, 1).back(-steps) for steps in range(12))
FIGURES = {"R": (80, 100), "A": (90, 100), "G": (100, 100), "r": (3, 4), "g": (4, 4)}
EMPLOYMENT = ("all", "employment")
FAR = "31 March 2030"
PLAN, WARNING = "Action plan to be agreed", "Formal warning to consider"
INTERVENTION, CLAUSE_48 = "Intensive intervention to consider", "Clause 48 to consider"
PROGRESS, REASONS = "Progress of the action plan", "Reasons given: plan if proportionate"
ASKED, OUTSTANDING = "Reasons and action plan", "Return outstanding"


def day(quarter: int, days: int) -> date:
    """So many days after the end of a quarter, counted from 1."""
    return QUARTERS[quarter - 1].end + timedelta(days=days)


@dataclass(frozen=True)
class Story:
    """One provider: a letter per quarter (``.`` for no return), the timescales of its plans, and the decisions."""

    name: str
    figures: str
    expected: tuple[str, ...]
    indicator: str = "KPI E3"
    timescales: dict[int, str] = field(default_factory=dict)
    decisions: tuple[tuple[str, int, int, str], ...] = ()
    contract: dict[str, date] = field(default_factory=dict)
    lots_from: int = 99


STORIES = (
    Story("recovers", "GRRAGGGGGGGG", ("-", PLAN, WARNING, PROGRESS, "open", *["-"] * 7),
          decisions=(("warning sent", 3, 62, ""), ("plan agreed", 3, 70, "")), timescales={2: FAR, 3: FAR, 4: FAR}),
    Story("declines", "GARRRRRRRRRR", ("-", REASONS, PLAN, WARNING, *[INTERVENTION] * 8),
          decisions=(("warning sent", 4, 62, ""),), timescales={3: FAR}),
    Story("always Amber", "AAAAAAAAAAAA", (REASONS,) * 12),
    Story("small numbers", "ggrggggggggg", ("-", "-", PLAN, "open", *["-"] * 8), timescales={3: FAR}),
    Story("never returns", "............", (OUTSTANDING, *[WARNING] * 11), indicator=""),
    Story("returns every other time", "G.G.G.G.G.G.", ("-", *[OUTSTANDING] * 11), indicator=""),
    Story("disputes everything", "GGGGGGGGGGGG", ("-", ASKED, ASKED, WARNING, WARNING, "open", "open", *["-"] * 5),
          indicator="KPI S2",
          decisions=(("agree figures", 2, 40, "x=6; y=20"), ("agree figures", 4, 40, "x=6; y=20"))),
    Story("changes lots", "GRRRGGGGGGGG", ("-", PLAN, WARNING, WARNING, *["-"] * 8), timescales={2: FAR}, lots_from=5),
    Story("starts late", "....GGGGGGGG", ("-", "-", "-", OUTSTANDING, OUTSTANDING, *["-"] * 7), indicator="",
          contract={"contract_start": date(2027, 1, 1)}),
    Story("ends early", "GRRR........", ("-", PLAN, WARNING, *["-"] * 9), timescales={2: FAR},
          contract={"contract_end": date(2027, 3, 31)}),
    Story("is extended", "GRRRRRRR....", ("-", PLAN, *[WARNING] * 5, *["-"] * 5), timescales={2: FAR},
          contract={"contract_end": date(2027, 3, 31), "extended_to": date(2028, 3, 31)}),
    Story("plan fails", "GRARRRRRRRRR", ("-", PLAN, WARNING, INTERVENTION, *[CLAUSE_48] * 8), timescales={2: FAR},
          decisions=(("plan agreed", 2, 70, ""), ("plan failed", 3, 30, ""), ("warning sent", 3, 65, ""),
                     ("plan agreed", 3, 70, ""))),
    Story("plan re-dated", "GRARRRRRRRRR", ("-", PLAN, PLAN, *[WARNING] * 9),
          timescales={2: "31 January 2027", 3: "30 June 2027", 4: "31 December 2029"}),
    Story("resubmits after a lock", "GRGGGGGGGGGG", ("-", PLAN, "open", *["-"] * 9), timescales={2: FAR},
          decisions=(("lock", 2, 45, ""),)),
)  # fmt: skip


def register_of(quarter: int) -> list:
    """The register as it was sixty days after a quarter."""
    entries = []
    for number, story in enumerate(STORIES, start=1):
        lots = ("1a",) if quarter >= story.lots_from else ("3",)
        entries.append(provider(number, f"The one that {story.name}", lots=lots, **story.contract))
    return entries


@cache
def returns_of(quarter: int) -> tuple:
    """Every return of a quarter."""
    period, returns = QUARTERS[quarter - 1], []
    for number, story in enumerate(STORIES, start=1):
        letter = story.figures[quarter - 1]
        if letter == ".":
            continue
        code = story.indicator or "KPI E3"
        figures = {code: (0, 20) if code == "KPI S2" else (*FIGURES[letter], "Two carers left.")}
        plans = {code: plan(story.timescales[quarter])} if quarter in story.timescales else {}
        sections = ("all", "wellbeing") if quarter >= story.lots_from else EMPLOYMENT
        returns.append(_due(send(number, period, figures, plans, sections=sections)))
    if quarter == 2:
        late = send(len(STORIES), period, {"KPI E3": (100, 100)}, sections=EMPLOYMENT, declared=day(2, 55))
        returns.append(replace(_due(late), saved_at=f"{day(2, 55).isoformat()}T09:00:00Z"))
    return tuple(returns)


def _due(checked):
    """A return that was due four weeks after its period."""
    send_by = checked.manifest.period.end + timedelta(days=28)
    return replace(checked, manifest=replace(checked.manifest, send_by=send_by))


def decisions_until(last: date) -> list:
    """What was decided until a day, in order."""
    log = []
    for number, story in enumerate(STORIES, start=1):
        for kind, quarter, days, value in story.decisions:
            about = {"indicator": "" if kind == "lock" else story.indicator, "number": number, "value": value}
            if kind in ("agree figures", "lock"):
                about["period"] = QUARTERS[quarter - 1]
            if kind == "warning sent":
                about["value"] = day(quarter, days).isoformat()
            log.append(decided(kind, day(quarter, days), **about))
    return sorted((each for each in log if each.decided_on <= last), key=lambda each: each.decided_on)
