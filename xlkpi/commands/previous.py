"""Earlier periods that a person names: a folder of their returns, or a master made of them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from xlkpi.catalogue.load import Catalogue
from xlkpi.consolidation.collect_period import workbooks_in
from xlkpi.consolidation.contract_record import NO_RECORD, ContractRecord
from xlkpi.consolidation.found_file import FoundFile
from xlkpi.consolidation.missing_provider import MissingProvider
from xlkpi.consolidation.read_returns import ReadOptions, read_all
from xlkpi.consolidation.record_periods import record_missing, record_period, record_rows
from xlkpi.consolidation.return_cache import ReturnCache
from xlkpi.consolidation.selection import select_returns
from xlkpi.core.lot import Provider
from xlkpi.core.period import Period
from xlkpi.core.records import DataRow
from xlkpi.council import Council
from xlkpi.layout.provider_texts import LastFigures
from xlkpi.reading.masters.action_plans import read_master_history
from xlkpi.reading.masters.data import read_master_rows
from xlkpi.reading.returns.check_return import check_return
from xlkpi.reading.returns.seal_key import find_key
from xlkpi.writing.file_names import is_remote


def read_earlier_returns(folder: Path | str) -> list[FoundFile]:
    """Read the workbooks of a folder of earlier returns. Raises UnreadableFile where there is no such folder."""
    sources = workbooks_in(folder)
    checked = read_all(sources, ReadOptions(check_return, cache=ReturnCache(), key=find_key()))
    return [FoundFile(source.name, result, source.received_at) for source, result in zip(sources, checked, strict=True)]


def record_of_folder(folder: Path | str, period: Period, council: Council) -> ContractRecord:
    """Record every earlier period with a return in a folder. Raises UnreadableFile where there is no such folder.

    Which file of a provider counts is decided as in a master.
    """
    found = read_earlier_returns(folder)
    earlier = {file.manifest.period for file in found if file.manifest and file.manifest.period < period}
    today = date.today()  # noqa: DTZ011 - the day where the officer sits
    return ContractRecord(
        tuple(record_period(before, select_returns(found, before, today=today), council) for before in sorted(earlier))
    )


def last_figures(record: ContractRecord) -> dict[str, dict[str, LastFigures]]:
    """Return, by provider and indicator, the figures of the latest earlier return with whole numbers for x and y.

    An indicator is always returned for the same length of time, so its last figures are comparable.
    """
    figures: dict[str, dict[str, LastFigures]] = {}
    for row in record.rows:
        if row.x is not None and row.y is not None:
            outturn = float(row.outturn) if row.outturn is not None else None
            last = LastFigures(str(row.period), row.x, row.y, outturn, row.state.value)
            figures.setdefault(row.provider_id, {})[row.indicator] = last
    return figures


def is_master(previous: Path | str | None) -> bool:
    """Tell whether a single workbook is named, and not a folder of returns."""
    return previous is not None and not is_remote(previous) and Path(previous).is_file()


def master_rows(previous: Path | str, catalogue: Catalogue) -> tuple[DataRow, ...]:
    """Read the entries of a master and of the periods before it, recalculated from x and y.

    Raises UnreadableFile where it is not one of our masters.
    """
    read = read_master_rows(previous, catalogue=catalogue)
    return (*read.earlier, *read.rows)


def record_of_master(previous: Path | str | None, catalogue: Catalogue) -> ContractRecord:
    """Record what an earlier master contains: its entries, action plans and missing returns; none if not a master.

    Raises UnreadableFile where it is not one of our masters.
    """
    if previous is None or not is_master(previous):
        return NO_RECORD
    history = read_master_history(previous, catalogue)
    record = record_rows((*history.entries.earlier, *history.entries.rows), history.plans)
    missing = (
        MissingProvider(Provider(absent.provider_id, absent.provider), absent.due_by) for absent in history.missing
    )
    return record.completed(record_missing(history.period, missing))
