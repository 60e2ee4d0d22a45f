"""Reading an extract of the case system (SWIFT/Liberi): x and y of an indicator as the Council counts them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from xlkpi.catalogue import Catalogue, load_catalogue
from xlkpi.core.cell_count import Figure
from xlkpi.core.period import Period
from xlkpi.council.lists.columns import ListColumns
from xlkpi.council.lists.faults import CellFault
from xlkpi.council.lists.finance_columns import EXTRACT, PROVIDER_COLUMNS
from xlkpi.council.lists.finding_collector import FindingCollector
from xlkpi.council.lists.parse_values import ENTER_PROVIDER
from xlkpi.council.lists.reader import ListedRow
from xlkpi.council.lists.several_files import FilesOfList
from xlkpi.council.lists.validate_row import validate_row
from xlkpi.finance.extract_numbers import ExtractNumbers, judge_figures
from xlkpi.finance.extract_row import ExtractRow
from xlkpi.finance.providers import ProviderDirectory, ProviderMatch, read_named_provider
from xlkpi.finance.suppliers import UnknownSuppliers
from xlkpi.findings import Code, Finding

TOTALS = frozenset(("total", "totals", "grand total", "all", "all services", "overall", "sum", "subtotal"))
"""What a row that adds up the others calls itself where they name their service."""

EntryKey = tuple[str, str]
"""A provider's id and an indicator's code."""


def cross_checked(catalogue: Catalogue | None = None) -> tuple[str, ...]:
    """List the indicators whose How measured names the case system, in the contract's order; None is our contract."""
    indicators = (catalogue or load_catalogue()).indicators.items()
    return tuple(code for code, indicator in indicators if indicator.cross_checked)


def extract_columns(catalogue: Catalogue | None = None) -> ListColumns:
    """Give the columns of an extract; y may be missing where none of the indicators that are compared has a y."""
    indicators = (catalogue or load_catalogue()).indicators
    if any(indicators[code].effective.has_y for code in cross_checked(catalogue)):
        return EXTRACT
    return replace(EXTRACT, required=tuple(column for column in EXTRACT.required if column != "y"))


@dataclass(frozen=True)
class ExtractCount:
    """x and y as the Council counts them, added up over the services of a provider, and the first line they are in."""

    x: Figure
    y: int
    line: int


@dataclass(frozen=True)
class Extract:
    """The Council's counts of one period by provider and indicator. rows_read = used + other_periods + set aside.

    ``unsure`` are entries on several rows that could not be added up: the extract has them, but they are not compared.
    """

    file: str
    rows_read: int
    other_periods: int
    rows_set_aside: int
    counts: Mapping[EntryKey, ExtractCount]
    findings: tuple[Finding, ...]
    unsure: frozenset[EntryKey] = frozenset()


@dataclass
class _EntryRows:
    """The rows of one entry: those that were read, with their lines, and the lines that could not be."""

    rows: list[tuple[int, ExtractRow]] = field(default_factory=list)
    unread: list[int] = field(default_factory=list)

    @property
    def is_certain(self) -> bool:
        """Whether the entry is one row, or rows of different services; a total beside them would count them twice."""
        services = [row.service.casefold() for _, row in self.rows]
        one_each = "" not in services and len(set(services)) == len(services) and TOTALS.isdisjoint(services)
        return not self.unread and (len(services) == 1 or one_each)

    def total(self) -> ExtractCount:
        """Add up the rows."""
        x: Figure = sum((row.x for _, row in self.rows), 0)
        return ExtractCount(x, sum(row.y for _, row in self.rows), self.rows[0][0])


@dataclass(frozen=True)
class _Wanted:
    """Which period's rows are wanted, the indicators they may be about (None: our contract's), how figures are read."""

    period: Period
    catalogue: Catalogue | None
    numbers: ExtractNumbers

    @property
    def context(self) -> Mapping[str, object]:
        """What a row is read by."""
        return {"catalogue": self.catalogue, "scheme": self.period.scheme}


