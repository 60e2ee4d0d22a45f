"""What the sample providers send: the careful ones leave nothing to say, the others exactly what was planted."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from tests.demo.sample_deliveries import (
    asked,
    before,
    demo,
    earlier,
    outside_view,
    problems,
    provider,
    returns,
    with_behaviour,
)
from tests.judge.oracle import due, expected
from xlkpi.catalogue import load_catalogue
from xlkpi.core.lot import select_sections
from xlkpi.demo import (
    DEMO_PERIOD,
    EARLIER_PERIOD,
    Behaviour,
    find_behaviour,
    read_sample_register,
    read_sample_settings,
)
from xlkpi.demo.mistakes import EXPLAINED, PLANTED
from xlkpi.findings import Code
from xlkpi.layout.plan import plan_return
from xlkpi.layout.provider_texts import LastFigures
from xlkpi.ooxml.serial_days import from_serial

ODD = {Behaviour.MISTAKEN, Behaviour.EXPLAINS}
FIRST_VERSION = "emails/KPI return FINAL.xlsx"
CAREFUL = [
    delivery
    for delivery in (*returns(), *earlier())
    if delivery.behaviour not in ODD and delivery.name != FIRST_VERSION
]


def name(delivery):
    return f"{delivery.provider.provider_id} {delivery.period}"


def test_careful_returns_are_most_of_them():
    assert len({delivery.provider for delivery in CAREFUL if delivery.period == DEMO_PERIOD}) >= 19
    assert len(earlier()) == 12


@pytest.mark.parametrize("delivery", CAREFUL, ids=name)
def test_a_careful_return_gives_nothing_to_find(delivery):
    assert problems(delivery) == set()
    assert outside_view(delivery) == set()


@pytest.mark.parametrize("delivery", [*returns(), *earlier()], ids=name)
def test_exactly_what_is_due_is_filled_in(delivery):
    sections = {s.key for s in select_sections(delivery.provider, load_catalogue().sections)}
    held = [code for code, i in load_catalogue().indicators.items() if i.section in sections]
    assert set(delivery.filled.entries) == {code for code in held if due(code, str(delivery.period))}
    assert {a.indicator.code for a in asked(delivery)} == set(held)


@pytest.mark.parametrize("delivery", CAREFUL, ids=name)
def test_a_red_has_its_action_plan_and_only_a_missed_target_has_a_reason(delivery):
    for code, entry in delivery.filled.entries.items():
        rag = expected(code, entry.x, entry.y).rag
        assert entry.plan.complete or rag != "Red"
        assert rag in {"Red", "Amber"} or not entry.plan.action
        assert rag in {"Red", "Amber"} or not entry.comment or delivery.behaviour is Behaviour.NO_CASES


def test_the_county_is_mostly_green_with_amber_and_red_to_look_at():
    for period, rated in ((DEMO_PERIOD, 150), (EARLIER_PERIOD, 150)):
        rags = Counter(
            expected(c, e.x, e.y).rag for delivery in returns(period) for c, e in delivery.filled.entries.items()
        )
        rags.pop(None)
        assert rags.total() >= rated
        assert rags["Green"] > 0.7 * rags.total()
        assert rags["Amber"] >= 8
        assert rags["Red"] >= 5


def test_the_hurried_return_gives_exactly_what_was_planted():
    (delivery,) = with_behaviour(Behaviour.MISTAKEN)
    assert problems(delivery) == {(code, indicator) for indicator, code in PLANTED.items()}
    assert outside_view(delivery) == {("same y", "KPI W2", "INFO W1"), ("reason", "KPI S2")}
    figures = {code: (entry.x, entry.y) for code, entry in delivery.filled.entries.items()}
    states = {code: expected(code, *pair).state for code, pair in figures.items()}
    assert {code for code, state in states.items() if state == "Check"} == {"KPI S1", "INFO W2", "INFO W3"}
    assert figures["INFO W2"][0] == "12 visits"
    assert not delivery.filled.declaration.complete


def test_the_odd_but_right_return_explains_every_query_it_raises():
    (delivery,) = with_behaviour(Behaviour.EXPLAINS)
    assert problems(delivery) == {(code, indicator) for indicator, code in EXPLAINED.items()}
    assert outside_view(delivery) == {("change", "KPI S1")}
    assert all(delivery.filled.entries[indicator].comment for indicator in EXPLAINED)
    assert {code.severity.value for code in EXPLAINED.values()} == {"query"}


def test_the_second_version_corrects_the_first_and_is_saved_later():
    first, second = with_behaviour(Behaviour.RESUBMITTED)
    assert problems(first) == {(Code.X_OVER_Y, "KPI S1")}
    assert problems(second) == set()
    assert first.filled.saved_on < second.filled.saved_on
    assert first.filled.declaration.on < second.filled.declaration.on
    assert {c for c, e in second.filled.entries.items() if e != first.filled.entries[c]} == {"KPI S1"}


def test_the_new_service_has_no_cases_anywhere():
    (delivery,) = with_behaviour(Behaviour.NO_CASES)
    assert {expected(code, e.x, e.y).state for code, e in delivery.filled.entries.items()} == {"No cases"}
    assert delivery.provider not in {old.provider for old in earlier()}


def test_three_are_late_one_is_missing_and_the_others_are_in_time():
    send_by = read_sample_settings().send_by(DEMO_PERIOD)
    late = {
        provider_return.provider.provider_id
        for provider_return in returns()
        if (day := declared_on(provider_return)) and day > send_by
    }
    assert late == {p.provider_id for p in read_sample_register() if find_behaviour(p) is Behaviour.LATE}
    assert len(late) == 3
    sent = {delivery.provider for delivery in demo() if delivery.period == DEMO_PERIOD}
    assert set(read_sample_register()) - sent == {provider("P018"), provider("P025")}, "the second has no contract now"
    for provider_return in (*returns(), *earlier()):
        day = declared_on(provider_return)
        assert day is None or (day > provider_return.period.end and day.weekday() < 5)
    assert all(declared_on(delivery) <= read_sample_settings().send_by(EARLIER_PERIOD) for delivery in earlier())


def declared_on(delivery):
    on = delivery.filled.declaration.on
    return from_serial(on) if on is not None else None


def test_each_remaining_habit_has_its_files():
    (converted,) = with_behaviour(Behaviour.CONVERTED)
    assert converted.convert
    assert [delivery for delivery in demo() if delivery.convert] == [converted]
    copy, original = with_behaviour(Behaviour.TWICE)
    assert (copy.copy_of, copy.filled) == (original.name, None)
    (old,) = with_behaviour(Behaviour.OTHER_PERIOD, EARLIER_PERIOD)
    assert old.filled in [delivery.filled for delivery in earlier()]
    rubbish = [delivery for delivery in demo() if delivery.behaviour is Behaviour.RUBBISH]
    assert [
        (rubbish_file.name[:2], rubbish_file.content[:4], len(rubbish_file.content)) for rubbish_file in rubbish
    ] == [
        ("em", b"%PDF", len(rubbish[0].content)),
        ("em", b"", 0),
        ("~$", b"\x0eMar", 165),
    ]


def test_files_have_names_people_give_and_every_system_takes():
    names = [delivery.name for delivery in demo()]
    assert len({n.casefold() for n in names}) == len(names)
    assert "emails/KPI return FINAL (2).xlsx" in names
    assert sum(n.startswith("emails/") for n in names) >= 6
    for part in (part for n in names for part in n.split("/")):
        assert not re.search(r'[<>:"\\|?*\x00-\x1f]', part)
        assert not part.endswith((".", " "))
        assert 0 < len(part) <= 130


@pytest.mark.parametrize("delivery", returns(), ids=lambda delivery: f"{name(delivery)} {delivery.filled.saved_on}")
def test_every_return_can_be_planned_and_says_whether_it_is_ready(delivery):
    previous = {code: LastFigures("2025-26 Q4", x, y, x / max(y, 1), "") for code, (x, y) in before(delivery).items()}
    plan = plan_return(load_catalogue(), delivery.provider, delivery.period, previous=previous, filled=delivery.filled)
    (status,) = [slot.value for sheet in plan.sheets for slot in sheet.slots if slot.name == "Return.status"]
    ready = delivery.behaviour is not Behaviour.MISTAKEN and delivery.name != FIRST_VERSION
    assert status == ("Ready to send" if ready else "Not ready")


def test_texts_read_like_a_persons():
    texts = [t for delivery in (*returns(), *earlier()) for e in delivery.filled.entries.values() for t in words(e)]
    assert len(set(texts)) > 60
    for text in texts:
        assert not text.startswith(("=", "+", "-", "@"))
        assert "{" not in text
        assert not re.search(r"\b[01] (people|reviews|families|days|invoices|new starters|complaints)\b", text)
        assert text[0].isupper() or text[0].isdigit()


def words(entry):
    plan = entry.plan
    return [text for text in (entry.comment, plan.issue, plan.action, plan.outcomes, plan.timescale) if text]
