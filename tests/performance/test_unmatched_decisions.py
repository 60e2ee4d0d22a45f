"""Decisions about open matters and contacts that match nothing are findings, with what is open instead."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.consolidation.return_builders import provider
from tests.performance.matters_sample import RED, WILLOW, decided, result_of, send
from xlkpi.core.lot import Contact
from xlkpi.core.period import Period
from xlkpi.core.records import ReturnedContacts
from xlkpi.council.contract_folder import ContractFolder
from xlkpi.performance.open_matters import derive_open_matters
from xlkpi.performance.unmatched_decisions import find_unmatched_decisions

NOW, AS_OF, DAY = Period(2026, 2), date(2026, 11, 24), date(2026, 11, 20)


def messages(*decisions, in_contract=True, contacts=()):
    returns = [send(1, NOW, {"KPI S3": RED, "KPI S1": (0, 100)})]
    known = [provider(1, WILLOW), provider(2, "Oak House")]
    result, council = result_of(returns, register=known, period=NOW, as_of=AS_OF, decisions=decisions)
    if in_contract:
        council = replace(council, files=replace(council.files, contract=ContractFolder(Path())))
    matters = derive_open_matters(result.record, council, AS_OF)
    record = result.record
    if contacts:
        record = replace(record, periods=tuple(replace(each, contacts=contacts) for each in record.periods))
    return [each.finding.message for each in find_unmatched_decisions(matters, record, council, AS_OF)]


@pytest.mark.parametrize("kind", ["plan agreed", "plan failed", "close", "step declined"])
def test_a_decision_about_what_is_not_open_names_what_is(kind):
    message = f"Row 1 of the decisions ({kind}): nothing was open about P001 KPI S1; open of this provider: KPI S3."
    check = " Check the provider, the indicator and the period."
    assert messages(decided(kind, DAY, indicator="KPI S1")) == [message + check]
    other = decided(kind, DAY, indicator="KPI S3", number=2)
    nothing = f"Row 1 of the decisions ({kind}): nothing was open about P002 KPI S3; open of this provider: Returns."
    assert messages(other) == [nothing + check]
    assert messages(decided(kind, DAY, indicator="KPI S3")) == []


def test_a_decision_about_an_earlier_period_says_which():
    (message,) = messages(decided("close", DAY, indicator="KPI S1", period=NOW))
    assert "about P001 KPI S1 since 2026-27 Q2;" in message


@pytest.mark.parametrize(
    "decision",
    [
        decided("close", DAY, indicator="KPI S1", number=9),  # an unknown provider has a finding of its own
        decided("close", DAY, indicator="KPI X1"),  # so has an unknown indicator
        decided("close", date(2026, 12, 1), indicator="KPI S1"),  # it is not the day yet
        decided("close", date(2026, 5, 1), indicator="KPI S1"),  # of a time of which nothing is known
    ],
)
def test_what_has_a_finding_of_its_own_or_cannot_be_known_has_none(decision):
    assert messages(decision) == []


def test_outside_a_contract_folder_a_decision_may_be_about_a_period_that_is_not_there():
    assert messages(decided("close", DAY, indicator="KPI S1"), in_contract=False) == []


def test_contacts_that_nobody_proposed_cannot_be_accepted():
    proposed = ReturnedContacts(NOW, "P001", WILLOW, (Contact("New"),), (Contact("Old"),), "1.xlsx")
    accepted = decided("contacts accepted", DAY, period=NOW)
    assert messages(accepted, contacts=(proposed,)) == []
    assert messages(accepted) == [
        "Row 1 of the decisions (contacts accepted): no return of P001 proposes other contacts for 2026-27 Q2."
        " Check the provider and the period."
    ]
    assert messages(replace(accepted, decided_on=date(2026, 12, 1))) == [], "it is not the day yet"
    twice = replace(accepted, decided_on=date(2026, 11, 21))
    assert messages(accepted, twice, contacts=(proposed,)) == []


def test_nothing_is_said_before_there_is_a_return():
    result, council = result_of([], register=[provider(1, WILLOW)], period=NOW, as_of=AS_OF)
    council = replace(council, files=replace(council.files, contract=ContractFolder(Path())))
    matters = derive_open_matters(result.record, council, AS_OF)
    assert find_unmatched_decisions(matters, replace(result.record, periods=()), council, AS_OF) == ()
