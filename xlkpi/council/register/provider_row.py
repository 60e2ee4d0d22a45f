"""One row of the register: its model, and the faults it shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    field_validator,
    model_validator,
)

from xlkpi.core.cell_count import is_error_value
from xlkpi.core.lot import TRANSPORT, Contact, Provider
from xlkpi.council.lists.cell_text import UNREADABLE
from xlkpi.council.lists.faults import Fault, cell_at, place, told
from xlkpi.council.register.lots import parse_lots, parse_yes
from xlkpi.council.register.parse_cells import parse_contact, parse_emails, parse_kind, parse_start, parse_sum
from xlkpi.findings import Severity

ESSENTIAL = frozenset(("provider_id", "provider", "lots", "transport", ""))
"""Columns without which a row cannot be used; the empty one stands for the row as a whole."""

LONGEST_ID, LONGEST_NAME = 40, 200
_Contact = Annotated[Contact, BeforeValidator(parse_contact)]


class ProviderRow(BaseModel):
    """The columns of a register's row as text, turned into what they mean."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    provider_id: str = Field(default="", validate_default=True)
    provider: str = Field(default="", validate_default=True)
    type: Annotated[str, BeforeValidator(parse_kind)] = ""
    lots: Annotated[tuple[str, ...], BeforeValidator(parse_lots)] = ()
    transport: Annotated[bool | None, BeforeValidator(parse_yes)] = None
    contract_ref: str = ""
    contract_start: Annotated[str, BeforeValidator(parse_start)] = ""
    contract_value: Annotated[str, BeforeValidator(parse_sum)] = ""
    contract_manager: str = ""
    lead_director: str = ""
    email: Annotated[str, BeforeValidator(parse_emails)] = ""
    contact_1: _Contact = Contact()
    contact_2: _Contact = Contact()
    contact_3: _Contact = Contact()

    @field_validator("*", mode="before")
    @classmethod
    def _readable(cls, text: Any) -> Any:
        if isinstance(text, str) and is_error_value(text):
            raise told(f"shows {text}. Type what belongs there over it.")
        if isinstance(text, str) and UNREADABLE in text:
            advice = "Type it again and save as CSV UTF-8 or .xlsx."
            raise told(f"says “{text}”, with a character that was lost. {advice}")
        return text

    @field_validator("provider_id")
    @classmethod
    def _identified(cls, text: str) -> str:
        return _given(text, "the provider's number", LONGEST_ID)

    @field_validator("provider")
    @classmethod
    def _named(cls, text: str) -> str:
        return _given(text, "the provider's name", LONGEST_NAME)

    @model_validator(mode="after")
    def _holds_something(self) -> Self:
        if TRANSPORT in self.lots and self.transport is False:
            raise told("has transport among the lots, but says no under transport. Correct one of them.")
        if not self.lots and not self.transport:
            advice = "Enter its lots, or yes under transport."
            raise told(f"has no lot and no transport, so there is nothing to report. {advice}")
        return self

    def as_provider(self) -> Provider:
        """The row as the rest of the house knows it, without the empty contacts at its end."""
        contacts = [self.contact_1, self.contact_2, self.contact_3]
        while contacts and contacts[-1] == Contact():
            contacts.pop()
        return Provider(
            provider_id=self.provider_id,
            name=self.provider,
            kind=self.type,
            lots=tuple(lot for lot in self.lots if lot != TRANSPORT),
            transport=bool(self.transport) or TRANSPORT in self.lots,
            contract_ref=self.contract_ref,
            contract_start=self.contract_start,
            contract_value=self.contract_value,
            contract_manager=self.contract_manager,
            lead_director=self.lead_director,
            email=self.email,
            contacts=tuple(contacts),
        )


def _given(text: str, what: str, longest: int) -> str:
    if not text:
        raise told(f"is empty. Enter {what}.")
    if len(text) > longest:
        raise told(f"is {len(text)} characters long. Shorten it to {longest}.")
    return text


Outcome = tuple[Provider | None, list[Fault]]


def read_row(row: int, cells: Mapping[str, str], at: Mapping[str, int]) -> Outcome:
    """The provider of a row, from its filled cells by column, and what is wrong with it.

    None where an essential cell cannot be used; any other cell that cannot be read is left out of it.
    """
    try:
        return ProviderRow.model_validate(dict(cells)).as_provider(), []
    except ValidationError as problem:
        told_of = [(str((*e["loc"], "")[0]), e["msg"]) for e in problem.errors(include_url=False)]
        faults = [_fault(row, at, column, says) for column, says in told_of]
    wrong = {fault.column for fault in faults}
    if wrong & ESSENTIAL:
        return None, faults
    rest = {column: text for column, text in cells.items() if column not in wrong}
    provider, more = read_row(row, rest, at)
    return provider, faults + more


def _fault(row: int, at: Mapping[str, int], column: str, says: str) -> Fault:
    severity = Severity.MUST_FIX if column in ESSENTIAL else Severity.QUERY
    where = at.get(column)
    return Fault(row, column, f"{place(row, column, where)} {says}", severity, cell_at(row, where))
