"""Promise: three years, four changes of targets and two versions of the catalogue, told right in every period's master.

The table is by hand. Each master is made in its time, with what was agreed by then, and again when all is known.
"""

from __future__ import annotations

import json
import shutil
from datetime import date

import openpyxl
import pytest

import xlkpi
from tests.small_catalogue import SMALL
from xlkpi.catalogue.load import SHIPPED
from xlkpi.core.checks import ActionPlanEntry, Entry
from xlkpi.core.lot import Provider
from xlkpi.core.period import Period
from xlkpi.council.terms import read_terms
from xlkpi.layout.cover.rows import Declaration
from xlkpi.layout.plan import Filled, plan_return
from xlkpi.writing.returns.write_return import write_return

PROVIDERS = [Provider("P1", "Oak"), Provider("P2", "Elm")]
FIGURES = {"P1": {"KPI S1": (3, 20), "KPI S2": (4, 20), "KPI S3": (18, 20), "KPI S4": (1, 20)},
           "P2": {"KPI S1": (0, 20), "KPI S2": (0, 20), "KPI S3": (20, 20), "KPI S4": (0, 20)}}  # fmt: skip
"""The same figures in every period: only what they are judged by changes. Elm is always Green."""
HEADER = "indicator,from_period,red,amber,green,stretch,reference,agreed_by,agreed_on\n"
CHANGES = (
    "KPI S3,2026-27 Q4,<70%,70-80%,>80%,97.5%,Variation 1,Ada,20/05/2027",  # agreed after the return of Q4 was judged
    "KPI S1,2027-28 Q2,>12%,5-12%,<5%,,Variation 2,Ada,01/06/2027",
    "KPI S3,2027-28 Q4,<92%,92-96%,>96%,,Variation 3,Ada,01/12/2027",
    "KPI S3,2028-29 Q4,<85%,85-89%,>89%,,Variation 4,Ada,01/12/2028",
)
A, R, G = "Amber", "Red", "Green"
# Period: rows of targets known then; Oak's S1, S2, S3 in the master of its time, and of Oak made again; S3's Green and
# stretch; the version in force. From 2028-29 Q1 the second version has KPI S4 and rates 80% in KPI S2 Amber.
STORY = {
    Period(2026, 2): (0, (A, R, A), (A, R, A), (">95%", None), "small.1"),
    Period(2026, 4): (0, (A, R, A), (A, R, G), (">80%", "97.5%"), "small.1"),
    Period(2027, 2): (2, (R, R, G), (R, R, G), (">80%", "97.5%"), "small.1"),
    Period(2027, 4): (3, (R, R, R), (R, R, R), (">96%", None), "small.1"),
    Period(2028, 2): (3, (R, A, R), (R, A, R), (">96%", None), "small.2"),
    Period(2028, 4): (4, (R, A, G), (R, A, G), (">89%", None), "small.2"),
}


def versions(folder, number):
    """The contract in a folder, with this many versions of its catalogue."""
    folder.mkdir(exist_ok=True)
    shutil.copy(SHIPPED / "ladder.json", folder / "ladder.json")
    data = json.loads(SMALL)
    words = json.loads((SHIPPED / "contract.json").read_text(encoding="utf-8"))
    known = {"KPI S1", "KPI S2", "KPI S3", "KPI S4"}
    for name, value in words.items():  # what it says of indicators that the small catalogue does not have
        if isinstance(value, dict) and any(key.startswith("KPI ") for key in value):
            words[name] = {key: text for key, text in value.items() if key in known}
    (folder / "contract.json").write_text(json.dumps(words), encoding="utf-8")
    for indicator in data["indicators"]:
        indicator["measured"] = "Provider Return"
    (folder / "small.1.json").write_text(json.dumps(data), encoding="utf-8")
    if number > 1:
        second = {**json.loads(json.dumps(data)), "version": "small.2", "from_period": "2028-29 Q1"}
        second["indicators"][1].update({"red": "<70%", "amber": "70-80%", "green": ">80%"})
        second["indicators"].append({**data["indicators"][0], "code": "KPI S4"})
        (folder / "small.2.json").write_text(json.dumps(second), encoding="utf-8")


