"""One row of the register: its model, and the faults it shows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
    model_validator,
)

from xlkpi.catalogue.load import load_terms
from xlkpi.core.lot import TRANSPORT, Contact, Provider
from xlkpi.core.visible_text import is_error_value
from xlkpi.council.lists.cell_text import UNREADABLE
from xlkpi.council.lists.columns import ListHeader
from xlkpi.council.lists.faults import Fault, rejection, row_fault
from xlkpi.council.lists.parse_values import ENTER_PROVIDER, read_optional_day
from xlkpi.council.lists.validate_row import validate_row
from xlkpi.council.register.days_in_order import find_contradicting_days
from xlkpi.council.register.lots import RegisterLots, parse_lots, parse_yes
from xlkpi.council.register.register_cells import (
    parse_contact,
    parse_contract_end,
    parse_emails,
    parse_kind,
    parse_numbers,
    parse_sum,
)
from xlkpi.findings import Severity, shorten

ESSENTIAL = frozenset(("provider_id", "provider", "lots", "transport", ""))
"""Columns without which a row cannot be used; the empty one is the row as a whole."""

LONGEST_ID, LONGEST_NAME, LONGEST_CELL = 40, 200, 2_000
_LaterDay = Annotated[date | None, BeforeValidator(parse_contract_end)]
_Contact = Annotated[Contact, BeforeValidator(parse_contact)]


def _lots(text: Any, info: ValidationInfo) -> tuple[str, ...]:
    """Read the lots, which the contract's catalogue names: they come with the row as its context."""
    return parse_lots(text, _contract_lots(info).names)


def _contract_lots(info: ValidationInfo) -> RegisterLots:
    return (info.context or {}).get("lots") or RegisterLots(load_terms().lots)


class ProviderRow(BaseModel):
    """The columns of a register's row as text, turned into what they mean."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)  # most runs read few of the lists

    provider_id: str = Field(default="", validate_default=True)
    provider: str = Field(default="", validate_default=True)
    type: Annotated[str, BeforeValidator(parse_kind)] = ""
    lots: Annotated[tuple[str, ...], BeforeValidator(_lots)] = ()
    transport: Annotated[bool | None, BeforeValidator(parse_yes)] = None
    contract_ref: str = ""
    contract_start: Annotated[date | None, BeforeValidator(read_optional_day)] = None
    contract_end: _LaterDay = None
    extended_to: _LaterDay = None
    review_date: _LaterDay = None
    contract_value: Annotated[str, BeforeValidator(parse_sum)] = ""
    contract_manager: str = ""
    lead_director: str = ""
    department: str = ""
    supplied: str = ""
    supplier_numbers: Annotated[tuple[str, ...], BeforeValidator(parse_numbers)] = ()
    email: Annotated[str, BeforeValidator(parse_emails)] = ""
    contact_1: _Contact = Contact()
    contact_2: _Contact = Contact()
    contact_3: _Contact = Contact()

    @field_validator("*", mode="before")
    @classmethod
    def _readable(cls, text: Any) -> Any:
        if isinstance(text, str) and is_error_value(text):
            raise rejection(f"shows {text}. Type what belongs there over it.")
        if isinstance(text, str) and UNREADABLE in text:
            advice = "Type it again and save as CSV UTF-8 or .xlsx."
            raise rejection(
                f"says “{shorten(text)}”, with a character that was lost or that acts on programs. {advice}"
            )
        return text

    @field_validator("provider_id")
    @classmethod
    def _identified(cls, text: str) -> str:
        return _required(text, ENTER_PROVIDER, LONGEST_ID)

    @field_validator("provider")
    @classmethod
    def _named(cls, text: str) -> str:
        return _required(text, "Enter the provider's name.", LONGEST_NAME)

    @model_validator(mode="after")
    def _holds_something(self, info: ValidationInfo) -> Self:
        contract = _contract_lots(info)
        if TRANSPORT in self.lots and self.transport is False:
            raise rejection("has transport among the lots, but says no under transport. Correct one of them.")
        if self.lots or contract.optional:
            return self
        if TRANSPORT not in contract.names:
            raise rejection("has no lot, so there is nothing to report. Enter its lots.")
        if not self.transport:
            advice = "Enter its lots, or yes under transport."
            raise rejection(f"has no lot and no transport, so there is nothing to report. {advice}")
        return self

    def as_provider(self) -> Provider:
        """Turn the row into a provider, without the empty contacts at its end."""
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
            contract_end=self.contract_end,
            extended_to=self.extended_to,
            review_date=self.review_date,
            contract_value=self.contract_value,
            contract_manager=self.contract_manager,
            lead_director=self.lead_director,
            department=self.department,
            supplied=self.supplied,
            email=self.email,
            contacts=tuple(contacts),
            supplier_numbers=self.supplier_numbers,
        )


def _required(text: str, remedy: str, longest: int) -> str:
    if not text:
        raise rejection(f"is empty. {remedy}")
    if len(text) > longest:
        raise rejection(f"is {len(text)} characters long. Shorten it to {longest}.")
    return text


def read_provider(
    row: int, cells: Mapping[str, str], header: ListHeader, lots: RegisterLots, sheet: str = ""
) -> tuple[Provider | None, list[Fault]]:
    """Read the provider of a row from its filled cells by column, and say what is wrong with it.

    None where an essential cell cannot be used; any other cell that cannot be read is left out of it.
    """
    read, wrong = validate_row(ProviderRow, cells, header, row, LONGEST_CELL, {"lots": lots})
    if read is not None:
        provider = read.as_provider()
        wrong = find_contradicting_days(provider, header, row)
        if not wrong:
            return provider, []
    faults = [row_fault(row, fault, _severity(fault.column), sheet) for fault in wrong]
    columns = {fault.column for fault in wrong}
    if columns & ESSENTIAL:
        return None, faults
    rest = {column: text for column, text in cells.items() if column not in columns}
    without, more = read_provider(row, rest, header, lots, sheet)
    return without, faults + more


def _severity(column: str) -> Severity:
    return Severity.MUST_FIX if column in ESSENTIAL else Severity.QUERY
