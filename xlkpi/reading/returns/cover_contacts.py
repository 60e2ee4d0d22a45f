"""The provider's points of contact on *Start here*: as they are now, and what was changed in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xlkpi.core.lot import Contact, tidy_contacts
from xlkpi.findings import Code, Finding, Severity, finding, shorten
from xlkpi.layout.provider_texts import CONTACT_PARTS, CONTACTS
from xlkpi.layout.row_formulas import NOT_KNOWN
from xlkpi.ooxml.model import RawCell, RawSheet, RawWorkbook
from xlkpi.reading.returns.moved_cells import list_some
from xlkpi.reading.returns.typed_counts import read_comment, read_error


def contact_name(number: int, part: str) -> str:
    """Give the defined name of a part of a contact."""
    return f"Return.contact_{number}.{part}"


_PARTS = len(CONTACT_PARTS)
_NAMES = tuple(contact_name(number, part) for number in range(1, CONTACTS + 1) for part in CONTACT_PARTS)


def find_contact_cells(book: RawWorkbook) -> tuple[RawCell | None, ...]:
    """Find the cells of the points of contact, part by part; None for one whose name is lost."""
    return tuple(map(book.cell, _NAMES))


def read_contacts(cells: Sequence[RawCell | None]) -> tuple[Contact, ...]:
    """Read the points of contact; none where their cells are lost. A dash is an empty part.

    Empty contacts after the last one are left out, as they are in the register.
    """
    if None in cells:
        return ()
    texts = ["" if text == NOT_KNOWN else text for text in map(read_comment, cells)]
    return tidy_contacts(Contact(*texts[start : start + _PARTS]) for start in range(0, len(texts), _PARTS))


def contact_findings(
    cells: Sequence[RawCell | None],
    sheet: RawSheet,
    contacts: tuple[Contact, ...],
    built_with: tuple[Contact, ...] | None,
) -> Iterator[Finding]:
    """Find error values where words should be, and say what was changed since the workbook was built."""
    if sheet.may_show_errors():
        lost = [cell for cell in cells if cell and read_error(cell)]
        if lost:
            facts = {"what": "A point of contact", "found": read_error(lost[0]), "at": list_some([c.ref for c in lost])}
            yield finding(Code.WORDS_LOST, facts, sheet=sheet.name, cell=lost[0].ref, severity=Severity.QUERY)
            return
    if not contacts or built_with is None or contacts == built_with:
        return
    changes = list(_changes(cells, contacts, built_with))
    if changes:
        refs, words = zip(*changes, strict=True)
        facts = {"at": list_some(refs), "what": list_some(words)}
        yield finding(Code.CONTACTS_CHANGED, facts, sheet=sheet.name, cell=refs[0])


def _changes(
    cells: Sequence[RawCell | None], contacts: tuple[Contact, ...], built_with: tuple[Contact, ...]
) -> Iterator[tuple[str, str]]:
    """Each cell that was changed, and what is in it now and was before."""
    places = iter(cells)
    for number in range(1, CONTACTS + 1):
        now, before = (group[number - 1] if number <= len(group) else Contact() for group in (contacts, built_with))
        for part in CONTACT_PARTS:
            new, old, cell = getattr(now, part), getattr(before, part), next(places)
            if new != old and cell:
                was = f" (was {shorten(old)})" if old else ""
                yield cell.ref, f"contact {number}, {part}: {shorten(new) or 'none'}{was}"