def returned(provider, period, terms):
    """A provider's return, built with what was in force when it was sent out."""
    catalogue = terms.in_force(period)
    plan = ActionPlanEntry("One person was ill.", "The manager trains two.", "Green again.", "31 March 2031")
    figures = {code: Entry(*FIGURES[provider.provider_id][code], "One was ill.", plan) for code in catalogue.indicators}
    day = date.fromordinal(period.end.toordinal() + 5).isoformat()
    return write_return(plan_return(catalogue, provider, period, filled=Filled(figures, Declaration("A. One", day))))


def master(root, period, name):
    """The sheets Data and Trends of a master, as rows by header."""
    path, as_of = root / name, date.fromordinal(period.end.toordinal() + 40)
    known = {"register": root / "register.csv", "period": period, "as_of": as_of}
    xlkpi.consolidate(root / "inbox", path, **known, keep=False, jobs=1)
    book = openpyxl.load_workbook(path, read_only=True)
    return {
        sheet: [dict(zip(header, row, strict=True)) for row in rows]
        for sheet in ("Data", "Trends", "Findings")
        for header, *rows in [list(book[sheet].iter_rows(values_only=True))]
    }


def oak(rows, period):
    """Oak's S1, S2 and S3 of one period."""
    rags = {row["indicator"]: row["rag"] for row in rows if (row["period"], row["provider_id"]) == (str(period), "P1")}
    return tuple(rags[code] for code in ("KPI S1", "KPI S2", "KPI S3"))


@pytest.fixture(scope="module")
def masters(tmp_path_factory):
    """Every master as made in its time, then made again: two dictionaries by period."""
    root = tmp_path_factory.mktemp("three years")
    (root / "inbox").mkdir()
    rows = "".join(f"{each.provider_id},{each.name},\n" for each in PROVIDERS)
    (root / "register.csv").write_text(f"provider_id,provider,lots\n{rows}", encoding="utf-8")
    in_time = {}
    for period, (known, _, _, _, version) in STORY.items():
        versions(root / "catalogue", int(version[-1]))
        (root / "targets.csv").write_text(HEADER + "\n".join(CHANGES[:known]), encoding="utf-8")
        terms = read_terms(root / "targets.csv", root / "catalogue")[0]
        for provider in PROVIDERS:
            (root / "inbox" / f"{provider.name} {period}.xlsx").write_bytes(returned(provider, period, terms))
        in_time[period] = master(root, period, f"{period}.xlsx")
    return in_time, {period: master(root, period, f"{period} again.xlsx") for period in STORY}


@pytest.mark.parametrize("period", STORY, ids=str)
def test_a_master_made_in_its_time_judges_by_what_was_agreed_by_then(masters, period):
    assert oak(masters[0][period]["Data"], period) == STORY[period][1]


@pytest.mark.parametrize("period", STORY, ids=str)
def test_made_again_it_judges_its_period_by_all_that_was_agreed_for_it_and_by_nothing_later(masters, period):
    _, _, rags, shown, version = STORY[period]
    data = masters[1][period]["Data"]
    assert oak(data, period) == rags
    (s3,) = [row for row in data if (row["indicator"], row["provider_id"]) == ("KPI S3", "P1")]
    assert (s3["target"], s3["stretch"]) == shown
    assert {row["rag"] for row in data if row["provider_id"] == "P2"} == {G}
    assert {row["template"].partition("/")[0] for row in data} == {version}
    assert ("KPI S4" in {row["indicator"] for row in data}) is (version == "small.2")


@pytest.mark.parametrize("period", list(STORY)[1:], ids=str)
def test_its_trends_show_every_period_before_it_by_the_targets_of_that_period(masters, period):
    trends = masters[1][period]["Trends"]
    periods = [each for each in STORY if each <= period]
    assert {each: oak(trends, each) for each in periods} == {each: STORY[each][2] for each in periods}
    assert {row["period"] for row in trends} == {str(each) for each in periods}
    directions = {row["direction"] for row in trends if row["provider_id"] == "P1" and row["compared with"]}
    assert directions <= {"Same"}, "the same figures all along: another target is neither better nor worse"


def test_a_return_that_was_sent_out_before_its_target_changed_says_so_and_no_other_does(masters):
    notes = {
        str(period): [
            row["indicator"] or row["message"] for row in book["Findings"] if row["code"] == "TARGETS_CHANGED"
        ]
        for period, book in masters[1].items()
    }
    assert {period: len(period_notes) for period, period_notes in notes.items()} == {
        str(period): 2 * (period == Period(2026, 4)) for period in STORY
    }
