"""A made-up framework over three years: one provider per story, what each sends, decides and is decided about.

``expected`` is written by hand from contract.md: a word for each of the twelve quarters, as it is on the sixtieth day
after the quarter. `WHY` says what each word means: the step proposed, the paragraph it rests on, and the ground.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache

from tests.consolidation.return_builders import CATALOGUE, provider
from tests.performance.matters_sample import decided, plan, send
from xlkpi.core.period import Period, is_due

QUARTERS = tuple(Period(2026, 1).back(-steps) for steps in range(12))
FIGURES = {"R": (80, 100), "A": (90, 100), "G": (100, 100), "r": (3, 4), "g": (4, 4)}
REASON = "Two carers left."
EMPLOYMENT = ("all", "employment")
FAR = "31 March 2030"


@dataclass(frozen=True)
class Proposal:
    """A step as the Schedule has it: why, by which paragraph, which point of contact, which letter and which task."""

    step: str
    paragraph: str
    ground: str
    contact: int
    letter: str
    task: str


CLOSED, OPEN = "-", "o"
"""Nothing is open; or something is, without a step: Green once since."""
WHY = {
    "A": Proposal("Reasons given: plan if proportionate", "5.0", "Amber, with a reason", 1,
                  "reasons for missing a target", ""),
    "N": Proposal("Reasons and action plan", "3.0, 5.0", "A Red asks for an action plan", 1, "action plan",
                  "plan to agree"),
    "P": Proposal("Action plan to be agreed", "5.0", "An action plan was returned", 1, "action plan", "plan to agree"),
    "G": Proposal("Progress of the action plan", "5.0", "An action plan is agreed", 1, "progress of the action plan",
                  "plan running"),
    "R1": Proposal("Return outstanding", "6.2, 13.0", "A return was not sent", 1, "return outstanding", ""),
    "NS": Proposal("Formal warning to consider", "6.2, 11.0", "Two returns in a row were not sent", 2,
                   "formal warning", "step to consider"),
    "RR": Proposal("Formal warning to consider", "11.0", "Red in two due periods in a row", 2, "formal warning",
                   "step to consider"),
    "PF": Proposal("Formal warning to consider", "11.0", "The action plan has failed", 2, "formal warning",
                   "step to consider"),
    "P2": Proposal("Formal warning to consider", "11.0", "Red, and the action plan was re-dated twice", 2,
                   "formal warning", "step to consider"),
    "I": Proposal("Intensive intervention to consider", "9.0",
                  "Still failing at the next due period after a formal warning", 3, "intensive intervention",
                  "step to consider"),
    "C": Proposal("Clause 48 to consider", "5.0",
                  "Still Red after a formal warning, and an agreed action plan has failed", 3, "", "step to consider"),
}  # fmt: skip


def day(quarter: int, days: int) -> date:
    """So many days after the end of a quarter, counted from 1."""
    return QUARTERS[quarter - 1].end + timedelta(days=days)


@dataclass(frozen=True)
class Story:
    """One provider: a letter per quarter (``.`` for no return), the timescales of its plans, and the decisions."""

    name: str
    figures: str
    expected: str
    indicator: str = "KPI E3"
    timescales: dict[int, str] = field(default_factory=dict)
    decisions: tuple[tuple[str, int, int, str], ...] = ()
    contract: dict[str, date] = field(default_factory=dict)
    lots_from: int = 99
    """The quarter from which it has lot 1a, of which nothing is due in Q1 and Q3."""
    to_fix: dict[int, int] = field(default_factory=dict)
    """How much a quarter's return lacks: the reasons and the plan that a Red asks for."""
    ends_soon: tuple[int, ...] = ()
    """The quarters after which the contract ends within half a year."""

    def word(self, quarter: int) -> str:
        """What is open after a quarter, counted from 1."""
        return self.expected.split()[quarter - 1]

    @property
    def opened(self) -> Period:
        """The quarter that opened its matter."""
        return QUARTERS[next(n for n, word in enumerate(self.expected.split()) if word != CLOSED)]


