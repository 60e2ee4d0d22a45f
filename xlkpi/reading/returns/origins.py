"""Where the figures of a return come from: each sheet's own heading, and second copies of a sheet."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from xlkpi.core.period import Period, PeriodScheme
from xlkpi.core.period_text import parse_period
from xlkpi.core.visible_text import fold_code
from xlkpi.errors import UnreadableFile
from xlkpi.findings import Code, Finding, finding, shorten
from xlkpi.findings.return_file import CHECK_COPY, CLEAR_COPY, LEAVE_COPY
from xlkpi.layout.addresses import HELP, MANIFEST, QUESTIONS, Col
from xlkpi.layout.plan import ReturnLayout
from xlkpi.layout.row_formulas import NOT_KNOWN
from xlkpi.ooxml.addresses import cell_address, parse_cell
from xlkpi.ooxml.model import RawSheet, RawWorkbook
from xlkpi.reading.returns.checked_return import Manifest
from xlkpi.reading.returns.cover import cover_sheet
from xlkpi.reading.returns.find_sheets import MOST_ROWS
from xlkpi.reading.returns.headings import find_columns
from xlkpi.reading.returns.locate import Located, plan_sheet
from xlkpi.reading.returns.moved_cells import list_some
from xlkpi.reading.returns.typed_counts import read_words

_HEADING_ROWS = range(1, 9)
"""Where a sheet says whose it is, with room for rows that somebody put above."""
_SEEN_BESIDE = 7
"""How far to the right of a code on a sheet of theirs its figures are looked for."""
FEWEST_CODES, MOST_LISTED, LONGEST_CODE = 2, 50, 20
"""A sheet with one code and a number is a note; a finding names the first codes; a longer text is not a code."""
LONGEST_NAME = 120


def origin_findings(
    book: RawWorkbook, layout: ReturnLayout, manifest: Manifest, located: Mapping[str, Located]
) -> Iterator[Finding]:
    """Findings on sheets that were made for another provider or period, and on second copies with other figures."""
    sections = {at.sheet.name: at.sheet for at in located.values()}
    plan = plan_sheet(book, layout.asked)
    yield from _heading_findings((*sections.values(), *([plan] if plan else [])), manifest)
    cover = cover_sheet(book)
    others = (HELP, MANIFEST, QUESTIONS, *(sheet.name for sheet in (plan, cover) if sheet))
    known = {name.casefold() for name in (*sections, *others)}
    sure = {asked.indicator.code: located[asked.indicator.code] for asked in layout.asked if asked.due
            and asked.indicator.code in located and located[asked.indicator.code].sure}  # fmt: skip
    for sheet in book.sheets:
        if sheet.name.casefold() not in known:
            yield from _copy_findings(sheet, sure, is_locked=book.structure_locked)


def _heading_findings(sheets: Iterable[RawSheet], manifest: Manifest) -> Iterator[Finding]:
    """One finding for all sheets that say the same, where it is not what the workbook was made for."""
    made_for = {"provider": manifest.provider, "period": str(manifest.period)}
    places: dict[tuple[Code, str], list[tuple[str, str]]] = {}
    for sheet in sheets:
        for code, written, at in _strange_lines(sheet, manifest):
            places.setdefault((code, written), []).append((sheet.name, at))
    for (code, written), cells in places.items():
        name, at = cells[0]
        facts = {"sheets": list_some([sheet for sheet, _ in cells]), "at": at, "found": written, **made_for}
        yield finding(code, facts, sheet=name, cell=at)


def _strange_lines(sheet: RawSheet, manifest: Manifest) -> Iterator[tuple[Code, str, str]]:
    """What the two lines under a sheet's title say of another provider or period, each with its cell."""
    name = ""
    for row in _HEADING_ROWS:
        line = read_words(sheet, cell_address(row, 1))
        period = _period(line, manifest.period.scheme)
        if period:
            break
        name = line
    else:
        return
    if period != manifest.period:
        yield Code.SHEET_PERIOD, str(period), cell_address(row, 1)
    if name not in ("", NOT_KNOWN) and manifest.provider and not _is_same_name(name, manifest.provider):
        yield Code.SHEET_PROVIDER, shorten(name, LONGEST_NAME), cell_address(row - 1, 1)


def _period(line: str, scheme: PeriodScheme) -> Period | None:
    start = line.partition(" (")[0]
    return _short_period(start, scheme) if len(start) <= LONGEST_NAME else None


