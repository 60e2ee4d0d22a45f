"""Which column of a register holds what: its header row, read forgivingly."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from xlkpi.council.lists.faults import Fault, cell_at
from xlkpi.council.lists.records import Records
from xlkpi.errors import RegisterError
from xlkpi.findings import Severity
from xlkpi.ooxml.addresses import column_letters

COLUMNS = (
    "provider_id",
    "provider",
    "type",
    "lots",
    "transport",
    "contract_ref",
    "contract_start",
    "contract_value",
    "contract_manager",
    "lead_director",
    "email",
    "contact_1",
    "contact_2",
    "contact_3",
)
REQUIRED = ("provider_id", "provider", "lots")
SEARCHED = 20
"""A title or a note may stand above the header; further down than this nobody puts one."""

ALSO = {
    "id": "provider_id",
    "providernumber": "provider_id",
    "providerno": "provider_id",
    "name": "provider",
    "providername": "provider",
    "kind": "type",
    "providertype": "type",
    "lot": "lots",
    "contract": "contract_ref",
    "contractreference": "contract_ref",
    "startdate": "contract_start",
    "contractstartdate": "contract_start",
    "value": "contract_value",
    "manager": "contract_manager",
    "director": "lead_director",
    "emailaddress": "email",
}
"""Other names people give a column, as `_plain` leaves them."""


def _plain(header: str) -> str:
    return "".join(c for c in header.casefold() if c.isalnum())


_KNOWN = {**ALSO, **{_plain(column): column for column in COLUMNS}}


def column_of(header: str) -> str | None:
    """The column a header means, whatever its case, spaces, hyphens or underscores; None where it is none."""
    return _KNOWN.get(_plain(header))


@dataclass(frozen=True)
class Header:
    """Where the header stands (row counted from 1), and each known column's number (from 1) by its name."""

    row: int
    at: Mapping[str, int]
    width: int
    faults: tuple[Fault, ...]


def find_header(path: Path, records: Records) -> Header:
    """The first row that names a provider_id and a provider, among the first 20.

    Raises RegisterError where there is none, or where it lacks a column of REQUIRED.
    """
    rows = [(number, _columns(record)) for number, record in enumerate(records[:SEARCHED], start=1)]
    row, at = next(
        (found for found in rows if {"provider_id", "provider"} <= set(found[1])),
        next(((number, at) for number, at in rows if at), (1, {})),
    )
    missing = tuple(column for column in REQUIRED if column not in at)
    first = records[row - 1] if records else ()
    if missing:
        raise RegisterError(path, missing, tuple(text for text in first if text))
    width = max((n for n, text in enumerate(first, start=1) if text), default=0)
    return Header(row, at, width, tuple(_faults(row, first, at)))


def _columns(record: tuple[str, ...]) -> dict[str, int]:
    at: dict[str, int] = {}
    for number, text in enumerate(record, start=1):
        column = column_of(text)
        if column:
            at.setdefault(column, number)
    return at


def _faults(row: int, first: tuple[str, ...], at: Mapping[str, int]) -> list[Fault]:
    faults = []
    for number, text in enumerate(first, start=1):
        column = column_of(text)
        here = f"Column {column_letters(number)}, “{text}”,"
        if text and column is None:
            message = f"{here} is not one the register uses. {_advice(text)}"
            faults.append(Fault(row, text, message, Severity.NOTE, cell_at(row, number)))
        elif column and at[column] != number:
            used = column_letters(at[column])
            message = f"{here} is a second {column}; column {used} was read. Delete or rename one of them."
            faults.append(Fault(row, text, message, Severity.QUERY, cell_at(row, number)))
    return faults


def _advice(text: str) -> str:
    near = difflib.get_close_matches(_plain(text), list(_KNOWN), n=1, cutoff=0.75)
    return f"If it is {_KNOWN[near[0]]}, rename it; otherwise leave it." if near else "It does no harm."
