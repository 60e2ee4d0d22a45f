"""Contacts: the points of contact that providers corrected in their returns, and whether the Council accepted them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from xlkpi.consolidation.accepted_contacts import list_accepted
from xlkpi.consolidation.contract_record import ContractRecord
from xlkpi.core.day import long_date
from xlkpi.core.lot import Contact
from xlkpi.core.period import Period
from xlkpi.core.records import ReturnedContacts
from xlkpi.council import Council
from xlkpi.council.decisions import Decision
from xlkpi.council.register.register_cells import EMAIL
from xlkpi.layout.provider_texts import CONTACT_PARTS, CONTACTS
from xlkpi.writing.workbook import REPEAT_HEADER, Column, Sheet, Table, Value

CONTACTS_SHEET = "Contacts"
COLUMNS = (
    Column("provider_id", 11, "code"),
    Column("provider", 24, "text"),
    Column("state", 34, "text"),
    Column("of period", 11, "line"),
    Column("contact", 8, "whole"),
    *(Column(part, 24, "text") for part in CONTACT_PARTS),
    *(Column(f"was {part}", 24, "text") for part in CONTACT_PARTS),
    Column("to accept", 44, "text"),
    Column("file", 36, "text"),
)
PROPOSED = "Proposed by the provider"
NOT_AN_ADDRESS = "Its email is not an address: ask for the right one."


def plan_contacts(record: ContractRecord, council: Council) -> tuple[Sheet, ...]:
    """Plan a row per contact of each return that changes one; no sheet where no provider changed any."""
    if not record.contacts:
        return ()
    accepted = list_accepted(record, council)
    decisions = {(each.returned.provider_id, each.returned.period): each.decision
                 for changes in accepted.values() for each in changes}  # fmt: skip
    rows = [row for changed in record.contacts for row in _rows(changed, decisions)]
    table = Table("KPI_Contacts", COLUMNS, rows)
    return (Sheet(CONTACTS_SHEET, (table,), freeze=(1, 2), paper=replace(REPEAT_HEADER, a3=True)),)


def _rows(changed: ReturnedContacts, decisions: Mapping[tuple[str, Period], Decision]) -> Iterator[tuple[Value, ...]]:
    decision = decisions.get((changed.provider_id, changed.period))
    state = f"Accepted by {decision.decided_by} on {long_date(decision.decided_on)}" if decision else PROPOSED
    about = f'--provider {changed.provider_id} --period "{changed.period}"'
    command = f'xlkpi decide "contacts accepted" {about} --why "As its return says"'
    for number in range(1, CONTACTS + 1):
        now, before = (_contact(group, number) for group in (changed.contacts, changed.built_with))
        yield (
            changed.provider_id,
            changed.provider,
            f"{state}. {NOT_AN_ADDRESS}" if now.email and not EMAIL.fullmatch(now.email) else state,
            str(changed.period),
            number,
            *(getattr(now, part) for part in CONTACT_PARTS),
            *(getattr(before, part) for part in CONTACT_PARTS),
            "" if decision else command,
            changed.file,
        )


def _contact(contacts: tuple[Contact, ...], number: int) -> Contact:
    return contacts[number - 1] if number <= len(contacts) else Contact()
