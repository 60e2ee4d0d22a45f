"""The provider's points of contact on *Start here*: as they are now, and what was changed in them."""

from __future__ import annotations

from collections.abc import Iterator

from xlkpi.core.lot import Contact, tidy_contacts
from xlkpi.findings import Code, Finding, Severity, finding, shorten
from xlkpi.layout.provider_texts import CONTACT_PARTS, CONTACTS
from xlkpi.layout.row_formulas import NOT_KNOWN
from xlkpi.ooxml.model import RawSheet, RawWorkbook
from xlkpi.reading.returns.moved_cells import list_some
from xlkpi.reading.returns.typed_counts import read_comment, read_error


def contact_name(number: int, part: str) -> str:
    """Give the defined name of a part of a contact."""
    return f"Return.contact_{number}.{part}"


def read_contacts(book: RawWorkbook) -> tuple[Contact, ...]:
    """Read the points of contact; none where their cells are lost. A dash is an empty part.

    Empty contacts after the last one are left out, as they are in the register.
    """
    contacts = []
    for number in range(1, CONTACTS + 1):
        cells = [book.cell(contact_name(number, part)) for part in CONTACT_PARTS]
        if None in cells:
            return ()
        texts = map(read_comment, cells)
        contacts.append(Contact(*("" if text.strip() == NOT_KNOWN else text for text in texts)))
    return tidy_contacts(contacts)


def contact_findings(
    book: RawWorkbook, sheet: RawSheet, contacts: tuple[Contact, ...], built_with: tuple[Contact, ...] | None
) -> Iterator[Finding]:
    """Find error values where words should be, and say what was changed since the workbook was built."""
    if sheet.may_show_errors():
        names = (contact_name(number, part) for number in range(1, CONTACTS + 1) for part in CONTACT_PARTS)
        lost = [cell for cell in map(book.cell, names) if cell and read_error(cell)]
        if lost:
            facts = {"what": "A point of contact", "found": read_error(lost[0]), "at": list_some([c.ref for c in lost])}
            yield finding(Code.WORDS_LOST, facts, sheet=sheet.name, cell=lost[0].ref, severity=Severity.QUERY)
            return
    changes = list(_changes(book, contacts, built_with)) if built_with is not None and contacts else []
    if changes:
        refs, words = zip(*changes, strict=True)
        facts = {"at": list_some(refs), "what": list_some(words)}
        yield finding(Code.CONTACTS_CHANGED, facts, sheet=sheet.name, cell=refs[0])


def _changes(
    book: RawWorkbook, contacts: tuple[Contact, ...], built_with: tuple[Contact, ...]
) -> Iterator[tuple[str, str]]:
    """Each cell that was changed, and what is in it now and was before."""
    for number in range(1, CONTACTS + 1):
        now, before = (group[number - 1] if number <= len(group) else Contact() for group in (contacts, built_with))
        for part in CONTACT_PARTS:
            new, old = getattr(now, part), getattr(before, part)
            cell = book.cell(contact_name(number, part))
            if new != old and cell:
                was = f" (was {shorten(old)})" if old else ""
                yield cell.ref, f"contact {number}, {part}: {shorten(new) or 'none'}{was}"
