"""What the cover of a return says: whose it is, and the declaration."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from difflib import SequenceMatcher

from xlkpi.core.day import NotADay, long_date, parse_day
from xlkpi.core.lot import Contact
from xlkpi.core.placeholders import is_placeholder
from xlkpi.core.visible_text import fold_code, is_blank
from xlkpi.findings import Code, Finding, finding, shorten
from xlkpi.layout.addresses import COVER
from xlkpi.layout.cover.rows import LABELS
from xlkpi.ooxml.model import CellKind, RawCell, RawSheet, RawWorkbook
from xlkpi.ooxml.serial_days import from_serial
from xlkpi.reading.returns.checked_return import Manifest
from xlkpi.reading.returns.cover_contacts import contact_findings, find_contact_cells, read_contacts
from xlkpi.reading.returns.find_sheets import MOST_ROWS, sheet_by_labels, sheet_by_names
from xlkpi.reading.returns.typed_counts import read_comment, read_error

NEARLY_THE_SAME = 0.9
"""The least likeness of two names of which one is taken for the other with a slip of the hand."""
LONGEST_COMPARED = 200
"""Characters of such a name: to find the likeness of two texts takes the square of their length."""
_SAME_WORD = {"ltd": "limited", "co": "company", "assoc": "association"}


@dataclass(frozen=True)
class CoverFacts:
    """The declaration as given, the findings about the cover, and the provider's points of contact."""

    declared_by: str
    declared_on: date | None
    findings: tuple[Finding, ...]
    contacts: tuple[Contact, ...] = ()


def cover_sheet(book: RawWorkbook) -> RawSheet | None:
    """Find the cover, under whatever name it has now; None where it was deleted."""
    return sheet_by_names(book, LABELS, COVER) or sheet_by_labels(book)


def read_cover(book: RawWorkbook, manifest: Manifest) -> CoverFacts:
    """Read name, day and identity; a cover that was made for someone else is a must-fix.

    A deleted cover gets no finding here: it is already reported as missing.
    """
    sheet = cover_sheet(book)
    if sheet is None:
        return CoverFacts("", None, ())
    cells = {name: _cell(book, sheet, name) for name in LABELS}
    by, on = cells["Return.declared_by"], cells["Return.declared_on"]
    name, day = read_comment(by), _day(on)
    findings = _identity(sheet, cells, manifest)
    contact_cells = find_contact_cells(book)
    contacts = read_contacts(contact_cells)
    findings.extend(contact_findings(contact_cells, sheet, contacts, manifest.contacts))
    if read_error(by):
        what = "The name of the person making the declaration"
        findings.append(_at(Code.WORDS_LOST, sheet, by, what=what, found=read_error(by)))
    elif is_blank(name):
        findings.append(_at(Code.DECLARED_BY, sheet, by))
    elif is_placeholder(name):
        findings.append(_at(Code.DECLARED_NOBODY, sheet, by, found=shorten(name)))
    if day is None:
        shown = read_error(on) or read_comment(on)
        blank = on is None or (on.formula is None and not shown)
        code = Code.DECLARED_ON if blank else Code.DECLARED_ON_TEXT
        findings.append(_at(code, sheet, on, found=shown))
    elif day < manifest.period.end:
        facts = {"found": long_date(day), "end": long_date(manifest.period.end)}
        findings.append(_at(Code.DECLARED_EARLY, sheet, on, **facts))
    return CoverFacts(name, day, tuple(findings), contacts)


def _cell(book: RawWorkbook, sheet: RawSheet, name: str) -> RawCell | None:
    """The cell of a name, else the one beside its label; None where both are lost."""
    named = book.cell(name)
    if named:
        return named
    wanted = fold_code(LABELS[name])
    labels = (row for row in range(1, MOST_ROWS) if fold_code(read_comment(sheet.cell(f"B{row}"))) == wanted)
    return next((sheet.cell(f"C{row}") for row in labels), None)


def _at(code: Code, sheet: RawSheet, cell: RawCell | None, **facts: str) -> Finding:
    ref = cell.ref if cell else ""
    return finding(code, {"at": ref or sheet.name, **facts}, sheet=sheet.name, cell=ref)


def _identity(sheet: RawSheet, cells: Mapping[str, RawCell | None], manifest: Manifest) -> list[Finding]:
    """Compare number, name and period of the cover with what the workbook was made for."""
    findings = []
    texts = {name: read_comment(cell) for name, cell in cells.items()}
    number, name, period = (texts[f"Return.{part}"] for part in ("provider_id", "provider", "period"))
    facts = {
        "found": f"{name} ({number})" if number else name,
        "provider": f"{manifest.provider} ({manifest.provider_id})",
    }
    made_for = _words(manifest.provider)
    written = made_for if name == manifest.provider else _words(name)
    if number and number != manifest.provider_id and _words(number) != _words(manifest.provider_id):
        findings.append(_at(Code.PROVIDER_CHANGED, sheet, cells["Return.provider_id"], **facts))
    elif written and made_for and written != made_for and not _is_error(cells["Return.provider"]):
        # The same name with words added or left out may be a correction; with other words it is another name.
        is_near = written < made_for or written > made_for or is_slip_of(name, manifest.provider)
        code = Code.PROVIDER_RENAMED if is_near else Code.PROVIDER_CHANGED
        findings.append(_at(code, sheet, cells["Return.provider"], **facts))
    if period and period != str(manifest.period):
        facts = {"found": period, "period": str(manifest.period)}
        findings.append(_at(Code.PERIOD_CHANGED, sheet, cells["Return.period"], **facts))
    return findings


def _words(name: str) -> frozenset[str]:
    """The words of a name as people compare them: without case, accents, signs and the spelling of the company form."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char))
    text = plain.casefold().replace("&", " and ").replace("’", "").replace("'", "")
    return frozenset(_SAME_WORD.get(word, word) for word in re.findall(r"\w+", text.replace(".", "")))


def is_slip_of(name: str, other: str) -> bool:
    """Tell whether two names differ by a letter or two, as where one was typed.

    Where numbers differ, or how a word begins, they are of two providers: House 1 and House 2, East and West.
    """
    if max(len(name), len(other)) > LONGEST_COMPARED:
        return False
    words, others = _words(name), _words(other)
    typed, meant = (" ".join(sorted(apart)) for apart in (words - others, others - words))
    if typed[:1] != meant[:1] or any(map(str.isdigit, typed + meant)):
        return False
    return SequenceMatcher(None, name.casefold(), other.casefold()).ratio() >= NEARLY_THE_SAME


def _is_error(cell: RawCell | None) -> bool:
    return cell is not None and cell.kind is CellKind.ERROR


def _day(cell: RawCell | None) -> date | None:
    """The day in a cell: a date, a day number whose format was lost, or a day as text."""
    if cell is None:
        return None
    if isinstance(cell.value, datetime):
        return cell.value.date()
    if isinstance(cell.value, float):
        return from_serial(cell.value)
    if cell.kind is not CellKind.TEXT or not isinstance(cell.value, str):
        return None
    try:
        return parse_day(cell.value)
    except NotADay:
        return None
