"""The findings about sheets that were not read and rows that are hidden: nothing is left out in silence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xlkpi.council.lists.columns import ListColumns, ListHeader, best_header
from xlkpi.council.lists.csv_rows import ListRow
from xlkpi.council.lists.faults import Fault
from xlkpi.council.lists.list_parts import ListPart
from xlkpi.findings import Severity


def unread_sheet_fault(
    part: ListPart,
    first: Sequence[ListRow],
    header: ListHeader | None,
    columns: ListColumns,
    mapped: Mapping[str, str],
) -> Fault | None:
    """Say of a sheet that is not read why, and what to do; None where it is blank.

    A hidden sheet is only worth a word where it has the columns (``header``). A sheet that is shown is asked about
    where it may be a part of the list: with half of the columns, or without a header and as wide as the list.
    """
    if header is not None:
        message = (
            f"The sheet {part.sheet} is hidden, so it was not read. Show it to have it read,"
            " or save the sheet that counts as CSV."
        )
        return Fault(header.row, "", message, Severity.QUERY, sheet=part.sheet)
    rows = [listed for listed in first if any(map(str.strip, listed.cells))]
    if part.is_hidden or not rows:
        return None
    best, _ = best_header(first, columns, mapped)
    missing = columns.lacking(best.at)
    recognised = len(columns.required) - len(missing)
    widest = max(sum(bool(cell.strip()) for cell in listed.cells) for listed in rows)
    asked = recognised * 2 >= len(columns.required) or (not recognised and widest >= len(columns.required))
    why = f"it has no {_named(missing)}" if recognised else "no row of it has the names of the columns"
    message = f"The sheet {part.sheet} was not read, because {why}."
    remedy = " Put the header above its rows, or delete the sheet if it is not part of the list." if asked else ""
    severity = Severity.QUERY if asked else Severity.NOTE
    return Fault(rows[0].row, "", message + remedy, severity, sheet=part.sheet)


def _named(columns: Sequence[str]) -> str:
    return ("column " if len(columns) == 1 else "columns ") + ", ".join(columns)


def hidden_rows_fault(rows: Sequence[int], sheet: str) -> Fault:
    """Say that rows are hidden, perhaps by a filter, and were read: nobody sees them when looking at the list."""
    where = f" of the sheet {sheet}" if sheet else ""
    message = (
        f"Row {rows[0]}{where} is hidden, perhaps by a filter; it was read."
        if len(rows) == 1
        else f"{len(rows):,} rows{where} are hidden, perhaps by a filter, from row {rows[0]} on; they were read."
    )
    return Fault(rows[0], "", message, Severity.NOTE, sheet=sheet)
