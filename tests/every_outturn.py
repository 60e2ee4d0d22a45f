"""A catalogue with an indicator of every kind of outturn, in both directions, with three bands and with two.

It is a folder of data like any council's: tests of rules, of sheets and the judge read it.
"""

from __future__ import annotations

import json
from functools import cache

from xlkpi.catalogue.model import Catalogue, parse_catalogue
from xlkpi.core.contract_words import ContractWords

WORDS = ContractWords("Borsetshire County Council", "the Council", "Borsetshire contract")


def _row(code, outturn, x, y, *bands, **more):
    red, amber, green = bands or ("n/a",) * 3
    return {
        "code": code, "section": "all", "description": f"what {code} measures", "x": x, "y": y,
        "red": red, "amber": amber, "green": green, "outturn": outturn, "frequency": "quarterly",
        "measured": "Provider return", **more,
    }  # fmt: skip


CASES, NONE = "total no. of cases", "n/a"
INDICATORS = (
    _row("S 1", "x/y", "no. of visits in time", CASES, "<92.5%", "92.5% to below 97.5%", ">=97.5%"),
    _row("S 2", "(y - x)/y", "no. of visits missed", CASES, "<100%", NONE, "100%"),
    _row("S 3", "x/y", "no. of complaints", CASES, ">0.5%", "0.1-0.5%", "<0.1%"),
    _row("N 1", "count", "no. of serious incidents", NONE, ">3", "1-3", "0"),
    _row("N 2", "count", "no. of volunteers", NONE, "<1,000", NONE, ">=1,000"),
    _row("N 3", "count", "no. of people waiting", NONE),
    _row("A 1", "amount", "total penalties in £", NONE, ">£500", "£99.99-£500", "<£99.99"),
    _row("A 2", "amount", "total saved in £", NONE, "<£1,200.50", NONE, ">=£1,200.50"),
    _row("A 3", "amount", "total cost in £", "total no. of tonnes", ">£12.50", "£10-£12.50", "<£10"),
    _row("D 1", "days", "total no. of days waited", CASES, ">5.5 days", "4.5-5.5 days", "<4.5 days"),
    _row("D 2", "days", "no. of days the site was closed", NONE, ">2.5 days", NONE, "<=2.5 days"),
    _row("D 3", "days", "total no. of days of training", "total no. of staff", "<3 days", "3-5 days", ">5 days"),
    _row("D 4", "days", "total no. of days lost", "total no. of staff"),
    _row("R 1", "x/y", "no. of late answers", CASES, "<95%", "95-98%", ">98%",
         effective={"outturn": "(y - x)/y"}, why="x counts what is late; the bands reward what is in time."),
)  # fmt: skip
DATA = {
    "version": "kinds.1",
    "source": "tests/every_outturn.py",
    "sections": [{"key": "all", "title": "All districts", "heading": "every provider", "lots": []}],
    "indicators": list(INDICATORS),
    "same_y": [{"indicators": ["S 1", "S 3"], "counts": "every case"}],
    "x_sums": [{"indicators": ["N 1", "S 1"], "because": "An incident is no visit in time"}],
    "x_parts": [{"part": "A 1", "whole": "A 2", "because": "A penalty is part of what was saved"}],
}


@cache
def every_outturn() -> Catalogue:
    """The catalogue through the real loader."""
    return parse_catalogue(DATA, WORDS)


def write_folder(folder):
    """Write it as a catalogue folder."""
    folder.mkdir(parents=True, exist_ok=True)
    words = {"council": WORDS.council, "short": WORDS.short, "contract": WORDS.contract, "case_system": ""}
    (folder / "contract.json").write_text(json.dumps(words), encoding="utf-8")
    (folder / "kinds.1.json").write_text(json.dumps(DATA, ensure_ascii=False), encoding="utf-8")
    return folder
