"""The master's sheet Contacts: what a provider proposes, and what to ask about before it is accepted."""

from __future__ import annotations

from xlkpi.catalogue.load import load_terms
from xlkpi.consolidation.contract_record import ContractRecord, PeriodRecord
from xlkpi.core.lot import Contact
from xlkpi.core.period import Period
from xlkpi.core.records import ReturnedContacts
from xlkpi.council import Council
from xlkpi.sheets.master.contacts import plan_contacts

Q2 = Period(2026, 2)


def test_an_email_that_is_not_an_address_is_said():
    people = (Contact("Ann", "", "ann@example.org"), Contact("Bo", "", "bo at example.org"))
    changed = ReturnedContacts(Q2, "P1", "Elm", people, (), "q2.xlsx")
    (sheet,) = plan_contacts(ContractRecord((PeriodRecord(Q2, contacts=(changed,)),)), Council(load_terms()))
    (table,) = sheet.tables
    states = [row[[column.header for column in table.columns].index("state")] for row in table.rows]
    proposed = "Proposed by the provider"
    assert states == [proposed, f"{proposed}. Its email is not an address: ask for the right one.", proposed]
