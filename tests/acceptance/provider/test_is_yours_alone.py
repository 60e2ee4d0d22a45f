"""Promise: your workbook holds your own particulars and nobody else's, and is the same each time it is built."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from functools import cache

import openpyxl
import pytest
from lxml import etree

from tests.acceptance.provider.provider_workbooks import KINDS, LAST_TIME, built, opened, parts, place
from tests.judge.real_returns import (
    ANOTHER,
    CODES,
    EVERYTHING,
    SENDER,
    last_figures,
    period_of,
    saved,
    scratch,
    stamped,
)
from xlkpi import check_return, load_catalogue
from xlkpi.core.lot import Contact
from xlkpi.layout.plan import make_return_key
from xlkpi.layout.provider_texts import make_provider_texts
from xlkpi.writing.returns.template import make_template

NEIGHBOUR = replace(
    EVERYTHING,
    provider_id="NB-777",
    name="Neighbour Care Kent",
    contract_ref="SC/99/999",
    contacts=(Contact("Zoe Neighbour", "Director", "zoe@neighbour.example", "01622 777777"),),
)
MARKS = re.compile("[\ue000-\uf8ff]")


class Looks(dict):
    """How the cells of one workbook look, by the numbers of their styles: to spell each font out takes seconds."""

    def of(self, cell):
        styles = tuple(cell._style)
        if styles not in self:
            self[styles] = tuple(map(repr, (cell.font, cell.fill, cell.border, cell.alignment, cell.protection)))
        return self[styles]


def everything_of(sheet, looks):
    """All of one sheet that a person could see, print or type into, cell by cell and as a whole."""
    cells = {
        cell.coordinate: (
            *(cell.value, cell.data_type, cell.number_format, cell.hyperlink and cell.hyperlink.location),
            *looks.of(cell),
        )
        for row in sheet
        for cell in row
    }
    whole = {
        "rules": sorted(repr(rule) for rule in sheet.data_validations.dataValidation),
        "formats": [(str(a.sqref), [(r.formula, repr(r.dxf)) for r in a.rules]) for a in sheet.conditional_formatting],
        "widths": {letter: (c.width, c.hidden) for letter, c in sheet.column_dimensions.items()},
        "heights": {row: (d.height, d.hidden) for row, d in sheet.row_dimensions.items()},
        "look": (sheet.freeze_panes, sheet.auto_filter.ref, sheet.sheet_state, repr(sheet.sheet_properties)),
        "print": (sheet.print_area, sheet.print_title_rows, repr(sheet.page_setup), repr(sheet.page_margins)),
        "guard": repr(sheet.protection),
        "view": repr(sheet.sheet_view),
        "footer": sheet.oddFooter.left.text,
    }
    return cells, whole


def everything(data):
    """All of a workbook: formulas, stored values, names, properties."""
    # not those that the promises share: openpyxl makes a cell wherever somebody looks
    book, values = (openpyxl.load_workbook(io.BytesIO(data), data_only=only) for only in (False, True))
    looks = Looks()
    return {
        "sheets": {sheet.title: everything_of(sheet, looks) for sheet in book},
        "values": {sheet.title: [[cell.value for cell in row] for row in sheet] for sheet in values},
        "names": {name: defined_name.value for name, defined_name in book.defined_names.items()},
        "properties": repr(book.properties),
        "security": repr(book.security),
    }


@cache
def alone(kind):
    """The workbook of one kind, built from scratch."""
    provider, period, options = KINDS[kind]
    return scratch(provider, period, **options)


@pytest.mark.parametrize("kind", KINDS)
def test_a_stamped_copy_is_cell_for_cell_what_building_it_alone_gives(kind):
    stamped, by_itself = everything(built(kind)), everything(alone(kind))
    assert stamped.keys() == by_itself.keys()
    for part, stamped_part in stamped.items():
        if part == "sheets":
            for name, (cells, whole) in stamped_part.items():
                assert cells == by_itself[part][name][0], name
                assert whole == by_itself[part][name][1], name
        assert stamped_part == by_itself[part], part


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_built_of_the_same_parts_in_the_same_words(kind):
    stamped, by_itself = parts(built(kind)), parts(alone(kind))
    assert stamped.keys() == by_itself.keys()
    assert texts(stamped) == texts(by_itself)


def texts(content):
    """The table of texts as it is spelt, in no order: stamping keeps a text twice that two cells share."""
    return {etree.tostring(element) for element in etree.fromstring(content["xl/sharedStrings.xml"])}


@pytest.mark.parametrize("kind", KINDS)
def test_building_again_gives_the_same_bytes(kind):
    provider, period, options = KINDS[kind]
    catalogue = load_catalogue()
    key = make_return_key(catalogue, provider, period_of(period), tuple(options.get("as_written", ())))
    facts = make_provider_texts(catalogue, key, provider, SENDER, last_figures(options.get("previous", {})))
    assert make_template(catalogue, key).stamp(facts) == built(kind)
    assert scratch(provider, period, **options) == alone(kind)


def particulars(provider):
    """What tells who a provider is, as it may stand in XML, JSON or plain."""
    texts = [provider.provider_id, provider.name, provider.contract_ref]
    texts += [part for c in provider.contacts for part in (c.name, c.email, c.telephone)]
    words = {text.encode() for text in texts if text}
    escaped = {text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").encode() for text in texts if text}
    return words | escaped


@cache
def stamped_from_one_template():
    """Two providers of one template, stamped one after the other, each with figures of last time."""
    catalogue = load_catalogue()
    key = make_return_key(catalogue, EVERYTHING, period_of("2026-27 Q4"))
    template = make_template(catalogue, key)
    other_times = dict.fromkeys(CODES, (4321, 8642))
    return [
        template.stamp(make_provider_texts(catalogue, key, provider, SENDER, last_figures(times)))
        for provider, times in ((NEIGHBOUR, other_times), (EVERYTHING, LAST_TIME), (NEIGHBOUR, {}))
    ]


def test_no_part_names_another_provider_of_the_same_template():
    first, mine, last = stamped_from_one_template()
    for data, own, others in (
        (mine, EVERYTHING, NEIGHBOUR),
        (last, NEIGHBOUR, EVERYTHING),
        (first, NEIGHBOUR, EVERYTHING),
    ):
        content = b"\n".join([data, *parts(data).values()])
        assert not [text for text in particulars(others) if text in content]
        assert own.contract_ref.encode() in content
    assert b"4321 of 8642" in b"".join(parts(first).values())
    for data in (mine, last):
        assert b"8642" not in b"".join(parts(data).values())


def test_nothing_is_hidden_between_the_parts_of_the_package():
    """A copy that is rewritten in place could keep old bytes that its directory no longer lists."""
    for data in stamped_from_one_template():
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            listed = sorted(package.infolist(), key=lambda part: part.header_offset)
            assert len({part.filename for part in listed}) == len(listed)
            at = 0
            for part in listed:
                assert part.header_offset == at, part.filename
                name_and_extra = sum(int.from_bytes(data[at + n : at + n + 2], "little") for n in (26, 28))
                at += 30 + name_and_extra + part.compress_size
            assert package.start_dir == at
            assert package.comment == b""
            assert len({part.date_time for part in listed}) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_no_mark_of_the_template_is_left(kind):
    for name, data in parts(built(kind)).items():
        assert not MARKS.search(data.decode()), name


ODD_NAMES = ('=HYPERLINK("x")', "+1", "A & B <b>", "a _x0041_ b", "bell \x07", "é 中 “q”", "{provider}", "x" * 300)


@pytest.mark.parametrize("name", ODD_NAMES)
def test_a_name_from_the_register_is_never_calculated_and_never_breaks_the_file(name):
    odd = replace(ANOTHER, name=name, contract_ref=name, contacts=(Contact(name),))
    data = stamped(odd, "2026-27 Q4")
    book = opened(data)
    for at in ("Return.provider", "Return.contact_1.name"):
        sheet, ref = place(book, at)
        assert book[sheet][ref].data_type == "s"
    assert texts(parts(data)) == texts(parts(scratch(odd, "2026-27 Q4")))


@pytest.mark.office
@pytest.mark.parametrize("name", ODD_NAMES[:-1])
def test_a_name_reads_in_libreoffice_as_the_register_has_it(name, calc, tmp_path):
    book = calc(saved(tmp_path / "x.xlsx", stamped(replace(ANOTHER, name=name), "2026-27 Q4")))
    assert book.get(*book.named("Return.provider")) == name
    assert check_return(tmp_path / "x.xlsx").manifest.provider == name
