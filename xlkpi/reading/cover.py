"""What the cover of a return says: whose it is, and the declaration."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from xlkpi.findings import Code, Finding, finding
from xlkpi.layout.dates import day_of
from xlkpi.layout.grid import COVER
from xlkpi.layout.texts import long_date
from xlkpi.reading.checked import Manifest
from xlkpi.reading.counts import read_comment
from xlkpi.reading.raw import CellKind, RawCell, RawWorkbook


@dataclass(frozen=True)
class CoverFacts:
    """The declaration as given, and what is to be said of the cover."""

    declared_by: str
    declared_on: date | None
    findings: tuple[Finding, ...]


def read_cover(book: RawWorkbook, manifest: Manifest) -> CoverFacts:
    """Read name, day and identity; a cover that was made for someone else is a must-fix."""
    findings = [*_identity(book, manifest)]
    by, on = book.cell("Return.declared_by"), book.cell("Return.declared_on")
    name = read_comment(by)
    if not name:
        findings.append(_at(Code.DECLARED_BY, by))
    day = _day(on)
    if day is None:
        blank = on is None or (on.formula is None and not read_comment(on))
        code = Code.DECLARED_ON if blank else Code.DECLARED_ON_TEXT
        findings.append(_at(code, on, found=read_comment(on)))
    elif day < manifest.period.end:
        findings.append(_at(Code.DECLARED_EARLY, on, found=long_date(day), end=long_date(manifest.period.end)))
    return CoverFacts(name, day, tuple(findings))


def _at(code: Code, cell: RawCell | None, **facts: str) -> Finding:
    ref = cell.ref if cell else ""
    return finding(code, {"at": ref or "the declaration", **facts}, sheet=COVER, cell=ref)


def _identity(book: RawWorkbook, manifest: Manifest) -> list[Finding]:
    findings = []
    number, period = book.cell("Return.provider_id"), book.cell("Return.period")
    if number and read_comment(number) and read_comment(number) != manifest.provider_id:
        who = book.cell("Return.provider")
        found = f"{read_comment(who)} ({read_comment(number)})"
        provider = f"{manifest.provider} ({manifest.provider_id})"
        findings.append(_at(Code.PROVIDER_CHANGED, number, found=found, provider=provider))
    if period and read_comment(period) and read_comment(period) != str(manifest.period):
        findings.append(_at(Code.PERIOD_CHANGED, period, found=read_comment(period), period=str(manifest.period)))
    return findings


def _day(cell: RawCell | None) -> date | None:
    """The day in a cell: a date, a day number whose format was lost, or text that reads as a UK or ISO date."""
    if cell is None:
        return None
    if isinstance(cell.value, datetime):
        return cell.value.date()
    if isinstance(cell.value, float):
        return day_of(cell.value)
    return parse_day(cell.value) if cell.kind is CellKind.TEXT and isinstance(cell.value, str) else None


def parse_day(text: str) -> date | None:
    """Read ``3/10/2026``, ``03.10.26``, ``3 October 2026`` or ``2026-10-03``; None for anything else."""
    plain = " ".join(text.replace("\xa0", " ").replace(".", "/").split())
    for form in ("%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y", "%d-%m-%Y", "%d %B %Y", "%d %b %Y"):
        try:
            return datetime.strptime(plain, form).date()  # noqa: DTZ007 - a day has no time zone
        except ValueError:
            continue
    return None