@lru_cache(maxsize=256)  # of lines as short as these: every sheet of a return has the same
def _short_period(text: str, scheme: PeriodScheme) -> Period | None:
    return parse_period(text, scheme)


def _is_same_name(name: str, other: str) -> bool:
    return name == other or _plain(name) == _plain(other)


def _plain(name: str) -> str:
    """A name as people read it: without case, control characters and the width of its spaces."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    if folded.isprintable():  # so nothing in it is a control character
        return " ".join(folded.split())
    return " ".join("".join(char for char in folded if unicodedata.category(char)[0] != "C" or char in "\n\t").split())


def _copy_findings(copy: RawSheet, located: Mapping[str, Located], *, is_locked: bool) -> Iterator[Finding]:
    """A finding where a sheet that is none of ours has x and y for our codes, and other ones than were read."""
    try:
        columns = find_columns(copy)
        rows = _rows_of_codes(copy, columns[Col.CODE], located) if columns else {}
        if columns is None or not rows:
            yield from _figures_without_headings(copy, located, is_locked=is_locked)
            return
    except UnreadableFile:  # nothing is read from it, so its damage is of no account
        return
    differing: dict[str, list[tuple[str, str, str]]] = {}
    for code, row in rows.items():
        at = located[code]
        pairs = ((at.x, f"{columns[Col.X]}{row}"), (at.y, f"{columns[Col.Y]}{row}"))
        for ref, other in pairs:
            value = copy.cell(other).value
            if value is not None and value != at.sheet.cell(ref).value:
                differing.setdefault(at.sheet.name, []).append((code, ref, other))
    for sheet, cells in differing.items():
        remedy = LEAVE_COPY if _is_out_of_reach(copy, is_locked=is_locked) else CLEAR_COPY
        yield _differs(copy.name, sheet, cells, remedy)


def _is_out_of_reach(copy: RawSheet, *, is_locked: bool) -> bool:
    """Tell whether nobody can show a sheet in order to clear it."""
    return copy.state == "veryHidden" or (is_locked and copy.state != "visible")


def _figures_without_headings(copy: RawSheet, located: Mapping[str, Located], *, is_locked: bool) -> Iterator[Finding]:
    """Ask about a sheet that is none of ours and has other numbers beside our codes, but no headings x and y."""
    wanted = {fold_code(code): code for code in located}
    codes: dict[str, str] = {}
    for ref in copy.contents.cells:
        if len(codes) == MOST_LISTED:
            break
        text = read_words(copy, ref)
        code = wanted.get(fold_code(text)) if 0 < len(text) <= LONGEST_CODE else None
        if code and any(number not in _figures_of(located[code]) for number in _numbers_right_of(copy, ref)):
            codes.setdefault(code, ref)
    if len(codes) >= FEWEST_CODES:
        at = located[next(iter(codes))]
        facts = {"other": copy.name, "codes": list_some(list(codes))}
        remedy = LEAVE_COPY if _is_out_of_reach(copy, is_locked=is_locked) else CHECK_COPY
        facts["remedy"] = remedy.format(sheet=at.sheet.name)
        yield finding(Code.COPY_UNREAD, facts, sheet=copy.name, cell=next(iter(codes.values())))


def _figures_of(at: Located) -> tuple[object, object]:
    return at.sheet.cell(at.x).value, at.sheet.cell(at.y).value


def _numbers_right_of(sheet: RawSheet, ref: str) -> Iterator[float]:
    row, column = parse_cell(ref) or (0, 0)
    values = (sheet.cell(cell_address(row, column + step)).value for step in range(1, _SEEN_BESIDE + 1))
    return (value for value in values if isinstance(value, float))


def _differs(copy: str, sheet: str, cells: Sequence[tuple[str, str, str]], remedy: str) -> Finding:
    codes = list_some(list(dict.fromkeys(code for code, _, _ in cells)))
    _, ref, other = cells[0]
    facts = {"sheet": sheet, "other": copy, "codes": codes, "at": ref, "near": other}
    facts["remedy"] = remedy.format(sheet=sheet, other=copy)
    return finding(Code.COPY_DIFFERS, facts, sheet=copy, cell=other)


def _rows_of_codes(sheet: RawSheet, column: str, codes: Iterable[str]) -> dict[str, int]:
    wanted = {fold_code(code): code for code in codes}
    rows: dict[str, int] = {}
    for row in range(1, MOST_ROWS):
        code = wanted.get(fold_code(read_words(sheet, f"{column}{row}")))
        if code:
            rows.setdefault(code, row)
    return rows
