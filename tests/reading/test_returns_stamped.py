"""A workbook stamped from its template and filled in reads like one planned filled."""

from __future__ import annotations

from tests.reading.return_edits import (
    BEFORE,
    DECLARED,
    PERIOD,
    PROVIDER,
    by_openpyxl,
    checked,
    clean,
    entries,
    figures,
    finding_marks,
    place,
)
from xlkpi import load_catalogue
from xlkpi.layout.plan import make_return_key
from xlkpi.layout.provider_texts import Sender, make_provider_texts
from xlkpi.writing.returns.template import make_template


def stamped():
    """The blank return, stamped."""
    catalogue = load_catalogue()
    key = make_return_key(catalogue, PROVIDER, PERIOD)
    return make_template(catalogue, key).stamp(
        make_provider_texts(catalogue, key, PROVIDER, Sender(send_to="kpi@example.org"), BEFORE)
    )


def fill(book):
    for code, entry in figures().items():
        for part in ("x", "y"):
            name = f"{code.replace(' ', '_')}.{part}"
            if name in book.defined_names and next(e for e in SOUND.entries if e.code == code).due:
                sheet, ref = place(name)
                book[sheet][ref].value = getattr(entry, part)
    for part, content in (("declared_by", DECLARED.by), ("declared_on", DECLARED.on)):
        sheet, ref = place(f"Return.{part}")
        book[sheet][ref].value = content


SOUND = checked(clean())


def test_filled_in_by_hand_it_has_nothing_to_fix_and_the_same_figures():
    checked_return = checked(by_openpyxl(fill, stamped()))
    assert finding_marks(checked_return) == []
    assert entries(checked_return) == entries(SOUND)
    assert checked_return.manifest == SOUND.manifest
    assert (checked_return.declared_by, checked_return.declared_on) == (SOUND.declared_by, SOUND.declared_on)


def test_blank_it_is_whose_it_is_and_lacks_every_figure():
    checked_return = checked(stamped())
    assert checked_return.manifest == SOUND.manifest
    assert {mark[0] for mark in finding_marks(checked_return)} == {"ENTRY_EMPTY", "DECLARED_BY", "DECLARED_ON"}
    assert {(e.x, e.y) for e in checked_return.entries} == {(None, None)}
