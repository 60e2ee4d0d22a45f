"""What changed against the master of the same period that was made before: returns, figures, RAG, files, findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from xlkpi.consolidation.result import Consolidation
from xlkpi.core.cell_count import Figure, as_number
from xlkpi.core.lot import by_name
from xlkpi.core.records import DataRow
from xlkpi.reading.masters.lists import ReadMaster
from xlkpi.reading.masters.what_changed import MasterChange

NO_RETURN = "no return"
KINDS = ("Return", "Entry", "Figures", "Agreed figures", "RAG", "File", "Finding")
"""What can have changed, in the order of the sheet."""
Entries = Mapping[tuple[str, str], DataRow]


def list_changes(before: ReadMaster, result: Consolidation) -> tuple[MasterChange, ...]:
    """List everything that differs from the master before; what it listed itself where nothing does.

    So the same files give the same master however often it is made, and the changes stay until there are new ones.
    Nothing is listed against a master of another period.
    """
    if before.period != result.period:
        return ()
    names = {row.provider_id: row.provider for row in (*before.entries.rows, *result.rows)}
    changes = [*_of_entries(before, result), *_of_files(before, result), *_of_findings(before, result, names)]
    order = {row.indicator: place for place, row in enumerate(result.rows)}

    def key(change: MasterChange) -> tuple[object, ...]:
        provider = by_name(change.provider, change.provider_id)
        place = (order.get(change.indicator, -1), change.indicator, change.file, change.before, change.now)
        return (KINDS.index(change.what), not change.provider_id, *provider, *place)

    return tuple(sorted(changes, key=key)) or before.changes


def _of_entries(before: ReadMaster, result: Consolidation) -> Iterator[MasterChange]:
    then = _by_entry(row for row in before.entries.rows if row.period == result.period)
    now = _by_entry(result.rows)
    returned_then, returned_now = ({provider_id for provider_id, _ in entries} for entries in (then, now))
    for provider_id in returned_then ^ returned_now:
        entries = [row for key, row in {**then, **now}.items() if key[0] == provider_id]
        words = (NO_RETURN, f"{len(entries)} entries")
        shown = words if provider_id in returned_now else words[::-1]
        yield MasterChange("Return", provider_id, entries[0].provider, "", "", *shown)
    for key in {**then, **now}:
        if key[0] in returned_then & returned_now:
            yield from _of_entry(then.get(key), now.get(key))


def _by_entry(rows: Iterable[DataRow]) -> Entries:
    return {(row.provider_id, row.indicator): row for row in rows}


def _of_entry(then: DataRow | None, now: DataRow | None) -> Iterator[MasterChange]:
    row = now or then
    if row is None or then is now:  # the same row, as most are: see `read_master`, known
        return
    who = (row.provider_id, row.provider, row.indicator, "")
    if then is None or now is None:
        yield MasterChange("Entry", *who, _figures(then), _figures(now))
        return
    pairs = (
        ("Figures", _figures(then), _figures(now)),
        ("Agreed figures", _agreed(then), _agreed(now)),
        ("RAG", then.state_in_force.value, now.state_in_force.value),
    )
    yield from (MasterChange(what, *who, old, new) for what, old, new in pairs if old != new)


def _figures(row: DataRow | None) -> str:
    if row is None:
        return "no entry"
    return _pair(row.x, row.y)


def _pair(x: Figure | None, y: Figure | None) -> str:
    return f"x {_count(x)}, y {_count(y)}"


def _count(count: Figure | None) -> str:
    return "none" if count is None else f"{as_number(count):,}"


def _agreed(row: DataRow) -> str:
    return _pair(row.agreed.x, row.agreed.y) if row.agreed else "none"


def _of_files(before: ReadMaster, result: Consolidation) -> Iterator[MasterChange]:
    """List the files whose status is another; a new return of another period changes nothing in this one."""
    then = {_plain(file.file): file for file in before.files}
    now = {_plain(row.file): row for row in result.files}
    for name in {**then, **now}:
        old, new = then.get(name), now.get(name)
        statuses = (old.status if old else "not there", new.status.value if new else "not there")
        is_of_another = new is not None and new.counts_elsewhere
        if statuses[0] != statuses[1] and not (is_of_another and old is None):
            file: Any = new or old
            yield MasterChange("File", file.provider_id, file.provider, "", file.file, *statuses)


def _of_findings(before: ReadMaster, result: Consolidation, names: Mapping[str, str]) -> Iterator[MasterChange]:
    then = {
        (each.provider_id, each.indicator, _plain(each.file), each.severity, _plain(each.message)): each.file
        for each in before.findings
    }
    now = {
        (
            each.provider_id,
            each.finding.indicator or "",
            _plain(each.file),
            each.finding.severity.value,
            _plain(each.finding.message),
        ): each.file
        for each in result.findings
    }
    for key in then.keys() ^ now.keys():
        provider_id, indicator, _, severity, message = key
        text, is_new = f"{severity}: {message}", key in now
        file = now[key] if is_new else then[key]
        shown = ("", text) if is_new else (text, "")
        yield MasterChange("Finding", provider_id, names.get(provider_id, ""), indicator, file, *shown)


def _plain(text: str) -> str:
    """Take line breaks and doubled spaces out of a text: a cell does not give them back as they were."""
    return " ".join(text.split())
