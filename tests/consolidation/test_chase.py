"""Who is missing, since when, and what to write to them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.consolidation.made import CATALOGUE, DUE, Q2, made, manifest, provider
from tests.core.test_findings import FORBIDDEN
from xlkpi.consolidation import bring_together
from xlkpi.consolidation.chase import chase_text, days_since
from xlkpi.consolidation.choose import FoundFile
from xlkpi.consolidation.result import MissingProvider
from xlkpi.core.period import Period

ASH = MissingProvider(provider(1, "Ash & Elm CIC"), DUE)


@pytest.mark.parametrize(
    ("as_of", "days", "said"),
    [
        (date(2026, 10, 28), 0, "It is due by 28 October 2026."),
        (date(2026, 10, 29), 1, "It was due by 28 October 2026, 1 day ago."),
        (date(2026, 11, 24), 27, "It was due by 28 October 2026, 27 days ago."),
        (date(2026, 9, 1), 0, "It is due by 28 October 2026."),
    ],
)
def test_the_message_tells_when_it_was_due(as_of, days, said):
    assert days_since(DUE, as_of) == days
    assert said in chase_text(ASH, Q2, as_of)


def test_the_message_is_whole_and_without_blame():
    text = chase_text(ASH, Q2, date(2026, 11, 24))
    subject, _, greeting, *_ = text.split("\n")
    assert subject == "Subject: KPI return 2026-27 Q2, Ash & Elm CIC (P001)"
    assert greeting == "Dear Contact 1,"
    assert "1 July to 30 September 2026" in text
    assert not FORBIDDEN.search(text)


def test_without_a_contact_or_a_day_it_still_reads_well():
    nobody = MissingProvider(replace(ASH.provider, contacts=()), None)
    text = chase_text(nobody, Q2, date(2026, 11, 24))
    assert "Dear Ash & Elm CIC," in text
    assert "Send it as soon as you can." in text
    assert days_since(None, date(2026, 11, 24)) is None


def together(files, **more):
    found = [FoundFile(name, checked) for name, checked in files.items()]
    register = [ASH.provider, provider(2, "Oast")]
    return bring_together(found, register=register, catalogue=CATALOGUE, as_of=date(2026, 11, 24), **more)


def test_an_empty_inbox_takes_the_day_from_the_settings():
    missing = together({}, period=Q2, send_by=lambda _period: date(2026, 11, 2)).missing
    assert [one.due_by for one in missing] == [date(2026, 11, 2)] * 2


def test_the_returns_own_day_goes_before_the_settings():
    files = {"a.xlsx": made(manifest(1, "Ash & Elm CIC"), {})}
    (one,) = together(files, period=Q2, send_by=lambda _period: date(2026, 11, 2)).missing
    assert (one.provider.name, one.due_by) == ("Oast", DUE)


def test_what_was_set_aside_of_the_missing_is_told():
    files = {
        "a.xlsx": made(manifest(1, "Ash & Elm CIC"), {}),
        "old.xlsx": made(manifest(2, "Oast", period=Period(2026, 1)), {}),
    }
    result = together(files, period=Q2)
    from xlkpi.consolidation.sheets.missing import missing_sheet

    (table,) = missing_sheet(result).tables
    (row,) = table.rows
    assert row[table.columns.index(next(c for c in table.columns if c.header == "what they sent"))] == (
        "old.xlsx: This is the 2026-27 Q1 workbook; the folder collects 2026-27 Q2."
    )
