"""A catalogue of three indicators, for tests of rules: what they prove does not depend on the Schedule.

It goes through the real loader. The Schedule itself is tested where it is the subject: tests/catalogue, tests/judge.
"""

from __future__ import annotations

import json
from functools import cache

from xlkpi.catalogue.ladder import LADDER_FILE
from xlkpi.catalogue.load import load_terms
from xlkpi.catalogue.model import Catalogue, parse_catalogue

SMALL = """
{
 "version": "small.1",
 "source": "tests/small_catalogue.py",
 "sections": [
  {"key": "all", "title": "All lots", "heading": "every provider", "lots": []},
  {"key": "employment", "title": "Lot 3 Employment", "heading": "Employment Support Service", "lots": ["3"]},
  {"key": "transport", "title": "Transport", "heading": "Transport Service", "lots": ["transport"]}
 ],
 "indicators": [
  {
   "code": "KPI S1", "section": "all", "description": "% of packages refused",
   "x": "no. of packages refused", "y": "total no. of new referrals",
   "red": ">25%", "amber": "10-25%", "green": "<10%",
   "frequency": "six-monthly", "measured": "Provider Return and KCC cross check with SWIFT/Liberi"
  },
  {
   "code": "KPI S2", "section": "all", "description": "% of invoices undisputed",
   "x": "no. of invoices disputed", "y": "total no. of invoices",
   "red": "<85%", "amber": "85-95%", "green": ">95%",
   "frequency": "six-monthly", "measured": "Provider Return",
   "effective": {"outturn": "(y - x)/y"}, "why": "x counts what is disputed; the bands reward what is undisputed."
  },
  {
   "code": "KPI S3", "section": "all", "description": "% of complaints resolved",
   "x": "no. of complaints resolved", "y": "total no. of complaints received",
   "red": "<85%", "amber": "85-95%", "green": ">95%",
   "frequency": "quarterly", "measured": "Provider Return", "carried_over": true
  }
 ],
 "same_y": [],
 "x_sums": [],
 "x_parts": []
}
"""
"""KPI S1: the fewer the better. KPI S2: its two readings differ. KPI S3: quarterly, the more the better."""


@cache
def small_catalogue() -> Catalogue:
    """The three indicators without checks across entries."""
    return parse_catalogue(json.loads(SMALL), load_terms().words)


@cache
def folder_files() -> dict[str, str]:
    """The files of a sound catalogue folder of the small catalogue, by name."""
    words = {"council": "Our Council", "short": "the Council", "contract": "Day services", "case_system": "",
             "short_names": {"KPI S1": "Refused"}, "periods": "quarterly", "first_month": "April"}  # fmt: skip
    ladder = LADDER_FILE.read_text(encoding="utf-8")
    return {"contract.json": json.dumps(words), "ladder.json": ladder, "small.1.json": json.dumps(json.loads(SMALL))}


def with_more(*codes: str) -> Catalogue:
    """The small catalogue with further KPIs of these codes, each like KPI S1."""
    data = json.loads(SMALL)
    data["indicators"] += [{**data["indicators"][0], "code": code} for code in codes]
    return parse_catalogue(data, load_terms().words)
