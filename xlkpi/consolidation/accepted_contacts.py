"""Points of contact that an officer accepted: they go before those of the register, in letters and the next return."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from xlkpi.consolidation.contract_record import ContractRecord
from xlkpi.core.lot import Provider, tidy_contacts
from xlkpi.core.records import ReturnedContacts
from xlkpi.council import Council
from xlkpi.council.decisions import Decision, DecisionKind


@dataclass(frozen=True)
class AcceptedContacts:
    """Contacts of a return, and the decision that accepts them."""

    returned: ReturnedContacts
    decision: Decision


def accept_contacts(council: Council, record: ContractRecord) -> Council:
    """Return the Council's lists with a register that has the accepted contacts; the same where none were accepted.

    Contacts replace those that their return was built with: where the register has changed since, it counts.
    """
    accepted = list_accepted(record, council)
    providers = council.register.providers
    if not accepted or providers is None:
        return council
    completed = tuple(_accepted(provider, accepted.get(provider.provider_id, ())) for provider in providers)
    return replace(council, register=replace(council.register, providers=completed))


def _accepted(provider: Provider, changes: Iterable[AcceptedContacts]) -> Provider:
    for change in changes:
        if tidy_contacts(provider.contacts) == change.returned.built_with:
            provider = replace(provider, contacts=change.returned.contacts)
    return provider


def list_accepted(record: ContractRecord, council: Council) -> Mapping[str, tuple[AcceptedContacts, ...]]:
    """List by provider the changes that were accepted, in the order of their returns.

    A decision is about the return of its period, or without a period about the latest that was due by its day.
    """
    decisions = council.decisions.of(DecisionKind.CONTACTS_ACCEPTED)
    accepted: dict[str, list[AcceptedContacts]] = {}
    for returned in record.contacts:
        about = [each for each in decisions if each.is_about(returned.provider_id, None, None)]
        meant = [each for each in about if _is_meant(each, returned, record)]
        if meant:
            accepted.setdefault(returned.provider_id, []).append(AcceptedContacts(returned, meant[-1]))
    return {provider_id: tuple(changes) for provider_id, changes in accepted.items()}


def _is_meant(decision: Decision, returned: ReturnedContacts, record: ContractRecord) -> bool:
    if decision.period is not None:
        return decision.period == returned.period
    own = (each.period for each in record.contacts if each.provider_id == returned.provider_id)
    return returned.period == max((period for period in own if period.start <= decision.decided_on), default=None)
