"""Prints what core, catalogue, layout and the functions make of a table of cases: every Python must print the same.

Run as a program by old and new Pythons (test_everywhere.py), so: standard library, Python 3.9 syntax, xlkpi only.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from xlkpi import assess, load_catalogue
from xlkpi.core.checks import ActionPlanEntry, Entry
from xlkpi.core.gap import gap_to_green
from xlkpi.core.lot import Provider
from xlkpi.core.period import Period, is_due
from xlkpi.core.period_text import parse_period
from xlkpi.core.vocabulary import Reading
from xlkpi.hosts.functions import FUNCTIONS
from xlkpi.layout.cover.rows import Declaration
from xlkpi.layout.plan import Filled, plan_return

CONTENTS = (None, "", "\xa0", 0, 1, 5, 9.0, 10, 84, 85, 95, 96, 99, 100, 10**30, 0.5, -1, True, "12 visits", "#N/A")
ALL = [(x, y) for x in CONTENTS for y in CONTENTS]
SOME = [(x, CONTENTS[n * 7 % len(CONTENTS)]) for n, x in enumerate(CONTENTS)]
TEXTS = ("2026-27 Q2", "2026/27 q4", "2026-28 Q2", "20²6-27 Q2", "", "9999-00 Q1")


def assessed():
    """Every case under both readings for an indicator of each kind, and some of them for those that are rated alike."""
    kinds = set()
    for code, indicator in load_catalogue().indicators.items():
        for reading in Reading:
            definition = indicator.read(reading)
            kind = definition.bands, definition.outturn, indicator.carried_over, indicator.is_kpi
            for x, y in SOME if kind in kinds else ALL:
                assessment = assess(code, x, y, reading=reading)
                yield [
                    code,
                    reading.value,
                    assessment.state.value,
                    str(assessment.outturn),
                    str(gap_to_green(indicator, x, y, reading)),
                    assessment.message,
                ]
            kinds.add(kind)


def planned():
    """Every cell of a filled return."""
    provider = Provider("P1", "One & Co", lots=("1a", "1b", "2a", "2b", "3", "4"), transport=True)
    entries = {
        code: Entry(CONTENTS[n % 20], CONTENTS[(n * 7) % 20], "why" * (n % 3), ActionPlanEntry(issue="x" * (n % 2)))
        for n, code in enumerate(load_catalogue().indicators)
    }
    for quarter in (1, 2, 4):
        filled = Filled(entries, Declaration("A. Person", 46_300))
        plan = plan_return(load_catalogue(), provider, Period(2026, quarter), filled=filled)
        for sheet in plan.sheets:
            for slot in sheet.slots:
                yield [sheet.name, slot.ref, slot.kind.value, str(slot.value), slot.formula, slot.name]


def answered():
    """Every worksheet function over a range, cell by cell and in one call."""
    codes = tuple(load_catalogue().indicators)
    arguments = {"KPI_DUE": ("2026-27 Q2",), "KPI_ABOUT": ("reading",), "KPI_S2": (5, 0)}
    for function in FUNCTIONS:
        for content in CONTENTS:
            first = [[content if function.name == "KPI_S2" else code] for code in codes]
            rest = arguments.get(function.name, (content, 99))
            for reading in Reading:
                rows = function.call(first, *rest, reading.value)
                assert rows == [[function.call(row[0], *rest, reading.value)] for row in first]
                yield [function.name, str(content), reading.value, rows]


def digests():
    """A digest of each table, and what is due."""
    due = [[c, str(Period(2026, q)), is_due(i, Period(2026, q))] for c, i in load_catalogue().indicators.items()
           for q in (1, 2, 3, 4)]  # fmt: skip
    tables = {"assessed": list(assessed()), "planned": list(planned()), "due": due}
    tables["answered"] = list(answered())
    tables["periods"] = [[text, str(parse_period(text))] for text in TEXTS]
    return {name: [len(rows), hashlib.sha256(json.dumps(rows).encode()).hexdigest()] for name, rows in tables.items()}


if __name__ == "__main__":
    print(json.dumps(digests()))
