"""Reading the register of providers: one row a provider, CSV or workbook."""

from __future__ import annotations

from pathlib import Path

from xlkpi.core.lot import Provider
from xlkpi.council.lists.faults import Fault, cell_at, place
from xlkpi.council.lists.records import Records, read_records
from xlkpi.council.register.columns import Header, find_header
from xlkpi.council.register.provider_row import read_row
from xlkpi.findings import Severity

Seen = dict[tuple[str, str], int]


def read_register(path: Path | str) -> tuple[tuple[Provider, ...], tuple[Fault, ...]]:
    """The providers of a register in its order, and everything in it that should be put right, row by row.

    Reads CSV (UTF-8, UTF-16 or Windows; comma, semicolon or tab) and the first sheet of an .xlsx. A row that
    cannot be used is left out and has a fault of severity MUST_FIX; the other rows are not affected.
    Raises UnreadableFile where the file is neither, RegisterError where it has no column provider_id,
    provider or lots.
    """
    file = Path(path)
    records = read_records(file)
    header = find_header(file, records)
    providers, faults = _providers(records, header)
    if not providers and not faults:
        message = f"Row {header.row + 1}: the register holds no provider. Enter one a row, below its header."
        faults.append(Fault(header.row + 1, "", message))
    return tuple(providers), (*header.faults, *faults)


def _providers(records: Records, header: Header) -> tuple[list[Provider], list[Fault]]:
    providers: list[Provider] = []
    faults: list[Fault] = []
    seen: Seen = {}
    for row, record in enumerate(records[header.row :], start=header.row + 1):
        if not any(record):
            continue
        provider, wrong = _read(row, record, header)
        again = _met_before(row, provider, header, seen) if provider else []
        faults += [*wrong, *again]
        if provider and not any(fault.severity is Severity.MUST_FIX for fault in again):
            providers.append(provider)
    return providers, faults


def _read(row: int, record: tuple[str, ...], header: Header) -> tuple[Provider | None, list[Fault]]:
    if any(record[header.width :]):
        advice = "Put text that holds a comma in quotation marks."
        return None, [Fault(row, "", f"{place(row)} has more cells than the header has columns. {advice}")]
    filled = {column: record[at - 1] for column, at in header.at.items() if any(record[at - 1 : at])}
    return read_row(row, filled, header.at)


def _met_before(row: int, provider: Provider, header: Header, seen: Seen) -> list[Fault]:
    """A number stands once, or nobody could tell whose return it is; the same name twice is worth a look."""
    number = ("provider_id", provider.provider_id.casefold())
    name = ("provider", provider.name.casefold())
    faults = []
    if number in seen:
        here = place(row, number[0], header.at[number[0]])
        there = f"{here} is {provider.provider_id}, which row {seen[number]} has too."
        message = f"{there} Give each provider its own number."
        return [Fault(row, number[0], message, cell=cell_at(row, header.at[number[0]]))]
    if name in seen:
        here = place(row, name[0], header.at[name[0]])
        message = f"{here} is {provider.name}, the name in row {seen[name]} too."
        advice = "Delete one row, or tell the names apart."
        cell = cell_at(row, header.at[name[0]])
        faults.append(Fault(row, name[0], f"{message} {advice}", Severity.QUERY, cell))
    seen.setdefault(number, row)
    seen.setdefault(name, row)
    return faults
