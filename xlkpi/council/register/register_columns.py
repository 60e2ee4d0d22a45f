"""Which columns a register may have, and what is worth a word about its header."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from xlkpi.council.lists.columns import MOST_COLUMNS, ListColumns, ListHeader, plain_header, wide_fault
from xlkpi.council.lists.faults import Fault
from xlkpi.findings import Severity, shorten
from xlkpi.ooxml.addresses import cell_address, column_letters

REGISTER = ListColumns(
    (
        "provider_id", "provider", "type", "lots", "transport", "contract_ref", "contract_start", "contract_end",
        "extended_to", "review_date", "contract_value", "contract_manager", "lead_director", "department", "supplied",
        "supplier_numbers", "email", "contact_1", "contact_2", "contact_3",
    ),
    ("provider_id", "provider", "lots"),
    {
        "id": "provider_id", "providernumber": "provider_id", "providerno": "provider_id",
        "name": "provider", "providername": "provider", "kind": "type", "providertype": "type", "lot": "lots",
        "contract": "contract_ref", "contractreference": "contract_ref",
        "startdate": "contract_start", "contractstartdate": "contract_start", "enddate": "contract_end",
        "contractenddate": "contract_end", "expirydate": "contract_end", "extension": "extended_to",
        "extendedto": "extended_to", "extensionto": "extended_to", "extensiondate": "extended_to",
        "extensionend": "extended_to", "review": "review_date", "reviewdue": "review_date", "nextreview": "review_date",
        "whatissupplied": "supplied", "description": "supplied", "directorate": "department", "value": "contract_value",
        "manager": "contract_manager", "director": "lead_director", "emailaddress": "email",
        "suppliernumber": "supplier_numbers", "supplierno": "supplier_numbers", "suppliernos": "supplier_numbers",
        "supplierid": "supplier_numbers", "vendornumber": "supplier_numbers", "vendorno": "supplier_numbers",
        "creditornumber": "supplier_numbers", "creditorno": "supplier_numbers",
    },
)  # fmt: skip


def header_faults(header: ListHeader) -> list[Fault]:
    """Say of each column that is not read why it is not, and what to do if it should be."""
    return [fault for _, fault in sorted(_unread(header), key=lambda numbered: numbered[0])]


def _unread(header: ListHeader) -> Iterator[tuple[int, Fault]]:
    if header.is_cut:
        yield MOST_COLUMNS, wide_fault(header, "register")
    for place, text in header.unknown:
        message = f"{_column(place, text)} is not one the register uses. {_advice(text)}"
        yield place, Fault(header.row, text, message, Severity.NOTE, cell_address(header.row, place + 1))
    for place, text, column in header.repeated:
        used = column_letters(header.at[column] + 1)
        message = f"{_column(place, text)} is a second {column}; column {used} was read. Delete or rename one of them."
        yield place, Fault(header.row, text, message, Severity.QUERY, cell_address(header.row, place + 1))


def _column(place: int, text: str) -> str:
    return f"Column {column_letters(place + 1)}, “{shorten(text)}”,"


def _advice(text: str) -> str:
    known = {**REGISTER.aliases, **{plain_header(name): name for name in REGISTER.names}}
    near = difflib.get_close_matches(plain_header(shorten(text)), list(known), n=1, cutoff=0.75)
    return f"If it is {known[near[0]]}, rename it; otherwise leave it." if near else "It does no harm."
