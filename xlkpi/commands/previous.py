"""The figures of earlier returns, as the next return shows them beside its inputs."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from xlkpi.consolidation.cache import ReturnCache
from xlkpi.consolidation.file_sources import find_sources
from xlkpi.consolidation.inbox import is_workbook_name
from xlkpi.consolidation.read_returns import ReadOptions, read_all
from xlkpi.consolidation.result import FileStatus
from xlkpi.consolidation.selection import FoundFile, select_returns
from xlkpi.core.period import Period
from xlkpi.layout.provider_texts import LastFigures
from xlkpi.reading.returns.check import check_return
from xlkpi.reading.returns.checked_return import CheckedReturn, ReturnedEntry


def previous_figures(folder: Path, period: Period) -> dict[str, dict[str, LastFigures]]:
    """By provider and indicator, the figures of the latest earlier return in which x and y were whole numbers.

    An indicator is always returned for the same length of time, so its last figures are comparable. Which file of a
    provider counts is decided as in a master. Raises UnreadableFile where there is no such folder.
    """
    sources = [one for one in find_sources(folder) if is_workbook_name(PurePosixPath(one.name))]
    read = read_all(sources, ReadOptions(check_return, kept=ReturnCache()))
    found = [FoundFile(one.name, checked) for one, checked in zip(sources, read, strict=True)]
    earlier = {one.manifest.period for one in found if one.manifest and one.manifest.period < period}
    figures: dict[str, dict[str, LastFigures]] = {}
    for before in sorted(earlier):
        for one in select_returns(found, before):
            if one.status is FileStatus.USED:
                _add(figures, one.found.checked)
    return figures


def _add(figures: dict[str, dict[str, LastFigures]], checked: CheckedReturn) -> None:
    manifest = checked.manifest
    if manifest is None:
        return
    mine = figures.setdefault(manifest.provider_id, {})
    for entry in checked.entries:
        last = _last(entry, str(manifest.period))
        if last:
            mine[entry.code] = last


def _last(entry: ReturnedEntry, period: str) -> LastFigures | None:
    if not entry.due or entry.x is None or entry.y is None:
        return None
    outturn = float(entry.outturn) if entry.outturn is not None else None
    return LastFigures(period, entry.x, entry.y, outturn, entry.state.value)