STORIES = (
    Story("recovers", "GRRAGGGGGGGG", "- P RR G o - - - - - - -",
          decisions=(("warning sent", 3, 62, ""), ("plan agreed", 3, 70, "")), timescales={2: FAR, 3: FAR, 4: FAR}),
    Story("declines", "GARRRRRRRRRR", "- A P RR I I I I I I I I",
          decisions=(("warning sent", 4, 62, ""),), timescales={3: FAR}),
    Story("is always Amber", "AAAAAAAAAAAA", "A A A A A A A A A A A A"),
    Story("has small numbers", "ggrggggggggg", "- - P o - - - - - - - -", timescales={3: FAR}),
    Story("never returns", "............", "R1 NS NS NS NS NS NS NS NS NS NS NS", indicator=""),
    Story("returns every other time", "G.G.G.G.G.G.", "- R1 R1 R1 R1 R1 R1 R1 R1 R1 R1 R1", indicator=""),
    Story("disputes everything", "GGGGGGGGGGGG", "- N N RR RR o o - - - - -", indicator="KPI S2",
          decisions=(("agree figures", 2, 40, "x=6; y=20"), ("agree figures", 4, 40, "x=6; y=20")),
          to_fix={2: 2, 4: 2}),
    Story("changes lots", "GRRR.G.G.G.G", "- P RR RR - - - - - - - -", timescales={2: FAR}, lots_from=5),
    Story("starts late", "....GGGGGGGG", "- - - R1 R1 - - - - - - -", indicator="",
          contract={"contract_start": date(2027, 1, 1)}),
    Story("ends early", "GRRR........", "- P RR - - - - - - - - -", timescales={2: FAR},
          contract={"contract_end": date(2027, 3, 31)}, to_fix={4: 1}, ends_soon=(2, 3)),
    Story("is extended", "GRRRRRRR....", "- P RR RR RR RR RR - - - - -", timescales={2: FAR},
          contract={"contract_end": date(2027, 3, 31), "extended_to": date(2028, 3, 31)}, to_fix={8: 1},
          ends_soon=(6, 7)),
    Story("has a plan that fails", "GRARRRRRRRRR", "- P PF I C C C C C C C C", timescales={2: FAR},
          decisions=(("plan agreed", 2, 70, ""), ("plan failed", 3, 30, ""), ("warning sent", 3, 65, ""),
                     ("plan agreed", 3, 70, "")), to_fix=dict.fromkeys(range(4, 13), 1)),
    Story("re-dates its plan", "GRARRRRRRRRR", "- P P P2 RR RR RR RR RR RR RR RR",
          timescales={2: "31 January 2027", 3: "30 June 2027", 4: "31 December 2029"}),
    Story("resubmits after a lock", "GRGGGGGGGGGG", "- P o - - - - - - - - -", timescales={2: FAR},
          decisions=(("lock", 2, 45, ""),)),
    Story("recovers over half-years", "GRGAGGGGGGGG", "- P G G G o o - - - - -", indicator="KPI S3",
          timescales={2: FAR}, decisions=(("plan agreed", 3, 30, ""),)),
)  # fmt: skip
LOCKED_OUT = next(number for number, story in enumerate(STORIES, start=1) if story.name == "resubmits after a lock")


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
        figures = {code: (0, 20) if code == "KPI S2" else (*FIGURES[letter], REASON)}
        if not is_due(CATALOGUE.indicators[code], period):
            figures = {}
        plans = {code: plan(story.timescales[quarter])} if quarter in story.timescales else {}
        sections = ("all", "wellbeing") if quarter >= story.lots_from else EMPLOYMENT
        returns.append(_due(send(number, period, figures, plans, sections=sections)))
    if quarter == 2:
        late = send(LOCKED_OUT, period, {"KPI E3": (100, 100)}, sections=EMPLOYMENT, declared=day(2, 55))
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
