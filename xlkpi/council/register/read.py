"""Reading the register of providers, CSV or workbook: one row per provider, or one per lot of a provider."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from xlkpi.catalogue.load import load_terms
from xlkpi.core.lot import Provider, fold_number
from xlkpi.council.lists.cell_text import clean_name
from xlkpi.council.lists.faults import CellFault, Fault, place, row_fault
from xlkpi.council.lists.reader import ListedRow, open_list
from xlkpi.council.lists.unknown_columns import header_faults
from xlkpi.council.register.continued_rows import NamedRow
from xlkpi.council.register.join_rows import RegisterRow, join_rows
from xlkpi.council.register.judge_columns import judge_columns
from xlkpi.council.register.lots import RegisterLots
from xlkpi.council.register.provider_row import read_provider
from xlkpi.council.register.register_columns import REGISTER
from xlkpi.findings import Severity

_FOOTER = re.compile(
    r"(?:grand |sub-?)?totals?\b|number of providers|end of (?:list|register|report)|page \d+ of \d+", re.IGNORECASE
)
"""What programs write below a list."""
LARGEST_REGISTER = 50_000_000
MOST_PROVIDERS = 50_000


def read_register(
    path: Path | str, lots: Sequence[str] | None = None, *, lots_optional: bool = False
) -> tuple[tuple[Provider, ...], tuple[Fault, ...]]:
    """Read the providers of a register in its order, and everything in it that should be fixed, row by row.

    Reads CSV (UTF-8, UTF-16 or Windows; comma, semicolon or tab) and every sheet of an .xlsx with the columns. A
    provider of whom a row cannot be used, or whose rows contradict each other, is left out and has a fault of severity
    MUST_FIX; the others are not affected. ``lots`` are those of the contract, None for those of ours; where they are
    optional, a provider without any reports what everyone does. Raises UnreadableFile where the file is neither,
    RegisterError where it has no column provider_id, provider or lots.
    """
    opened = open_list(Path(path), REGISTER, largest=LARGEST_REGISTER, most_rows=MOST_PROVIDERS, what="register")
    header = opened.header
    contract = RegisterLots(load_terms().lots if lots is None else lots, optional=lots_optional)
    providers, faults = _providers(opened, contract)
    if not providers and not faults:
        message = f"{place(header.row + 1)}: the register has no providers. Enter one per row, below its header."
        faults.append(Fault(header.row + 1, "", message))
    return tuple(providers), (*header_faults(header, REGISTER, "register"), *faults, *opened.remarks)


def _providers(rows: Iterable[ListedRow], lots: RegisterLots) -> tuple[list[Provider], list[Fault]]:
    faults: list[Fault] = []
    by_id: dict[str, list[RegisterRow]] = {}
    unusable: dict[str, ListedRow] = {}
    above: NamedRow | None = None
    filled = [(listed, listed.header.filled([clean_name(text) for text in listed.cells])) for listed in rows]
    columns = judge_columns(filled)
    for listed, written in filled:
        if not written and listed.fault is None:
            continue
        if footer := _footer_fault(listed, written):
            faults.append(footer)
            continue
        cells = columns.settle(written, listed)
        if above and above.is_continued_by(listed, cells):
            faults.append(above.note_continuation(listed))
            cells = {**cells, **above.provider_cells}
        above = NamedRow(listed, cells) if "provider_id" in cells else None
        provider, wrong = _read(listed, cells, lots)
        faults += wrong
        if provider is not None:
            by_id.setdefault(provider.provider_id.casefold(), []).append(RegisterRow(listed, cells, provider))
        elif "provider_id" in cells:
            unusable.setdefault(cells["provider_id"].casefold(), listed)
    providers: list[Provider] = []
    for number, of_provider in by_id.items():
        if number in unusable:
            faults.append(_left_out(of_provider[0], unusable[number]))
            continue
        joined, wrong = join_rows(of_provider)
        faults += wrong
        providers += [joined] if joined else []
    usable = [of_provider for number, of_provider in by_id.items() if number not in unusable]
    faults += columns.faults()
    faults += _names_twice(of_provider[0] for of_provider in usable)
    faults += _numbers_twice(row for of_provider in usable for row in of_provider)
    return providers, sorted(faults, key=lambda fault: fault.row) if _is_one_sheet(faults) else faults


def _footer_fault(listed: ListedRow, cells: dict[str, str]) -> Fault | None:
    """Note a row that a program wrote below the providers; None for any other."""
    if cells.keys() != {"provider_id"} or not _FOOTER.match(cells["provider_id"]):
        return None
    note = CellFault("", "", "is not a provider, so it was not read.")
    return row_fault(listed.row, note, Severity.NOTE, listed.sheet)


def _is_one_sheet(faults: Iterable[Fault]) -> bool:
    return not any(fault.sheet for fault in faults)


def _read(listed: ListedRow, cells: dict[str, str], lots: RegisterLots) -> tuple[Provider | None, list[Fault]]:
    if listed.fault:
        return None, [row_fault(listed.row, listed.fault, sheet=listed.sheet)]
    return read_provider(listed.row, cells, listed.header, lots, listed.sheet)


def _left_out(row: RegisterRow, unusable: ListedRow) -> Fault:
    """A return for only some of a provider's lots would be wrong, so a row that cannot be used leaves all out."""
    where = place(row.listed.row, sheet=row.listed.sheet)
    message = (
        f"{where} is left out too, because row {unusable.row} of {row.provider.provider_id} cannot be used."
        f" Correct row {unusable.row}."
    )
    return Fault(row.listed.row, "", message, sheet=row.listed.sheet)


def _names_twice(rows: Iterable[RegisterRow]) -> Iterator[Fault]:
    """The same name under two numbers is worth a look."""
    first: dict[str, RegisterRow] = {}
    for row in rows:
        earlier = first.setdefault(row.provider.name.casefold(), row)
        if earlier.provider.provider_id.casefold() != row.provider.provider_id.casefold():
            listed = row.listed
            reason = (
                f"is {row.provider.name}, the name in row {earlier.listed.row} too."
                " Delete one row, or tell the names apart."
            )
            fault = CellFault("provider", listed.cell("provider"), reason)
            yield row_fault(listed.row, fault, Severity.QUERY, listed.sheet)


def _numbers_twice(rows: Iterable[RegisterRow]) -> Iterator[Fault]:
    """A supplier number of two providers tells nobody whose an invoice is."""
    first: dict[str, RegisterRow] = {}
    for row in rows:
        for number in row.provider.supplier_numbers:
            earlier = first.setdefault(fold_number(number), row)
            if earlier.provider.provider_id.casefold() != row.provider.provider_id.casefold():
                listed = row.listed
                reason = (
                    f"has {number}, which row {earlier.listed.row} has too, so it is used for neither."
                    " Correct one of them."
                )
                fault = CellFault("supplier_numbers", listed.cell("supplier_numbers"), reason)
                yield row_fault(listed.row, fault, Severity.QUERY, listed.sheet)
