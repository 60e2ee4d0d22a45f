"""Reading the register of providers: one row per provider, CSV or workbook."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from xlkpi.core.lot import Provider
from xlkpi.council.lists.cell_text import clean
from xlkpi.council.lists.columns import ListHeader
from xlkpi.council.lists.faults import CellFault, Fault, place, row_fault
from xlkpi.council.lists.reader import ListedRow, open_list
from xlkpi.council.register.columns import REGISTER, header_faults
from xlkpi.council.register.provider_row import read_provider
from xlkpi.findings import Severity

LARGEST_REGISTER = 50_000_000
MOST_PROVIDERS = 50_000
RowsByValue = dict[tuple[str, str], int]
"""The first row that has a number or a name, by column and folded text."""


def read_register(path: Path | str) -> tuple[tuple[Provider, ...], tuple[Fault, ...]]:
    """Read the providers of a register in its order, and everything in it that should be fixed, row by row.

    Reads CSV (UTF-8, UTF-16 or Windows; comma, semicolon or tab) and the first sheet of an .xlsx. A row that
    cannot be used is left out and has a fault of severity MUST_FIX; the other rows are not affected.
    Raises UnreadableFile where the file is neither, RegisterError where it has no column provider_id,
    provider or lots.
    """
    opened = open_list(Path(path), REGISTER, largest=LARGEST_REGISTER, most_rows=MOST_PROVIDERS, what="register")
    header = opened.header
    providers, faults = _providers(opened)
    faults += opened.remarks
    if not providers and not faults:
        message = f"{place(header.row + 1)}: the register has no providers. Enter one per row, below its header."
        faults.append(Fault(header.row + 1, "", message))
    return tuple(providers), (*header_faults(header), *faults)


def _providers(rows: Iterable[ListedRow]) -> tuple[list[Provider], list[Fault]]:
    providers: list[Provider] = []
    faults: list[Fault] = []
    earlier: RowsByValue = {}
    for listed in rows:
        cells = [clean(text) for text in listed.cells]
        if not any(cells):
            continue
        provider, wrong = _read(listed, cells)
        repeats = _repeats(listed.row, provider, listed.header, earlier) if provider else []
        faults += [*wrong, *repeats]
        if provider and not any(fault.severity is Severity.MUST_FIX for fault in repeats):
            providers.append(provider)
    return providers, faults


def _read(listed: ListedRow, cells: list[str]) -> tuple[Provider | None, list[Fault]]:
    if listed.fault:
        return None, [row_fault(listed.row, listed.fault, sheet=listed.sheet)]
    return read_provider(listed.row, listed.header.filled(cells), listed.header)


def _repeats(row: int, provider: Provider, header: ListHeader, earlier: RowsByValue) -> list[Fault]:
    """A number is unique, or nobody could tell whose return it is; the same name twice is worth a look."""
    number = ("provider_id", provider.provider_id.casefold())
    name = ("provider", provider.name.casefold())
    faults = []
    if number in earlier:
        reason = f"is {provider.provider_id}, which row {earlier[number]} has too. Give each provider its own number."
        return [row_fault(row, CellFault("provider_id", header.cell("provider_id", row), reason))]
    if name in earlier:
        reason = f"is {provider.name}, the name in row {earlier[name]} too. Delete one row, or tell the names apart."
        fault = CellFault("provider", header.cell("provider", row), reason)
        faults.append(row_fault(row, fault, Severity.QUERY))
    earlier.setdefault(number, row)
    earlier.setdefault(name, row)
    return faults
