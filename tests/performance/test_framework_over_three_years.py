"""Twelve quarters of a made-up framework: what is open and which step is proposed, against a table written by hand."""

from __future__ import annotations

import pytest

from tests.performance.framework_stories import (
    CLOSED,
    OPEN,
    QUARTERS,
    STORIES,
    WHY,
    day,
    decisions_until,
    register_of,
    returns_of,
)
from tests.performance.matters_sample import result_of
from xlkpi.commands.previous import record_of_master
from xlkpi.consolidation.collect_period import consolidate_files
from xlkpi.consolidation.contract_record import NO_RECORD
from xlkpi.letters.escalation_letters import draft_letter
from xlkpi.performance.contact_book import make_contact_book
from xlkpi.performance.escalation import list_steps
from xlkpi.performance.open_matters import derive_open_matters
from xlkpi.sheets.master.performance_tabs import plan_performance_tabs
from xlkpi.sheets.master.write_master import write_master

ALL = range(1, len(QUARTERS) + 1)


def consolidated(quarter, *, screen=None):
    """The master of a quarter, or of another one, sixty days after the quarter."""
    returns = [each for earlier in range(1, quarter + 1) for each in returns_of(earlier)]
    as_of = day(quarter, 60)
    return result_of(
        returns,
        register=register_of(quarter),
        period=QUARTERS[(screen or quarter) - 1],
        as_of=as_of,
        decisions=decisions_until(as_of),
    )


@pytest.fixture(scope="module")
def history():
    """Every quarter's consolidation, Council and matters, as they were at the time."""
    results = {}
    for quarter in ALL:
        result, council = consolidated(quarter)
        results[quarter] = result, council, derive_open_matters(result.record, council, result.as_of)
    return results


WORDS = {(proposal.step, proposal.paragraph, proposal.ground): word for word, proposal in WHY.items()}


def shown(matters, number, story):
    matter = matters.by_subject.get((f"P{number:03d}", story.indicator))
    if matter is None:
        return CLOSED
    rung = matter.rung
    return WORDS.get((rung.step, rung.paragraph, rung.ground), rung.step) if rung else OPEN


@pytest.mark.parametrize(("number", "story"), list(enumerate(STORIES, start=1)), ids=[story.name for story in STORIES])
def test_each_story_is_as_the_table_says(history, number, story):
    assert " ".join(shown(history[quarter][2], number, story) for quarter in ALL) == story.expected


@pytest.mark.parametrize("quarter", [2, 5, 12])
def test_it_is_the_same_whichever_quarters_master_is_made(history, quarter):
    for screen in {1, quarter - 1, quarter}:
        result, council = consolidated(quarter, screen=screen)
        assert derive_open_matters(result.record, council, result.as_of) == history[quarter][2]


def test_every_quarter_has_at_most_one_letter_of_a_kind_per_provider_and_it_names_every_kpi(history):
    for _, council, matters in history.values():
        contacts = make_contact_book(council)
        steps = list_steps(matters, contacts)
        pairs = [(step.provider_id, step.rung.kind) for step in steps if step.rung.kind.value == "warning"]
        assert len(set(pairs)) == len(pairs)
        for step in steps:
            letter = draft_letter(step, contacts)
            for matter in step.matters:
                assert letter is None or not matter.code or matter.code in letter.subject
        stepping = {(each.provider_id, each.code) for each in matters.open if each.rung}
        assert {(step.provider_id, each.code) for step in steps for each in step.matters} == stepping


def test_masters_alone_say_the_same(history, tmp_path):
    record = NO_RECORD
    for quarter in (1, 2, 3, 4):
        result, council, matters = history[quarter]
        path = tmp_path / f"{quarter}.xlsx"
        tabs = plan_performance_tabs(result, council, matters)
        write_master(result, path, catalogue=council.catalogue, more=tabs, matters=matters)
        record = record_of_master(path, council.terms).completed(record)
    result, council, matters = history[4]
    alone = consolidate_files((), council, period=None, as_of=result.as_of, history=record)
    again = derive_open_matters(alone.record, council, result.as_of)
    assert [(each.provider_id, each.code, each.run, each.returns_missing, each.rung) for each in again.open] == [
        (each.provider_id, each.code, each.run, each.returns_missing, each.rung) for each in matters.open
    ]
    assert [each.plan.describe(each.as_of) for each in again.open] == [
        each.plan.describe(each.as_of) for each in matters.open
    ]
