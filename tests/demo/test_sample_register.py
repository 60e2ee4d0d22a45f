"""The sample register: sound, varied, and about nobody."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import date

from tests.consolidation.return_builders import council_of
from tests.evidence import some
from tests.lots import LOTS
from xlkpi.catalogue import load_catalogue
from xlkpi.core.lot import select_sections
from xlkpi.council import file_name, read_register, settings_beside
from xlkpi.council.meetings import read_meetings
from xlkpi.demo import DEMO_PERIOD, REGISTER, read_sample_register, read_sample_settings
from xlkpi.demo.sample import DEMO_DAY, MEETING_LIST
from xlkpi.performance.meeting_tasks import list_meeting_tasks


def test_it_holds_25_providers_and_not_one_fault():
    providers, faults = read_register(REGISTER)
    assert faults == ()
    assert len(providers) == 25
    assert providers == read_sample_register()


def test_its_settings_lie_beside_it():
    settings = read_sample_settings()
    assert settings_beside(REGISTER) is not None
    assert len(settings.contacts) == 3
    assert all(contact.name and contact.position and contact.telephone for contact in settings.contacts)
    assert "@" in settings.send_to
    assert settings.as_written == ()


def test_each_of_its_meetings_is_of_a_provider_and_has_a_next_step_or_is_finished():
    council = council_of(read_sample_register())
    meetings = read_meetings(MEETING_LIST, council.decisions, council.register.by_id)
    assert meetings.faults == ()
    tasks = list_meeting_tasks(replace(council, meetings=meetings), DEMO_DAY)
    assert [(task.kind.value, task.provider_id, task.day) for task in tasks] == [
        ("minutes deemed agreed", "P009", date(2026, 12, 3)),
        ("minutes to send", "P020", None),
        ("spot check due", "P018", date(2026, 12, 1)),
    ]


def test_every_kind_of_provider_and_every_section_is_there_more_than_once():
    providers = read_sample_register()
    assert set(Counter(p.kind for p in providers)) == {"voluntary or community", "SME", "large", "in-house"}
    sections = Counter(s.key for p in providers for s in select_sections(p, load_catalogue().sections))
    assert len(sections) == 6
    assert min(sections.values()) >= 5


def test_lots_are_held_alone_together_and_not_at_all():
    held = [(p.lots, p.transport) for p in read_sample_register()]
    assert (LOTS, True) in held
    assert ((), True) in held
    assert {lots for lots, _ in held if len(lots) == 1} >= {("1a",), ("2a",), ("3",), ("4",)}
    assert len(set(held)) >= 15


def test_names_try_what_names_can_hold():
    names = [p.name for p in read_sample_register()]
    for mark in ("'", "&", "é", "ë", "("):
        assert any(mark in name for name in names), mark
    assert max(map(len, names)) > 100
    assert len({file_name(p, DEMO_PERIOD).casefold() for p in read_sample_register()}) == 25


def test_nobody_real_can_be_reached():
    text = REGISTER.read_text(encoding="utf-8")
    assert all(domain.endswith(".example") for domain in some(re.findall(r"@([\w.-]+)", text)))
    numbers = re.findall(r"; (0[\d ]+)", text)
    assert numbers
    assert all(number.startswith("01632 960") for number in numbers)  # kept free for drama
    assert len(set(numbers)) == len(numbers)
