"""Contacts and answers of the record: which contacts count once an officer accepted them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from xlkpi.catalogue.load import load_terms
from xlkpi.consolidation.accepted_contacts import accept_contacts, list_accepted
from xlkpi.consolidation.contract_record import ContractRecord, PeriodRecord
from xlkpi.consolidation.record_periods import record_rows
from xlkpi.core.lot import Contact, Provider
from xlkpi.core.period import Period
from xlkpi.core.question import Answer, Question
from xlkpi.core.records import ReturnedAnswer, ReturnedContacts
from xlkpi.council import Council, ProviderRegister
from xlkpi.council.decisions import Decision, DecisionKind, DecisionLog

OLD, NEW, NEWER, OTHER = (Contact(name) for name in ("Old", "New", "Newer", "Other"))
Q1, Q2 = Period(2026, 1), Period(2026, 2)


def changed(period, now, before):
    return ReturnedContacts(period, "P1", "Elm", (now,), (before,), f"{period}.xlsx")


FIRST, SECOND = changed(Q1, NEW, OLD), changed(Q2, NEWER, NEW)


def accepted(period=None, day=date(2026, 12, 1), provider_id="p1"):
    return Decision(DecisionKind.CONTACTS_ACCEPTED, "Jo", day, "by telephone", provider_id, period)


def contacts(decisions, changes=(FIRST, SECOND), registered=OLD):
    record = ContractRecord(tuple(PeriodRecord(each.period, contacts=(each,)) for each in changes))
    providers = (Provider("P1", "Elm", contacts=(registered,)), Provider("P2", "Oak", contacts=(OTHER,)))
    log = DecisionLog(None, tuple(decisions))
    council = Council(load_terms(), register=ProviderRegister(providers), decisions=log)
    first, second = accept_contacts(council, record).register.providers
    assert second.contacts == (OTHER,)
    return first.contacts[0]


@pytest.mark.parametrize(("decisions", "counts"), [
    ([], OLD),
    ([accepted(Q1)], NEW),
    ([accepted(Q1), accepted(Q2)], NEWER),
    ([accepted(Q1), accepted()], NEWER),  # without a period: the latest
    ([accepted(day=date(2026, 5, 1))], NEW),  # the latest that there was by then
    ([accepted(Q2)], OLD),  # it changed contacts that were never accepted
    ([accepted(Q1, provider_id="P2")], OLD),
    ([accepted(day=date(2025, 5, 1))], OLD),
])  # fmt: skip
def test_the_contacts_of_the_return_that_was_accepted_count(decisions, counts):
    assert contacts(decisions) == counts


def test_a_register_that_has_changed_since_counts():
    assert contacts([accepted(Q1)], registered=OTHER) == OTHER
    assert contacts([accepted(Q1), accepted(Q2)], registered=NEW) == NEWER


def test_without_a_register_nothing_is_changed():
    record = ContractRecord((PeriodRecord(Q1, contacts=(FIRST,)),))
    council = Council(load_terms(), decisions=DecisionLog(None, (accepted(Q1),)))
    assert accept_contacts(council, record) is council
    assert list_accepted(record, council)["P1"][0].decision.decided_by == "Jo"


def test_a_master_s_record_has_the_periods_of_its_answers_and_contacts_too():
    question = Question("q", "2026-27 Q1", "KPI S1", "about", "Why?")
    answer = ReturnedAnswer(Q2, "P1", "Elm", Answer(question, "So", "Questions", "F6"), "f.xlsx")
    record = record_rows((), (), (answer,), (FIRST,))
    assert [(each.period, each.returned) for each in record.periods] == [(Q1, {"P1"}), (Q2, {"P1"})]
    assert (record.answers, record.contacts) == ((answer,), (FIRST,))


def test_a_record_is_completed_with_the_words_of_other_providers_only():
    question = Question("q", "2026-27 Q1", "KPI S1", "about", "Why?")
    mine = ReturnedAnswer(Q1, "P1", "Elm", Answer(question, "So", "Questions", "F6"), "f.xlsx")
    theirs = replace(mine, provider_id="P2")
    record = PeriodRecord(Q1, frozenset({"P1"}), answers=(mine,), contacts=(FIRST,))
    more = PeriodRecord(Q1, frozenset({"P1", "P2"}), answers=(replace(mine, file="old"), theirs), contacts=(FIRST,))
    both = record.completed(more)
    assert (both.answers, both.contacts) == ((mine, theirs), (FIRST,))