def read_extract(
    paths: Path | Sequence[Path],
    period: Period,
    directory: ProviderDirectory,
    mapped: Mapping[str, str],
    catalogue: Catalogue | None = None,
) -> Extract:
    """Read the rows of one period; a row that cannot be used is a finding with its line.

    Several rows of one entry are added up where each names its service, else the entry is not compared. ``catalogue``
    is the contract's, None for ours. Raises UnreadableFile for what is not a list, LedgerError for want of a column.
    """
    files = FilesOfList(paths, extract_columns(catalogue), mapped)
    findings = FindingCollector(files.name, files.places, directory.settings)
    suppliers = UnknownSuppliers()
    entries: dict[EntryKey, _EntryRows] = {}
    read = other = 0
    for opened in files.each(findings):
        findings.add_header(opened.header, unread=True)
        numbers, rows = judge_figures(opened, findings)
        wanted = _Wanted(period, catalogue, numbers)
        for listed in (row for row in rows if not row.is_blank):
            read += 1
            named = read_named_provider(listed.header.filled(listed.cells))
            match = directory.match(*named) if named else ProviderMatch()
            if named and not match.provider_id:
                suppliers.add(listed.line, named, match)
                continue
            row = _read_row(listed, findings, match.provider_id, entries, wanted)
            if row is not None and row.period != period:
                other += 1
            elif row is not None:
                entries.setdefault((match.provider_id, row.indicator), _EntryRows()).rows.append((listed.line, row))
    suppliers.report(findings, all_compared=not directory.is_exhausted)
    counts = _add_up(entries, findings)
    unsure = frozenset(entries.keys() - counts.keys())
    used = sum(len(entries[key].rows) for key in counts)
    return Extract(files.name, read, other, read - other - used, counts, findings.all(), unsure)


def _add_up(entries: Mapping[EntryKey, _EntryRows], findings: FindingCollector) -> dict[EntryKey, ExtractCount]:
    """Add up the entries that are certain; each of the others is a finding, unless none of its rows could be read."""
    counts: dict[EntryKey, ExtractCount] = {}
    for key, entry in entries.items():
        if entry.rows and entry.is_certain:
            counts[key] = entry.total()
        elif entry.rows:
            _add_unsure(findings, key, entry)
    return counts


def _read_row(
    listed: ListedRow,
    findings: FindingCollector,
    provider_id: str,
    entries: dict[EntryKey, _EntryRows],
    wanted: _Wanted,
) -> ExtractRow | None:
    """Read a row, or say what is wrong with it; an entry of which a row cannot be read must not be added up."""
    header, cells = listed.header, listed.header.every(listed.cells)
    unsure = wanted.numbers.settle(cells, listed)
    row, faults = validate_row(ExtractRow, cells, header, listed.row, context=wanted.context)
    columns = {fault.column for fault in unsure}
    faults = (*unsure, *(fault for fault in faults if fault.column not in columns))
    if listed.fault:
        faults = (listed.fault,)
    elif not any(cells.get(column) for column in PROVIDER_COLUMNS):
        column = next(column for column in PROVIDER_COLUMNS if column in cells)
        faults = (CellFault(column, listed.cell(column), f"is empty. {ENTER_PROVIDER}"), *faults)
    for fault in faults:
        findings.add_row(listed.line, fault)
    if row is not None and not faults:
        return row
    about, _ = validate_row(
        ExtractRow, {**cells, "service": "", "x": "0", "y": "0"}, header, listed.row, context=wanted.context
    )
    if about and provider_id and about.period == wanted.period:
        entries.setdefault((provider_id, about.indicator), _EntryRows()).unread.append(listed.line)
    return None


def _add_unsure(findings: FindingCollector, key: EntryKey, entry: _EntryRows) -> None:
    """Add that an entry is on several rows that cannot be added up, and why."""
    services = [row.service.casefold() for _, row in entry.rows]
    if entry.unread:
        why, remedy = "one of which cannot be read", "Correct it."
    elif not TOTALS.isdisjoint(services):
        why, remedy = "one of which is a total", "Keep the total or the services."
    elif "" in services:
        why = "and nothing says that each is a service of its own"
        remedy = 'Keep one, or name the column of the services with --columns "service=Its header".'
    else:
        why, remedy = "two of which name one service", "Keep one line per service."
    facts = {"line": entry.rows[0][0], "provider_id": key[0], "code": key[1], "why": why, "remedy": remedy}
    number = len(entry.rows) + len(entry.unread)
    findings.add(Code.EXTRACT_ROWS, {**facts, "number": number}, indicator=key[1])
