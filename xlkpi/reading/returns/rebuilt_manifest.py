"""What a return says of itself that has lost its hidden sheet and its names, as in Numbers: by its cover and codes."""

from __future__ import annotations

from xlkpi.catalogue.load import Catalogue, ContractTerms
from xlkpi.core.checks import AskedIndicator
from xlkpi.core.period import Period
from xlkpi.core.period_text import parse_period
from xlkpi.core.visible_text import fold_code
from xlkpi.findings import Code, Finding, finding
from xlkpi.layout import LAYOUT_VERSION
from xlkpi.layout.addresses import NATIVE, Col, ReturnKey
from xlkpi.layout.cover.rows import LABELS
from xlkpi.layout.plan import get_layout
from xlkpi.layout.wording import bands_cell, how_cell
from xlkpi.ooxml.addresses import cell_address
from xlkpi.ooxml.model import RawSheet, RawWorkbook
from xlkpi.reading.returns.checked_return import Manifest
from xlkpi.reading.returns.find_sheets import MOST_ROWS, sheet_by_codes, sheet_by_labels, sheet_titled
from xlkpi.reading.returns.headings import find_columns

LARGEST_RETURN = 500_000
"""Bytes of a file whose sheets are looked through: a return has a tenth of that, others much more."""

_READING_COLUMNS = (Col.BANDS, Col.HOW)
"""The columns that show under which reading an indicator was asked for."""


def rebuild_manifest(book: RawWorkbook, terms: ContractTerms) -> tuple[Manifest | None, Finding] | None:
    """Make the manifest that a return of ours was built with, and the query that says so.

    Without a manifest the finding says that it is ours and what to do. None for what is not a return of ours.
    """
    if book.size > LARGEST_RETURN:
        return None
    catalogue = terms.in_force()
    cover, sections = sheet_by_labels(book), _sections(book, catalogue)
    if cover is None and not sections:
        return None
    if cover is None or not sections:
        return None, finding(Code.MANIFEST_LOST, {"file": book.path.name})
    facts = {part: _beside(cover, LABELS[f"Return.{part}"]) for part in ("provider", "provider_id", "period")}
    period = parse_period(facts["period"], terms.scheme)
    if not facts["provider_id"] or period is None:
        return None, finding(Code.MANIFEST_LOST, {"file": book.path.name})
    catalogue = terms.in_force(period)
    sections = {key: sheet for key, sheet in sections.items() if key in {each.key for each in catalogue.sections}}
    manifest = Manifest(
        provider_id=facts["provider_id"],
        provider=facts["provider"],
        period=period,
        sections=tuple(sections),
        as_written=_read_as_written(sections, catalogue, period),
        catalogue=catalogue.version,
        layout=LAYOUT_VERSION,
        edition=NATIVE,
        return_id="",
        send_by=None,
        previous_y={},
    )
    whose = f"{manifest.provider} ({manifest.provider_id})"
    return manifest, finding(Code.MANIFEST_REBUILT, {"provider": whose, "period": str(period)}, sheet=cover.name)


def _sections(book: RawWorkbook, catalogue: Catalogue) -> dict[str, RawSheet]:
    """Find the sheet of each section: by its title, else by its codes."""
    sheets = {}
    for section in catalogue.sections:
        codes = {indicator.code for indicator in catalogue.of_section(section.key)}
        sheet = sheet_titled(book, section.title) or sheet_by_codes(book, codes)
        if sheet is not None and find_columns(sheet) and _code_rows(sheet, codes):
            sheets[section.key] = sheet
    return sheets


def _code_rows(sheet: RawSheet, codes: set[str]) -> dict[str, int]:
    wanted = {fold_code(code): code for code in codes}
    texts = ((row, fold_code(_text(sheet, row, Col.CODE))) for row in range(1, MOST_ROWS))
    return {wanted[text]: row for row, text in texts if text in wanted}


def _read_as_written(sections: dict[str, RawSheet], catalogue: Catalogue, period: Period) -> tuple[str, ...]:
    """List the indicators whose rows show the reading as written, and not the one that is in force otherwise."""
    two_readings = tuple(code for code, indicator in catalogue.indicators.items() if indicator.why)
    asked = {
        as_written: get_layout(catalogue, ReturnKey(tuple(sections), period, as_written)).asked
        for as_written in ((), two_readings)
    }
    codes = []
    for effective, written in zip(asked[()], asked[two_readings], strict=True):
        sheet = sections[effective.indicator.section]
        row = _code_rows(sheet, {effective.indicator.code}).get(effective.indicator.code, 0)
        shown = tuple(_text(sheet, row, col) for col in _READING_COLUMNS) if row else ()
        if shown == _reading_texts(written, period) != _reading_texts(effective, period):
            codes.append(effective.indicator.code)
    return tuple(codes)


def _reading_texts(asked: AskedIndicator, period: Period) -> tuple[str, ...]:
    return bands_cell(asked).strip(), how_cell(asked, period).strip()


def _beside(cover: RawSheet, label: str) -> str:
    """Give the text to the right of a label of the cover."""
    wanted = fold_code(label)
    rows = (row for row in range(1, MOST_ROWS) if fold_code(_text(cover, row, 2)) == wanted)
    return next((_text(cover, row, 3) for row in rows), "")


def _text(sheet: RawSheet, row: int, col: int) -> str:
    value = sheet.cell(cell_address(row, col)).value
    if isinstance(value, float):
        return f"{value:.15g}"
    return str(value).strip() if value is not None else ""
