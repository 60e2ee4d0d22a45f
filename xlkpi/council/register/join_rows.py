"""A provider on several rows of the register, one per lot: joined where only the lots differ, else left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from xlkpi.core.lot import Contact, Provider, fold_name
from xlkpi.council.lists.faults import Fault, place
from xlkpi.council.lists.reader import ListedRow
from xlkpi.council.register.lots import parse_yes
from xlkpi.findings import Severity, shorten

_FIELDS = {
    "provider": "name",
    "type": "kind",
    "contract_ref": "contract_ref",
    "contract_start": "contract_start",
    "contract_end": "contract_end",
    "extended_to": "extended_to",
    "review_date": "review_date",
    "contract_value": "contract_value",
    "contract_manager": "contract_manager",
    "lead_director": "lead_director",
    "department": "department",
    "supplied": "supplied",
    "email": "email",
}
"""The columns that must agree on all rows of a provider, each with its field; transport and contacts are below."""
_CONTACTS = ("contact_1", "contact_2", "contact_3")


@dataclass(frozen=True)
class RegisterRow:
    """A row that can be used: where it is, its cells by column, and the provider it describes."""

    listed: ListedRow
    cells: dict[str, str]
    provider: Provider

    def value(self, column: str) -> object:
        """Give what the row says in a column, as it is compared; empty where it says nothing."""
        if column == "transport":
            return self.provider.transport or ("" if parse_yes(self.cells.get("transport", "")) is None else False)
        if column in _CONTACTS:
            contact = dict(zip(_CONTACTS, self.provider.contacts, strict=False)).get(column, Contact())
            return "" if contact == Contact() else contact
        return fold_name(str(getattr(self.provider, _FIELDS[column]) or ""))


def join_rows(rows: Sequence[RegisterRow]) -> tuple[Provider | None, list[Fault]]:
    """Join the rows of a provider; None where they contradict each other, with the two cells of each contradiction."""
    faults = list(_contradictions(rows)) if len(rows) > 1 else []
    if faults:
        return None, faults
    first, *others = rows
    held = set(first.provider.holds)
    for row in others:
        if row.provider.holds <= held:
            faults.append(_repeat(first, row))
        held |= row.provider.holds
    return _joined([row.provider for row in rows]), faults


def _contradictions(rows: Sequence[RegisterRow]) -> Iterator[Fault]:
    for column in (*_FIELDS, "transport", *_CONTACTS):
        first: RegisterRow | None = None
        for row in rows:
            value = row.value(column)
            if value == "":
                continue
            if first is None:
                first = row
            elif value != first.value(column):
                yield _contradiction(column, first, row)
                break


def _contradiction(column: str, first: RegisterRow, second: RegisterRow) -> Fault:
    here, there = second.listed, first.listed
    sheet = f" of the sheet {there.sheet}" if there.sheet != here.sheet and there.sheet else ""
    message = (
        f"{place(here.row, column, here.cell(column), here.sheet)} says “{_shown(second, column)}”, but row {there.row}"
        f" ({there.cell(column)}){sheet} says “{_shown(first, column)}” for the same provider_id,"
        f" {second.provider.provider_id}. Correct one of them, or give each provider its own number."
    )
    return Fault(here.row, column, message, Severity.MUST_FIX, here.cell(column), here.sheet)


def _shown(row: RegisterRow, column: str) -> str:
    return shorten(row.cells.get(column, ""))


def _repeat(first: RegisterRow, row: RegisterRow) -> Fault:
    where = place(row.listed.row, sheet=row.listed.sheet)
    message = f"{where} adds no lot to {first.provider.provider_id} of row {first.listed.row}. Delete one of them."
    return Fault(row.listed.row, "", message, Severity.NOTE, sheet=row.listed.sheet)


def _joined(providers: Sequence[Provider]) -> Provider:
    """The first row with the lots and supplier numbers of all, and what only a later row says."""
    first = providers[0]
    rest = {
        name: next((value for provider in providers if (value := getattr(provider, name))), getattr(first, name))
        for name in (*_FIELDS.values(), "contacts")
    }
    held = {lot for provider in providers for lot in provider.lots}
    numbers = dict.fromkeys(number for provider in providers for number in provider.supplier_numbers)
    return replace(
        first,
        **rest,
        lots=tuple(sorted(held)),
        transport=any(provider.transport for provider in providers),
        supplier_numbers=tuple(numbers),
    )
