"""The action plans of a master read again, so that a later one knows which were returned earlier."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from xlkpi.catalogue.load import ContractTerms
from xlkpi.core.period import Period, PeriodScheme
from xlkpi.core.period_text import parse_period
from xlkpi.core.records import ActionPlanRecord, DataRow, ReturnedAnswer, ReturnedContacts, list_timescales
from xlkpi.core.vocabulary import Rag
from xlkpi.ooxml.limits import MASTER_CELL_LIMIT
from xlkpi.ooxml.workbook import open_workbook
from xlkpi.reading.masters.data import MasterRows, rows_of, sheets_called
from xlkpi.reading.masters.lists import MasterMissing, missing_of_book
from xlkpi.reading.masters.provider_words import answers_of_book, contacts_of_book
from xlkpi.reading.masters.tables import TableRow, table_rows

ACTION_PLANS = "Action plans"
NEEDED = ("provider_id", "KPI", "of period", "Action to be taken", "Expected outcomes", "Timescale")
Entries = Mapping[tuple[Period, str, str], DataRow]
_PLACE = re.compile(r"(?:(.*) )?[A-Z]+(\d{1,7})")


@dataclass(frozen=True)
class MasterHistory:
    """What a master says of its period and of those before: entries, action plans, and which returns are missing.

    ``answers`` and ``contacts`` are what providers wrote beside their figures.
    """

    entries: MasterRows
    plans: tuple[ActionPlanRecord, ...]
    missing: tuple[MasterMissing, ...]
    answers: tuple[ReturnedAnswer, ...] = ()
    contacts: tuple[ReturnedContacts, ...] = ()

    @property
    def period(self) -> Period | None:
        """The period it was made for; None where it has no entries."""
        return max(self.entries.periods, default=None)


def read_master_history(path: Path | str, terms: ContractTerms, entries: MasterRows | None = None) -> MasterHistory:
    """Read the history in a master that xlkpi wrote; a sheet that it has lost gives nothing.

    A plan's outturn and RAG come from the entry's x and y, never from the sheet. ``entries`` are those of the master,
    if they are known already.

    Raises UnreadableFile where it cannot be read, or is not a master.
    """
    book = open_workbook(path, most_cells=MASTER_CELL_LIMIT)
    entries = rows_of(book, terms) if entries is None else entries
    known = {(row.period, row.provider_id, row.indicator): row for row in (*entries.earlier, *entries.rows)}
    plans = {}
    for sheet in sheets_called(book, ACTION_PLANS):
        for plan in _plans(table_rows(sheet, NEEDED) or iter(()), known, terms.scheme):
            key = plan.period, plan.provider_id, plan.indicator
            if plan.file or key not in plans:
                plans[key] = plan
    ordered = (*(key for key in known if key in plans), *(key for key in plans if key not in known))
    words = answers_of_book(book, terms.scheme), contacts_of_book(book, terms.scheme)
    return MasterHistory(entries, tuple(plans[key] for key in ordered), missing_of_book(book), *words)


def _plans(rows: Iterator[TableRow], known: Entries, scheme: PeriodScheme) -> Iterator[ActionPlanRecord]:
    for row in rows:
        for line in row.text("earlier plan").splitlines():
            text, _, timescale = line.partition(": ")
            period = parse_period(text, scheme)
            entry = _entry_of(row, period, known) if period else None
            if period and entry is not None and entry.rag is not None:
                yield _earlier_version(period, entry, entry.rag, timescale)
        period = parse_period(row.text("of period"), scheme)
        entry = _entry_of(row, period, known) if period else None
        if period and entry is not None and entry.rag is not None:
            yield _plan(row, period, entry, entry.rag)


def _entry_of(row: TableRow, period: Period, known: Entries) -> DataRow | None:
    """Find the entry that a plan is about: of its period, or the last one before where it is open but not due."""
    about = row.text("provider_id"), row.text("KPI")
    own = known.get((period, *about))
    if own is not None and own.rag is not None:
        return own
    earlier = (key for key, entry in known.items() if key[1:] == about and key[0] < period and entry.rag)
    last = max(earlier, default=None)
    return known[last] if last else None


def _earlier_version(period: Period, entry: DataRow, rag: Rag, timescale: str) -> ActionPlanRecord:
    """The plan of an earlier period, of which a later master shows the timescale alone; its file is not known."""
    identity = (period, entry.provider_id, entry.provider, entry.indicator)
    return ActionPlanRecord(*identity, entry.outturn, entry.period.end, rag, "", "", "", timescale, "", "", 0)


def _plan(row: TableRow, period: Period, entry: DataRow, rag: Rag) -> ActionPlanRecord:
    earlier = (line.partition(": ")[2] for line in row.text("earlier plan").splitlines())
    place = _PLACE.fullmatch(f"{row.text('sheet')} {row.text('cell')}".strip())
    return ActionPlanRecord(
        period,
        entry.provider_id,
        entry.provider,
        entry.indicator,
        entry.outturn,
        row.day("Date") or entry.period.end,
        rag,
        row.text("Issue / reason identified"),
        row.text("Action to be taken"),
        row.text("Expected outcomes"),
        row.text("Timescale"),
        row.text("file"),
        place[1] or "" if place else row.text("sheet"),
        int(place[2]) if place else 0,
        row.text("Progress to date"),
        row.text("New timescale"),
        list_timescales((*earlier, row.text("Timescale"), row.text("New timescale"))),
    )
