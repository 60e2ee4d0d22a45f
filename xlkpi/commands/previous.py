"""The figures of earlier returns, as the next return shows them beside its inputs."""

from __future__ import annotations

from pathlib import Path

from xlkpi.consolidation.cache import ReturnCache
from xlkpi.consolidation.collect_period import workbooks_in
from xlkpi.consolidation.read_returns import ReadOptions, read_all
from xlkpi.consolidation.result import FileStatus
from xlkpi.consolidation.selection import FoundFile, select_returns
from xlkpi.core.period import Period
from xlkpi.layout.provider_texts import LastFigures
from xlkpi.reading.returns.check import check_return
from xlkpi.reading.returns.checked_return import CheckedReturn, ReturnedEntry


def previous_figures(folder: Path, period: Period) -> dict[str, dict[str, LastFigures]]:
    """Return, by provider and indicator, the figures of the latest earlier return with whole numbers for x and y.

    An indicator is always returned for the same length of time, so its last figures are comparable. Which file of a
    provider counts is decided as in a master. Raises UnreadableFile where there is no such folder.
    """
    sources = workbooks_in(folder)
    checked = read_all(sources, ReadOptions(check_return, cache=ReturnCache()))
    found = [FoundFile(source.name, result) for source, result in zip(sources, checked, strict=True)]
    earlier = {file.manifest.period for file in found if file.manifest and file.manifest.period < period}
    figures: dict[str, dict[str, LastFigures]] = {}
    for before in sorted(earlier):
        for outcome in select_returns(found, before):
            if outcome.status is FileStatus.USED:
                _add(figures, outcome.found.checked)
    return figures


def _add(figures: dict[str, dict[str, LastFigures]], checked: CheckedReturn) -> None:
    manifest = checked.manifest
    if manifest is None:
        return
    of_provider = figures.setdefault(manifest.provider_id, {})
    for entry in checked.entries:
        last = _last_figures(entry, str(manifest.period))
        if last:
            of_provider[entry.code] = last


def _last_figures(entry: ReturnedEntry, period: str) -> LastFigures | None:
    if not entry.due or entry.x is None or entry.y is None:
        return None
    outturn = float(entry.outturn) if entry.outturn is not None else None
    return LastFigures(period, entry.x, entry.y, outturn, entry.state.value)
