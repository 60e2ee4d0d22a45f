"""A whole period of a made-up county: 24 providers, their returns, and what else lies in an inbox."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

from tests.consolidation.return_builders import CATALOGUE, Q2, build_return, manifest, provider, rubbish
from xlkpi.core.lot import select_sections
from xlkpi.core.period import Period, is_due
from xlkpi.errors import Unreadable
from xlkpi.findings import Code, finding

LOTS = [("1a",), ("1a", "1b"), ("2a",), ("1a", "2a"), ("3",), ("4",), ("1a", "2a", "3", "4"), ("2b", "3"), ()]
NAMES = (
    "Willow Tree Day Services",
    "Oast House CIC",
    "Stour Valley Support",
    "Medway Bridge Trust",
    "Chalk Down Care",
    "Pilgrim’s Way Projects",
    "Hop Garden Futures",
    "White Cliffs Inclusion",
    "Marsh Lamb Co-operative",
    "Elham & Lyminge",
    "Ashdown Pathways",
    "Swale Community Links",
    "The Orchard (Faversham)",
    "Thanet Sands Opportunities",
    "Darent Works",
    "Sevenoaks Skills",
    "Weald Wellbeing",
    "North Downs Day Opportunities and Supported Employment Partnership",
    "Beult",
    "Romney Rail Café",
    "Invicta Independence",
    "Gravesham Growers",
    "Deal Harbour Arts",
    "KCC In-house Day Service",
)


def register():
    return tuple(
        provider(number, name, LOTS[number % len(LOTS)], transport=number % 4 == 0 or not LOTS[number % len(LOTS)])
        for number, name in enumerate(NAMES, start=1)
    )


def figures(who, dice):
    """Plausible figures: mostly Green, some Amber and Red, a case of nothing to count."""
    out = {}
    for section in select_sections(who, CATALOGUE.sections):
        people = dice.randrange(12, 90)
        for indicator in CATALOGUE.of_section(section.key):
            if not is_due(indicator, Q2):
                continue
            low = ">" in indicator.effective.red or indicator.code == "KPI S2"
            share = dice.choice((0, 1, 2, 4, 8, 20)) if low else dice.choice((100, 100, 100, 98, 97, 96, 90, 80))
            if not indicator.is_kpi:
                share = dice.randrange(5, 70)
            out[indicator.code] = (people * share // 100, people)
    if dice.random() < 0.3:
        out["KPI S3"] = (0, 0)
    return out


def county(seed=7):
    """The inbox, file name to return, and the register: late, missing, wrong, resubmitted, copied, rubbish."""
    dice, files = random.Random(seed), {}
    for number, who in enumerate(register(), start=1):
        sections = tuple(section.key for section in select_sections(who, CATALOGUE.sections))
        declared = date(2026, 11, 2 + number) if number in (3, 11, 17) else date(2026, 10, 5 + number % 9)
        written = ("KPI S2", "KPI I4") if number == 6 else ()
        whose = manifest(number, who.name, sections=sections, as_written=written)
        filled_return = build_return(whose, figures(who, dice), declared=declared)
        files[f"emails/{number:02d}/KPI return {who.name.replace('/', ' ')}.xlsx"] = filled_return
    names = list(files)
    del files[names[12]]
    wrong = files[names[8]]
    broken = {e.code: (e.x, e.y) for e in wrong.entries if e.due} | {"KPI S1": (60, 50), "KPI S3": (4, None)}
    over = {"code": "KPI S1", "x": "60", "y": "50", "x_at": "F6", "y_at": "G6"}
    empty = {"code": "KPI S3", "which": "y", "at": "G8", "counted": "total number of complaints received"}
    large = {"code": "KPI S2", "y": "120000", "at": "G7", "comment_at": "L7"}
    findings = (
        finding(Code.X_OVER_Y, over, indicator="KPI S1", sheet="All lots", cell="F6"),
        finding(Code.COUNT_EMPTY, empty, indicator="KPI S3", sheet="All lots", cell="G8"),
        finding(Code.LARGE, large, indicator="KPI S2", sheet="All lots", cell="G7"),
    )
    files[names[8]] = build_return(wrong.manifest, broken, findings=findings)
    files["FINAL v2 (really).xlsx"] = replace(files[names[4]], sha256="f" * 64, saved_at="2026-10-20T08:00:00Z")
    files["emails/05/copy of return.xlsx"] = files[names[4]]
    files["emails/forwarded.xlsx"] = files[names[1]]
    files["old/Q4.xlsx"] = build_return(manifest(2, NAMES[1], period=Period(2025, 4)), {})
    files["emails/14/~$KPI return.xlsx"] = rubbish("~$KPI return.xlsx", Unreadable.LOCK_FILE)
    files["emails/15/Cover letter.pdf"] = rubbish("Cover letter.pdf", Unreadable.PDF)
    files["emails/16/return locked.xlsx"] = rubbish("return locked.xlsx", Unreadable.PASSWORD)
    files[".DS_Store"] = rubbish(".DS_Store", Unreadable.NOT_A_WORKBOOK)
    files["emails/new/return.xlsx"] = build_return(manifest(99, "Newcomer Ltd"), {"KPI S1": (1, 40), "KPI S2": (0, 9)})
    return files, register()
